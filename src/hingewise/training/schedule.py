"""On which days the sessions of a plan fall that are still to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hingewise.training.plan import KeptPlan, Plan, Session, Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A session with its day.

    Attributes
    ----------
    number
        Of it since the plan began, from 1.
    on
        The day.
    week, session
        What ``Plan.at`` says of this number.
    week_number
        Counted on where the plan is followed a second time, so that no two are the same.
    place
        Which one of its week it is, from 1.
    """

    number: int
    on: date
    week: Week
    session: Session
    week_number: int
    place: int

    @property
    def key(self) -> str:
        """The same for the same session, on whatever day it falls and whatever is changed in it."""
        return f"{self.week_number}-{self.place}"


def coming(
    kept: KeptPlan, plan: Plan, *, n_done: int, today: date, begun: bool
) -> tuple[Dated, ...]:
    """Return the sessions up to the end of the weeks, one on each day of training.

    A session that was missed falls on the next day of training, and all behind it move along:
    what comes next is always the one behind those that were done.

    Parameters
    ----------
    kept
        The plan as it was made: from which day on it counts.
    plan
        As it stands now.
    n_done
        On how many days before today something of it was done.
    today
        Where the lifter is.
    begun
        Whether something of it was done today; then what is to come begins tomorrow.
    """
    if not (plan.sessions and plan.weekdays):
        return ()
    n_before = n_done + begun
    first = max(today + timedelta(days=begun), kept.started_on)
    n_round = sum(len(week.sessions) for week in plan.weeks)
    n_left = n_round - n_before % n_round
    days = _training_days(plan, first)
    return tuple(_dated(plan, n_before + n, next(days)) for n in range(n_left))


def _dated(plan: Plan, number: int, on: date) -> Dated:
    week, session = plan.at(number)
    places = [(each, place) for each in plan.weeks for place in range(len(each.sessions))]
    rounds, at = divmod(number, len(places))
    return Dated(
        number=number + 1,
        on=on,
        week=week,
        session=session,
        week_number=rounds * len(plan.weeks) + week.number,
        place=places[at][1] + 1,
    )


def _training_days(plan: Plan, first: date) -> Iterator[date]:
    day = first
    while True:
        if day.weekday() in plan.weekdays:
            yield day
        day += timedelta(days=1)
