"""Swings count although their hands hide, and the load is picked up and set down beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.movement import Movement, compute_movement
from hingewise.repetitions.segmenter import Count, count_repetitions
from hingewise.repetitions.types import Family
from tests.builders import Script, make_lifter
from tests.builders_sets import SWING_BOTTOM, SWING_TOP, SetPlan, make_set, swing

SNAPS = swing(6, cycle_s=1.0)
WITHOUT_LOAD = make_set(
    SetPlan(
        n=6,
        bottom=SWING_BOTTOM,
        top=SWING_TOP,
        tempo_s=(0.45, 0.02, 0.45, 0.08),
        before_s=1.0,
        after_s=1.0,
    )
)
"""The film begins and ends with the arms up: its first and last movements are swings."""


def seen_badly(script: Script, share: float) -> Movement:
    """Hands that seem to rise by a share of what they do."""
    movement = compute_movement(make_lifter(script))
    usual = np.median(movement.hand_height)
    return replace(movement, hand_height=usual + share * (movement.hand_height - usual))


def complete(result: Count) -> int:
    assert result.recognition.family is Family.SWING
    return sum(1 for counted in result.counted if not counted.partial_reason)


@pytest.mark.parametrize("share", [1.0, 0.4, 0.2, 0.1])
def test_hands_that_hardly_seem_to_rise(share: float) -> None:
    result = count_repetitions(seen_badly(SNAPS, share), given=None)
    assert complete(result) == len(result.counted) == 6
    assert len(result.rejected) == 2


@pytest.mark.parametrize("share", [1.0, 0.2, 0.1])
def test_a_film_without_the_load_s_way_up_and_down(share: float) -> None:
    result = count_repetitions(seen_badly(WITHOUT_LOAD, share), given=None)
    assert complete(result) == len(result.counted) == 6
    assert result.rejected == ()


@pytest.mark.parametrize("share", [0.2, 1.0])
def test_one_swing_without_hands_counts_where_it_comes_in_the_rhythm_of_the_others(
    share: float,
) -> None:
    movement = seen_badly(SNAPS, share)
    third, fourth = (c.extension for c in count_repetitions(movement, given=None).counted[2:4])
    height = movement.hand_height.copy()
    height[third.bottom : fourth.bottom] = height[third.bottom]
    result = count_repetitions(replace(movement, hand_height=height), given=None)
    assert complete(result) == 6


@pytest.mark.parametrize("share", [0.4, 1.0])
def test_the_load_set_down_between_two_halves_of_a_set(share: float) -> None:
    """Its way down and up again is no swing, nor is the way up before the first."""
    halves = swing(4, cycle_s=1.0).then(*swing(4, cycle_s=1.0).keys)
    result = count_repetitions(seen_badly(halves, share), given=None)
    assert complete(result) == len(result.counted) == 8


@pytest.mark.parametrize("place", [0, 5])
def test_a_first_or_last_swing_counts_whose_hands_rise_as_little_as_those_of_another(
    place: int,
) -> None:
    movement = compute_movement(make_lifter(WITHOUT_LOAD))
    swings = [c.extension for c in count_repetitions(movement, given=None).counted]
    height = movement.hand_height.copy()
    for hidden in (2, place):
        end = swings[hidden].after or height.size
        height[swings[hidden].bottom : end] = height[swings[hidden].bottom]
    result = count_repetitions(replace(movement, hand_height=height), given=None)
    assert complete(result) == 6
