"""From movement channels to the global rotation of every driven bone."""

import numpy as np

from hingewise_validation.lifter.arms import pose_arms
from hingewise_validation.lifter.gait import carry_over
from hingewise_validation.lifter.legs import pose_standing_legs
from hingewise_validation.lifter.lying import Rest, find_rest, fit_trunk, pose_lying_legs
from hingewise_validation.lifter.reach import bend_to, keep_bar_close
from hingewise_validation.lifter.rotations import rotation_z
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton, compute_poses
from hingewise_validation.lifter.trunk import pose_trunk
from hingewise_validation.motion.movement import Stance
from hingewise_validation.motion.sampling import MovementSamples


def pose_lifter(skeleton: Skeleton, samples: MovementSamples, stance: Stance, *, sole_height_m: float) -> BonePoses:
    """Pose the skeleton so that hip-shoulder, hip-knee and knee-ankle lines have the asked angles.

    The ankles stay where they are, but for walks: feet flat, ankles ``sole_height_m`` above the floor, at y = 0.
    """
    rest = None
    if stance.support != "feet":
        rest = find_rest(skeleton, samples, stance, sole_height_m)
        samples = fit_trunk(samples, stance, rest)

    def pose(asked: MovementSamples) -> BonePoses:
        return _pose(skeleton, asked, stance, rest, sole_height_m)

    def fit(asked: MovementSamples, *, smooth: bool = True) -> MovementSamples:
        return keep_bar_close(asked, pose, smooth=smooth) if stance.hands == "legs" else asked

    if stance.reach_m > 0:
        samples = bend_to(samples, stance.reach_m, lambda tried: pose(fit(tried, smooth=False)))
    poses = _turned(pose(fit(samples)), samples)
    return carry_over(poses, samples.time_s, samples.walks, arms_swing=samples.arms_swing)


def _pose(
    skeleton: Skeleton, samples: MovementSamples, stance: Stance, rest: Rest | None, sole_height_m: float
) -> BonePoses:
    """Posed as the channels say, facing -y, not walking."""
    n_times = samples.time_s.size
    trunk = pose_trunk(skeleton, samples)
    upper = compute_poses(skeleton, trunk.driven, n_times)
    driven = trunk.driven | pose_arms(upper, trunk, samples, stance)
    upper = compute_poses(skeleton, driven, n_times)
    if rest is None:
        driven |= pose_standing_legs(upper, samples, stance)
    else:
        driven |= pose_lying_legs(upper, samples, stance, rest, sole_height_m)
    poses = compute_poses(skeleton, driven, n_times)
    left_m, right_m = poses.head("foot.L"), poses.head("foot.R")
    planted_m = {"none": (left_m + right_m) / 2, "far": right_m.copy(), "near": left_m.copy()}[stance.raised_leg]
    planted_m[:, 0] = (left_m + right_m)[:, 0] / 2
    return poses.translated(np.array([0.0, 0.0, sole_height_m]) - planted_m)


def _turned(poses: BonePoses, samples: MovementSamples) -> BonePoses:
    """The whole body turned about the vertical through the middle of the feet."""
    heading_deg = samples.channel("heading_deg")
    if not np.any(heading_deg):
        return poses
    turn = rotation_z(heading_deg)[:, None]
    heads_m = (turn @ poses.heads_m[..., None])[..., 0]
    return BonePoses(skeleton=poses.skeleton, rotations=turn @ poses.rotations, heads_m=heads_m)
