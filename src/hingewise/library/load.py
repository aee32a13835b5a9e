"""The library that the package carries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hingewise.library.collection import Library
from hingewise.library.compiled import from_json

RECORDS = Path(__file__).with_name("records")
COMPILED = Path(__file__).with_name("library.json")


@cache
def load_library() -> Library:
    """Return the library of the package, checked when it was made."""
    return from_json(COMPILED.read_text(encoding="utf-8"))
