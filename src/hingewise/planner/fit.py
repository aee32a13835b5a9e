"""Fitting slots and sets into the minutes of a session and the sets of a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hingewise.library.exercise import Exercise
from hingewise.planner.doses import Given, is_one_sided
from hingewise.planner.minutes import line_minutes
from hingewise.planner.tables import number
from hingewise.planner.volume import shares, weight

PRIMER = "primer"
_TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filled:
    """A slot of a session with the exercise that stands in it."""

    session: str
    slot: str
    exercise: Exercise
    given: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a week may hold.

    ``minutes`` of work in each session; ``most_sets`` of a muscle a week; ``weeks`` the sessions of
    each kind of week, in which their number differs.
    """

    minutes: Mapping[str, float]
    most_sets: float
    weeks: Sequence[Sequence[str]]


def fit(filled: Sequence[Filled], bounds: Bounds) -> dict[tuple[str, str], int]:
    """Return how many sets each slot gets; one that does not fit is not in it.

    Parameters
    ----------
    filled
        In the order in which they are kept.
    bounds
        Of time and sets.

    First every slot gets its least, then as many as its gate asks for, then one more each in turn,
    as long as all of it fits; the primer comes last then, for it prepares and need not grow. Where
    not even the least fits, there are two sets; of the primer one: no session begins without it.
    """
    sets: dict[tuple[str, str], int] = {}
    for each in filled:
        key = (each.session, each.slot)
        first = each.slot == PRIMER
        if not first and (each.session, PRIMER) not in sets and _has_primer(filled, each.session):
            continue  # a session does not begin without its primer
        fewest = 1 if first else min(int(number("sets_fewest")), each.given.sets[0])
        for n_sets in range(each.given.sets[0], fewest - 1, -1):
            if _fits(filled, {**sets, key: n_sets}, bounds):
                sets[key] = n_sets
                break
    to_gates = {each: each.given.wanted_sets for each in filled}
    sets = _grown(filled, sets, to_gates, bounds)
    last = sorted(filled, key=lambda each: each.slot == PRIMER)
    return _grown(last, sets, {each: each.given.sets[1] for each in last}, bounds)


def _has_primer(filled: Sequence[Filled], session: str) -> bool:
    return any(each.session == session and each.slot == PRIMER for each in filled)


def _grown(
    filled: Sequence[Filled],
    sets: dict[tuple[str, str], int],
    most: Mapping[Filled, int],
    bounds: Bounds,
) -> dict[tuple[str, str], int]:
    """Add one set to each in turn, up to a number, as long as it fits."""
    growing = True
    while growing:
        growing = False
        for each in filled:
            key = (each.session, each.slot)
            if key not in sets or sets[key] >= most[each]:
                continue
            wanted = {**sets, key: sets[key] + 1}
            if _fits(filled, wanted, bounds):
                sets, growing = wanted, True
    return sets


def session_minutes(
    filled: Sequence[Filled], sets: Mapping[tuple[str, str], int], session: str
) -> float:
    """Time of a session's exercises, without the warm-up. [min]"""
    return sum(
        line_minutes(each.given, sets[key], one_sided=is_one_sided(each.exercise.id))
        for each in filled
        if each.session == session and (key := (each.session, each.slot)) in sets
    )


def week_sets(
    filled: Sequence[Filled], sets: Mapping[tuple[str, str], int], week: Sequence[str]
) -> dict[str, float]:
    """Sets of a week by muscle, as they count."""
    total: dict[str, float] = {}
    for each in filled:
        n_sets = sets.get((each.session, each.slot), 0) * week.count(each.session)
        for muscle, share in shares(each.exercise).items():
            total[muscle] = total.get(muscle, 0.0) + n_sets * share * weight(each.given.rir)
    return total


def _fits(filled: Sequence[Filled], sets: Mapping[tuple[str, str], int], bounds: Bounds) -> bool:
    for session, minutes in bounds.minutes.items():
        if session_minutes(filled, sets, session) > minutes + _TINY:
            return False
    return all(
        n_sets <= bounds.most_sets + _TINY
        for week in bounds.weeks
        for n_sets in week_sets(filled, sets, week).values()
    )
