"""A slot with all that a decision goes by: which evidence counts, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from hingewise.planner.bouts import Bout
from hingewise.planner.case import TO_LOADS, by_slot, learnt_of
from hingewise.planner.tables import number
from hingewise.training.changes import Kind
from tests.builders_plans import (
    CLEAN,
    WHY,
    kg,
    learning,
    make_answers,
    make_bout,
    make_case,
    make_change,
    moment,
    trained,
)

PULL = trained("cable_pull_through", kg(40.0))
BANDED = learning("banded_cable_pull_through")


def pull(day: int, **said: Any) -> Bout:
    return make_bout("cable_pull_through", day, load=kg(40), techniques=CLEAN, **said)


def days(bouts: Sequence[Bout]) -> list[int]:
    return [(each.on - moment(0).date()).days for each in bouts]


@pytest.mark.parametrize("kind", TO_LOADS)
def test_a_load_counts_its_sessions_anew_after_every_step(kind: Kind) -> None:
    undoes = PULL.exercise if kind == "undone" else ""
    step = make_change("primer", kind, PULL, PULL, at=moment(4), undoes=undoes)
    case = make_case("primer", PULL, [pull(0), pull(3), pull(6)], changes=[step])
    assert days(case.since_load) == [6]


def test_an_exercise_keeps_its_sessions_when_only_the_load_goes_up() -> None:
    step = make_change("primer", "load_up", PULL, PULL, at=moment(4))
    case = make_case("primer", PULL, [pull(0), pull(3), pull(6)], changes=[step])
    assert days(case.since_move) == [0, 3, 6]


def test_a_new_program_is_no_step() -> None:
    step = make_change("primer", "updated", PULL, PULL, at=moment(4))
    case = make_case("primer", PULL, [pull(0), pull(6)], changes=[step])
    assert days(case.since_load) == [0, 6]


def test_a_session_on_the_day_of_a_step_counts_if_it_was_written_down_after_it() -> None:
    step = make_change("primer", "load_up", PULL, PULL, at=moment(3, 12))
    before = replace(pull(3), entered_at=moment(3, 9))
    case = make_case("primer", PULL, [before], changes=[step])
    assert case.since_load == ()
    case = make_case("primer", PULL, [pull(3)], changes=[step])
    assert days(case.since_load) == [3]


def test_an_old_session_that_is_written_down_late_does_not_count() -> None:
    """It was done with the load of before."""
    step = make_change("primer", "load_up", PULL, PULL, at=moment(3))
    late = pull(1, entered_at=moment(5))
    assert make_case("primer", PULL, [late], changes=[step]).since_load == ()


def test_a_session_that_another_program_wrote_counts_by_its_day() -> None:
    """Tables of other programs know the day alone: it is written down at midnight."""
    step = make_change("primer", "load_up", PULL, PULL, at=moment(3))
    brought = pull(5, entered_at=moment(5, 0))
    assert days(make_case("primer", PULL, [brought], changes=[step]).since_load) == [5]


@pytest.mark.parametrize(
    "load, far",
    [
        (40.0, False),
        (50.0, False),  # two steps up
        (60.0, False),  # half as much again
        (65.0, True),
        (121.0, True),
        (10.0, False),
        (2.5, False),  # half of the first plate
        (2.4, True),
    ],
)
def test_what_is_far_from_the_plan(load: float, far: bool) -> None:
    assert make_case("primer", PULL).is_far_off(pull(0) if load == 40.0 else _at(load)) is far


def _at(load: float) -> Bout:
    return make_bout("cable_pull_through", 0, load=kg(load))


def test_two_steps_up_are_never_far() -> None:
    """From the first bell of 4 kg the second next, 8 kg, is twice as much."""
    case = make_case("legs", trained("goblet_squat", kg(4.0)))
    assert not case.is_far_off(make_bout("goblet_squat", 0, load=kg(8.0)))
    assert case.is_far_off(make_bout("goblet_squat", 0, load=kg(10.0)))


def test_where_no_load_was_found_yet_only_what_nothing_makes_is_far() -> None:
    case = make_case("primer", trained("cable_pull_through"))
    assert not case.is_far_off(_at(120.0))
    assert case.is_far_off(_at(125.0))
    assert case.is_far_off(_at(number("lightest_share") * 5.0 - 0.1))


def test_what_was_learnt_is_what_was_left_upwards_and_not_taken_back() -> None:
    up = make_change("primer", "rung_up", PULL, BANDED)
    known = make_change("legs", "trained", learning("split_squat"), trained("split_squat"))
    back = make_change("primer", "undone", BANDED, PULL, undoes=up.id)
    assert learnt_of([up, known]) == {"cable_pull_through", "split_squat"}
    assert learnt_of([up, known, back]) == {"split_squat"}


def test_what_happened_is_counted_without_what_was_taken_back() -> None:
    down = make_change("primer", "rung_back", BANDED, PULL, at=moment(1))
    back = make_change("primer", "undone", PULL, BANDED, at=moment(2), undoes=down.id)
    case = make_case("primer", None, changes=[down, back])
    assert case.count("rung_back", BANDED.exercise) == 0
    case = make_case("primer", None, changes=[down])
    assert case.count("rung_back", BANDED.exercise) == 1
    assert case.count("rung_back", PULL.exercise) == 0


def test_changes_by_their_slots_and_the_last_of_all() -> None:
    one = make_change("primer", "load_up", PULL, PULL, at=moment(1))
    two = make_change("legs", "load_up", PULL, PULL, at=moment(2))
    three = make_change("primer", "load_up", PULL, PULL, at=moment(3))
    assert by_slot([one, two, three]) == {"primer": (one, three), "legs": (two,)}


def test_a_reason_has_its_rule_and_its_sources() -> None:
    case = make_case("primer")
    assert case.hold("stall", "Why.").because == replace(
        WHY, rule="stall", text="Why.", sources=("product",)
    )


def test_the_case_knows_what_stands_beside_it() -> None:
    case = make_case("hinge", answers=make_answers())
    assert "cable_pull_through" in case.taken
    assert case.exercise.id not in case.taken
