"""What the journal holds: sets of one exercise on one day, as they were done."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hingewise.errors import TrainingError
from hingewise.training.sets import PerformedSet, check_words

FIRST_DAY = date(1950, 1, 1)
"""No journal that is brought along is older."""

AHEAD = timedelta(days=1)
"""Somewhere it is tomorrow already; further ahead nothing was done yet."""

ID = re.compile(r"[0-9a-f]{32}")
MAX_PAIN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Sets of one exercise, done one after the other.

    Attributes
    ----------
    id
        Its own, for good: 32 hexadecimal digits.
    on
        The day of training where the lifter was.
    entered_at
        When it was written down, in UTC.
    sets
        In their order.
    pain
        0 (none) to 10, None where nobody said.
    note
        In the lifter's own words.
    """

    id: str
    on: date
    entered_at: datetime
    sets: tuple[PerformedSet, ...]
    pain: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise TrainingError(f"expected an id of 32 hexadecimal digits, got {self.id!r}.")
        if len({each.exercise for each in self.sets}) != 1:
            raise TrainingError("expected sets of one exercise, got none or those of several.")
        if self.entered_at.tzinfo is None:
            raise TrainingError("expected a time with its zone, got one without.")
        check_day(self.on, self.entered_at.astimezone(UTC).date())
        if self.pain is not None and not 0 <= self.pain <= MAX_PAIN:
            raise TrainingError(f"expected pain from 0 to {MAX_PAIN}, got {self.pain}.")
        check_words(self.note)

    @property
    def exercise(self) -> str:
        """Id of the exercise."""
        return self.sets[0].exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An entry as the journal keeps it: ``removed_at`` when it was taken out, None where not."""

    entry: Entry
    removed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.removed_at is not None and self.removed_at.tzinfo is None:
            raise TrainingError("expected a time with its zone, got one without.")


def check_day(on: date, today: date) -> None:
    """Check that something can have been done on a day.

    Raises
    ------
    TrainingError
        If the day is yet to come, or long before any journal.
    """
    latest = today + AHEAD
    if not FIRST_DAY <= on <= latest:
        raise TrainingError(
            f"expected a day from {FIRST_DAY} to {latest}, got {on}: what is not done yet "
            "belongs into a plan."
        )


def new_entry(
    sets: Sequence[PerformedSet],
    *,
    on: date,
    now: datetime,
    pain: int | None = None,
    note: str = "",
) -> Entry:
    """Write an entry with an id of its own."""
    return Entry(id=uuid.uuid4().hex, on=on, entered_at=now, sets=tuple(sets), pain=pain, note=note)
