"""What of FIT's profile a strength training needs: messages, and what stands in their fields.

Numbers of messages and fields, as everybody's files have them. What exercises are called is asked
of fitdecode, which knows the whole profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from hingewise.training.names import LibraryNames, find_exercise

FILE_ID, SESSION, LAP, RECORD, EVENT, ACTIVITY, SET = 0, 18, 19, 20, 21, 34, 225
FIELD_DESCRIPTION, DEVELOPER_ID = 206, 207
MORE = 0xFF00
"""A message of our own: what of a text did not fit into the set before it."""

EPOCH_S = int(datetime(1989, 12, 31, tzinfo=UTC).timestamp())
FIRST_DATE_S = 0x10000000
"""Smaller times count from when a watch was switched on: nothing before 1998 can be said."""

LAST_DATE_S = 0xFFFFFFFE

REST, ACTIVE = 0, 1
KILOGRAM, POUND = 1, 2
WEIGHT_PER_KG = 16
DURATION_PER_S = 1000
UNKNOWN = 65534
"""The category of an exercise that nobody named."""

QUALIFYING = frozenset({"banded_exercises", "pose", "sandbag", "sled", "suspension", "tire"})
"""Categories whose exercises are others than those of the same name elsewhere."""

Pair = tuple[int, int]
"""A category, and an exercise in it."""


def date_time(moment: datetime) -> int | None:
    """Return a moment as FIT counts it, None where it cannot.

    Examples
    --------
    >>> date_time(datetime(2026, 3, 1, 12, tzinfo=UTC))
    1141300800
    >>> date_time(datetime(1995, 3, 1, 12, tzinfo=UTC))
    """
    seconds = int(moment.timestamp()) - EPOCH_S
    return seconds if FIRST_DATE_S <= seconds <= LAST_DATE_S else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercises:
    """Exercises by FIT's numbers.

    Attributes
    ----------
    names
        Of the library.
    pairs
        Of the library's exercises that say which one of FIT they are.
    """

    names: LibraryNames
    pairs: Mapping[str, Pair]

    def find(self, category: int, subtype: int | None) -> str | None:
        """Return the id of an exercise, by its numbers or by what FIT calls it; None for none."""
        known = next((key for key, each in self.pairs.items() if each == (category, subtype)), None)
        called = _called(category, subtype)
        return known if known or not called else find_exercise(called, self.names)

    def title(self, category: int, subtype: int | None) -> str:
        """Return what FIT calls an exercise, as far as it says."""
        if category == UNKNOWN:
            return "an exercise that is not named"
        family = _categories().get(category, f"category {category}").replace("_", " ")
        if subtype is None:
            return f"{family}, which one is not said"
        return _called(category, subtype) or f"{family}, number {subtype}"


def exercises_of(names: LibraryNames) -> Exercises:
    """Return the library's exercises by FIT's numbers."""
    numbers = {name: number for number, name in _categories().items()}
    pairs: dict[str, Pair] = {}
    for exercise in names.library().exercises.values():
        category, _, subtype = exercise.other_ids.fit.partition("/")
        if category in numbers and subtype.isdecimal():
            pairs[exercise.id] = (numbers[category], int(subtype))
    return Exercises(names=names, pairs=pairs)


def _called(category: int, subtype: int | None) -> str:
    """What FIT calls an exercise, "" where it has no name for it."""
    from fitdecode.profile import FIELD_TYPES

    family = _categories().get(category, "")
    kind = FIELD_TYPES.get(f"{family}_exercise_name")
    said = str(kind.enum.get(subtype, "")).replace("_", " ") if kind else ""
    return f"{said} ({family.replace('_', ' ')})" if said and family in QUALIFYING else said


@cache
def _categories() -> Mapping[int, str]:
    """What FIT calls its categories."""
    from fitdecode.profile import FIELD_TYPES

    found: dict[int, str] = FIELD_TYPES["exercise_category"].enum
    return found
