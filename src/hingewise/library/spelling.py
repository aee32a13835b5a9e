"""Names, however they are spelled."""

from __future__ import annotations


def plain(name: str) -> str:
    """A name without capitals, spaces and signs, to compare it with others."""
    return "".join(c for c in name.lower() if c.isalnum())
