"""The library as one JSON file: written when the data change, read in a few milliseconds.

The records in it were checked when it was written, so they are only put together again.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any

from hingewise.library.collection import KINDS, Library

Reader = Callable[[Any], Any]


def to_json(library: Library) -> str:
    """Write every record as JSON text."""
    return json.dumps(to_plain(library), ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


def from_json(text: str) -> Library:
    """Put the records together again."""
    plain = json.loads(text)
    types_by_kind: dict[str, Any] = dict(KINDS)
    readers = {kind: _reader(record_type) for kind, record_type in types_by_kind.items()}
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


@cache
def _reader(hint: Any) -> Reader:
    """How a value of this type is made of plain data."""
    if dataclasses.is_dataclass(hint):
        return _record_reader(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _many_reader(_reader(arguments[0]))
    if origin is tuple:
        return tuple
    if origin in (typing.Union, types.UnionType):
        (inner,) = (_reader(each) for each in arguments if each is not types.NoneType)
        return lambda value: None if value is None else inner(value)
    return _as_it_is


def _record_reader(record_type: Any) -> Reader:
    hints = typing.get_type_hints(record_type)
    names = [field.name for field in dataclasses.fields(record_type)]
    readers = [(name, _reader(hints[name])) for name in names]
    simple = [name for name, reader in readers if reader is _as_it_is]
    others = [(name, reader) for name, reader in readers if reader is not _as_it_is]

    def read(value: dict[str, Any]) -> Any:
        made = {name: value[name] for name in simple}
        for name, reader in others:
            made[name] = reader(value[name])
        return record_type(**made)

    return read


def _many_reader(reader: Reader) -> Reader:
    if reader is _as_it_is:
        return tuple
    return lambda values: tuple(map(reader, values))


def _as_it_is(value: Any) -> Any:
    return value
