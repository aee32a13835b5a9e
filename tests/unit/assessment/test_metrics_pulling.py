"""How hips, trunk and arms work together on the way up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.assessment.observation import Observation
from hingewise.repetitions.types import Phase
from hingewise.units import FloatArray
from tests.builders import SHANK_M, STAND, THIGH_M, Key, Pose, Script, Trouble, make_lifter
from tests.builders_assessment import (
    Rep,
    lay_out,
    make_observation,
    observe_track,
    read,
    times_of,
    values,
)
from tests.builders_sets import DEADLIFT_BOTTOM, SetPlan, hinge, make_set

N_PULLS, DOWN_S, HELD_S, OFF_S, UP_S = 3, 1.5, 0.6, 0.7, 0.9


def pulls(tips_deg: float) -> Script:
    """Pulls from the floor in which the trunk tips by so much while the knees open."""
    off = Pose(trunk_deg=DEADLIFT_BOTTOM.trunk_deg + tips_deg, thigh_deg=-25.0, shank_deg=3.0)
    script = Script(keys=(Key(duration_s=1.5, pose=STAND),))
    for _ in range(N_PULLS):
        script = script.then(
            Key(duration_s=DOWN_S, pose=DEADLIFT_BOTTOM),
            Key(duration_s=HELD_S, pose=DEADLIFT_BOTTOM),
            Key(duration_s=OFF_S, pose=off),
            Key(duration_s=UP_S, pose=STAND),
            Key(duration_s=0.8, pose=STAND),
        )
    return script.then(Key(duration_s=1.0, pose=STAND))


def true_drop(script: Script) -> float:
    """How far the trunk tips until the hips are half-way up, in the first pull."""
    start_s = 1.5 + DOWN_S + HELD_S
    series = script.at(np.arange(start_s, start_s + OFF_S + UP_S, 0.001)).series
    thigh, shank = (np.radians(series[f"{name}_deg"]) for name in ("thigh", "shank"))
    height = THIGH_M * np.cos(thigh) + SHANK_M * np.cos(shank)
    half = int(np.argmax(height >= (height[0] + height[-1]) / 2))
    return float(series["trunk_deg"][: half + 1].max() - series["trunk_deg"][0])


@pytest.mark.parametrize("tips_deg", [-15.0, 0.0, 12.0, 24.0])
def test_hips_that_shoot_up_tip_the_trunk(tips_deg: float) -> None:
    """And a trunk that rises with them does not tip at all."""
    script = pulls(tips_deg)
    true = true_drop(script)
    assert (true > 5.0) == (tips_deg > 0.0)
    got = values(observe_track(make_lifter(script.sample(120.0))), "trunk_drop")
    assert got == pytest.approx([true] * N_PULLS, abs=1.5)


def _way_up(trunk_deg: FloatArray, height_m: FloatArray) -> Observation:
    """One repetition whose way up of a second has these angles and heights of the hips."""
    (repetition,) = lay_out([Rep()])
    span = repetition.phase(Phase.CONCENTRIC)
    assert span is not None
    row = np.clip(np.arange(times_of([repetition]).size) - span.start, 0, trunk_deg.size - 1)
    hip = np.stack([np.zeros(row.size), height_m[row]], axis=1)
    angles = {"trunk_inclination": trunk_deg[row]}
    return make_observation([Rep()], angles=angles, landmarks={"hip": hip})


def test_what_the_trunk_does_after_half_the_way_does_not_count() -> None:
    """It tips by ten degrees in the first half of the hips' way and by twenty after it."""
    share = np.arange(101) / 100.0
    early = np.interp(share, [0.0, 0.25, 0.5, 1.0], [60.0, 70.0, 62.0, 0.0])
    late = np.interp(share, [0.0, 0.5, 0.55, 0.75, 1.0], [60.0, 60.0, 60.0, 80.0, 0.0])
    height = 0.4 + 0.4 * share
    assert values(_way_up(early, height), "trunk_drop") == pytest.approx([10.0], abs=0.5)
    assert values(_way_up(late, height), "trunk_drop") == pytest.approx([0.0], abs=0.5)


def test_hips_that_do_not_rise_tip_nothing() -> None:
    trunk = np.linspace(60.0, 0.0, 101)
    (unseen,) = read(_way_up(trunk, np.full(101, 0.5)), "trunk_drop")
    assert not unseen.seen
    assert "hips" in unseen.reason


def arms(bottom_deg: float, top_deg: float) -> Script:
    """Hinges whose elbows bend so far at the two ends."""
    plan = SetPlan(
        n=3,
        bottom=replace(DEADLIFT_BOTTOM, elbow_deg=bottom_deg),
        top=replace(STAND, elbow_deg=top_deg),
    )
    return make_set(plan)


@pytest.mark.parametrize(
    "bottom_deg, top_deg, most_deg", [(0.0, 0.0, 0.0), (30.0, 30.0, 30.0), (0.0, 60.0, 60.0)]
)
def test_elbows_that_bend_on_the_way_up(bottom_deg: float, top_deg: float, most_deg: float) -> None:
    """The most that they bend until the lockout is over."""
    got = values(observe_track(make_lifter(arms(bottom_deg, top_deg))), "elbow_bend")
    assert got == pytest.approx([most_deg] * 3, abs=2.0)


def test_an_elbow_that_bends_on_the_way_down_is_not_pulling() -> None:
    (repetition,) = lay_out([Rep()])
    time_s = times_of([repetition])
    bent = np.where(time_s < repetition.bottom_s, 80.0, 10.0)
    seen = make_observation([Rep()], angles={"elbow_flexion": bent})
    assert values(seen, "elbow_bend") == pytest.approx([10.0])


def test_an_elbow_that_bends_for_a_fifth_of_the_way_bends() -> None:
    (repetition,) = lay_out([Rep()])
    time_s = times_of([repetition])
    bent = np.where(np.abs(time_s - repetition.top_s) < 0.2, 70.0, 10.0)
    seen = make_observation([Rep()], angles={"elbow_flexion": bent})
    assert values(seen, "elbow_bend") == pytest.approx([70.0])


def test_one_wrong_frame_bends_no_elbow() -> None:
    (repetition,) = lay_out([Rep()])
    time_s = times_of([repetition])
    bent = np.full(time_s.size, 10.0)
    bent[np.searchsorted(time_s, repetition.top_s)] = 170.0
    seen = make_observation([Rep()], angles={"elbow_flexion": bent})
    assert values(seen, "elbow_bend") == pytest.approx([10.0])


def test_an_arm_that_folds_up_is_no_loaded_one() -> None:
    n = times_of(lay_out([Rep()])).size
    seen = make_observation([Rep()], angles={"elbow_flexion": np.full(n, 150.0)})
    (unseen,) = read(seen, "elbow_bend")
    assert not unseen.seen
    assert "elbow or hand" in unseen.reason


@pytest.mark.parametrize("share, told", [(0.6, False), (0.8, True), (1.1, True), (1.4, False)])
def test_a_forearm_of_another_length_is_none(share: float, told: bool) -> None:
    """Its hand, or its elbow, is then somewhere else; bones that bend out of the picture may."""
    (repetition,) = lay_out([Rep()])
    time_s = times_of([repetition])
    down, up = np.array([0.0, -0.3]), np.zeros((time_s.size, 2))
    way_up = (time_s > repetition.bottom_s) & (time_s < repetition.end_s)
    forearm = np.where(way_up, share, 1.0)[:, None] * down
    landmarks = {"shoulder": up, "elbow": up + down, "wrist": up + down + forearm}
    angles = {"elbow_flexion": np.full(time_s.size, 60.0)}
    (measured,) = read(make_observation([Rep()], angles=angles, landmarks=landmarks), "elbow_bend")
    assert measured.seen is told
    if not told:
        assert measured.reason == "elbow or hand is not seen surely on the way up"


def test_more_may_be_hidden_behind_an_arm_that_looks_straight() -> None:
    """So that it is straight is harder to say than that it is bent."""
    n = times_of(lay_out([Rep()])).size
    (straight,), (bent,) = (
        read(make_observation([Rep()], angles={"elbow_flexion": np.full(n, deg)}), "elbow_bend")
        for deg in (5.0, 65.0)
    )
    assert straight.sd > 1.5 * bent.sd


@pytest.mark.parametrize(
    "metric, joint, what",
    [
        ("elbow_bend", "right_wrist", "elbow or hand is out of sight on the way up"),
        ("elbow_bend", "right_elbow", "elbow or hand is out of sight on the way up"),
        ("trunk_drop", "right_shoulder", "trunk are out of sight on the way up"),
        ("trunk_drop", "right_hip", "out of sight on the way up"),
    ],
)
def test_what_is_hidden_is_named(metric: str, joint: str, what: str) -> None:
    """On the second way up, and in most of the lockout after it."""
    track = make_lifter(hinge(3), trouble=Trouble(hidden_s={joint: (8.2, 10.0)}))
    first, second, third = read(observe_track(track), metric)
    assert not second.seen
    assert what in second.reason or second.reason == "the film does not show the way up"
    assert first.value == pytest.approx(third.value, abs=0.5)


def test_a_way_up_that_the_film_does_not_show_has_no_arms() -> None:
    (unseen,) = read(make_observation([Rep(concentric_s=0.0)]), "elbow_bend")
    assert unseen.reason == "the film does not show the way up"
