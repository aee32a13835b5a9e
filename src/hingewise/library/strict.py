"""How records are read: nothing unknown, nothing converted."""

from __future__ import annotations

from typing import Any

STRICT: Any = {"extra": "forbid"}
"""For pydantic, which reads ``__pydantic_config__``; the records themselves do not need it."""
