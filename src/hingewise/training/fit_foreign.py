"""Sets that a watch wrote: by FIT's own fields alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from hingewise.errors import TrainingError
from hingewise.quantities import KG_PER_UNIT
from hingewise.training.fit_profile import (
    ACTIVE,
    EPOCH_S,
    FIRST_DATE_S,
    POUND,
    REST,
    UNKNOWN,
    WEIGHT_PER_KG,
    Exercises,
)
from hingewise.training.imported import Imported, entry_of
from hingewise.training.journal import check_day
from hingewise.training.load import BODY, Load
from hingewise.training.sets import PerformedSet

QUARTER_HOUR_S = 900
MAX_OFFSET_S = 14 * 3600
"""No clock on earth is further from UTC."""

QUARTERS = 4
"""Of a pound: FIT keeps sixteenths of a kilogram, from which they can still be told."""

REPETITIONS, WEIGHT, KIND, BEGIN, CATEGORY, SUBTYPE, UNIT, END = 3, 4, 5, 6, 7, 8, 9, 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A file that a watch wrote.

    Attributes
    ----------
    sets
        Where each stands, and its fields by their number.
    sessions
        When each began, as FIT counts.
    offset_s
        By which the lifter's clock was ahead of UTC. [s]
    """

    sets: Sequence[tuple[str, Mapping[int, Any]]]
    sessions: Sequence[int] = ()
    offset_s: int = 0


def offset_of(activity: Mapping[int, Any]) -> int:
    """Return by how much the clock of a watch was ahead of UTC, 0 where it does not say it. [s]"""
    here, utc = activity.get(5), activity.get(253)
    if not isinstance(here, int) or not isinstance(utc, int):
        return 0
    offset_s = round((here - utc) / QUARTER_HOUR_S) * QUARTER_HOUR_S
    return offset_s if abs(offset_s) <= MAX_OFFSET_S else 0


def import_recording(recording: Recording, exercises: Exercises, *, today: date) -> Imported:
    """Make entries of a recording; sets of one exercise in one session are one.

    Parameters
    ----------
    recording
        What the watch wrote.
    exercises
        Knows them by FIT's numbers.
    today
        What is later than tomorrow was not done yet.
    """
    left_out: Counter[str] = Counter()
    unusable: Counter[str] = Counter()
    problems: list[str] = []
    groups: dict[tuple[datetime, str], list[PerformedSet]] = {}
    for where, fields in recording.sets:
        kind = fields.get(KIND, ACTIVE)
        if kind == REST:
            continue
        exercise, title = _exercise(fields, exercises)
        why_not = "a set of another kind" if kind != ACTIVE else ""
        if not fields.get(REPETITIONS):
            why_not = "no repetitions"
        if exercise is None:
            left_out[title] += 1
        elif why_not:
            unusable[f"{exercises.names.title(exercise)}: {why_not}"] += 1
        else:
            try:
                moment = _moment(fields, recording)
                check_day(moment.date(), today)
                performed = _set(fields, exercise)
            except TrainingError as error:
                problems.append(f"{where}: {error}")
            else:
                groups.setdefault((moment, exercise), []).append(performed)
    in_order = sorted(groups.items(), key=lambda item: item[0][0])
    return Imported(
        entries=tuple(entry_of(moment, sets) for (moment, _), sets in in_order),
        left_out=dict(left_out.most_common()),
        problems=tuple(problems),
        unusable=dict(unusable.most_common()),
    )


def _exercise(fields: Mapping[int, Any], exercises: Exercises) -> tuple[str | None, str]:
    """The id of the exercise and what FIT calls it; where a watch names several, none is taken."""
    categories, subtypes = _whole(fields.get(CATEGORY)), _whole(fields.get(SUBTYPE))
    pairs = [
        (category, subtypes[at] if at < len(subtypes) else None)
        for at, category in enumerate(categories)
        if category is not None
    ]
    different = list(dict.fromkeys(pairs)) or [(UNKNOWN, None)]
    title = " or ".join(exercises.title(*pair) for pair in different)
    return (exercises.find(*different[0]) if len(different) == 1 else None), title


def _whole(said: object) -> list[int | None]:
    """Whole numbers, of a field that holds one or several."""
    several = said if isinstance(said, tuple) else (said,)
    return [each if isinstance(each, int) else None for each in several]


def _moment(fields: Mapping[int, Any], recording: Recording) -> datetime:
    """When the session of a set began where the lifter was."""
    begin = fields.get(BEGIN, fields.get(END))
    if not isinstance(begin, int) or begin < FIRST_DATE_S:
        raise TrainingError("expected the time of a set, got none: the watch did not know it.")
    session = max((each for each in recording.sessions if each <= begin), default=begin)
    zone = timezone(timedelta(seconds=recording.offset_s))
    return datetime.fromtimestamp(EPOCH_S + session, tz=zone)


def _set(fields: Mapping[int, Any], exercise: str) -> PerformedSet:
    repetitions = fields[REPETITIONS]
    if not isinstance(repetitions, int):
        raise TrainingError(f"expected a number of repetitions, got {repetitions!r:.40}.")
    return PerformedSet(exercise=exercise, repetitions=repetitions, load=_load(fields))


def _load(fields: Mapping[int, Any]) -> Load:
    """The weight in the unit in which the watch shows it."""
    weight = fields.get(WEIGHT)
    if not weight:
        return BODY
    if not isinstance(weight, int):
        raise TrainingError(f"expected a weight, got {weight!r:.40}.")
    mass_kg = weight / WEIGHT_PER_KG
    if fields.get(UNIT) != POUND:
        return Load(kind="mass", value=mass_kg)
    return Load(
        kind="mass", value=round(QUARTERS * mass_kg / KG_PER_UNIT["lb"]) / QUARTERS, unit="lb"
    )
