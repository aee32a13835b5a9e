"""Bends that only fetch or leave something are told from repetitions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingewise.kinematics.movement import compute_movement
from hingewise.repetitions.segmenter import AFTER_SET, BEFORE_SET, Count, count_repetitions
from hingewise.repetitions.types import Family
from tests.builders import STAND, Key, Pose, Script, Trouble, make_lifter
from tests.builders_sets import DEADLIFT_BOTTOM, HINGE_BOTTOM, SetPlan, hinge, make_set

PULL_BOTTOM = replace(HINGE_BOTTOM, arm_deg=48)
TEMPO_S = (1.7, 0.1, 1.0, 0.6)
FETCHING = "bending down once and walking away: fetching something"


def count(script: Script, *, given: Family | None = None, noise_px: float = 0.0) -> Count:
    track = make_lifter(script, trouble=Trouble(noise_px=noise_px))
    return count_repetitions(compute_movement(track), given=given)


def stoop(bottom: Pose, *, stays_s: float) -> Script:
    """From standing down, staying there, and up again."""
    first = Script(keys=(Key(duration_s=1.0, pose=STAND),))
    return first.then(
        Key(duration_s=1.2, pose=bottom),
        Key(duration_s=stays_s, pose=bottom),
        Key(duration_s=1.2, pose=STAND),
    )


@pytest.mark.parametrize("noise_px", [0.0, 2.0])
@pytest.mark.parametrize("stays_s, rejected", [(0.7, [BEFORE_SET]), (0.1, [])])
def test_taking_the_handle_before_pull_throughs(
    stays_s: float, rejected: list[str], noise_px: float
) -> None:
    """Who does not stay down has only done one repetition more."""
    plan = SetPlan(n=4, bottom=PULL_BOTTOM, tempo_s=TEMPO_S)
    result = count(make_set(plan, before=stoop(PULL_BOTTOM, stays_s=stays_s)), noise_px=noise_px)
    assert [r.reason for r in result.rejected] == rejected
    assert len(result.counted) == 5 - len(rejected)


@pytest.mark.parametrize("bottom", [HINGE_BOTTOM, DEADLIFT_BOTTOM])
def test_staying_down_to_take_the_bar_begins_the_first_deadlift(bottom: Pose) -> None:
    """Its hands are before the feet, and the bar comes along."""
    plan = SetPlan(n=3, bottom=bottom, tempo_s=TEMPO_S)
    result = count(make_set(plan, before=stoop(bottom, stays_s=1.2)))
    assert (len(result.counted), result.rejected) == (4, ())


@pytest.mark.parametrize("waits_s, n", [(0.5, 0), (8.0, 1)])
def test_bending_once_and_walking_away_fetches_something(waits_s: float, n: int) -> None:
    """Who stays may have done one repetition."""
    off = replace(STAND, place_m=2.0)
    script = stoop(HINGE_BOTTOM, stays_s=0.5).then(
        Key(duration_s=waits_s, pose=STAND), Key(duration_s=1.5, pose=off, steady=True)
    )
    result = count(script)
    assert len(result.counted) == n
    assert [r.reason for r in result.rejected] == [FETCHING] * (1 - n)


def test_what_the_user_names_counts_whoever_walks_away() -> None:
    off = replace(STAND, place_m=2.0)
    script = stoop(HINGE_BOTTOM, stays_s=0.5).then(Key(duration_s=1.5, pose=off, steady=True))
    assert len(count(script, given=Family.HINGE).counted) == 1


def test_knees_that_every_repetition_bends_otherwise_make_none_odd() -> None:
    """Half of them squat, the first one too."""
    squatted = replace(HINGE_BOTTOM, trunk_deg=50, thigh_deg=-62, shank_deg=25)
    script = make_set(SetPlan(n=1, bottom=squatted))
    for bottom in (HINGE_BOTTOM, squatted, HINGE_BOTTOM, squatted, HINGE_BOTTOM):
        script = make_set(SetPlan(n=1, bottom=bottom), before=script)
    assert len(count(script).counted) == 6


def test_knees_that_bend_less_than_in_the_other_hinges_are_no_fetching() -> None:
    """A plate may have hidden them; whoever lifts from the floor bends them more."""
    stiff = replace(DEADLIFT_BOTTOM, thigh_deg=-15, shank_deg=-5, trunk_deg=72)
    script = make_set(SetPlan(n=1, bottom=stiff))
    result = count(make_set(SetPlan(n=4, bottom=DEADLIFT_BOTTOM), before=script))
    assert [r.reason for r in result.rejected if r.reason in (BEFORE_SET, AFTER_SET)] == []
    assert len(result.counted) == 5


def test_three_hinges_are_three() -> None:
    assert len(count(hinge(3)).counted) == 3


def knees(bottom: Pose, bend_deg: float) -> Pose:
    """The same hips with knees that bend by so much."""
    thigh = bottom.trunk_deg - 95.0
    return replace(bottom, thigh_deg=thigh, shank_deg=thigh + bend_deg)


@pytest.mark.parametrize(
    "others_deg, n", [((30.0, 55.0, 12.0), 4), ((20.0, 20.0, 20.0), 3)], ids=["varied", "alike"]
)
def test_a_squatted_start_is_odd_only_beside_repetitions_that_are_alike(
    others_deg: tuple[float, ...], n: int
) -> None:
    """Told to hinge, a learner squats the first, and less and less: that is their set."""
    script = make_set(SetPlan(n=1, bottom=knees(HINGE_BOTTOM, 85.0)))
    for bend_deg in others_deg:
        script = make_set(SetPlan(n=1, bottom=knees(HINGE_BOTTOM, bend_deg)), before=script)
    assert len(count(script).counted) == n
