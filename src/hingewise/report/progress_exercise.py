"""What the journal says of one exercise, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan

from hingewise.quantities import KG_PER_UNIT
from hingewise.report.naming import plural
from hingewise.report.progress_change import Level, describe_change, estimated_maximum
from hingewise.report.progress_report import Panel, Series, format_amount
from hingewise.training.days import write_day
from hingewise.training.history import WEEK, DayTotals, WeekTotals, fold_weeks
from hingewise.training.intensity import MAX_REPETITIONS
from hingewise.training.load import MassUnit

NO_MAXIMUM = (
    "No maximum is estimated: no set with a load has its repetitions in reserve noted and ends "
    f"within {MAX_REPETITIONS} repetitions of failure."
)
NO_LOAD = "Bands and body weight have no volume load; sets and repetitions stand for it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How exercises are shown: over which weeks (Mondays), up to which day, in which unit."""

    weeks: tuple[date, ...]
    until: date
    unit: MassUnit

    @property
    def kg_per_unit(self) -> float:
        """Of the unit. [kg]"""
        return KG_PER_UNIT[self.unit]


def make_exercise_panel(
    exercise: str, title: str, days: Sequence[DayTotals], shown: Shown
) -> Panel:
    """Sum one exercise up.

    Parameters
    ----------
    exercise, title
        Its id and its name.
    days
        Of this exercise alone, at least one.
    shown
        How it is shown.
    """
    weeks = fold_weeks(days, shown.weeks)
    maximum = estimated_maximum([week.maximum_kg for week in weeks])
    heaviest = Level(name="heaviest load", kg=[week.heaviest_kg for week in weeks])
    told = (
        describe_change(level, shown.weeks, shown.kg_per_unit, shown.unit)
        for level in (maximum, heaviest)
    )
    return Panel(
        id=f"exercise-{exercise}",
        title=title,
        says=(*filter(None, told), f"Last trained on {write_day(max(day.on for day in days))}."),
        weeks=shown.weeks,
        series=(*_amounts(weeks, shown), *_levels(maximum, heaviest, shown)),
        notes=_notes(days),
    )


def _amounts(weeks: Sequence[WeekTotals], shown: Shown) -> list[Series]:
    """How much was done; what was never done is left out."""
    amounts = {
        "Sets": ("", [float(week.n_sets) for week in weeks]),
        "Repetitions": ("", [float(week.n_repetitions) for week in weeks]),
        "Seconds held": ("s", [float(week.held_s) for week in weeks]),
        "Volume load": (shown.unit, [week.volume_kg / shown.kg_per_unit for week in weeks]),
    }
    return [
        Series(
            name=name,
            unit=unit,
            values=tuple(float(round(value)) for value in values),
            kind="bars",
            says=describe_amounts(values, unit, shown.weeks, shown.until),
        )
        for name, (unit, values) in amounts.items()
        if any(values)
    ]


def describe_amounts(values: Sequence[float], unit: str, weeks: Sequence[date], until: date) -> str:
    """How much it is in a week since it began, in the whole weeks, and in this week so far.

    Examples
    --------
    >>> weeks = [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]
    >>> describe_amounts([0, 8, 3], "", weeks, date(2026, 11, 25))
    '8 a week, this week 3'
    """
    began = next((n for n, value in enumerate(values) if value), len(values))
    whole = [value for n, value in enumerate(values) if n >= began and is_whole(weeks[n], until)]
    mean = format_amount(float(round(sum(whole) / len(whole))), unit) if whole else ""
    said = [f"{mean} a week"] if mean else []
    if weeks and not is_whole(weeks[-1], until):
        said.append(f"this week {format_amount(float(round(values[-1])), unit)}")
    return ", ".join(said)


def is_whole(monday: date, until: date) -> bool:
    """Whether a week is over, or its last day is here."""
    return monday + WEEK - timedelta(days=1) <= until


def _levels(maximum: Level, heaviest: Level, shown: Shown) -> list[Series]:
    found = []
    for name, level in (("Estimated maximum", maximum), ("Heaviest load", heaviest)):
        values = [None if isnan(kg) else round(kg / shown.kg_per_unit, 1) + 0.0 for kg in level.kg]
        known = [value for value in values if value is not None]
        if known:
            last, best = (format_amount(each, shown.unit) for each in (known[-1], max(known)))
            found.append(
                Series(
                    name=name,
                    unit=shown.unit,
                    values=tuple(values),
                    kind="line",
                    says=f"latest {last}, most {best}",
                )
            )
    return found


def _notes(days: Sequence[DayTotals]) -> tuple[str, ...]:
    n_sets, n_loaded = sum(day.n_sets for day in days), sum(day.n_loaded for day in days)
    if not n_loaded:
        return (NO_LOAD,)
    notes = []
    if n_loaded < n_sets:
        notes.append(f"{plural(n_sets - n_loaded, 'set')} without a load count in no volume load.")
    if all(day.maximum_kg is None for day in days):
        notes.append(NO_MAXIMUM)
    return tuple(notes)
