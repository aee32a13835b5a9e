"""Knees that nobody sees at one bottom must not cost, or make, repetitions elsewhere in the set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.movement import Movement, compute_movement
from hingewise.repetitions.segmenter import Count, count_repetitions
from tests.builders import Script, make_lifter
from tests.builders_sets import SetPlan, fetch_load, hinge, make_set, put_down_keys, step_keys


def hide_knees(movement: Movement, numbers: tuple[int, ...], seconds: float = 0.4) -> Movement:
    """Hide knees and feet around the bottoms of some counted repetitions (0-based)."""
    bend, feet_x, feet_y = (
        getattr(movement, name).copy() for name in ("knee_bend_deg", "feet_x", "feet_y")
    )
    counted = count_repetitions(movement, given=None).counted
    for number in numbers:
        at_s = movement.time_s[counted[number].extension.bottom]
        hidden = np.abs(movement.time_s - at_s) < seconds / 2
        for values in (bend, feet_x, feet_y):
            values[hidden] = np.nan
    return replace(movement, knee_bend_deg=bend, feet_x=feet_x, feet_y=feet_y)


def n_complete(count: Count) -> int:
    return sum(not counted.partial_reason for counted in count.counted)


def movement_of(script: Script) -> Movement:
    return compute_movement(make_lifter(script))


def test_a_set_in_two_places_stays_one_set() -> None:
    first = hinge(3)
    movement = movement_of(make_set(SetPlan(n=3), before=first.then(*step_keys(first.last, -0.7))))
    assert n_complete(count_repetitions(movement, given=None)) == 6
    assert n_complete(count_repetitions(hide_knees(movement, (1,)), given=None)) == 6


@pytest.mark.parametrize("n", [3, 4])
def test_fetching_the_load_is_told_by_the_repetitions_that_are_seen(n: int) -> None:
    script = make_set(SetPlan(n=n), before=fetch_load())
    movement = movement_of(script.then(*put_down_keys(script.last)))
    assert n_complete(count_repetitions(movement, given=None)) == n
    assert n_complete(count_repetitions(hide_knees(movement, (1,)), given=None)) == n


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("numbers", [(1,), (0, 1, 2)])
def test_the_family_is_told_without_the_knees(numbers: tuple[int, ...]) -> None:
    movement = movement_of(hinge(3))
    seen = count_repetitions(movement, given=None).recognition
    hidden = count_repetitions(hide_knees(movement, numbers), given=None).recognition
    assert hidden.family is seen.family
    assert 0.5 <= hidden.confidence <= 1.0


def test_where_nothing_tells_a_squat_from_a_hinge_it_is_as_likely_one_as_the_other() -> None:
    movement = movement_of(hinge(3))
    nothing = np.full(movement.time_s.size, np.nan)
    blind = replace(movement, knee_bend_deg=nothing, hip_height=nothing, trunk_lean_deg=nothing)
    assert count_repetitions(blind, given=None).recognition.confidence == pytest.approx(0.5)
