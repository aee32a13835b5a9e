"""How many sets each muscle gets, against the library's rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from hingewise.library.index import Index, IndexedExercise
from hingewise.report.naming import plural
from hingewise.report.progress_exercise import is_whole
from hingewise.report.progress_report import Panel, Series, format_amount
from hingewise.training.history import DayTotals, monday_of

TARGET_SHARE = 1.0
SECONDARY_SHARE = 0.5
"""What a set counts for a muscle: a convention, and the report says so."""

COUNTED = (
    "A set counts whole for the muscles that its exercise targets, half for secondary ones. "
    "Every set that is written down counts, warm-up sets too."
)


def make_muscle_panel(
    days: Sequence[DayTotals], index: Index, weeks: tuple[date, ...], until: date
) -> Panel:
    """Count the sets of every muscle in the last weeks.

    Parameters
    ----------
    days
        Of all exercises, in these weeks.
    index
        Which muscles they train, and the rule.
    weeks
        Mondays, the current week last.
    until
        The day of the report.
    """
    counted = _count(days, index.exercises, weeks)
    rule = index.weekly_sets
    began = min(monday_of(day.on) for day in days)
    whole = [n for n, monday in enumerate(weeks) if monday >= began and is_whole(monday, until)]
    most_first = sorted(counted, key=lambda muscle: (-sum(counted[muscle]), muscle))
    return Panel(
        id="muscles",
        title="Sets of each muscle",
        says=tuple(filter(None, [f"The last {len(weeks)} weeks.", rule.text])),
        weeks=weeks,
        series=tuple(
            Series(
                name=index.muscles.get(muscle, muscle),
                unit="",
                values=tuple(counted[muscle]),
                kind="bars",
                says=_describe(counted[muscle], whole, rule.n_sets),
                limit=rule.n_sets,
            )
            for muscle in most_first
        ),
        notes=(COUNTED, *_unknown(days, index.exercises)),
    )


def _count(
    days: Iterable[DayTotals], exercises: Mapping[str, IndexedExercise], weeks: Sequence[date]
) -> dict[str, list[float]]:
    place = {monday: n for n, monday in enumerate(weeks)}
    counted: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(weeks))
    for day in days:
        known, week = exercises.get(day.exercise), place.get(monday_of(day.on))
        if known is None or week is None:
            continue
        for muscles, share in ((known.target, TARGET_SHARE), (known.secondary, SECONDARY_SHARE)):
            for muscle in muscles:
                counted[muscle][week] += share * day.n_sets
    return counted


def _describe(values: Sequence[float], whole: Sequence[int], limit: int | None) -> str:
    """How many sets in the whole weeks since training began, and how often the rule was met."""
    if not whole:
        return f"this week {format_amount(values[-1])}"
    mine = [values[n] for n in whole]
    said = f"{format_amount(sum(mine) / len(mine))} a week"
    if limit is None:
        return said
    n_met = sum(value >= limit for value in mine)
    return f"{said}; {limit} or more in {n_met} of {plural(len(mine), 'week')}"


def _unknown(
    days: Iterable[DayTotals], exercises: Mapping[str, IndexedExercise]
) -> tuple[str, ...]:
    n_sets = sum(day.n_sets for day in days if day.exercise not in exercises)
    if not n_sets:
        return ()
    return (f"{plural(n_sets, 'set')} of exercises that the library does not know count nowhere.",)
