"""Walking: feet that stand do not slide, and a walk joins what comes before and after."""

import numpy as np
import pytest

from hingewise_validation.lifter.footsteps import Stand, Walk, plan_footsteps, walk_duration_s
from hingewise_validation.lifter.gait import pose_walker
from hingewise_validation.lifter.posing import pose_lifter
from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton
from hingewise_validation.motion.movement import load_movement
from hingewise_validation.motion.sampling import sample_movement
from stick import SOLE_M, make_stick

BALL_M = np.array([0.0, -0.15, -SOLE_M])
FROM_M, TO_M = (0.0, 2.0), (0.0, -1.0)
WALK = Walk(begin_s=0.5, from_m=FROM_M, to_m=TO_M)
STAND = Stand(half_width_m=0.15, toe_out_deg=6.0, walking_half_width_m=0.07)


@pytest.fixture(scope="module")
def skeleton() -> Skeleton:
    return make_stick()


@pytest.fixture(scope="module")
def time_s() -> FloatArray:
    return np.arange(0, 6, 1 / 60)


@pytest.fixture(scope="module")
def walker(skeleton: Skeleton, time_s: FloatArray) -> BonePoses:
    return pose_walker(skeleton, time_s, from_m=FROM_M, to_m=TO_M, begin_s=0.5, sole_height_m=SOLE_M)


@pytest.mark.parametrize("side", ["L", "R"])
def test_a_foot_on_the_floor_does_not_slide(walker: BonePoses, time_s: FloatArray, side: str) -> None:
    ball_m = walker.head(f"foot.{side}") + walker.rotation(f"foot.{side}") @ BALL_M
    steps = [s for s in plan_footsteps(WALK, STAND) if s.side == "LR".index(side)]
    for step, following in zip(steps[1:], steps[2:], strict=False):
        stands = (time_s > step.land_s + 0.1) & (time_s < following.leave_s)
        assert np.ptp(ball_m[stands, :2], axis=0).max() < 0.02


def test_the_walker_gets_there_and_stands(walker: BonePoses, time_s: FloatArray) -> None:
    end_s = 0.5 + walk_duration_s(WALK)
    ankles_m = (walker.head("foot.L") + walker.head("foot.R")) / 2

    assert ankles_m[0] == pytest.approx([0.0, 2.0, SOLE_M], abs=1e-3)
    assert ankles_m[-1] == pytest.approx([0.0, -1.0, SOLE_M], abs=1e-3)
    assert np.ptp(walker.heads_m[time_s > end_s], axis=0).max() < 0.01


def test_arms_swing_against_the_legs_and_knees_bend(walker: BonePoses, time_s: FloatArray) -> None:
    walking = (time_s > 1.5) & (time_s < 3.0)
    foot_m = (walker.head("foot.L") - walker.head("foot.R"))[walking, 1]
    hand_m = (walker.head("wrist.L") - walker.head("wrist.R"))[walking, 1]

    assert np.ptp(foot_m) > 0.8
    assert np.corrcoef(foot_m, hand_m)[0, 1] < -0.8
    thigh = walker.head("upperleg01.R") - walker.head("lowerleg01.R")
    shank = walker.head("lowerleg01.R") - walker.head("foot.R")
    cosine = np.sum(thigh * shank, axis=-1) / np.linalg.norm(thigh, axis=-1) / np.linalg.norm(shank, axis=-1)
    assert np.rad2deg(np.arccos(cosine))[walking].max() > 45


def test_one_faces_where_one_goes(skeleton: Skeleton, time_s: FloatArray) -> None:
    poses = pose_walker(skeleton, time_s, from_m=(-2.0, 1.0), to_m=(2.0, 1.0), begin_s=0.0, sole_height_m=SOLE_M)
    eyes_m = (poses.head("eye.L") + poses.head("eye.R")) / 2 - poses.head("head")

    assert np.all(eyes_m[:, 0] > 0.05)


def test_no_joint_jumps_and_nothing_is_torn(walker: BonePoses, skeleton: Skeleton, time_s: FloatArray) -> None:
    step_m = np.linalg.norm(np.diff(walker.heads_m, axis=0), axis=-1)
    assert step_m.max() * 60 < 6.0
    assert np.abs(np.diff(walker.heads_m, n=2, axis=0)).max() < 0.05
    ankle_m = walker.head("foot.R") - walker.head("lowerleg01.R")
    assert np.linalg.norm(ankle_m, axis=-1) == pytest.approx(
        np.linalg.norm(skeleton.head_m("foot.R") - skeleton.head_m("lowerleg01.R"))
    )


def test_a_lifter_who_walks_in_stands_where_the_set_is(skeleton: Skeleton) -> None:
    movement = load_movement("pick_up")
    samples = sample_movement(movement, rate_hz=30, seed=1)
    poses = pose_lifter(skeleton, samples, movement.stance, sole_height_m=SOLE_M)
    first, last = samples.walks
    between = (samples.time_s > first.begin_s + walk_duration_s(first)) & (samples.time_s < last.begin_s)

    for side in "LR":
        assert np.ptp(poses.head(f"foot.{side}")[between], axis=0).max() < 0.005
    ankles_m = (poses.head("foot.L") + poses.head("foot.R"))[between] / 2
    assert ankles_m == pytest.approx(np.tile([0.0, 0.0, SOLE_M], (ankles_m.shape[0], 1)), abs=0.005)
    assert np.abs(np.diff(poses.heads_m, n=2, axis=0)).max() < 0.08
