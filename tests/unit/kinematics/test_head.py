"""Where the face points: as the head of the exact lifter turns, whichever way he faces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.head import compute_face_pitch_deg
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import estimate_view
from hingewise.units import FloatArray
from tests.builders import Camera, Key, Pose, Script, Trouble, make_lifter

NODDING = Script(
    keys=(
        Key(duration_s=1.0, pose=Pose(head_deg=-30.0)),
        Key(duration_s=2.0, pose=Pose(trunk_deg=60.0, thigh_deg=-20.0, head_deg=80.0)),
        Key(duration_s=2.0, pose=Pose(trunk_deg=60.0, thigh_deg=-20.0, head_deg=10.0)),
        Key(duration_s=1.0, pose=Pose()),
    )
)
"""Looking up, down at the feet, ahead with the trunk bent, and ahead."""

MOTION = NODDING.sample()


def pitch(track: PoseTrack) -> FloatArray:
    return compute_face_pitch_deg(track, estimate_view(track))


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("yaw_deg", [0.0, 20.0])
def test_up_is_positive_and_level_is_nothing(mirrored: bool, yaw_deg: float) -> None:
    """A face at a right angle to the neck points below level by as much as the head leans."""
    got = pitch(make_lifter(MOTION, Camera(yaw_deg=yaw_deg, mirrored=mirrored)))
    worst = 0.5 if yaw_deg == 0.0 else 12.0
    assert got == pytest.approx(-MOTION.series["head_deg"], abs=worst)


def test_it_turns_with_the_head_and_not_with_the_trunk() -> None:
    bent = Script(keys=(Key(duration_s=3.0, pose=Pose(trunk_deg=70.0, thigh_deg=-20.0)),))
    got = pitch(make_lifter(bent))
    assert got == pytest.approx(np.zeros(got.size), abs=0.2)


def test_who_looks_down_between_the_feet_is_no_acrobat() -> None:
    """Past straight down the angle goes on."""
    script = Script(keys=(Key(duration_s=3.0, pose=Pose(trunk_deg=90.0, head_deg=110.0)),))
    assert pitch(make_lifter(script))[-1] == pytest.approx(-110.0, abs=1.0)


@pytest.mark.parametrize("joint", ["nose", "right_ear"])
def test_a_hidden_face_points_nowhere(joint: str) -> None:
    track = make_lifter(MOTION, trouble=Trouble(hidden_s={joint: (2.0, 3.0)}))
    hidden = (track.time_s >= 2.0) & (track.time_s < 3.0)
    assert (np.isnan(pitch(track)) == hidden).all()


def test_the_far_ear_does_not_matter() -> None:
    track = make_lifter(MOTION, trouble=Trouble(hidden_s={"left_ear": (0.0, 9.0)}))
    assert np.isfinite(pitch(track)).all()


def test_a_moment_out_of_sight_is_bridged() -> None:
    track = make_lifter(MOTION, trouble=Trouble(hidden_s={"nose": (2.0, 2.15)}))
    assert pitch(track) == pytest.approx(-MOTION.series["head_deg"], abs=3.0)


@pytest.mark.parametrize("yaw_deg", [90.0, -90.0])
def test_from_the_front_and_from_behind_it_is_not_told(yaw_deg: float) -> None:
    assert np.isnan(pitch(make_lifter(MOTION, Camera(yaw_deg=yaw_deg)))).all()


@pytest.mark.parametrize("lost", ["nose", "right_ear"])
def test_a_network_without_a_face_tells_nothing(lost: str) -> None:
    track = make_lifter(MOTION)
    view = estimate_view(track)
    names = tuple("other" if name == lost else name for name in track.keypoints)
    got = compute_face_pitch_deg(replace(track, keypoints=names), view)
    assert got.shape == track.time_s.shape
    assert np.isnan(got).all()


def test_noise_is_smoothed() -> None:
    still = Script(keys=(Key(duration_s=6.0, pose=Pose()),))
    track = make_lifter(still, trouble=Trouble(noise_px=1.5, seed=4))
    rough = track.keypoint("nose") - track.keypoint("right_ear")
    raw = np.degrees(np.arctan2(-rough[:, 1], rough[:, 0]))
    assert np.std(pitch(track)) < 0.6 * np.std(raw)
