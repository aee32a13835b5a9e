"""Legs and trunk of a lifter whose upper back rests on a bench or on the floor."""

from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.legs import leg_lengths_m, turn_legs
from hingewise_validation.lifter.limbs import MOST_STRETCHED, offset_m
from hingewise_validation.lifter.rotations import FloatArray, inclination_deg
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton, compute_poses
from hingewise_validation.lifter.trunk import pose_trunk
from hingewise_validation.motion.movement import Stance
from hingewise_validation.motion.sampling import MovementSamples

CONTACT_BEHIND_SHARE = 0.24
CONTACT_BELOW_SHARE = {"bench": 0.27, "floor": -0.04}
"""Where the upper back rests, behind and below the shoulder joints, in lengths of the trunk."""
CANDIDATES_DEG = np.linspace(-150.0, 0.0, 301)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Place of the contact against the ankles (y, z) and the trunk inclinations of the lowest and highest posture."""

    contact_m: tuple[float, float]
    low_trunk_deg: float
    high_trunk_deg: float


def contact_of(upper: BonePoses, stance: Stance) -> FloatArray:
    """Where the upper back rests. Shape (T, 3)."""
    trunk_m = float(np.linalg.norm(offset_m(upper.skeleton, "upperleg01.R", "upperarm01.R")[1:]))
    shoulder_m = (upper.head("upperarm01.R") + upper.head("upperarm01.L")) / 2
    away_m = np.array([0.0, CONTACT_BEHIND_SHARE, -CONTACT_BELOW_SHARE[stance.support]]) * trunk_m
    return np.asarray(shoulder_m + upper.rotation("spine01") @ away_m)


def find_rest(skeleton: Skeleton, samples: MovementSamples, stance: Stance, sole_height_m: float) -> Rest:
    """Fit the lifter between support and floor."""
    first = samples.at(np.zeros(CANDIDATES_DEG.size, dtype=np.int64))
    tried = first.with_channel(trunk_inclination_deg=CANDIDATES_DEG)
    upper = compute_poses(skeleton, pose_trunk(skeleton, tried).driven, CANDIDATES_DEG.size)
    hip_m = upper.head("upperleg01.R") - contact_of(upper, stance)
    height_m = stance.support_height_m + hip_m[:, 2]
    shank_m, thigh_m = leg_lengths_m(skeleton, stance)
    shank_rad = np.deg2rad(stance.top_shank_deg)
    above_line_m = height_m - sole_height_m - shank_m * np.cos(shank_rad)
    above_line_m -= thigh_m * np.cos(np.deg2rad(CANDIDATES_DEG))
    low_deg = _crossing(height_m - stance.low_hip_m)
    high_deg = _crossing(above_line_m)
    hip_y_m = -shank_m * np.sin(shank_rad) - thigh_m * np.sin(np.deg2rad(high_deg))
    contact_y_m = hip_y_m - float(np.interp(high_deg, CANDIDATES_DEG, hip_m[:, 1])) + stance.feet_forward_m
    return Rest(
        contact_m=(contact_y_m, stance.support_height_m),
        low_trunk_deg=low_deg,
        high_trunk_deg=high_deg,
    )


def fit_trunk(samples: MovementSamples, stance: Stance, rest: Rest) -> MovementSamples:
    """Trunk inclinations of the file stretched to those of this body; a head on the floor stays there."""
    share = (samples.channel("trunk_inclination_deg") - stance.low_trunk_deg) / (
        stance.high_trunk_deg - stance.low_trunk_deg
    )
    fitted_deg = rest.low_trunk_deg + share * (rest.high_trunk_deg - rest.low_trunk_deg)
    if stance.support == "bench":
        return samples.with_channel(trunk_inclination_deg=fitted_deg)
    neck_deg = samples.channel("neck_extension_deg")[0] + fitted_deg - rest.low_trunk_deg
    return samples.with_channel(trunk_inclination_deg=fitted_deg, neck_extension_deg=neck_deg)


def pose_lying_legs(
    upper: BonePoses, samples: MovementSamples, stance: Stance, rest: Rest, sole_height_m: float
) -> dict[str, FloatArray]:
    """Planted legs reach from the hips to the feet, the knees follow; a raised leg keeps its angle to the trunk."""
    skeleton, valgus_deg = upper.skeleton, samples.channel("valgus_deg")
    shank_m, thigh_m = leg_lengths_m(skeleton, stance)
    hip_m = upper.head("upperleg01.R") - contact_of(upper, stance)
    ankle_m = np.array([0.0, 0.0, sole_height_m])
    line_m = hip_m + np.array([0.0, *rest.contact_m]) - ankle_m
    length_m = np.clip(np.hypot(line_m[:, 1], line_m[:, 2]), 0.2 * shank_m, MOST_STRETCHED * (shank_m + thigh_m))
    cosine = (length_m**2 - shank_m**2 - thigh_m**2) / (2 * shank_m * thigh_m)
    knee_rad = np.arccos(np.clip(cosine, -1, 1))
    ahead_rad = np.arctan2(thigh_m * np.sin(knee_rad), shank_m + thigh_m * np.cos(knee_rad))
    shank_deg = inclination_deg(np.zeros(3), line_m) + np.rad2deg(ahead_rad)
    driven = turn_legs(skeleton, stance, shank_deg, np.rad2deg(knee_rad), valgus_deg=valgus_deg)
    raised = {"near": "R", "far": "L"}.get(stance.raised_leg)
    if raised is not None:
        thigh_deg = samples.channel("trunk_inclination_deg") - stance.raised_thigh_flexion_deg
        knee_deg = np.full_like(thigh_deg, stance.raised_knee_flexion_deg)
        held = turn_legs(skeleton, stance, thigh_deg + knee_deg, knee_deg, valgus_deg=0 * knee_deg)
        held[f"foot.{raised}"] = held[f"lowerleg01.{raised}"]
        driven |= {bone: rotation for bone, rotation in held.items() if bone.endswith(raised)}
    return driven


def _crossing(rising: FloatArray) -> float:
    """Trunk inclination where a height that falls from -150 deg to upright is zero, or the nearest to it."""
    falling = np.maximum.accumulate(-rising)
    return float(np.interp(0.0, falling + 1e-9 * np.arange(falling.size), CANDIDATES_DEG))
