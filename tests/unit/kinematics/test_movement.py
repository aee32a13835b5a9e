"""The counting signals are the same from any side, and exact on the exact lifter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.movement import FLICKER_S, MAX_GAP_S, Movement, compute_movement
from hingewise.pose.body import ANY_CONFIDENCE
from hingewise.pose.track import PoseTrack
from hingewise.repetitions.segmenter import count_repetitions
from tests.builders import BODY_M, STAND, Camera, Key, Motion, Script, Trouble, make_lifter
from tests.builders_sets import (
    DEADLIFT_BOTTOM,
    SWING_BOTTOM,
    SWING_TOP,
    SetPlan,
    hinge,
    make_set,
    squat,
    swing,
    walk,
)

DEADLIFTS = make_set(
    SetPlan(n=3, bottom=DEADLIFT_BOTTOM, tempo_s=(1.5, 2.0, 1.4, 1.0), before_s=1.5)
)


@pytest.mark.parametrize("yaw_deg", [0.0, 40.0, 90.0, -40.0, 180.0])
@pytest.mark.parametrize("script", [hinge(2), squat(2)], ids=["hinge", "squat"])
def test_bends_and_lean_are_exact_from_any_side(script: Script, yaw_deg: float) -> None:
    motion = script.sample()
    movement = compute_movement(make_lifter(motion, Camera(yaw_deg=yaw_deg)))
    assert movement.hip_bend_deg == pytest.approx(motion.hip_deg, abs=2.5)
    assert movement.knee_bend_deg == pytest.approx(motion.knee_deg, abs=2.5)
    assert movement.trunk_lean_deg == pytest.approx(np.abs(motion.series["trunk_deg"]), abs=2.0)


def test_without_depth_a_side_view_is_as_good() -> None:
    motion = hinge(2).sample()
    movement = compute_movement(make_lifter(motion, depth=False))
    assert movement.hip_bend_deg == pytest.approx(motion.hip_deg, abs=2.5)
    assert np.isnan(movement.turn_deg).all()


def test_heights_are_in_body_lengths_whatever_the_scale() -> None:
    near, far = (
        compute_movement(make_lifter(swing(3), Camera(px_per_m=scale))) for scale in (250.0, 60.0)
    )
    assert near.hip_height == pytest.approx(far.hip_height, abs=0.01)
    assert near.hand_height == pytest.approx(far.hand_height, abs=0.01)


def test_hands_rise_in_a_swing() -> None:
    """From behind the knees to the shoulders: 0.55 m of arm over a body of 1.39 m."""
    track = make_lifter(Script(keys=(Key(duration_s=3.0, pose=SWING_TOP),), first=SWING_BOTTOM))
    hands = compute_movement(track).hand_height
    expected = 0.55 * (np.cos(np.radians(40)) - np.cos(np.radians(80))) / (0.7915 * 1.75)
    assert hands[-1] - hands[0] == pytest.approx(expected, abs=0.02)


def test_the_way_of_the_feet_and_the_turn_of_the_body() -> None:
    there = replace(STAND, place_m=1.0)
    turned = replace(there, heading_deg=180.0)
    script = Script(keys=tuple(Key(duration_s=2.0, pose=p) for p in (STAND, there, turned, turned)))
    movement = compute_movement(make_lifter(script))
    body_m = 0.7915 * 1.75
    assert movement.feet_x[-1] - movement.feet_x[0] == pytest.approx(1.0 / body_m, rel=0.02)
    assert abs(movement.turn_deg[-1] - movement.turn_deg[0]) == pytest.approx(180.0, abs=3.0)
    assert abs(movement.turn_deg[110] - movement.turn_deg[0]) < 5.0


def test_turning_past_the_back_does_not_jump() -> None:
    script = Script(
        keys=(Key(duration_s=4.0, pose=replace(STAND, heading_deg=350.0), steady=True),)
    )
    turn = compute_movement(make_lifter(script)).turn_deg
    assert np.abs(np.diff(turn)).max() < 5.0


def test_short_absences_are_bridged_and_long_ones_are_not() -> None:
    track = make_lifter(hinge(2), trouble=Trouble(gaps_s=((2.0, 2.3), (5.0, 5.8))))
    seen = np.isfinite(compute_movement(track).hip_bend_deg)
    time_s = track.time_s
    assert seen[time_s < 5.0].all()
    assert not seen[(time_s > 5.0) & (time_s < 5.8)].any()


@pytest.mark.parametrize("heading_deg", [0.0, 90.0, 180.0, 270.0])
def test_walking_hardly_bends_the_hips(heading_deg: float) -> None:
    movement = compute_movement(make_lifter(walk(1.2, heading_deg=heading_deg)))
    assert np.nanmax(movement.hip_bend_deg) < 25.0


def test_every_signal_has_one_value_for_each_frame() -> None:
    motion = hinge(1).sample()
    movement = compute_movement(make_lifter(Motion(time_s=motion.time_s, series=motion.series)))
    for name in Movement.__slots__:
        assert getattr(movement, name).shape == motion.time_s.shape


def behind_plates(script: Script, confidence: float, *, sides: tuple[str, ...]) -> PoseTrack:
    """In the lower half of every repetition a plate hides ankles, which stray along the picture."""
    motion = script.sample()
    track = make_lifter(motion)
    hidden = motion.hip_deg > 0.5 * motion.hip_deg.max()
    position, sure = track.position_px.copy(), track.confidence.copy()
    for column in (track.keypoints.index(f"{side}_ankle") for side in sides):
        position[hidden, column, 0] += np.float32(250.0 * BODY_M / 3)
        sure[hidden, column] = confidence
    return replace(track, position_px=position, confidence=sure)


BOTH = ("left", "right")


def test_feet_behind_plates_stand_nowhere() -> None:
    """What is measured from them is not known; the hips and the hands are."""
    track = behind_plates(DEADLIFTS, ANY_CONFIDENCE - 0.05, sides=BOTH)
    body_px = 250.0 * BODY_M
    movement, seen = (
        compute_movement(one, body_px=body_px) for one in (track, make_lifter(DEADLIFTS))
    )
    bottom = DEADLIFTS.sample().hip_deg
    hidden = bottom > 0.6 * bottom.max()
    for name in ("feet_x", "feet_y", "hip_height", "knee_bend_deg"):
        series = getattr(movement, name)
        assert np.isnan(series[hidden]).all()
        assert np.isfinite(series[: int(hidden.argmax()) - 20]).all()
    for name in ("hip_bend_deg", "trunk_lean_deg", "hand_height", "turn_deg"):
        np.testing.assert_allclose(getattr(movement, name), getattr(seen, name), atol=1e-6)


def test_feet_that_are_just_sure_stand_where_they_are_seen() -> None:
    track = behind_plates(DEADLIFTS, ANY_CONFIDENCE, sides=BOTH)
    movement = compute_movement(track)
    assert np.isfinite(movement.feet_x).all()
    assert np.ptp(movement.feet_x) > 0.2


def test_one_foot_that_is_surely_seen_is_enough() -> None:
    for side in BOTH:
        movement = compute_movement(behind_plates(DEADLIFTS, 0.1, sides=(side,)))
        for name in ("feet_x", "feet_y", "hip_height", "knee_bend_deg"):
            assert np.isfinite(getattr(movement, name)).all()


@pytest.mark.parametrize("confidence", [ANY_CONFIDENCE, ANY_CONFIDENCE - 0.05])
def test_feet_that_stray_behind_plates_have_not_stepped(confidence: float) -> None:
    """Unsure ones are not looked at; sure ones go where the hips do not."""
    film = behind_plates(DEADLIFTS, confidence, sides=BOTH)
    result = count_repetitions(compute_movement(film), given=None)
    assert len(result.counted) == 3
    assert not [r.reason for r in result.rejected]
    assert not [c.partial_reason for c in result.counted if c.partial_reason]


OF_THE_FEET = ("knee_bend_deg", "feet_x", "feet_y")


def unsure_for(n_frames: int, rate_hz: float, *sides: str) -> tuple[Movement, slice]:
    """A hinge in which ankles are unsure for some frames on the way up, and these frames."""
    motion = hinge(2).sample(rate_hz)
    track = make_lifter(motion)
    first = round(4.3 * rate_hz)
    rows = slice(first, first + n_frames)
    sure = track.confidence.copy()
    for side in sides:
        sure[rows, track.keypoints.index(f"{side}_ankle")] = ANY_CONFIDENCE - 0.05
    return compute_movement(replace(track, confidence=sure)), rows


@pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0, 240.0])
def test_knees_and_feet_are_known_through_a_flicker_and_not_through_more(rate_hz: float) -> None:
    """Up to half a second others bridge; knees that no ankle is below are not made up."""
    seen, _ = unsure_for(0, rate_hz)
    flicker = int((FLICKER_S - 1e-6) * rate_hz) - 1
    brief, _ = unsure_for(flicker, rate_hz, *BOTH)
    for name in OF_THE_FEET:
        tolerance = 2.0 if name == "knee_bend_deg" else 0.01
        np.testing.assert_allclose(getattr(brief, name), getattr(seen, name), atol=tolerance)
    for n_frames in (flicker + 2, int(0.8 * MAX_GAP_S * rate_hz)):
        hidden, rows = unsure_for(n_frames, rate_hz, *BOTH)
        unknown = np.zeros(seen.time_s.size, np.bool_)
        unknown[rows] = True
        for name in OF_THE_FEET:
            np.testing.assert_array_equal(np.isnan(getattr(hidden, name)), unknown)


@pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0, 240.0])
def test_hidden_ankles_leave_hips_and_trunk_as_they_are(rate_hz: float) -> None:
    seen, _ = unsure_for(0, rate_hz)
    hidden, _ = unsure_for(int(0.8 * MAX_GAP_S * rate_hz), rate_hz, *BOTH)
    for name in ("hip_bend_deg", "trunk_lean_deg", "hand_height", "hips_x", "turn_deg"):
        np.testing.assert_array_equal(getattr(hidden, name), getattr(seen, name))
