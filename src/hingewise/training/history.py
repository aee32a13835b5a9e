"""What was done, summed up: by exercise and day as the journal tells it, and by ISO weeks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import nan
from typing import NamedTuple

WEEK = timedelta(days=7)


class DayTotals(NamedTuple):
    """What was done of one exercise on one day; a tuple, for ten years have thousands of them.

    ``n_repetitions`` of sets that are no holds, ``held_s`` of those that are. ``n_loaded`` sets had
    a mass, of which ``n_lb`` were entered in pounds. ``heaviest_kg`` and the best estimated
    ``maximum_kg`` (``PerformedSet.maximum_kg``) are None where no set tells them.
    """

    exercise: str
    on: date
    n_sets: int
    n_repetitions: int
    held_s: int
    n_loaded: int
    n_lb: int
    volume_kg: float
    heaviest_kg: float | None
    maximum_kg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """Pain that was noted: 1 to 10."""

    on: date
    exercise: str
    pain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a journal says of a time.

    ``last_on`` is the last day on which anything was written down, whenever that was.
    """

    days: tuple[DayTotals, ...] = ()
    pains: tuple[Pain, ...] = ()
    last_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTotals:
    """What was done in one week; the names are those of ``DayTotals``, NaN where nothing tells."""

    monday: date
    n_sets: int = 0
    n_repetitions: int = 0
    held_s: int = 0
    volume_kg: float = 0.0
    heaviest_kg: float = nan
    maximum_kg: float = nan


def monday_of(day: date) -> date:
    """Return the first day of the ISO week of a day.

    Examples
    --------
    >>> monday_of(date(2026, 11, 29))
    datetime.date(2026, 11, 23)
    """
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> tuple[date, ...]:
    """Return the Mondays of all weeks from that of one day to that of another, both with them.

    Examples
    --------
    >>> [f"{each:%d %b}" for each in weeks_between(date(2026, 1, 1), date(2026, 1, 5))]
    ['29 Dec', '05 Jan']
    """
    start = monday_of(first)
    return tuple(start + n * WEEK for n in range((monday_of(last) - start) // WEEK + 1))


def fold_weeks(days: Iterable[DayTotals], mondays: Sequence[date]) -> tuple[WeekTotals, ...]:
    """Sum days up by weeks; weeks without training stand there, too.

    Parameters
    ----------
    days
        In any order; those outside the weeks are left out.
    mondays
        The weeks that are asked for, without a gap (``weeks_between``).
    """
    found: list[list[DayTotals]] = [[] for _ in mondays]
    first = mondays[0].toordinal()  # counting days is three times as quick as dates are
    for day in days:
        week = (day.on.toordinal() - first) // WEEK.days
        if 0 <= week < len(found):
            found[week].append(day)
    return tuple(
        _sum_up(monday, group) if group else WeekTotals(monday=monday)
        for monday, group in zip(mondays, found, strict=True)
    )


def _sum_up(monday: date, days: Sequence[DayTotals]) -> WeekTotals:
    return WeekTotals(
        monday=monday,
        n_sets=sum(day.n_sets for day in days),
        n_repetitions=sum(day.n_repetitions for day in days),
        held_s=sum(day.held_s for day in days),
        volume_kg=sum(day.volume_kg for day in days),
        heaviest_kg=_most(day.heaviest_kg for day in days),
        maximum_kg=_most(day.maximum_kg for day in days),
    )


def _most(values: Iterable[float | None]) -> float:
    return max((value for value in values if value is not None), default=nan)
