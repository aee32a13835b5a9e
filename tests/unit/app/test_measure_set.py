"""From a track to everything measured on it, end to end on the exact lifter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.app.measure_set import MeasuredSet, measure_set
from hingewise.errors import NoLifterError
from hingewise.kinematics.angles import compute_kinematics
from hingewise.kinematics.calibration import load_calibration
from hingewise.kinematics.conventions import REPORTED
from hingewise.library.families import find_exercise
from hingewise.pose.track import EstimatorInfo, PoseTrack
from hingewise.pose.view import YAW_SD_DEG, load_yaw_rule
from hingewise.repetitions.types import Family, Phase, Repetition
from tests.builders import STAND, STATURE_M, Camera, Key, Script, Trouble, make_lifter
from tests.builders_sets import (
    DEADLIFT_BOTTOM,
    GOOD_MORNING_BOTTOM,
    HINGE_BOTTOM,
    SQUAT_BOTTOM,
    SetPlan,
    cable_visit,
    hinge,
    make_set,
    on_one_leg,
    quiet,
    swing,
    thrust_from_standing,
    walk,
)

JOINTS = ("trunk_thigh_flexion", "knee_flexion")


def measure(track: PoseTrack, exercise: str | None = None) -> MeasuredSet:
    named = find_exercise(exercise) if exercise else None
    return measure_set(track, exercise=named, stature_m=STATURE_M, name="film.mp4")


@pytest.mark.parametrize(
    "bottom", [HINGE_BOTTOM, GOOD_MORNING_BOTTOM, DEADLIFT_BOTTOM, SQUAT_BOTTOM]
)
@pytest.mark.parametrize("mirrored", [False, True])
def test_angles_at_the_bottoms(bottom: object, mirrored: bool) -> None:
    """Every repetition reaches the angles that it was made with, within a degree."""
    assert isinstance(bottom, type(STAND))
    script = make_set(SetPlan(n=3, bottom=bottom))
    measured = measure(make_lifter(script, Camera(mirrored=mirrored)))
    assert measured.segmentation.n_repetitions == 3
    assert measured.segmentation.signal == "trunk_thigh_flexion"
    for repetition in measured.segmentation.repetitions:
        row = int(np.searchsorted(measured.track.time_s, repetition.bottom_s))
        got = [measured.kinematics.angle_deg[name][row] for name in JOINTS]
        assert got == pytest.approx([bottom.hip_deg, bottom.knee_deg], abs=1.0)


def test_phases_are_those_of_the_movement() -> None:
    measured = measure(make_lifter(hinge(4, tempo_s=(3.0, 1.0, 1.0, 1.0))))
    for number, repetition in enumerate(measured.segmentation.repetitions):
        begin = 1.5 + number * 6.0
        assert repetition.start_s == pytest.approx(begin + 0.49, abs=0.1)
        assert repetition.bottom_s == pytest.approx(begin + 3.5, abs=0.2)
        assert repetition.top_s == pytest.approx(begin + 4.84, abs=0.1)


def test_noise_gaps_and_turning_together() -> None:
    """A whole visit to the cable, seen a little obliquely, with noise and a short absence."""
    trouble = Trouble(noise_px=2.0, gaps_s=((14.0, 14.2),))
    measured = measure(make_lifter(cable_visit(4), Camera(yaw_deg=12.0, mirrored=True), trouble))
    assert measured.segmentation.n_repetitions == 4
    assert measured.segmentation.recognition.family is Family.HINGE
    assert (measured.view.near_side, measured.view.facing) == ("left", "left")
    assert measured.view.yaw_deg == pytest.approx(12.0, abs=2.0)
    assert measured.kinematics.standing.found
    bottoms = [
        measured.kinematics.angle_deg["trunk_thigh_flexion"][
            np.searchsorted(measured.track.time_s, r.bottom_s)
        ]
        for r in measured.segmentation.repetitions
    ]
    assert bottoms == pytest.approx([90.0] * 4, abs=3.0)


def test_the_view_is_that_of_the_set() -> None:
    """One repetition among minutes of facing the other way."""
    away = replace(STAND, heading_deg=180.0)
    script = Script(
        keys=(Key(duration_s=20.0, pose=away), Key(duration_s=1.5, pose=STAND)), first=away
    )
    measured = measure(make_lifter(make_set(SetPlan(n=1), before=script)))
    assert (measured.view.near_side, measured.view.facing) == ("right", "right")
    assert measured.segmentation.n_repetitions == 1


def test_rests_facing_elsewhere_do_not_blur_the_view() -> None:
    """Most of the time between the first and the last repetition the lifter looks away."""
    script = hinge(2)
    for _ in range(2):
        away = replace(STAND, heading_deg=180.0)
        rest = (Key(duration_s=1, pose=away), Key(duration_s=15, pose=away))
        script = script.then(*rest, Key(duration_s=1, pose=STAND), Key(duration_s=0.5, pose=STAND))
        script = make_set(SetPlan(n=2, before_s=0.2), before=script)
    measured = measure(make_lifter(script))
    assert (measured.view.facing, measured.view.verdict) == ("right", "good")
    rows = [np.searchsorted(measured.track.time_s, r.bottom_s) for r in repetitions_of(measured)]
    hip = measured.kinematics.angle_deg["trunk_thigh_flexion"][rows]
    assert hip == pytest.approx(np.full(6, HINGE_BOTTOM.hip_deg), abs=2.0)


def test_who_walks_from_the_camera_and_back_is_as_large_as_in_the_set() -> None:
    near = replace(STAND, heading_deg=90.0, toward_m=2.0)
    script = Script(keys=(Key(duration_s=2.0, pose=replace(STAND, heading_deg=90.0)),), first=near)
    script = make_set(SetPlan(n=3), before=script.then(Key(duration_s=1.0, pose=STAND)))
    script = script.then(
        Key(duration_s=1.0, pose=replace(STAND, heading_deg=90.0)), Key(duration_s=3.0, pose=near)
    )
    camera = Camera(distance_m=4.0)
    scale = measure(make_lifter(script, camera)).sagittal.scale
    alone = measure(make_lifter(hinge(3), camera)).sagittal.scale
    assert scale.m_per_px == pytest.approx(alone.m_per_px, rel=0.03)


def test_a_lockout_that_is_never_reached_is_no_standing() -> None:
    """The film begins at the bottom and ends in the last of the lockouts that stop short."""
    short = HINGE_BOTTOM.toward(STAND, 0.7)
    up = (Key(duration_s=1.1, pose=short), Key(duration_s=0.8, pose=short))
    plan = SetPlan(n=3, top=short, before_s=0.0, after_s=0.6)
    script = make_set(plan, before=Script(keys=up, first=HINGE_BOTTOM))
    measured = measure(make_lifter(script))
    assert not measured.kinematics.standing.found
    rows = [np.searchsorted(measured.track.time_s, r.top_s) for r in repetitions_of(measured)]
    assert measured.kinematics.angle_deg["trunk_thigh_flexion"][rows].min() > short.hip_deg - 5.0


def repetitions_of(measured: MeasuredSet) -> tuple[Repetition, ...]:
    return measured.segmentation.repetitions


@pytest.mark.parametrize("free,signal", [("left", "trunk_thigh_flexion"), ("right", "hip_bend")])
def test_on_one_leg_the_standing_one_counts(free: str, signal: str) -> None:
    """The right side is near: where it is free, phases come from the coarse bend of the other."""
    measured = measure(on_one_leg(4, free=free))
    assert measured.segmentation.recognition.family is Family.HINGE
    assert measured.segmentation.signal == signal
    assert measured.segmentation.n_repetitions == 4
    for repetition in measured.segmentation.repetitions:
        eccentric_s, _, concentric_s, _ = repetition.tempo_s
        assert eccentric_s == pytest.approx(1.4, abs=0.3)
        assert concentric_s == pytest.approx(0.8, abs=0.3)


@pytest.mark.parametrize("yaw_deg,signal", [(25.0, "trunk_thigh_flexion"), (40.0, "hip_bend")])
def test_oblique_views_take_phases_from_the_coarse_signal(yaw_deg: float, signal: str) -> None:
    measured = measure(make_lifter(hinge(3), Camera(yaw_deg=yaw_deg)))
    assert measured.segmentation.signal == signal
    assert measured.segmentation.n_repetitions == 3
    for repetition in measured.segmentation.repetitions:
        assert repetition.phase(Phase.ECCENTRIC) is not None


@pytest.mark.parametrize("yaw_deg,shown", [(0.0, True), (44.0, True), (47.0, False), (90.0, False)])
def test_front_views_show_no_angle_but_count(yaw_deg: float, shown: bool) -> None:
    measured = measure(make_lifter(hinge(3), Camera(yaw_deg=yaw_deg)))
    for table in (measured.kinematics.angle_deg, measured.kinematics.rate_deg_s):
        assert all(np.isfinite(series).any() == shown for series in table.values())
    assert measured.segmentation.n_repetitions == 3


def test_a_side_hidden_for_long_leaves_the_coarse_signal() -> None:
    hidden = Trouble(hidden_s={"right_knee": (3.0, 12.0)})
    measured = measure(make_lifter(hinge(3), trouble=hidden))
    assert measured.segmentation.signal == "hip_bend"
    assert measured.segmentation.n_repetitions == 3


def test_a_named_exercise_decides_the_rules() -> None:
    track = make_lifter(swing(5))
    recognised, named = measure(track), measure(track, "kettlebell swing")
    assert recognised.kinematics.cutoff_hz == named.kinematics.cutoff_hz == 10.0
    assert named.segmentation.recognition.how == "given"
    assert measure(track, "deadlift").kinematics.cutoff_hz == 5.0


def test_lying_down_for_thrusts() -> None:
    measured = measure(make_lifter(thrust_from_standing(3), trouble=Trouble(noise_px=2.0)))
    assert measured.segmentation.recognition.family is Family.THRUST
    assert measured.segmentation.n_repetitions == 3


@pytest.mark.parametrize("script", [quiet(), walk(1.2), walk(0.8, heading_deg=270.0)])
def test_no_set_is_a_result(script: Script) -> None:
    measured = measure(make_lifter(script))
    assert measured.segmentation.repetitions == ()
    assert measured.segmentation.recognition.family is Family.NONE
    assert measured.slow_motion == 1.0


def test_the_tables_of_the_network_are_used() -> None:
    """Joint centres, spreads and the yaw of the estimator that made the track, not of another."""
    track = make_lifter(hinge(2), Camera(yaw_deg=20.0))
    info = EstimatorInfo(name="blazepose-full", version="1", model_sha256="")
    of_network = replace(track, estimator=info)
    rule = load_yaw_rule(info.name)
    assert rule is not None
    for one, yaw_sd_deg in ((track, YAW_SD_DEG), (of_network, rule.sd_deg)):
        measured = measure(one)
        assert measured.view.yaw_sd_deg == yaw_sd_deg
        expected = compute_kinematics(
            measured.sagittal,
            cutoff_hz=measured.kinematics.cutoff_hz,
            calibration=load_calibration(one.estimator.name),
            hip_bend_deg=measured.movement.hip_bend_deg,
        )
        for name in REPORTED:
            got = measured.kinematics
            np.testing.assert_array_equal(got.angle_deg[name], expected.angle_deg[name])
            np.testing.assert_array_equal(got.sd_deg[name], expected.sd_deg[name])
    plain, mended = (measure(one).kinematics.angle_deg for one in (track, of_network))
    assert 0.5 < abs(np.nanmedian(plain["trunk_inclination"] - mended["trunk_inclination"])) < 12.0


@pytest.mark.parametrize("roll_deg", [-9.0, 0.0, 9.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_tilted_camera_is_noticed(roll_deg: float, mirrored: bool) -> None:
    measured = measure(make_lifter(hinge(2), Camera(roll_deg=roll_deg, mirrored=mirrored)))
    turned = -roll_deg if mirrored else roll_deg
    assert measured.view.roll_deg == pytest.approx(turned, abs=2.0)


def test_slow_motion_is_suggested_and_life_is_not() -> None:
    assert measure(make_lifter(hinge(3))).slow_motion == 1.0
    slow = hinge(3)
    slow = replace(slow, keys=tuple(replace(k, duration_s=8 * k.duration_s) for k in slow.keys))
    assert measure(make_lifter(slow.sample(15.0))).slow_motion >= 4.0


def test_nobody_in_view_is_refused_with_advice() -> None:
    track = make_lifter(hinge(1), trouble=Trouble(gaps_s=((0.3, 99.0),)))
    with pytest.raises(NoLifterError) as caught:
        measure(track)
    assert str(caught.value).startswith("film.mp4: expected a lifter in view")
    assert "from the side" in caught.value.hint


def test_a_lifter_far_too_small_is_refused() -> None:
    with pytest.raises(NoLifterError, match="at least 55 pixels tall"):
        measure(make_lifter(hinge(1), Camera(px_per_m=35.0)))
