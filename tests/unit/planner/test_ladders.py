"""Ladders as far as somebody can climb them, and where to begin."""

from __future__ import annotations

from typing import Any

import pytest

from hingewise.planner.allow import allow
from hingewise.planner.ladders import begin, footholds, variants
from hingewise.planner.tables import load_patterns
from tests.builders_plans import GYM, HOME, LIBRARY, make_answers

SLOTS = load_patterns().slots


def rungs(ladder: str, **answers: Any) -> list[str]:
    allowed = allow(make_answers(**answers), LIBRARY)
    return [each.exercise for each in footholds(LIBRARY.ladders[ladder], allowed)]


def first(slot: str, *, taken: tuple[str, ...] = (), **answers: Any) -> str | None:
    allowed = allow(make_answers(**answers), LIBRARY)
    return begin(SLOTS[slot], allowed, LIBRARY, taken=taken)


@pytest.mark.parametrize(
    "equipment, wanted",
    [
        (GYM, ["band_pull_through", "cable_pull_through", "banded_cable_pull_through"]),
        (HOME, ["band_pull_through"]),
        (("cable_machine", "mini_band"), ["cable_pull_through", "banded_cable_pull_through"]),
        (("wall",), []),
    ],
)
def test_the_pull_through_as_far_as_the_things_go(
    equipment: tuple[str, ...], wanted: list[str]
) -> None:
    """A straight bar does for the rope."""
    assert rungs("pull_through", equipment=equipment) == wanted


@pytest.mark.parametrize(
    "equipment, wanted",
    [
        (GYM, ["bodyweight_hip_thrust", "dumbbell_hip_thrust", "barbell_hip_thrust"]),
        (
            ("bench", "mini_band"),
            ["bodyweight_hip_thrust", "single_leg_hip_thrust", "banded_hip_thrust"],
        ),
        (("bench", "barbell"), ["bodyweight_hip_thrust", "barbell_hip_thrust"]),
    ],
)
def test_who_has_the_bar_ends_with_it(equipment: tuple[str, ...], wanted: list[str]) -> None:
    assert rungs("hip_thrust", equipment=equipment) == wanted


def test_a_rung_may_be_done_otherwise() -> None:
    assert rungs("learning_the_hinge", equipment=("trap_bar", "resistance_band", "anchor")) == [
        "band_pull_through",
        "trap_bar_deadlift",
    ]
    ladder = LIBRARY.ladders["learning_the_hinge"]
    assert variants(ladder, ladder.rungs[2])[:2] == ("conventional_deadlift", "trap_bar_deadlift")
    assert variants(ladder, ladder.rungs[1]) == ("kettlebell_swing",)


def test_a_rung_that_asks_for_care_is_left_out() -> None:
    found = rungs("learning_the_hinge", conditions=("wrist_or_shoulder",))
    assert "kettlebell_swing" not in found


@pytest.mark.parametrize(
    "slot, experience, wanted",
    [
        ("primer", "none", "band_pull_through"),
        ("primer", "unsure", "band_pull_through"),
        ("primer", "hinge", "cable_pull_through"),
        ("step", "none", "kettlebell_deadlift"),
        ("step", "hinge", "kettlebell_deadlift"),
        ("step", "swing", "kettlebell_swing"),
        ("step", "deadlift", "conventional_deadlift"),
        ("fast", "none", None),
        ("legs", "none", "split_squat"),
        ("squat", "none", "goblet_squat"),
        ("squat", "hinge", "back_squat"),
    ],
)
def test_where_one_begins(slot: str, experience: str, wanted: str | None) -> None:
    assert first(slot, experience=experience) == wanted


def test_what_another_slot_of_the_session_has_is_passed_over() -> None:
    assert first("step", experience="swing", taken=("kettlebell_swing",)) == "kettlebell_deadlift"
    assert first("legs", taken=("split_squat", "goblet_squat")) == "step_up"


def test_where_nothing_may_stand_nothing_does() -> None:
    assert first("legs", equipment=()) is None
    assert first("primer", equipment=()) == "glute_bridge"
