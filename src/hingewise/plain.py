"""Frozen records as plain data, and plain data as records again: for JSON in files and tables.

Reading checks nothing but what the records check themselves: it is for what this program wrote.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

Reader = Callable[[Any], Any]


def to_text(record: Any) -> str:
    """Write a record as one line of JSON."""
    plain = dataclasses.asdict(record)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=_write)


@cache
def reader(hint: Any) -> Reader:
    """Return how a value of this type is made of plain data."""
    if dataclasses.is_dataclass(hint):
        return _record_reader(hint)
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _many_reader(reader(arguments[0]))
    if origin is tuple:
        return tuple
    if origin in (typing.Union, types.UnionType):
        (inner,) = (reader(each) for each in arguments if each is not types.NoneType)
        return lambda value: None if value is None else inner(value)
    return _as_it_is


def _write(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"expected plain data, got {type(value).__name__}")


def _record_reader(record_type: Any) -> Reader:
    hints = typing.get_type_hints(record_type)
    names = [field.name for field in dataclasses.fields(record_type)]
    readers = [(name, reader(hints[name])) for name in names]
    simple = [name for name, each in readers if each is _as_it_is]
    others = [(name, each) for name, each in readers if each is not _as_it_is]

    def read(value: dict[str, Any]) -> Any:
        made = {name: value[name] for name in simple}
        for name, each in others:
            made[name] = each(value[name])
        return record_type(**made)

    return read


def _many_reader(inner: Reader) -> Reader:
    if inner is _as_it_is:
        return tuple
    return lambda values: tuple(map(inner, values))


def _as_it_is(value: Any) -> Any:
    return value
