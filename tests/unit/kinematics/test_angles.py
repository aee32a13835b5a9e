"""Angles of the exact lifter come back exact: conventions, zeros, gaps, bias, spread."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.angles import BASE_SD_DEG, compute_kinematics, compute_segment_angle
from hingewise.kinematics.conventions import JOINTS, REPORTED, SEGMENTS
from hingewise.kinematics.series import Kinematics
from hingewise.pose.roll import load_roll_prior
from hingewise.pose.sagittal import to_sagittal
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import estimate_view
from hingewise.units import FloatArray
from tests.builders import (
    NO_TROUBLE,
    SIDE_VIEW,
    Camera,
    Key,
    Motion,
    Pose,
    Script,
    Trouble,
    make_lifter,
)
from tests.builders_sets import HINGE_BOTTOM, SetPlan, cable_visit, deadlift, hinge, make_set, squat

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


def measure(track: PoseTrack, bias_deg: dict[str, float] | None = None) -> Kinematics:
    view = estimate_view(track)
    sagittal = to_sagittal(track, view, stature_m=None)
    return compute_kinematics(sagittal, cutoff_hz=6.0, bias_deg=bias_deg or {})


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
    got = measure(make_lifter(motion, Camera(mirrored=mirrored))).angle_deg[name]
    assert got == pytest.approx(truth(motion)[name], abs=0.35)


def test_every_reported_angle_has_rate_and_spread() -> None:
    kinematics = measure(make_lifter(MOVING))
    assert tuple(kinematics.angle_deg) == tuple(kinematics.rate_deg_s) == REPORTED
    assert set(kinematics.sd_deg) == set(REPORTED)


def test_rates_are_degrees_per_second() -> None:
    """Peak rate of a minimum-jerk movement: 15/8 of range over duration."""
    rate = measure(make_lifter(MOVING.sample(60.0))).rate_deg_s["trunk_thigh_flexion"]
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
    right = measure(make_lifter(motion))
    track = make_lifter(motion)
    wrong = (track.time_s > 0.5) & (track.time_s < 0.8)
    position = track.position_px.copy()
    middle = np.nanmean(position[wrong], axis=1, keepdims=True)
    position[wrong] = 2 * middle - position[wrong]
    got = measure(replace(track, position_px=position))
    later = track.time_s > 2.0
    for name, angle in right.angle_deg.items():
        assert got.angle_deg[name][later] == pytest.approx(angle[later], abs=1.0, nan_ok=True)


def test_the_rate_of_a_segment_that_turns_past_upside_down_does_not_jump() -> None:
    lying = Pose(trunk_deg=-120, thigh_deg=-118, shank_deg=4)
    over = replace(lying, trunk_deg=-220)
    script = Script(keys=(Key(duration_s=2.0, pose=over),), first=lying)
    kinematics = measure(make_lifter(script.sample()))
    assert np.abs(kinematics.angle_deg["trunk_inclination"]).max() <= 180.0
    assert np.nanmax(np.abs(kinematics.rate_deg_s["trunk_inclination"])) < 150.0


def test_hidden_landmarks_leave_no_angle() -> None:
    """A knee hidden for a second: what needs it is missing there, the trunk is not."""
    track = make_lifter(MOVING, trouble=Trouble(hidden_s={"right_knee": (2.0, 3.0)}))
    kinematics = measure(track)
    hidden = (track.time_s >= 2.0) & (track.time_s < 3.0)
    for name in ("thigh_inclination", "trunk_thigh_flexion", "knee_flexion", "ankle_dorsiflexion"):
        assert np.isnan(kinematics.angle_deg[name][hidden]).all()
        assert np.isfinite(kinematics.angle_deg[name][~hidden]).all()
    assert np.isfinite(kinematics.angle_deg["trunk_inclination"]).all()


def test_standing_before_the_set_is_zero() -> None:
    """The network's bias leaves the joint angles, and stays in the segments."""
    slouch = Pose(trunk_deg=6, thigh_deg=-5, shank_deg=3)
    motion = make_set(SetPlan(n=2, top=slouch, after_s=0.2)).sample()
    kinematics = measure(make_lifter(motion))
    assert kinematics.standing.angle_deg["trunk_thigh_flexion"] == pytest.approx(11.0, abs=0.3)
    assert kinematics.standing.angle_deg["knee_flexion"] == pytest.approx(8.0, abs=0.3)
    assert "elbow_flexion" not in kinematics.standing.angle_deg
    assert kinematics.standing.end_s < 2.3
    hip = kinematics.angle_deg["trunk_thigh_flexion"]
    assert hip[:30] == pytest.approx(0.0, abs=0.3)
    assert hip.max() == pytest.approx(90.0 - 11.0, abs=0.5)
    assert kinematics.angle_deg["trunk_inclination"][:30] == pytest.approx(6.0, abs=0.1)


def test_standing_after_the_set_is_found_as_well() -> None:
    standing = measure(make_lifter(deadlift(3))).standing
    assert standing.found
    assert standing.start_s > 8.0


def test_lockouts_are_no_standing() -> None:
    """A lifter who never locks out must not have that hidden in the zero."""
    short = make_set(SetPlan(n=4, heights=(0.8, 0.8, 0.8, 0.8), before_s=0.0, after_s=0.0))
    motion = short.at(np.arange(2.0, short.duration_s - 1.5, 1 / 30))
    kinematics = measure(make_lifter(motion))
    assert not kinematics.standing.found
    assert kinematics.standing.angle_deg == {}
    assert np.nanmin(kinematics.angle_deg["trunk_thigh_flexion"]) == pytest.approx(18.0, abs=0.5)


def test_bent_or_moving_is_no_standing() -> None:
    bent = Pose(trunk_deg=30, thigh_deg=-10)
    never = Script(keys=(Key(duration_s=3.0, pose=bent), Key(duration_s=2.0, pose=HINGE_BOTTOM)))
    assert not measure(make_lifter(replace(never, first=bent))).standing.found
    rocking = tuple(Key(duration_s=0.3, pose=Pose(trunk_deg=12.0 * (i % 2))) for i in range(10))
    assert not measure(make_lifter(Script(keys=rocking))).standing.found


def test_standing_is_found_in_noise() -> None:
    """Three pixels of noise on each landmark must not look like movement."""
    kinematics = measure(make_lifter(hinge(3), trouble=Trouble(noise_px=3.0)))
    assert kinematics.standing.found
    assert abs(kinematics.standing.angle_deg["trunk_thigh_flexion"]) < 1.5


def test_standing_turned_round_is_no_zero() -> None:
    """Who faces the stack is seen mirrored: a bias would enter with the wrong sign."""
    lean = Pose(trunk_deg=8)
    turned = replace(lean, heading_deg=180.0)
    script = Script(keys=(Key(duration_s=6.0, pose=turned),), first=turned)
    script = script.then(Key(duration_s=1.5, pose=lean))
    kinematics = measure(make_lifter(make_set(SetPlan(n=4, top=lean), before=script)))
    assert kinematics.standing.start_s > 6.0
    assert kinematics.standing.angle_deg["trunk_thigh_flexion"] == pytest.approx(8.0, abs=0.5)


@pytest.mark.parametrize("roll_deg", [-3.0, -1.0, 0.0, 1.0, 3.0])
def test_standing_is_found_whichever_way_the_feet_turned_before(roll_deg: float) -> None:
    """Feet that come round by another way point as before, whole turns apart."""
    script = make_set(SetPlan(n=3, top=UPRIGHT))
    turned = Script(keys=(), first=replace(UPRIGHT, heading_deg=180.0)).then(
        Key(duration_s=1.5, pose=UPRIGHT), *script.keys
    )
    standing = measure(make_lifter(turned, Camera(roll_deg=roll_deg))).standing
    assert standing.found
    assert standing.start_s > 0.7


def test_without_standing_every_angle_is_less_sure() -> None:
    """Joints lack their zero; segments, the vertical: how level cameras stand is all one knows."""
    with_zero = measure(make_lifter(hinge(2))).sd_deg
    motion = hinge(2).at(np.arange(3.2, 8.5, 1 / 30))
    without = measure(make_lifter(motion)).sd_deg
    assert without["trunk_thigh_flexion"] == pytest.approx(1.5 * with_zero["trunk_thigh_flexion"])
    for name in SEGMENT_ANGLES:
        assert without[name] > with_zero[name]
        assert without[name] == pytest.approx(np.hypot(BASE_SD_DEG[name], PRIOR.level_sd_deg))


@pytest.mark.parametrize("yaw_deg,extra_deg", [(0.0, 0.0), (15.0, 1.06), (30.0, 4.2)])
def test_oblique_views_are_less_sure(yaw_deg: float, extra_deg: float) -> None:
    """The spread covers the error of an oblique view (BIOMECHANICS 1b), beside the vertical's."""
    kinematics = measure(make_lifter(hinge(2), Camera(yaw_deg=yaw_deg)))
    for name, base in BASE_SD_DEG.items():
        upright = kinematics.vertical.sd_deg if name in SEGMENT_ANGLES else 0.0
        expected = np.sqrt(base**2 + extra_deg**2 + upright**2)
        assert kinematics.sd_deg[name] == pytest.approx(expected, rel=0.02)


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
        measure(make_lifter(motion, Camera(yaw_deg=yaw))).angle_deg["trunk_inclination"]
        for yaw in (yaw_deg, -yaw_deg)
    )
    assert (front + rear) / 2 - trunk_deg == pytest.approx(error_deg, abs=0.3)


@pytest.mark.parametrize("roll_deg", [-5.0, 5.0, 8.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_tilted_camera_hardly_tilts_the_lifter(roll_deg: float, mirrored: bool) -> None:
    """What is left of the tilt in the segments is what the prior holds back; joints never move."""
    level = measure(make_lifter(MOVING, Camera(mirrored=mirrored)))
    tilted = measure(make_lifter(MOVING, Camera(roll_deg=roll_deg, mirrored=mirrored)))
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
    level, tilted = (measure(make_lifter(motion, Camera(roll_deg=r))) for r in (0.0, 5.0))
    assert not tilted.vertical.found
    for name in SEGMENT_ANGLES:
        shift = tilted.angle_deg[name] - level.angle_deg[name]
        assert shift == pytest.approx(5.0, abs=0.1), name
        assert tilted.sd_deg[name] > 5.0


def test_known_bias_is_subtracted_before_the_joints_are_built() -> None:
    """Measured minus true of a segment is taken off; the standing zero takes the joints' own."""
    motion = hinge(2).at(np.arange(3.2, 8.5, 1 / 30))
    track = make_lifter(motion)
    plain, mended = measure(track), measure(track, {"trunk_inclination": 4.0})
    difference = {n: np.median(plain.angle_deg[n] - mended.angle_deg[n]) for n in REPORTED[:5]}
    assert difference["trunk_inclination"] == pytest.approx(4.0)
    assert difference["trunk_thigh_flexion"] == pytest.approx(4.0)
    assert difference["thigh_inclination"] == difference["shank_inclination"] == 0.0


@pytest.mark.parametrize("bend_deg", [0.0, 15.0, -10.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_lumbar_flexion_is_the_bend_of_the_back_since_standing(
    bend_deg: float, mirrored: bool
) -> None:
    """A back that is arched in standing: only the change counts, rounding is positive."""
    arched = Pose(back_bend_deg=-8)
    bottom = replace(HINGE_BOTTOM, back_bend_deg=bend_deg - 8)
    track = make_lifter(
        make_set(SetPlan(n=2, top=arched, bottom=bottom)), Camera(mirrored=mirrored)
    )
    lumbar = measure(track).angle_deg["lumbar_flexion"]
    extreme = lumbar[np.nanargmax(np.abs(lumbar))]
    assert extreme == pytest.approx(bend_deg, abs=0.4)


def test_without_standing_there_is_no_lumbar_flexion() -> None:
    track = make_lifter(hinge(2).at(np.arange(3.2, 8.5, 1 / 30)))
    assert np.isnan(measure(track).angle_deg["lumbar_flexion"]).all()


@pytest.mark.parametrize("every", [2, 3])
def test_an_outline_in_every_few_frames_shows_the_same_bend(every: int) -> None:
    """It is taken ten times a second; between two of them the back is followed straight on."""
    bottom = replace(HINGE_BOTTOM, back_bend_deg=25.0)
    track = make_lifter(make_set(SetPlan(n=2, bottom=bottom)))
    assert track.silhouette_px is not None
    some = track.silhouette_px.copy()
    some[np.arange(track.n_frames) % every != 0] = np.nan
    whole, part = (
        measure(replace(track, silhouette_px=outline)).angle_deg["lumbar_flexion"]
        for outline in (track.silhouette_px, some)
    )
    assert np.isfinite(part[: -every + 1]).all()
    assert part[:-every] == pytest.approx(whole[:-every], abs=1.0)
    assert np.nanmax(part) == pytest.approx(np.nanmax(whole), abs=0.5)


def test_a_back_that_was_hidden_for_long_is_not_made_up() -> None:
    track = make_lifter(hinge(2))
    assert track.silhouette_px is not None
    some = track.silhouette_px.copy()
    hidden = (track.time_s > 3.0) & (track.time_s < 3.6)
    some[hidden] = np.nan
    lumbar = measure(replace(track, silhouette_px=some)).angle_deg["lumbar_flexion"]
    assert np.isnan(lumbar[hidden]).all()
    assert np.isfinite(lumbar[~hidden]).all()


def test_without_an_outline_there_is_no_lumbar_flexion() -> None:
    lumbar = measure(make_lifter(hinge(2), outline=False)).angle_deg["lumbar_flexion"]
    assert np.isnan(lumbar).all()


@pytest.mark.parametrize(
    "script", [hinge(3), squat(3), cable_visit(3)], ids=["hinge", "squat", "cable"]
)
def test_noise_stays_within_the_stated_spread(script: Script) -> None:
    """Two pixels on a body of 350: the filtered hip stays within a third of its stated sd."""
    exact = measure(make_lifter(script, SIDE_VIEW, NO_TROUBLE)).angle_deg["trunk_thigh_flexion"]
    noisy = measure(make_lifter(script, trouble=Trouble(noise_px=2.0)))
    error = noisy.angle_deg["trunk_thigh_flexion"] - exact
    assert np.sqrt(np.nanmean(error**2)) < noisy.sd_deg["trunk_thigh_flexion"] / 3


def test_without_standing_the_foot_makes_a_right_angle_with_the_shank() -> None:
    """Zero dorsiflexion is the anatomical position, whether or not the film shows it."""
    motion = hinge(2).at(np.arange(3.2, 8.5, 1 / 60))
    got = measure(make_lifter(motion)).angle_deg["ankle_dorsiflexion"]
    assert got == pytest.approx(motion.series["shank_deg"], abs=0.2)
