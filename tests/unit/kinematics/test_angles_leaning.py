"""A rule that knows what landmarks lack corrects the angles, and says how surely; or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.angles import compute_kinematics
from hingewise.kinematics.calibration import Calibration
from hingewise.kinematics.conventions import REPORTED, SEGMENTS
from hingewise.kinematics.joint_centres import Offsets
from hingewise.kinematics.leaning import (
    CORRECTED,
    N_POSTURE,
    N_STANDING,
    OBLIQUE_DEG,
    WITH_SD,
    LeaningRule,
)
from hingewise.kinematics.movement import compute_movement
from hingewise.kinematics.network import Layer
from hingewise.kinematics.series import Kinematics
from hingewise.kinematics.spread import load_spreads
from hingewise.pose.roll import load_roll_prior
from hingewise.pose.sagittal import to_sagittal
from hingewise.pose.skeletons import LANDMARKS
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import estimate_view
from tests.builders import BODY_M, TRUNK_M, Camera, Script, Trouble, make_lifter
from tests.builders_sets import hinge, thrust_from_standing

PRIOR = load_roll_prior()
SEGMENT_ANGLES = tuple(s.name for s in SEGMENTS if s.name in REPORTED)
JOINT_ANGLES = tuple(name for name in REPORTED if name not in SEGMENT_ANGLES)

LENGTH, CONFIDENCE = 2, N_POSTURE + 1
OWN = CONFIDENCE + len(LANDMARKS)
N_INPUTS, N_OUTPUTS = OWN + N_STANDING, len(CORRECTED) + len(WITH_SD)
CORRECTION_DEG = {"trunk_inclination": 5.0, "thigh_inclination": -3.0, "shank_inclination": 2.0}
MOVED_DEG = CORRECTION_DEG | {
    "trunk_thigh_flexion": 8.0,
    "knee_flexion": 5.0,
    "ankle_dorsiflexion": 2.0,
}
"""With the joints that the segments make, where no standing is their zero."""

SD_DEG = dict(zip(WITH_SD, (1.0, 1.5, 2.0, 2.5, 3.0), strict=True))
STANDING_LESS = hinge(2).at(np.arange(3.2, 8.5, 1 / 30))

CONSTANT = LeaningRule(
    input_mean=np.zeros(N_INPUTS),
    input_sd=np.ones(N_INPUTS),
    layers=(
        Layer(
            weight=np.zeros((N_INPUTS, N_OUTPUTS)),
            bias=np.array([*(c / 10.0 for c in CORRECTION_DEG.values()), *[-50.0] * 5]),
        ),
    ),
    unit_deg=10.0,
    min_sd_deg=1.0,
    sd_factor=np.array(list(SD_DEG.values())),
    max_yaw_deg=40.0,
    lying_from_deg=-35.0,
)
"""The same correction in every frame, as sure as that."""


def with_weights(weights: dict[tuple[int, int], float]) -> LeaningRule:
    """The constant rule that also follows some inputs, by (input, output)."""
    (layer,) = CONSTANT.layers
    weight = layer.weight.copy()
    for place, value in weights.items():
        weight[place] = value
    return replace(CONSTANT, layers=(replace(layer, weight=weight),))


def measure(
    track: PoseTrack, leaning: LeaningRule | None = None, *, offsets: Offsets | None = None
) -> Kinematics:
    return compute_kinematics(
        to_sagittal(track, estimate_view(track), stature_m=None),
        cutoff_hz=6.0,
        calibration=Calibration(
            offsets=offsets or {}, spreads=load_spreads("exact"), leaning=leaning
        ),
        hip_bend_deg=compute_movement(track).hip_bend_deg,
    )


def assert_moved(track: PoseTrack, by_deg: Mapping[str, float]) -> None:
    """The constant rule moves these angles by so much, and no other."""
    plain, ruled = measure(track), measure(track, CONSTANT)
    for name in REPORTED:
        expected = plain.angle_deg[name] + by_deg.get(name, 0.0)
        np.testing.assert_allclose(ruled.angle_deg[name], expected, atol=1e-6, err_msg=name)


def assert_same(got: Kinematics, expected: Kinematics) -> None:
    assert got.standing == expected.standing
    for name in REPORTED:
        for series in ("angle_deg", "rate_deg_s", "sd_deg"):
            mine, its = getattr(got, series)[name], getattr(expected, series)[name]
            np.testing.assert_array_equal(mine, its, err_msg=f"{series} of {name}")


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("yaw_deg", [-35.0, 0.0, 35.0])
@pytest.mark.parametrize("roll_deg", [0.0, 5.0])
def test_segments_move_by_the_correction_and_joints_keep_their_zero(
    mirrored: bool, yaw_deg: float, roll_deg: float
) -> None:
    """What standing lacks as well cancels in the joints; vertical, head and back stay."""
    camera = Camera(yaw_deg=yaw_deg, roll_deg=roll_deg, mirrored=mirrored)
    assert_moved(make_lifter(hinge(2), camera), CORRECTION_DEG)


def test_the_zero_is_that_of_the_corrected_joints() -> None:
    track = make_lifter(hinge(2))
    plain, ruled = measure(track), measure(track, CONSTANT)
    assert (ruled.standing.start_s, ruled.standing.end_s) == pytest.approx(
        (plain.standing.start_s, plain.standing.end_s)
    )
    for name, zero_deg in plain.standing.angle_deg.items():
        moved = ruled.standing.angle_deg[name] - zero_deg
        assert moved == pytest.approx(MOVED_DEG[name], abs=1e-6)


def test_without_standing_joints_move_with_their_segments() -> None:
    assert_moved(make_lifter(STANDING_LESS), MOVED_DEG)


def test_the_correction_is_of_the_landmarks_and_not_of_the_joints_centres() -> None:
    """The rule knows better where the shoulder's joint is; what it does not correct keeps it."""
    track = make_lifter(STANDING_LESS)
    offsets: Offsets = {"shoulder": {"trunk": (0.0, 0.05)}}
    plain, ruled = measure(track), measure(track, CONSTANT, offsets=offsets)
    for name, correction_deg in CORRECTION_DEG.items():
        moved = ruled.angle_deg[name] - plain.angle_deg[name]
        assert moved == pytest.approx(correction_deg, abs=1e-6), name
    head = "head_inclination"
    centred = measure(track, offsets=offsets).angle_deg[head]
    np.testing.assert_array_equal(ruled.angle_deg[head], centred)
    assert np.abs(centred - plain.angle_deg[head]).min() > 5.0


def test_what_the_rule_is_sure_of_is_as_sure_as_it_says() -> None:
    """The other angles keep the spread of the table."""
    track = make_lifter(hinge(2))
    plain, ruled = measure(track).sd_deg, measure(track, CONSTANT).sd_deg
    for name in REPORTED:
        if name in WITH_SD:
            assert ruled[name] == pytest.approx(SD_DEG[name]), name
        else:
            np.testing.assert_array_equal(ruled[name], plain[name], err_msg=name)


def test_without_standing_a_tilt_of_the_camera_is_added_to_the_segments() -> None:
    sd_deg = measure(make_lifter(STANDING_LESS), CONSTANT).sd_deg
    for name, own_deg in SD_DEG.items():
        tilt_deg = PRIOR.level_sd_deg if name in CORRECTED else 0.0
        assert sd_deg[name] == pytest.approx(np.hypot(own_deg, tilt_deg)), name


@pytest.mark.parametrize("yaw_deg", [-45.0, 45.0, 60.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_before_a_camera_that_the_rule_does_not_know_all_is_as_without_it(
    yaw_deg: float, mirrored: bool
) -> None:
    track = make_lifter(hinge(2), Camera(yaw_deg=yaw_deg, mirrored=mirrored))
    assert_same(measure(track, CONSTANT), measure(track))


def test_where_the_trunk_is_hidden_the_legs_keep_their_correction() -> None:
    """The network is shown nothing there: joints must not jump; the spread is the table's again."""
    track = make_lifter(hinge(2), trouble=Trouble(hidden_s={"right_shoulder": (4.0, 5.0)}))
    plain, ruled = measure(track), measure(track, CONSTANT)
    hidden = np.isnan(plain.angle_deg["trunk_inclination"])
    assert hidden.sum() == 30
    assert np.isnan(ruled.angle_deg["trunk_inclination"][hidden]).all()
    for name in CORRECTED[1:]:
        moved = ruled.angle_deg[name] - plain.angle_deg[name]
        assert moved == pytest.approx(CORRECTION_DEG[name], abs=1e-6)
    for name, own_deg in SD_DEG.items():
        np.testing.assert_array_equal(ruled.sd_deg[name][hidden], plain.sd_deg[name][hidden])
        assert ruled.sd_deg[name][~hidden] == pytest.approx(own_deg)


def test_what_is_not_seen_stays_unseen() -> None:
    """An ankle that is hidden, and a knee that jumps to where no thigh and no shank reaches."""
    track = make_lifter(hinge(2), trouble=Trouble(hidden_s={"right_ankle": (6.0, 7.0)}))
    away = (track.time_s >= 3.0) & (track.time_s < 4.0)
    position = track.position_px.copy()
    position[away, track.keypoints.index("right_knee")] += np.float32(0.5 * 250 * BODY_M)
    track = replace(track, position_px=position)
    plain, ruled = measure(track), measure(track, CONSTANT)
    assert np.isnan(plain.angle_deg["thigh_inclination"]).sum() > 20
    assert np.isnan(plain.angle_deg["shank_inclination"]).sum() > 50
    for name in REPORTED:
        unseen = np.isnan(plain.angle_deg[name])
        np.testing.assert_array_equal(np.isnan(ruled.angle_deg[name]), unseen, err_msg=name)


@pytest.mark.parametrize("yaw_deg", [-20.0, 20.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_rule_is_shown_camera_body_and_standing(yaw_deg: float, mirrored: bool) -> None:
    """The side on which the camera stands, the trunk's share of the body, the same in standing."""
    rule = with_weights({(N_POSTURE, 0): 1.0, (LENGTH, 1): 2.0, (OWN + LENGTH, 2): -2.0})
    camera = Camera(yaw_deg=yaw_deg, mirrored=mirrored)
    expected = [5.0 + 10.0 * yaw_deg / OBLIQUE_DEG, -3.0 + 20.0 * TRUNK_M / BODY_M]
    for motion, own in ((hinge(2).sample(), TRUNK_M / BODY_M), (STANDING_LESS, 0.0)):
        track = make_lifter(motion, camera)
        plain, ruled = measure(track).angle_deg, measure(track, rule).angle_deg
        trunk, thigh, shank = (np.mean(ruled[name] - plain[name]) for name in CORRECTED)
        assert [trunk, thigh] == pytest.approx(expected, abs=0.8)
        assert shank == pytest.approx(2.0 - 20.0 * own, abs=0.2)


FOLLOWING = with_weights(
    {(0, 0): 1.0, (3, 1): 2.0, (4, 2): -2.0, (N_POSTURE, 0): 1.5, (OWN + 2, 1): 4.0, (1, 4): -45.0}
)
"""It follows the lean, the knee, the camera and the standing; of the thigh it is less sure when
the trunk leans."""


@pytest.mark.parametrize("yaw_deg", [-20.0, 20.0])
@pytest.mark.parametrize("script", [hinge(2), thrust_from_standing(2)], ids=["stands", "lies"])
def test_a_mirrored_film_is_corrected_alike(yaw_deg: float, script: Script) -> None:
    cameras = (Camera(yaw_deg=yaw_deg, mirrored=mirrored) for mirrored in (False, True))
    tracks = [make_lifter(script, camera) for camera in cameras]
    plain = measure(tracks[0])
    one, other = (measure(track, FOLLOWING) for track in tracks)
    for name in REPORTED:
        np.testing.assert_allclose(other.angle_deg[name], one.angle_deg[name], atol=0.02)
        np.testing.assert_allclose(other.sd_deg[name], one.sd_deg[name], atol=0.02)
        moved = np.abs(one.angle_deg[name] - plain.angle_deg[name])
        assert (np.nanmax(moved) > 1.0) == (name in MOVED_DEG), name


def test_the_frame_rate_does_not_matter() -> None:
    script = hinge(2)
    slow, fast = (measure(make_lifter(script.sample(hz)), FOLLOWING) for hz in (30.0, 60.0))
    for name in REPORTED:
        got, expected = fast.angle_deg[name][::2], slow.angle_deg[name]
        assert got == pytest.approx(expected, abs=0.5), name


def test_the_correction_is_smoothed_like_the_landmarks() -> None:
    """It follows a confidence that flickers from frame to frame: unsmoothed, by 12 degrees."""
    track = make_lifter(hinge(2))
    confidence = track.confidence.copy()
    confidence[::2, track.keypoints.index("right_heel")] -= np.float32(0.3)
    rule = with_weights({(CONFIDENCE + LANDMARKS.index("heel"), 0): 4.0})
    flickers = measure(replace(track, confidence=confidence), rule)
    steady = measure(track, rule)
    moved = flickers.angle_deg["trunk_inclination"] - steady.angle_deg["trunk_inclination"]
    assert np.mean(moved) == pytest.approx(-6.0, abs=0.1)
    assert np.abs(np.diff(moved))[1:-1].max() < 0.2 * 12.0
