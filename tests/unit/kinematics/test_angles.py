"""Angles of the exact lifter come back exact: conventions, zeros, gaps, joint centres, spread."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.angles import compute_segment_angle
from hingewise.kinematics.conventions import JOINTS, REPORTED, SEGMENTS
from hingewise.pose.roll import load_roll_prior
from hingewise.units import FloatArray
from tests.builders import (
    BODY_M,
    TRUNK_M,
    Camera,
    Key,
    Motion,
    Pose,
    Script,
    Trouble,
    make_lifter,
)
from tests.builders_kinematics import measure_kinematics
from tests.builders_sets import HINGE_BOTTOM, SetPlan, hinge, make_set

PRIOR = load_roll_prior()
LEAN_DEG = PRIOR.lean_deg
UPRIGHT = Pose(trunk_deg=LEAN_DEG, thigh_deg=LEAN_DEG, shank_deg=LEAN_DEG)
"""Standing as people do on average, so that the camera reads level."""

SEGMENT_ANGLES = tuple(s.name for s in SEGMENTS if s.name in REPORTED)
JOINT_ANGLES = (*(joint.name for joint in JOINTS), "lumbar_flexion")
MOVING = Script(
    keys=(
        Key(duration_s=1.5, pose=UPRIGHT),
        Key(duration_s=3.0, pose=replace(HINGE_BOTTOM, arm_deg=20, elbow_deg=30)),
        Key(duration_s=2.0, pose=UPRIGHT),
        Key(duration_s=1.5, pose=UPRIGHT),
    ),
    first=UPRIGHT,
)


def truth(motion: Motion) -> dict[str, FloatArray]:
    s = motion.series
    return {
        "trunk_inclination": s["trunk_deg"],
        "thigh_inclination": s["thigh_deg"],
        "shank_inclination": s["shank_deg"],
        "head_inclination": s["head_deg"],
        "trunk_thigh_flexion": motion.hip_deg,
        "knee_flexion": motion.knee_deg,
        "ankle_dorsiflexion": s["shank_deg"] - LEAN_DEG,
        "elbow_flexion": s["elbow_deg"],
    }


@pytest.mark.parametrize("name", sorted(set(REPORTED) - {"lumbar_flexion"}))
@pytest.mark.parametrize("mirrored", [False, True])
def test_angles_and_their_signs(name: str, mirrored: bool) -> None:
    """Forward lean, flexion and dorsiflexion are positive, whichever way the lifter faces."""
    motion = MOVING.sample(60.0)
    got = measure_kinematics(make_lifter(motion, Camera(mirrored=mirrored))).angle_deg[name]
    assert got == pytest.approx(truth(motion)[name], abs=0.35)


def test_every_reported_angle_has_rate_and_spread() -> None:
    kinematics = measure_kinematics(make_lifter(MOVING))
    assert tuple(kinematics.angle_deg) == tuple(kinematics.rate_deg_s) == REPORTED
    assert set(kinematics.sd_deg) == set(REPORTED)
    for sd in kinematics.sd_deg.values():
        assert sd.shape == kinematics.time_s.shape
        assert (sd > 0.0).all()


def test_rates_are_degrees_per_second() -> None:
    """Peak rate of a minimum-jerk movement: 15/8 of range over duration."""
    rate = measure_kinematics(make_lifter(MOVING.sample(60.0))).rate_deg_s["trunk_thigh_flexion"]
    assert rate.max() == pytest.approx(15 / 8 * 90 / 3.0, rel=0.02)
    assert rate.min() == pytest.approx(-15 / 8 * 90 / 2.0, rel=0.02)


@pytest.mark.parametrize("inclination_deg", [-170.0, -90.0, 0.0, 45.0, 90.0, 179.0])
def test_segment_angle_over_the_whole_circle(inclination_deg: float) -> None:
    angle = np.radians(inclination_deg)
    upper = np.array([[np.sin(angle), np.cos(angle)]])
    assert compute_segment_angle(np.zeros((1, 2)), upper) == pytest.approx([inclination_deg])


def test_frames_that_are_upside_down_spoil_no_others() -> None:
    """For a third of a second the network takes the head for the feet."""
    motion = hinge(2).sample()
    right = measure_kinematics(make_lifter(motion))
    track = make_lifter(motion)
    wrong = (track.time_s > 0.5) & (track.time_s < 0.8)
    position = track.position_px.copy()
    middle = np.nanmean(position[wrong], axis=1, keepdims=True)
    position[wrong] = 2 * middle - position[wrong]
    got = measure_kinematics(replace(track, position_px=position))
    later = track.time_s > 2.0
    for name, angle in right.angle_deg.items():
        assert got.angle_deg[name][later] == pytest.approx(angle[later], abs=1.0, nan_ok=True)


def test_the_rate_of_a_segment_that_turns_past_upside_down_does_not_jump() -> None:
    lying = Pose(trunk_deg=-120, thigh_deg=-118, shank_deg=4)
    over = replace(lying, trunk_deg=-220)
    script = Script(keys=(Key(duration_s=2.0, pose=over),), first=lying)
    kinematics = measure_kinematics(make_lifter(script.sample()))
    assert np.abs(kinematics.angle_deg["trunk_inclination"]).max() <= 180.0
    assert np.nanmax(np.abs(kinematics.rate_deg_s["trunk_inclination"])) < 150.0


def test_hidden_landmarks_leave_no_angle() -> None:
    """A knee hidden for a second: what needs it is missing there, the trunk is not."""
    track = make_lifter(MOVING, trouble=Trouble(hidden_s={"right_knee": (2.0, 3.0)}))
    kinematics = measure_kinematics(track)
    hidden = (track.time_s >= 2.0) & (track.time_s < 3.0)
    for name in ("thigh_inclination", "trunk_thigh_flexion", "knee_flexion", "ankle_dorsiflexion"):
        assert np.isnan(kinematics.angle_deg[name][hidden]).all()
        assert np.isfinite(kinematics.angle_deg[name][~hidden]).all()
    assert np.isfinite(kinematics.angle_deg["trunk_inclination"]).all()


def test_standing_before_the_set_is_zero() -> None:
    """The network's bias leaves the joint angles, and stays in the segments."""
    slouch = Pose(trunk_deg=6, thigh_deg=-5, shank_deg=3)
    motion = make_set(SetPlan(n=2, top=slouch, after_s=0.2)).sample()
    kinematics = measure_kinematics(make_lifter(motion))
    assert kinematics.standing.angle_deg["trunk_thigh_flexion"] == pytest.approx(11.0, abs=0.3)
    assert kinematics.standing.angle_deg["knee_flexion"] == pytest.approx(8.0, abs=0.3)
    assert "elbow_flexion" not in kinematics.standing.angle_deg
    assert kinematics.standing.end_s < 2.3
    hip = kinematics.angle_deg["trunk_thigh_flexion"]
    assert hip[:30] == pytest.approx(0.0, abs=0.3)
    assert hip.max() == pytest.approx(90.0 - 11.0, abs=0.5)
    assert kinematics.angle_deg["trunk_inclination"][:30] == pytest.approx(6.0, abs=0.1)


@pytest.mark.parametrize(
    "yaw_deg,trunk_deg,error_deg",
    [
        (10, 30, -0.4),
        (15, 45, -1.0),
        (20, 60, -1.6),
        (30, 45, -4.1),
        (30, 75, -2.2),
    ],
)
def test_the_error_of_an_oblique_view(yaw_deg: float, trunk_deg: float, error_deg: float) -> None:
    """Rows of the table in BIOMECHANICS 1b: the mean of a view from the front and one from behind.

    Shoulders are wider than hips, which adds in the one and takes away in the other.
    """
    motion = Script(keys=(Key(duration_s=1.0, pose=Pose(trunk_deg=trunk_deg)),)).at(
        np.arange(2.0, 3.0, 0.05)
    )
    front, rear = (
        measure_kinematics(make_lifter(motion, Camera(yaw_deg=yaw))).angle_deg["trunk_inclination"]
        for yaw in (yaw_deg, -yaw_deg)
    )
    assert (front + rear) / 2 - trunk_deg == pytest.approx(error_deg, abs=0.3)


@pytest.mark.parametrize("roll_deg", [-5.0, 5.0, 8.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_tilted_camera_hardly_tilts_the_lifter(roll_deg: float, mirrored: bool) -> None:
    """What is left of the tilt in the segments is what the prior holds back; joints never move."""
    level = measure_kinematics(make_lifter(MOVING, Camera(mirrored=mirrored)))
    tilted = measure_kinematics(make_lifter(MOVING, Camera(roll_deg=roll_deg, mirrored=mirrored)))
    rest_deg = (1.0 - PRIOR.weight) * roll_deg
    assert abs(rest_deg) < 2.0
    for name in SEGMENT_ANGLES:
        shift = tilted.angle_deg[name] - level.angle_deg[name]
        assert shift == pytest.approx(rest_deg, abs=0.1), name
        assert np.abs(shift).max() < tilted.vertical.sd_deg
    for name in JOINT_ANGLES:
        assert tilted.angle_deg[name] == pytest.approx(level.angle_deg[name], abs=0.1), name


def test_without_standing_a_tilt_stays_in_the_segments() -> None:
    """Nothing in the film tells it from a lifter who leans; the spread covers most such cameras."""
    motion = hinge(2).at(np.arange(3.2, 8.5, 1 / 30))
    level, tilted = (
        measure_kinematics(make_lifter(motion, Camera(roll_deg=r))) for r in (0.0, 5.0)
    )
    assert not tilted.vertical.found
    for name in SEGMENT_ANGLES:
        shift = tilted.angle_deg[name] - level.angle_deg[name]
        assert shift == pytest.approx(5.0, abs=0.1), name
        assert tilted.sd_deg[name].min() > 5.0


@pytest.mark.parametrize("mirrored", [False, True])
def test_joint_centres_are_taken_before_the_angles_are_built(mirrored: bool) -> None:
    """A shoulder that lies behind its landmark: the trunk leans less, and so does the hip flex."""
    behind = 0.05
    motion = hinge(2).at(np.arange(3.2, 8.5, 1 / 30))
    track = make_lifter(motion, Camera(mirrored=mirrored))
    plain, moved = (
        measure_kinematics(track),
        measure_kinematics(track, offsets={"shoulder": {"trunk": (0.0, behind)}}),
    )
    less = {n: np.median(plain.angle_deg[n] - moved.angle_deg[n]) for n in REPORTED[:-1]}
    expected = np.degrees(np.arctan(behind * BODY_M / TRUNK_M))
    assert expected > 5.0
    assert less["trunk_inclination"] == pytest.approx(expected, abs=0.1)
    assert less["trunk_thigh_flexion"] == pytest.approx(expected, abs=0.1)
    for name in ("thigh_inclination", "shank_inclination", "knee_flexion", "ankle_dorsiflexion"):
        assert less[name] == 0.0


def test_an_ankle_hidden_through_the_whole_film_leaves_trunk_and_hip() -> None:
    motion = hinge(2).sample()
    track = make_lifter(motion, trouble=Trouble(hidden_s={"right_ankle": (0.0, 99.0)}))
    angle = measure_kinematics(track).angle_deg
    assert np.isnan(angle["shank_inclination"]).all()
    assert angle["trunk_thigh_flexion"] == pytest.approx(motion.hip_deg, abs=0.6)


@pytest.mark.parametrize(
    "landmark,gone,left",
    [
        ("right_knee", ("thigh_inclination", "knee_flexion"), ("trunk_inclination",)),
        ("right_shoulder", ("trunk_inclination", "trunk_thigh_flexion"), ("knee_flexion",)),
    ],
)
def test_a_bone_that_seems_to_grow_tells_no_angle(
    landmark: str, gone: tuple[str, ...], left: tuple[str, ...]
) -> None:
    """A landmark that is surely seen, but jumps to half a body's length away for a second."""
    track = make_lifter(MOVING)
    away = (track.time_s >= 3.0) & (track.time_s < 4.0)
    deep = (track.time_s > 3.2) & (track.time_s < 3.8)
    position = track.position_px.copy()
    position[away, track.keypoints.index(landmark)] += np.float32(0.5 * 250 * BODY_M)
    angle = measure_kinematics(replace(track, position_px=position)).angle_deg
    far = (track.time_s < 2.5) | (track.time_s > 4.5)
    for name in gone:
        assert np.isnan(angle[name][deep]).all()
        assert np.isfinite(angle[name][far]).all()
    for name in left:
        assert np.isfinite(angle[name]).all()


def test_without_standing_the_foot_makes_a_right_angle_with_the_shank() -> None:
    """Zero dorsiflexion is the anatomical position, whether or not the film shows it."""
    motion = hinge(2).at(np.arange(3.2, 8.5, 1 / 60))
    got = measure_kinematics(make_lifter(motion)).angle_deg["ankle_dorsiflexion"]
    assert got == pytest.approx(motion.series["shank_deg"], abs=0.2)
