"""Pelvis, spine and head."""

from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray, inclination_deg, rotation_x
from hingewise_validation.lifter.skeleton import Skeleton, compute_poses
from hingewise_validation.motion.sampling import MovementSamples

SPINE_SHARES = {"spine05": 0.22, "spine04": 0.30, "spine03": 0.26, "spine02": 0.17, "spine01": 0.05}
NECK_SHARES = {"neck01": 0.25, "neck02": 0.2, "neck03": 0.15, "head": 0.4}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trunk:
    """Rotations of pelvis, spine and head; those of pelvis and chest again by name. Shape (T, 3, 3)."""

    driven: dict[str, FloatArray]
    pelvis: FloatArray
    chest: FloatArray


def pose_trunk(skeleton: Skeleton, samples: MovementSamples) -> Trunk:
    """Turn the pelvis so that the hip-shoulder line has the trunk inclination."""
    lumbar_deg = samples.channel("lumbar_flexion_deg")
    shares = np.cumsum(list(SPINE_SHARES.values()))
    flexed = {bone: share * lumbar_deg for bone, share in zip(SPINE_SHARES, shares, strict=True)}
    upright = compute_poses(skeleton, {bone: rotation_x(angle) for bone, angle in flexed.items()}, samples.time_s.size)
    line_deg = inclination_deg(upright.head("upperleg01.R"), upright.head("upperarm01.R"))
    pelvis_deg = samples.channel("trunk_inclination_deg") - line_deg
    driven = {"root": rotation_x(pelvis_deg)}
    driven |= {bone: rotation_x(pelvis_deg + angle) for bone, angle in flexed.items()}
    chest_deg = pelvis_deg + lumbar_deg
    extension_deg = samples.channel("neck_extension_deg")
    for bone, share in zip(NECK_SHARES, np.cumsum(list(NECK_SHARES.values())), strict=True):
        driven[bone] = rotation_x(chest_deg - share * extension_deg)
    return Trunk(driven=driven, pelvis=rotation_x(pelvis_deg), chest=rotation_x(chest_deg))
