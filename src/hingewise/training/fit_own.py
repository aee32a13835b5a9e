"""What FIT has no field for, in developer fields of our own: so that our files are read exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from hingewise.errors import TrainingError
from hingewise.training.csv_own import OWN, own_entry, own_rows
from hingewise.training.fit_profile import DURATION_PER_S
from hingewise.training.fit_wire import FLOAT32, FLOAT64, MAX_TEXT, TEXT, UINT8, Field
from hingewise.training.journal import Entry, check_day

APPLICATION = UUID("6d0f1c7e-3a52-4c58-9d5b-8f0a2b6c4e13").bytes
"""By which our developer fields are known from those of others."""

VERSION = 1
"""Of them: a file of a newer one is refused, for something of it would be lost."""

HEAD = ("day", "entered_at", "pain", "entry_note")
"""What is said once, in the first set of an entry."""

COLUMNS = (
    ("id", TEXT),
    ("exercise", TEXT),
    ("day", TEXT),
    ("entered_at", TEXT),
    ("pain", UINT8),
    ("entry_note", TEXT),
    ("hold", UINT8),
    ("load_kind", TEXT),
    ("load_value", FLOAT64),
    ("load_unit", TEXT),
    ("load_count", TEXT),
    ("load_band", TEXT),
    ("rir", FLOAT32),
    ("tempo", TEXT),
    ("note", TEXT),
)
"""Fields by their number, with the columns of ``csv_own.OWN`` that they hold. Never renumbered."""

DURATION, REPETITIONS = 0, 3
"""Numbers of fields of a set in the profile: what is done stands there alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSet:
    """A set that we wrote: where it stands, the profile's fields and our own, by their numbers."""

    where: str
    fields: Mapping[int, Any]
    own: Mapping[int, Any]


def own_fields(entry: Entry) -> Iterator[list[Field]]:
    """Yield the developer fields of each set; texts may be longer than a field holds."""
    for number, row in enumerate(own_rows([entry])):
        cells = dict(zip(OWN, row, strict=True))
        fields = []
        for at, (column, kind) in enumerate(COLUMNS):
            said = str(cells[column])
            if said and not (number and column in HEAD):
                fields.append(Field(number=at, kind=kind, value=_value(said, kind)))
        yield fields


def cut(fields: Sequence[Field]) -> tuple[list[Field], list[Field]]:
    """Return fields as far as each holds its text, and the rest, each piece in one of its own."""
    first: list[Field] = []
    rest: list[Field] = []
    for each in fields:
        pieces = list(_pieces(each.value)) if isinstance(each.value, str) else [each.value]
        first.append(replace(each, value=pieces[0]))
        rest += [replace(each, value=piece) for piece in pieces[1:]]
    return first, rest


def own_entries(sets: Iterable[OwnSet], *, today: date) -> tuple[list[Entry], list[str]]:
    """Return the entries of sets that we wrote, and what is wrong with them, each with its place.

    Parameters
    ----------
    sets
        In the order of the file, with all that belongs to them.
    today
        What is later than tomorrow was not done yet.
    """
    groups: dict[str, list[tuple[str, dict[str, str]]]] = {}
    problems: list[str] = []
    for each in sets:
        try:
            row = _row(each)
        except TrainingError as error:
            problems.append(f"{each.where}: {error}")
        else:
            groups.setdefault(row["id"], []).append((each.where, row))
    entries: list[Entry] = []
    for rows in groups.values():
        try:
            entry = own_entry([row for _, row in rows])
            check_day(entry.on, today)
        except (TrainingError, ValueError, OverflowError) as error:
            problems.append(f"{rows[0][0]}: {error}")
        else:
            entries.append(entry)
    return entries, problems


def _value(said: str, kind: int) -> int | float | str:
    if kind in (FLOAT32, FLOAT64):
        return float(said)
    return int(said) if kind == UINT8 else said


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces of whole letters that fit into a field."""
    data = text.encode()
    while len(data) > MAX_TEXT:
        end = MAX_TEXT
        while data[end] & 0xC0 == 0x80:  # within a letter
            end -= 1
        yield data[:end].decode()
        data = data[end:]
    yield data.decode()


def _row(each: OwnSet) -> dict[str, str]:
    """The cells of our table that a set fills."""
    row = {
        column: _cell(each.own.get(at), kind, column) for at, (column, kind) in enumerate(COLUMNS)
    }
    held = row["hold"] == "1"
    done = each.fields.get(DURATION if held else REPETITIONS)
    if not isinstance(done, int):
        what = "duration" if held else "repetitions"
        raise TrainingError(f"expected the {what} of a set, got none.")
    row["repetitions"] = str(done // DURATION_PER_S if held else done)
    return row


def _cell(said: object, kind: int, column: str) -> str:
    if said is None:
        return ""
    wanted = str if kind == TEXT else float if kind in (FLOAT32, FLOAT64) else int
    if not isinstance(said, wanted):
        raise TrainingError(f"expected {column} as this program writes it, got {said!r:.40}.")
    return repr(said) if isinstance(said, float) else str(said)
