"""Hands that follow the legs with a bar, and bending as deep as the thing on the floor asks."""

from collections.abc import Callable

import numpy as np

from hingewise_validation.lifter.arms import NEAR
from hingewise_validation.lifter.limbs import offset_m
from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.skeleton import BonePoses
from hingewise_validation.motion.sampling import MovementSamples

Pose = Callable[[MovementSamples], BonePoses]

CLEARANCE_M = {"foot": 0.045, "lowerleg01": 0.065, "upperleg01": 0.125, "upperarm01": 0.15}
"""A bar's distance in front of the joints of leg and trunk."""
ARM_CANDIDATES_DEG = np.linspace(-60.0, 22.0, 83)
BEND_CANDIDATES_DEG = np.linspace(-45.0, 35.0, 41)
SMOOTH_S = 0.3
KNEE_SHARE = 0.8
"""Knee flexion that goes with each degree of trunk inclination when bending deeper."""


def keep_bar_close(samples: MovementSamples, pose: Pose, *, smooth: bool = True) -> MovementSamples:
    """Arms hang so that the bar is just in front of the legs; the arm inclination of the samples is added."""
    added_deg = samples.channel("arm_inclination_deg")
    fitted = samples.with_channel(arm_inclination_deg=0 * added_deg)
    for _ in range(3):
        close_deg = _close_arm_deg(pose(fitted))
        arm_deg = (_smoothed(close_deg, samples.time_s) if smooth else close_deg) + added_deg
        fitted = samples.with_channel(arm_inclination_deg=arm_deg, far_arm_inclination_deg=arm_deg)
    return fitted


def bend_to(samples: MovementSamples, height_m: float, pose: Pose) -> MovementSamples:
    """Trunk and knees flexed more or less so that the grip is ``height_m`` above the floor at every bottom."""
    if not samples.bottoms_s:
        return samples
    bottoms = np.clip(np.searchsorted(samples.time_s, samples.bottoms_s), 0, samples.time_s.size - 1)
    n_tried = BEND_CANDIDATES_DEG.size
    tried = _bent(samples.at(np.repeat(bottoms, n_tried)), np.tile(BEND_CANDIDATES_DEG, bottoms.size))
    heights_m = grip_m(pose(tried))[:, 2].reshape(bottoms.size, n_tried)
    more_deg = [
        float(np.interp(-height_m, np.maximum.accumulate(-row) + 1e-9 * np.arange(n_tried), BEND_CANDIDATES_DEG))
        for row in heights_m
    ]
    trunk_deg = samples.channel("trunk_inclination_deg")
    top_deg = float(trunk_deg.min())
    at_bottom_deg = np.interp(samples.time_s, samples.bottoms_s, trunk_deg[bottoms])
    share = np.clip((trunk_deg - top_deg) / np.maximum(at_bottom_deg - top_deg, 1.0), 0, 1.1)
    return _bent(samples, share * np.interp(samples.time_s, samples.bottoms_s, more_deg))


def grip_m(poses: BonePoses, side: str = NEAR) -> FloatArray:
    """Where a hand holds: in the hollow of the middle finger. Shape (T, 3)."""
    return np.asarray((poses.head(f"finger3-1.{side}") + poses.head(f"finger3-3.{side}")) / 2)


def _bent(samples: MovementSamples, more_deg: FloatArray) -> MovementSamples:
    knee_deg = np.maximum(samples.channel("knee_flexion_deg") + KNEE_SHARE * more_deg, 2.0)
    return samples.with_channel(
        trunk_inclination_deg=samples.channel("trunk_inclination_deg") + more_deg, knee_flexion_deg=knee_deg
    )


def _smoothed(values: FloatArray, time_s: FloatArray) -> FloatArray:
    """Weighted mean over some frames, so that the arms do not jerk where the bar passes the knees."""
    half = max(1, round(SMOOTH_S / 2 / float(np.median(np.diff(time_s)))))
    window = np.hanning(2 * half + 3)[1:-1]
    return np.convolve(np.pad(values, half, mode="edge"), window / window.sum(), mode="valid")


def _close_arm_deg(poses: BonePoses) -> FloatArray:
    """The arm inclination furthest back at which the bar is in front of leg and trunk in every frame."""
    shoulder_m = poses.head(f"upperarm01.{NEAR}")[:, None]
    length_m = np.linalg.norm((grip_m(poses) - poses.head(f"upperarm01.{NEAR}"))[:, 1:], axis=-1)[:, None]
    arm_rad = np.deg2rad(ARM_CANDIDATES_DEG)
    y_m = shoulder_m[..., 1] + length_m * np.sin(arm_rad)
    z_m = shoulder_m[..., 2] - length_m * np.cos(arm_rad)
    scale = float(np.linalg.norm(offset_m(poses.skeleton, "lowerleg01.R", "foot.R"))) / 0.43
    joints_m = [(poses.head(f"{bone}.{NEAR}"), scale * clear_m) for bone, clear_m in CLEARANCE_M.items()]
    gap_m = np.full_like(y_m, np.inf)
    for (low_m, low_clear_m), (high_m, high_clear_m) in zip(joints_m, joints_m[1:], strict=False):
        share = np.clip((z_m - low_m[:, 2:]) / np.maximum(high_m[:, 2:] - low_m[:, 2:], 0.02), 0, 1)
        front_m = low_m[:, 1:2] + share * (high_m - low_m)[:, 1:2] - low_clear_m - share * (high_clear_m - low_clear_m)
        beside = (z_m >= low_m[:, 2:] - 0.15) & (z_m <= high_m[:, 2:] + 0.02)
        gap_m = np.where(beside, np.minimum(gap_m, front_m - y_m), gap_m)
    free = np.minimum.accumulate(gap_m, axis=1)
    return np.array([_last_free_deg(row) for row in free])


def _last_free_deg(gap_m: FloatArray) -> float:
    blocked = np.flatnonzero(gap_m < 0)
    if blocked.size == 0:
        return float(ARM_CANDIDATES_DEG[-1])
    k = int(blocked[0])
    if k == 0 or not np.isfinite(gap_m[k - 1]):
        return float(ARM_CANDIDATES_DEG[k])
    share = gap_m[k - 1] / (gap_m[k - 1] - gap_m[k])
    return float(ARM_CANDIDATES_DEG[k - 1] + share * (ARM_CANDIDATES_DEG[k] - ARM_CANDIDATES_DEG[k - 1]))
