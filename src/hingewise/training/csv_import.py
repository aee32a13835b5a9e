"""Sets out of tables that other programs wrote: what is ours, what is not, and what is wrong."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from hingewise.errors import TrainingError
from hingewise.training.csv_formats import Format, load_warm_up_words
from hingewise.training.csv_table import Table
from hingewise.training.intensity import MAX_RIR, rir_from_rpe
from hingewise.training.journal import Entry, check_day
from hingewise.training.load import BODY, Load, MassUnit
from hingewise.training.names import LibraryNames
from hingewise.training.sets import PerformedSet

MOMENTS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%d %b %Y, %H:%M",
    "%d %b %Y %H:%M",
    "%b %d, %Y, %I:%M %p",
)
"""How days are written without doubt; 03/04/2026 is none of them."""

NUMBER = re.compile(r"\d+(?:\.\d+|,\d{1,2})?")
"""With a comma three digits would be thousands, or not."""

UNITS: dict[str, MassUnit] = {"kg": "kg", "kgs": "kg", "lb": "lb", "lbs": "lb"}
QUALIFIED = re.compile(r"(?P<base>.*\S)\s*\((?P<kit>[^()]+)\)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a table.

    Attributes
    ----------
    entries
        The oldest first. The same row makes the same id, whenever it is read.
    left_out
        Exercises that the library does not know, and how many sets of each.
    problems
        What is wrong, with the number of its line.
    """

    entries: tuple[Entry, ...]
    left_out: dict[str, int]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The cells of a row by field, "" where there is none."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")


def import_table(
    table: Table, form: Format, names: LibraryNames, *, unit: MassUnit | None, today: date
) -> Imported:
    """Make entries of a table.

    Parameters
    ----------
    table
        As it was read.
    form
        Whose it is.
    names
        Knows the exercises.
    unit
        Of weights where the table does not say it; None where nobody said.
    today
        What is later than tomorrow was not done yet.
    """
    left_out: Counter[str] = Counter()
    problems: list[str] = []
    groups: dict[tuple[datetime, str], list[PerformedSet]] = {}
    for row in _rows(table, form):
        exercise = find_exercise(row["exercise"], names)
        if exercise is None:
            left_out[row["exercise"]] += 1
            continue
        try:
            moment = _moment(row["moment"])
            check_day(moment.date(), today)
            performed = _set(row, exercise, unit)
        except TrainingError as error:
            problems.append(f"line {row.line}: {error}")
            continue
        groups.setdefault((moment, exercise), []).append(performed)
    days = sorted(groups.items(), key=lambda item: item[0][0])
    entries = [_entry(moment, sets) for (moment, _), sets in days]
    return Imported(
        entries=tuple(entries),
        left_out=dict(left_out.most_common()),
        problems=tuple(problems),
    )


def find_exercise(title: str, names: LibraryNames) -> str | None:
    """Return the id of an exercise as other programs call it: "Romanian Deadlift (Barbell)".

    What stands in brackets must be part of its name or of its equipment, else it is another one.
    """
    found = names.find(title)
    qualified = QUALIFIED.fullmatch(title)
    if found is not None or qualified is None:
        return found
    base, kit = qualified["base"], qualified["kit"].strip().lower()
    found = names.find(f"{kit} {base}")
    if found is not None:
        return found
    found = names.find(base)
    equipment = names.index.exercises[found].equipment if found else ()
    return found if kit.replace(" ", "_") in equipment else None


def _rows(table: Table, form: Format) -> Iterator[_Row]:
    """Rows that are sets, by field."""
    places = {
        field: [at for at in map(table.column, named) if at is not None]
        for field, named in form.columns.items()
    }
    column, values = form.skip
    skipped = table.column(column) if column else None
    for line, cells in table.rows:
        if skipped is not None and _cell(cells, skipped).lower() in values:
            continue
        said = {field: _cell(cells, at[0]) for field, at in places.items() if at}
        yield _Row(line=line, cells=said)


def _cell(cells: tuple[str, ...], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _set(row: _Row, exercise: str, unit: MassUnit | None) -> PerformedSet:
    kinds, flags = load_warm_up_words()
    repetitions = _number(row["repetitions"], "repetitions")
    held = 0.0 if repetitions else _seconds(row["hold_s"])
    count = repetitions or held
    if count != int(count) or not count:
        raise TrainingError(f"expected whole repetitions, got {row['repetitions'] or 'none'}.")
    warms_up = row["kind"].lower() in kinds or row["warm_up"].lower() in flags
    words = ["warm-up"] if warms_up else []
    return PerformedSet(
        exercise=exercise,
        repetitions=int(count),
        hold=not repetitions,
        load=_load(row, unit),
        rir=_rir(row),
        note="; ".join([*words, row["note"]] if row["note"] else words),
    )


def _load(row: _Row, unit: MassUnit | None) -> Load:
    for field, known in (("weight_kg", "kg"), ("weight_lb", "lb")):
        value = _number(row[field], "a weight")
        if value:
            return Load(kind="mass", value=value, unit=UNITS[known])
    value = _number(row["weight"], "a weight")
    if not value:
        return BODY
    said = UNITS.get(row["unit"].lower(), unit) if row["unit"] else unit
    if said is None:
        raise TrainingError(
            f"expected a unit of the weight {row['weight']}, got {row['unit'] or 'none'}: "
            "add --unit kg or --unit lb."
        )
    return Load(kind="mass", value=value, unit=said)


def _rir(row: _Row) -> float | None:
    """Repetitions left, in halves; None where nobody said, or more than one can tell apart."""
    if row["rir"]:
        rir = round(2.0 * _number(row["rir"], "repetitions left")) / 2.0
        return rir if rir <= MAX_RIR else None
    rpe = round(2.0 * _number(row["rpe"], "an RPE")) / 2.0
    if rpe > 10.0:
        raise TrainingError(f"expected an RPE of up to 10, got {row['rpe']}.")
    return rir_from_rpe(rpe) if rpe >= 10.0 - MAX_RIR else None


def _number(text: str, what: str) -> float:
    """A number, 0 of an empty cell."""
    if not text:
        return 0.0
    if not NUMBER.fullmatch(text):
        raise TrainingError(f"expected {what} like 62.5, got {text!r}.")
    return float(text.replace(",", "."))


def _seconds(text: str) -> float:
    """Seconds, or hours, minutes and seconds with colons; 0 of an empty cell."""
    total = 0.0
    for part in text.split(":"):
        total = 60.0 * total + _number(part, "seconds")
    return total


@lru_cache(maxsize=1024)
def _moment(text: str) -> datetime:
    plain_text = text.replace("\u202f", " ")
    for form in MOMENTS:
        try:
            return datetime.strptime(plain_text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise TrainingError(f"expected a day like 2026-11-28 or 28 Nov 2026, 18:04, got {text!r}.")


def _entry(moment: datetime, sets: list[PerformedSet]) -> Entry:
    """An entry whose id comes from what it says, so that it is the same one the next time."""
    said = repr((moment.isoformat(), sets))
    digest = hashlib.sha256(said.encode()).hexdigest()[:32]
    return Entry(id=digest, on=moment.date(), entered_at=moment, sets=tuple(sets))
