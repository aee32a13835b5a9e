"""From what the journal tells to the report of how training goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hingewise.library.index import Index
from hingewise.report.naming import plural
from hingewise.report.progress_exercise import Shown, make_exercise_panel
from hingewise.report.progress_muscles import make_muscle_panel
from hingewise.report.progress_report import Item, Panel, ProgressReport
from hingewise.training.days import write_day
from hingewise.training.history import DayTotals, History, monday_of, weeks_between
from hingewise.training.intensity import MAX_REPETITIONS
from hingewise.training.load import MassUnit

RECENT_WEEKS = 12
"""What was trained in these stands first, and muscles are counted in them."""

SHOWN_WEEKS = 52
"""So far back the report goes where nobody says from when."""

MAXIMUM_NOTE = (
    "The estimated maximum is a proxy, no tested one: Epley's rule from sets whose repetitions in "
    f"reserve (RIR) are noted, up to {MAX_REPETITIONS} repetitions to failure."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """From which week to which day, and of which exercise, "" for all.

    Whole weeks, for a part of one would look like less training.
    """

    since: date
    until: date
    exercise: str = ""

    @property
    def recent_since(self) -> date:
        """The first of the last twelve weeks, of which muscles are counted."""
        return monday_of(self.until) - timedelta(weeks=RECENT_WEEKS - 1)

    @property
    def read_since(self) -> date:
        """From when on the history must be known."""
        return min(self.since, self.recent_since)


def ask(until: date, *, since: date | None = None, exercise: str = "") -> Asked:
    """Ask for the weeks from that of a day on, for the last year where ``since`` is None."""
    first = until - timedelta(weeks=SHOWN_WEEKS - 1) if since is None else since
    return Asked(since=monday_of(first), until=until, exercise=exercise)


def make_progress(
    history: History, index: Index, asked: Asked, more: Sequence[Panel] = ()
) -> ProgressReport:
    """Put the report together.

    Parameters
    ----------
    history
        From ``asked.read_since`` on.
    index
        Of the library: what exercises are called, and which muscles they train.
    asked
        What is shown.
    more
        Panels that stand behind those of the exercises and the muscles.
    """
    since, recent_since = asked.since, asked.recent_since
    days = [day for day in history.days if day.on >= since]
    pains = [each for each in history.pains if each.on >= asked.since]
    until = max(asked.until, *(day.on for day in days)) if days else asked.until
    shown = Shown(weeks=weeks_between(asked.since, until), until=asked.until, unit=_unit(days))
    titles = {key: each.name for key, each in index.exercises.items()}
    panels = [
        make_exercise_panel(key, titles.get(key, key), mine, shown)
        for key, mine in _in_order(days, titles, recent_since)
    ]
    recent = [day for day in history.days if day.on >= recent_since]
    if recent and not asked.exercise:  # one exercise says little of a muscle
        weeks = weeks_between(recent_since, until)[-RECENT_WEEKS:]
        panels.append(make_muscle_panel(recent, index, weeks, asked.until))
    panels += more
    if pains:
        items = (
            Item(on=each.on, text=f"{titles.get(each.exercise, each.exercise)}: {each.pain} of 10")
            for each in reversed(pains)
        )
        panels.append(Panel(id="pain", title="Pain that was noted", items=tuple(items)))
    return ProgressReport(
        since=asked.since,
        until=asked.until,
        last_on=history.last_on,
        says=(_summary(days, asked),) if panels else (),
        panels=tuple(panels),
        notes=(MAXIMUM_NOTE,) if any(day.maximum_kg for day in days) else (),
    )


def _unit(days: Sequence[DayTotals]) -> MassUnit:
    """As most loads were entered."""
    n_loaded, n_lb = sum(day.n_loaded for day in days), sum(day.n_lb for day in days)
    return "lb" if 2 * n_lb > n_loaded else "kg"


def _in_order(
    days: Sequence[DayTotals], titles: Mapping[str, str], recent_since: date
) -> list[tuple[str, list[DayTotals]]]:
    """Days by exercise: first those that are trained now, of them the most trained."""
    found: dict[str, list[DayTotals]] = defaultdict(list)
    for day in days:
        found[day.exercise].append(day)

    def rank(key: str) -> tuple[int, int, str]:
        n_recent = sum(day.n_sets for day in found[key] if day.on >= recent_since)
        return -n_recent, -sum(day.n_sets for day in found[key]), titles.get(key, key)

    return [(key, found[key]) for key in sorted(found, key=rank)]


def _summary(days: Sequence[DayTotals], asked: Asked) -> str:
    if not days:
        return f"Nothing since {write_day(asked.since)}."
    n_sets = sum(day.n_sets for day in days)
    n_days = len({day.on for day in days})
    first = max(asked.since, min(day.on for day in days))
    return f"From {write_day(first)} on: {plural(n_sets, 'set')} on {plural(n_days, 'day')}."
