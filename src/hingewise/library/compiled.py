"""The library as one JSON file: written when the data change, read in a few milliseconds.

The records in it were checked when it was written, so they are only put together again.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from hingewise.library.collection import KINDS, Library
from hingewise.plain import reader


def to_json(library: Library) -> str:
    """Write every record as JSON text."""
    return json.dumps(to_plain(library), ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


def from_json(text: str) -> Library:
    """Put the records together again."""
    plain = json.loads(text)
    types_by_kind: dict[str, Any] = dict(KINDS)
    readers = {kind: reader(record_type) for kind, record_type in types_by_kind.items()}
    return Library(
        **{
            kind: {key: read(value) for key, value in plain[kind].items()}
            for kind, read in readers.items()
        }
    )


def to_plain(library: Library) -> dict[str, dict[str, Any]]:
    """Return every record as plain data, by kind and id."""
    plain: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for kind, key, record in library.records():
        plain[kind][key] = dataclasses.asdict(record)
    return plain
