"""Documents of ours in JSON: which one it is, of which version, and what is wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from hingewise.errors import JournalFormatError

Version = tuple[int, int]
"""Major and minor: a document of a newer one is refused, for something of it would be lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A kind of document: how it names itself, its version, what it is and what writes it."""

    format: str
    version: Version
    what: str
    made_by: str

    def head(self) -> dict[str, str]:
        """Return how a document of this form begins."""
        return {"format": self.format, "version": _written(self.version)}

    def open(self, text: str | bytes, name: str) -> tuple[dict[str, Any], Version]:
        """Read a document, and say of which version it is.

        Raises
        ------
        JournalFormatError
            If it is another one, or of a newer version.
        """
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise JournalFormatError(f"{name}: expected JSON, got something else.") from error
        if not isinstance(document, dict) or document.get("format") != self.format:
            raise JournalFormatError(
                f"{name}: expected {self.what}, got another document.",
                hint=f"{self.made_by} writes one.",
            )
        version = _read(str(document.get("version")))
        if version is None or version > self.version:
            raise JournalFormatError(
                f"{name}: expected version {_written(self.version)} or older, "
                f"got {document.get('version')}.",
                hint="A newer hingewise has made it: install that one.",
            )
        return document, version


def explain(error: ValidationError) -> Iterator[str]:
    """Say what is wrong, and where."""
    for each in error.errors():
        where = ".".join(str(part) for part in each["loc"])
        yield f"{where}: {each['msg'].lower()}" if where else each["msg"].lower()


def _written(version: Version) -> str:
    return ".".join(map(str, version))


def _read(text: str) -> Version | None:
    parts = text.split(".")
    if len(parts) != 2 or not all(part.isdecimal() and len(part) < 6 for part in parts):
        return None
    return int(parts[0]), int(parts[1])
