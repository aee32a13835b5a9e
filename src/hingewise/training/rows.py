"""Sets as other programs write them down, each a row of words: what is ours, and what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from hingewise.errors import TrainingError
from hingewise.training.csv_formats import load_warm_up_words
from hingewise.training.imported import Imported, entry_of
from hingewise.training.intensity import MAX_RIR, rir_from_rpe
from hingewise.training.journal import check_day
from hingewise.training.load import BODY, Load, MassUnit
from hingewise.training.names import LibraryNames, find_exercise
from hingewise.training.sets import PerformedSet

MOMENTS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S.%f%z",
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

MAX_DIGITS = 30
"""More make no number that a computer tells from its neighbours, or none at all."""

UNITS: dict[str, MassUnit] = {"kg": "kg", "kgs": "kg", "lb": "lb", "lbs": "lb"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A set as it stands in a file.

    Attributes
    ----------
    where
        It stands, for errors: "line 3".
    cells
        What it says, by ``csv_formats.FIELDS``; a field that is not there says "".
    session
        Sets of one exercise with the same one are an entry; "" where their moment tells it.
    unusable
        Why it is no set here, "" where it is one.
    """

    where: str
    cells: Mapping[str, str]
    session: str = ""
    unusable: str = ""

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")


def import_rows(
    rows: Iterable[Row], names: LibraryNames, *, unit: MassUnit | None, today: date
) -> Imported:
    """Make entries of rows.

    Parameters
    ----------
    rows
        In their order.
    names
        Knows the exercises.
    unit
        Of weights where the row does not say it; None where nobody said.
    today
        What is later than tomorrow was not done yet.
    """
    left_out: Counter[str] = Counter()
    unusable: Counter[str] = Counter()
    problems: list[str] = []
    groups: dict[tuple[str, str], list[tuple[datetime, PerformedSet]]] = {}
    for row in rows:
        exercise = find_exercise(row["exercise"], names)
        if exercise is None:
            left_out[row["exercise"]] += 1
            continue
        if row.unusable:
            unusable[f"{names.title(exercise)}: {row.unusable}"] += 1
            continue
        try:
            moment = _moment(row["moment"])
            check_day(moment.date(), today)
            performed = _set(row, exercise, unit)
        except TrainingError as error:
            problems.append(f"{row.where}: {error}")
            continue
        key = (row.session or moment.isoformat(), exercise)
        groups.setdefault(key, []).append((moment, performed))
    in_order = [sorted(group, key=lambda each: each[0]) for group in groups.values()]
    in_order.sort(key=lambda group: group[0][0])
    return Imported(
        entries=tuple(entry_of(group[0][0], [each for _, each in group]) for group in in_order),
        left_out=dict(left_out.most_common()),
        problems=tuple(problems),
        unusable=dict(unusable.most_common()),
    )


def _set(row: Row, exercise: str, unit: MassUnit | None) -> PerformedSet:
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


def _load(row: Row, unit: MassUnit | None) -> Load:
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


def _rir(row: Row) -> float | None:
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
    if not NUMBER.fullmatch(text) or len(text) > MAX_DIGITS:
        raise TrainingError(f"expected {what} like 62.5, got {text[:MAX_DIGITS]!r}.")
    return float(text.replace(",", "."))


def _seconds(text: str) -> float:
    """Seconds, or hours, minutes and seconds with colons; 0 of an empty cell."""
    total = 0.0
    for part in text.split(":"):
        total = 60.0 * total + _number(part, "seconds")
    return total


@lru_cache(maxsize=1024)
def _moment(text: str) -> datetime:
    """A moment in its zone; UTC where the zone is not said, so that its day stays the same."""
    plain_text = text.replace("\u202f", " ")
    for form in MOMENTS:
        try:
            moment = datetime.strptime(plain_text, form)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    raise TrainingError(f"expected a day like 2026-11-28 or 28 Nov 2026, 18:04, got {text!r}.")
