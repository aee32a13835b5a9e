"""How other programs name what they export."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from hingewise.errors import JournalFormatError
from hingewise.training.csv_table import Table

FIELDS = (
    "moment", "exercise", "weight", "weight_kg", "weight_lb", "unit", "repetitions", "hold_s",
    "rpe", "rir", "note", "kind", "warm_up",
)  # fmt: skip
"""What a column can hold."""

NEEDED = ("moment", "exercise", "repetitions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A program's table.

    Attributes
    ----------
    id, title
        Of the program.
    needs
        Columns by which it is recognised.
    columns
        Of each field, the names that it may have.
    skip
        A column, and what stands there in rows that are no sets.
    """

    id: str
    title: str
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    skip: tuple[str, frozenset[str]] = ("", frozenset())


@cache
def load_formats() -> tuple[Format, ...]:
    """Return the formats that are known."""
    return tuple(
        Format(
            id=each["id"],
            title=each["title"],
            needs=tuple(each["needs"]),
            columns={field: tuple(names) for field, names in each["columns"].items()},
            skip=(each["skip"]["column"], frozenset(each["skip"]["values"]))
            if "skip" in each
            else ("", frozenset()),
        )
        for each in _data()["format"]
    )


@cache
def load_warm_up_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return what marks a set that only warms up: kinds of a set, and what stands in a flag."""
    words = _data()["warm_up"]
    return frozenset(words["kinds"]), frozenset(words["flags"])


def _data() -> dict[str, Any]:
    file = resources.files("hingewise.training").joinpath("data", "csv_formats.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def recognise(table: Table, *, name: str) -> Format:
    """Return whose table it is.

    Raises
    ------
    JournalFormatError
        If it is nobody's that is known.
    """
    formats = load_formats()
    for each in formats:
        if all(table.column(needed) is not None for needed in each.needs):
            return each
    titles = ", ".join(each.title for each in formats)
    raise JournalFormatError(
        f"{name}: expected a table of {titles}, got the columns {', '.join(table.header)}.",
        hint="Say which is which: --columns date=...,exercise=...,repetitions=...,weight=...",
    )


def parse_columns(text: str, table: Table) -> Format:
    """Make a format of what its user says: ``date=Datum,exercise=Übung,repetitions=Wdh``.

    Raises
    ------
    JournalFormatError
        If a field is not known, or a column is not there.
    """
    known = {"date": "moment"} | {field: field for field in FIELDS if field != "moment"}
    columns: dict[str, tuple[str, ...]] = {}
    for part in text.split(","):
        field, _, column = part.partition("=")
        if field.strip() not in known:
            raise JournalFormatError(
                f"--columns: expected one of {', '.join(known)}, got {field.strip()!r}.",
                hint="Write for example --columns date=Day,exercise=Lift,repetitions=Reps",
            )
        if table.column(column) is None:
            raise JournalFormatError(
                f"--columns: expected one of {', '.join(table.header)}, got {column.strip()!r}."
            )
        columns[known[field.strip()]] = (column,)
    missing = [field for field in NEEDED if field not in columns]
    if missing:
        names = ", ".join("date" if field == "moment" else field for field in missing)
        raise JournalFormatError(f"--columns: expected a column for {names}, got none.")
    return Format(id="columns", title="your columns", needs=(), columns=columns)
