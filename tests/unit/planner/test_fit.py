"""Slots and sets within minutes and weekly sets, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingewise.planner.doses import give
from hingewise.planner.fit import Bounds, Filled, fit, session_minutes, week_sets
from hingewise.planner.tables import load_patterns
from tests.builders_plans import LIBRARY


def filled(
    session: str,
    slot: str,
    exercise: str,
    *,
    sets: tuple[int, int] = (2, 4),
    wanted: int = 2,
    rir: float | None = 2.0,
) -> Filled:
    """Ten repetitions at 6 s and 60 s of rest: with set-up 1 + n + (n - 1) = 2n minutes."""
    given = give(
        LIBRARY.exercises[exercise],
        load_patterns().slots[slot],
        learning=False,
        careful=False,
        loaded=False,
    )
    given = replace(
        given,
        dose=replace(given.dose, tempo="3-0-3-0"),
        sets=sets,
        repetitions=(8, 10),
        rir=rir,
        rest_s=60,
        ramp=None,
        wanted_sets=wanted,
    )
    return Filled(session=session, slot=slot, exercise=LIBRARY.exercises[exercise], given=given)


PULL = filled("A", "primer", "cable_pull_through")
BRIDGE = filled("A", "thrust", "glute_bridge")
SQUAT = filled("A", "squat", "back_squat")


def bounds(minutes: float, most_sets: float = 99.0, *, weeks: tuple[str, ...] = ("A",)) -> Bounds:
    return Bounds(minutes={"A": minutes, "B": minutes}, most_sets=most_sets, weeks=[weeks])


def test_a_session_takes_what_its_sets_take() -> None:
    sets = {("A", "primer"): 2, ("A", "thrust"): 3, ("B", "primer"): 9}
    assert session_minutes([PULL, BRIDGE], sets, "A") == 4 + 6


def test_everything_that_fits_gets_its_least_first() -> None:
    assert fit([PULL, BRIDGE, SQUAT], bounds(12)) == {
        ("A", "primer"): 2,
        ("A", "thrust"): 2,
        ("A", "squat"): 2,
    }


def test_what_does_not_fit_is_left_out_the_last_first() -> None:
    assert fit([PULL, BRIDGE, SQUAT], bounds(11.9)) == {("A", "primer"): 2, ("A", "thrust"): 3}


def test_then_one_set_more_in_turns_and_the_primer_last() -> None:
    assert fit([PULL, BRIDGE, SQUAT], bounds(14)) == {
        ("A", "primer"): 2,
        ("A", "thrust"): 3,
        ("A", "squat"): 2,
    }
    assert fit([PULL, BRIDGE, SQUAT], bounds(99)) == {
        ("A", "primer"): 4,
        ("A", "thrust"): 4,
        ("A", "squat"): 4,
    }


def test_what_a_gate_asks_for_comes_before_more_of_the_others() -> None:
    gated = filled("A", "squat", "back_squat", wanted=4)
    assert fit([BRIDGE, gated], bounds(12)) == {("A", "thrust"): 2, ("A", "squat"): 4}


def test_nothing_fits_into_no_time() -> None:
    assert fit([BRIDGE], bounds(3.9)) == {}
    assert fit([PULL], bounds(1.9)) == {}


def test_a_primer_has_fewer_sets_before_it_is_left_out() -> None:
    assert fit([PULL], bounds(3.9)) == {("A", "primer"): 1}


def test_no_session_begins_without_its_primer() -> None:
    """Where there is no time for one set of it, there is no session."""
    slow = replace(PULL, given=replace(PULL.given, rest_s=600, repetitions=(100, 120)))
    assert fit([slow, BRIDGE], bounds(5)) == {}
    assert fit([BRIDGE], bounds(5)) == {("A", "thrust"): 2}, "without a primer slot it may"


def test_sets_of_a_week_by_muscle() -> None:
    """A twice and B once: 2 x 3 hard pull-throughs and 4 light bridges, which count a half."""
    light = filled("B", "thrust", "glute_bridge", rir=3.0)
    sets = {("A", "primer"): 3, ("B", "thrust"): 4}
    found = week_sets([PULL, light], sets, ("A", "B", "A"))
    assert found["gluteus_maximus"] == 6 + 2


@pytest.mark.parametrize("most, wanted", [(2.0, 2), (3.0, 3), (3.9, 3), (1.9, None)])
def test_no_muscle_gets_more_than_it_may(most: float, wanted: int | None) -> None:
    assert fit([BRIDGE], bounds(99, most)).get(("A", "thrust")) == wanted


def test_the_week_with_more_sessions_counts() -> None:
    """One week has A twice, the next one once."""
    both = Bounds(minutes={"A": 99.0}, most_sets=6.0, weeks=[("A", "B", "A"), ("B", "A", "B")])
    assert fit([BRIDGE], both) == {("A", "thrust"): 3}
