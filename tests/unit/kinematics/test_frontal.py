"""Distances from side to side: shares of one another, with their sides, where they are seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.frontal import compute_frontal
from hingewise.pose.track import EstimatorInfo, PoseTrack
from hingewise.units import FloatArray
from tests.builders import Camera, Trouble, make_lifter
from tests.builders_sets import hinge, squat

FRONT, REAR = Camera(yaw_deg=90.0), Camera(yaw_deg=-90.0)
SCRIPT = squat(2)


def with_knees(track: PoseTrack, share: FloatArray | float) -> PoseTrack:
    """Move the knees so that they are this share of the ankles' distance apart."""
    position = track.position_px.astype(np.float64)
    row = {
        (side, joint): track.keypoints.index(f"{side}_{joint}")
        for side in ("left", "right")
        for joint in ("knee", "ankle")
    }
    left, right = (position[:, row[side, "ankle"], 0] for side in ("left", "right"))
    middle = (left + right) / 2
    for side, ankle in (("left", left), ("right", right)):
        position[:, row[side, "knee"], 0] = middle + share * (ankle - middle)
    return replace(track, position_px=position.astype(np.float32))


def separation(track: PoseTrack) -> FloatArray:
    return compute_frontal(track).knee_separation


@pytest.mark.parametrize("share", [1.3, 1.0, 0.55, 0.0, -0.2])
@pytest.mark.parametrize("camera", [FRONT, REAR, replace(FRONT, mirrored=True)])
def test_how_far_the_knees_are_apart(share: float, camera: Camera) -> None:
    """From the front, from behind and in a mirror; knees that cross are less than none apart."""
    got = separation(with_knees(make_lifter(SCRIPT, camera), share))
    assert got == pytest.approx(np.full(got.size, share), abs=1e-3)


@pytest.mark.parametrize("px_per_m", [120.0, 400.0])
def test_the_size_of_the_picture_does_not_matter(px_per_m: float) -> None:
    camera = replace(FRONT, px_per_m=px_per_m)
    got = separation(with_knees(make_lifter(SCRIPT, camera), 0.7))
    assert got == pytest.approx(np.full(got.size, 0.7), abs=2e-3)


def test_knees_that_cave_in_for_a_moment_are_seen_when_they_do() -> None:
    """Smoothing takes little of a movement of a second."""
    time_s = SCRIPT.sample().time_s
    share = 1.0 - 0.4 * np.exp(-(((time_s - 3.0) / 0.4) ** 2))
    got = separation(with_knees(make_lifter(SCRIPT, FRONT), share))
    assert time_s[int(np.argmin(got))] == pytest.approx(3.0, abs=0.05)
    assert got.min() == pytest.approx(0.6, abs=0.02)


def test_noise_is_smoothed() -> None:
    rough = with_knees(make_lifter(SCRIPT, FRONT), 0.8)
    shaking = np.random.default_rng(3).normal(0.0, 0.05, rough.n_frames)
    got = separation(with_knees(make_lifter(SCRIPT, FRONT), 0.8 + shaking))
    assert np.std(got) < 0.7 * 0.05
    assert np.mean(got) == pytest.approx(0.8, abs=0.02)


def test_ankles_one_behind_the_other_tell_nothing() -> None:
    """From the side they are no distance to be a share of, or one of two pixels."""
    for yaw_deg in (0.0, 3.0):
        assert np.isnan(separation(make_lifter(SCRIPT, Camera(yaw_deg=yaw_deg)))).all()


@pytest.mark.parametrize("joint", ["left_knee", "right_knee", "left_ankle", "right_ankle"])
def test_one_hidden_joint_hides_the_distance(joint: str) -> None:
    trouble = Trouble(hidden_s={joint: (2.0, 3.0)})
    track = make_lifter(SCRIPT, FRONT, trouble)
    hidden = (track.time_s >= 2.0) & (track.time_s < 3.0)
    got = separation(track)
    assert np.isnan(got[hidden]).all()
    assert np.isfinite(got[~hidden]).all()


def test_a_moment_out_of_sight_is_bridged() -> None:
    track = make_lifter(SCRIPT, FRONT, Trouble(hidden_s={"left_knee": (2.0, 2.15)}))
    assert np.isfinite(separation(track)).all()


def test_a_gap_is_a_gap() -> None:
    track = make_lifter(SCRIPT, FRONT, Trouble(gaps_s=((2.0, 3.0),)))
    missing = (track.time_s >= 2.0) & (track.time_s < 3.0)
    assert (np.isnan(separation(track)) == missing).all()


def test_how_sure_is_sure_depends_on_the_network() -> None:
    """What one network calls half sure is hidden, of another it is seen."""
    track = make_lifter(SCRIPT, FRONT)
    track = replace(track, confidence=np.full_like(track.confidence, 0.4))
    info = EstimatorInfo(name="blazepose-full", version="1", model_sha256="")
    assert np.isfinite(separation(track)).all()
    assert np.isnan(separation(replace(track, estimator=info))).all()


def shifted(track: PoseTrack, share: float) -> PoseTrack:
    """Move shoulders and hips by this share of the ankles' distance to the left."""
    position = track.position_px.astype(np.float64)
    row = {name: track.keypoints.index(name) for name in track.keypoints}
    left, right = (position[:, row[f"{side}_ankle"], 0] for side in ("left", "right"))
    for joint in ("shoulder", "hip"):
        for side in ("left", "right"):
            position[:, row[f"{side}_{joint}"], 0] += share * (left - right)
    return replace(track, position_px=position.astype(np.float32))


@pytest.mark.parametrize("share", [-0.3, 0.0, 0.2])
@pytest.mark.parametrize("camera", [FRONT, REAR, replace(FRONT, mirrored=True)])
def test_how_far_the_body_stands_to_its_left(share: float, camera: Camera) -> None:
    """The lifter's own left, seen from the front, from behind or in a mirror."""
    got = compute_frontal(shifted(make_lifter(SCRIPT, camera), share)).weight_shift
    assert got == pytest.approx(np.full(got.size, share), abs=0.01)


@pytest.mark.parametrize("yaw_deg", [78.0, 102.0])
def test_hips_that_go_back_are_no_weight_to_one_side(yaw_deg: float) -> None:
    """A camera a little to the side sees hips go one way and shoulders the other."""
    track = make_lifter(hinge(2), Camera(yaw_deg=yaw_deg))
    left, right = (track.keypoint(f"{side}_shoulder")[:, 0] for side in ("left", "right"))
    feet_px = np.ptp([track.keypoint(f"{side}_ankle")[0, 0] for side in ("left", "right")])
    shoulders = (left + right) / 2 / feet_px
    assert np.ptp(compute_frontal(track).weight_shift) < 0.5 * np.ptp(shoulders)


@pytest.mark.parametrize("joint", ["left_hip", "right_shoulder", "left_ankle"])
def test_one_hidden_joint_hides_the_weight(joint: str) -> None:
    track = make_lifter(SCRIPT, FRONT, Trouble(hidden_s={joint: (2.0, 3.0)}))
    hidden = (track.time_s >= 2.0) & (track.time_s < 3.0)
    got = compute_frontal(track).weight_shift
    assert np.isnan(got[hidden]).all()
    assert np.isfinite(got[~hidden]).all()
