"""Posing on a stick skeleton with the bone names of the body model: no body model is loaded."""

import numpy as np
import pytest

from hingewise_validation.lifter.lying import contact_of
from hingewise_validation.lifter.posing import pose_lifter
from hingewise_validation.lifter.rotations import inclination_deg
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton, compute_poses
from hingewise_validation.motion.movement import load_movement
from hingewise_validation.motion.sampling import sample_movement
from stick import make_stick

THRUSTS = ("hip_thrust", "barbell_hip_thrust", "banded_hip_thrust", "single_leg_hip_thrust", "glute_bridge")


@pytest.fixture
def skeleton() -> Skeleton:
    return make_stick()


@pytest.fixture(params=["cable_pull_through", "squat", "swing"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_posed_joints_have_the_asked_angles_and_the_feet_stay(skeleton: Skeleton, name: str) -> None:
    movement = load_movement(name)
    samples = sample_movement(movement, rate_hz=10, seed=1)

    poses = pose_lifter(skeleton, samples, movement.stance, sole_height_m=0.1)

    assert line_deg(poses, "upperleg01.R", "upperarm01.R") == pytest.approx(samples.channel("trunk_inclination_deg"))
    knee_deg = line_deg(poses, "foot.R", "lowerleg01.R") - line_deg(poses, "lowerleg01.R", "upperleg01.R")
    assert knee_deg % 360 == pytest.approx(samples.channel("knee_flexion_deg"))
    assert np.ptp(poses.head("foot.R"), axis=0) == pytest.approx(np.zeros(3), abs=1e-12)
    assert poses.head("foot.R")[:, 2] == pytest.approx(0.1)


def test_hands_are_at_the_grip_width(skeleton: Skeleton, name: str) -> None:
    movement = load_movement(name)
    poses = pose_lifter(skeleton, sample_movement(movement, rate_hz=5, seed=1), movement.stance, sole_height_m=0.1)

    assert poses.head("wrist.L")[:, 0] == pytest.approx(movement.stance.grip_half_width_m)
    assert poses.head("wrist.R")[:, 0] == pytest.approx(-movement.stance.grip_half_width_m)


@pytest.mark.parametrize("thrust", THRUSTS)
def test_upper_back_and_feet_stay_in_a_thrust_and_it_ends_in_a_line(skeleton: Skeleton, thrust: str) -> None:
    movement = load_movement(thrust)
    poses = pose_lifter(skeleton, sample_movement(movement, rate_hz=10, seed=1), movement.stance, sole_height_m=0.08)

    assert np.ptp(contact_of(poses, movement.stance), axis=0) == pytest.approx(np.zeros(3), abs=0.005)
    assert contact_of(poses, movement.stance)[:, 2] == pytest.approx(movement.stance.support_height_m, abs=0.005)
    assert np.ptp(poses.head("foot.R"), axis=0) == pytest.approx(np.zeros(3), abs=0.005)
    line = line_deg(poses, "upperleg01.R", "upperarm01.R") - line_deg(poses, "lowerleg01.R", "upperleg01.R")
    assert line[np.argmin(line)] == pytest.approx(0.0, abs=5.0)


def test_the_raised_leg_is_off_the_floor(skeleton: Skeleton) -> None:
    movement = load_movement("single_leg_hip_thrust")
    poses = pose_lifter(skeleton, sample_movement(movement, rate_hz=10, seed=1), movement.stance, sole_height_m=0.08)

    assert poses.head("foot.L")[:, 2].min() > 0.1
    assert poses.head("foot.R")[:, 2] == pytest.approx(0.08)


def test_who_cannot_balance_takes_the_nearest_posture(skeleton: Skeleton) -> None:
    movement = load_movement("romanian_deadlift")
    samples = sample_movement(movement, rate_hz=10, seed=1)
    far = samples.with_channel(com_forward_m=np.full(samples.time_s.size, 3.0))

    assert np.all(np.isfinite(pose_lifter(skeleton, far, movement.stance, sole_height_m=0.1).heads_m))


def test_a_turned_body_is_the_same_body(skeleton: Skeleton) -> None:
    movement = load_movement("squat")
    samples = sample_movement(movement, rate_hz=5, seed=1)
    turned = samples.with_channel(heading_deg=np.full(samples.time_s.size, 90.0))
    ahead, left = (pose_lifter(skeleton, s, movement.stance, sole_height_m=0.1) for s in (samples, turned))

    assert left.head("head")[:, 0] == pytest.approx(-ahead.head("head")[:, 1])
    assert left.head("head")[:, 2] == pytest.approx(ahead.head("head")[:, 2])


def test_local_rotations_lead_back_to_the_same_pose(skeleton: Skeleton) -> None:
    movement = load_movement("swing")
    poses = pose_lifter(skeleton, sample_movement(movement, rate_hz=5, seed=1), movement.stance, sole_height_m=0.1)
    local = poses.local_rotations()
    rebuilt = local.copy()
    for bone, parent in enumerate(skeleton.parents):
        if parent >= 0:
            rebuilt[:, bone] = rebuilt[:, parent] @ local[:, bone]

    assert rebuilt == pytest.approx(poses.rotations)


def test_bones_without_a_rotation_follow_their_parent(skeleton: Skeleton) -> None:
    poses = compute_poses(skeleton, {}, 2)

    assert poses.heads_m[1] == pytest.approx(skeleton.heads_m)


def line_deg(poses: BonePoses, distal: str, proximal: str) -> np.ndarray:
    return np.asarray(inclination_deg(poses.head(distal), poses.head(proximal)))
