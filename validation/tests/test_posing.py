"""Posing on a stick skeleton with the bone names of the body model: no body model is loaded."""

import numpy as np
import pytest

from hingewise_validation.lifter.posing import pose_lifter
from hingewise_validation.lifter.rotations import inclination_deg
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton, compute_poses
from hingewise_validation.motion.movement import load_movement, sample_movement

MIDDLE = {
    "root": (None, (0, 0, 0)),
    "spine05": ("root", (0, 0, 0)),
    "spine04": ("spine05", (0, 0.03, 0.07)),
    "spine03": ("spine04", (0, 0.02, 0.14)),
    "spine02": ("spine03", (0, 0.02, 0.21)),
    "spine01": ("spine02", (0, 0.03, 0.35)),
    "neck01": ("spine01", (0, 0.01, 0.51)),
    "neck02": ("neck01", (0, 0.0, 0.54)),
    "neck03": ("neck02", (0, -0.01, 0.58)),
    "head": ("neck03", (0, -0.03, 0.61)),
}
SIDE = {
    "eye": ("head", (0.03, -0.1, 0.65)),
    "upperleg01": ("root", (0.1, 0.0, -0.01)),
    "lowerleg01": ("upperleg01", (0.13, -0.03, -0.40)),
    "foot": ("lowerleg01", (0.17, 0.0, -0.80)),
    "upperarm01": ("spine01", (0.165, -0.01, 0.43)),
    "lowerarm01": ("upperarm01", (0.33, -0.02, 0.24)),
    "wrist": ("lowerarm01", (0.45, -0.17, 0.12)),
}


@pytest.fixture
def skeleton() -> Skeleton:
    bones: dict[str, tuple[str | None, tuple[float, float, float]]] = dict(MIDDLE)
    for side, sign in (("L", 1), ("R", -1)):
        for label, (parent, (x, y, z)) in SIDE.items():
            bones[f"{label}.{side}"] = (parent if parent in MIDDLE else f"{parent}.{side}", (sign * x, y, z))
        for finger in range(2, 6):
            for joint in range(1, 4):
                parent = f"wrist.{side}" if joint == 1 else f"finger{finger}-{joint - 1}.{side}"
                x, y, z = 0.50 + 0.02 * joint, -0.25 - 0.025 * joint + 0.01 * finger, 0.10 - 0.02 * (joint + finger)
                bones[f"finger{finger}-{joint}.{side}"] = (parent, (sign * x, y, z))
    labels = tuple(bones)
    parents = tuple(-1 if parent is None else labels.index(parent) for parent, _ in bones.values())
    return Skeleton(labels=labels, parents=parents, heads_m=np.array([head for _, head in bones.values()], float))


@pytest.fixture(params=["cable_pull_through", "squat", "swing", "glute_bridge"])
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
    return inclination_deg(poses.head(distal), poses.head(proximal))
