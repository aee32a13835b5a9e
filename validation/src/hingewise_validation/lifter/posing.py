"""From movement channels to the global rotation of every driven bone."""

from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.balance import (
    compute_upper_body_moment_m,
    solve_resting_shank_inclination_deg,
    solve_shank_inclination_deg,
)
from hingewise_validation.lifter.rotations import (
    FloatArray,
    align,
    axis_angle,
    inclination_deg,
    rotation_x,
    rotation_y,
    rotation_z,
    unit,
)
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton, compute_poses
from hingewise_validation.motion.movement import MovementSamples, Stance

SIDES = (("L", 1.0), ("R", -1.0))
SPINE_SHARES = {"spine05": 0.22, "spine04": 0.30, "spine03": 0.26, "spine02": 0.17, "spine01": 0.05}
FINGER_CURL_DEG = (55.0, 120.0, 150.0)
NECK_SHARES = {"neck01": 0.25, "neck02": 0.2, "neck03": 0.15, "head": 0.4}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Trunk:
    driven: dict[str, FloatArray]
    chest: FloatArray


def pose_lifter(skeleton: Skeleton, samples: MovementSamples, stance: Stance, *, sole_height_m: float) -> BonePoses:
    """Pose the skeleton so that hip-shoulder, hip-knee and knee-ankle lines have the asked angles.

    The ankles stay where they are: feet flat, ankles ``sole_height_m`` above the floor, at y = 0.
    """
    n_times = samples.time_s.size
    trunk = _pose_trunk(skeleton, samples)
    upper = compute_poses(skeleton, trunk.driven, n_times)
    driven = trunk.driven | _pose_arms(upper, trunk.chest, samples, stance)
    upper = compute_poses(skeleton, driven, n_times)
    driven |= _pose_legs(upper, samples, stance, sole_height_m)
    poses = compute_poses(skeleton, driven, n_times)
    ankle_m = (poses.head("foot.L") + poses.head("foot.R")) / 2
    return poses.translated(np.array([0.0, 0.0, sole_height_m]) - ankle_m)


def _pose_trunk(skeleton: Skeleton, samples: MovementSamples) -> _Trunk:
    """Pelvis, spine and head; the pelvis is turned so that the hip-shoulder line has the trunk inclination."""
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
    return _Trunk(driven=driven, chest=rotation_x(chest_deg))


def _pose_arms(poses: BonePoses, chest: FloatArray, samples: MovementSamples, stance: Stance) -> dict[str, FloatArray]:
    """Both arms: wrists at the grip width, shoulder-wrist line at the arm inclination, elbows outward."""
    driven: dict[str, FloatArray] = {}
    arm_rad = np.deg2rad(samples.channel("arm_inclination_deg"))
    elbow_rad = np.deg2rad(samples.channel("elbow_flexion_deg"))
    for side, sign in SIDES:
        shoulder_m = poses.head(f"upperarm01.{side}")
        upper, lower = (
            _offset(poses.skeleton, f"upperarm01.{side}", f"lowerarm01.{side}"),
            _offset(poses.skeleton, f"lowerarm01.{side}", f"wrist.{side}"),
        )
        upper_m, lower_m = float(np.linalg.norm(upper)), float(np.linalg.norm(lower))
        reach_m = np.sqrt(upper_m**2 + lower_m**2 + 2 * upper_m * lower_m * np.cos(elbow_rad))
        across_m = sign * stance.grip_half_width_m - shoulder_m[:, 0]
        sagittal_m = np.sqrt(reach_m**2 - across_m**2)
        wrist_offset = np.stack([across_m, sagittal_m * np.sin(arm_rad), -sagittal_m * np.cos(arm_rad)], axis=-1)
        elbow_offset = _elbow_offset(wrist_offset, upper_m, lower_m, outward=np.array([sign, 0.35, 0.0]))
        upper_rotation = align(chest @ unit(upper), unit(elbow_offset)) @ chest
        lower_rotation = align(upper_rotation @ unit(lower), unit(wrist_offset - elbow_offset)) @ upper_rotation
        driven |= {f"upperarm01.{side}": upper_rotation, f"lowerarm01.{side}": lower_rotation}
        driven |= _close_hand(poses.skeleton, lower_rotation, side, sign)
    return driven


def _close_hand(skeleton: Skeleton, forearm: FloatArray, side: str, sign: float) -> dict[str, FloatArray]:
    """Straight wrist in line with the forearm, fingers curled round a handle."""
    lower = unit(_offset(skeleton, f"lowerarm01.{side}", f"wrist.{side}"))
    hand = unit(_offset(skeleton, f"wrist.{side}", f"finger3-1.{side}"))
    wrist = forearm @ align(hand, lower)
    driven = {f"wrist.{side}": wrist}
    knuckles = unit(_offset(skeleton, f"finger2-1.{side}", f"finger5-1.{side}"))
    for finger in range(2, 6):
        along = unit(_offset(skeleton, f"finger{finger}-1.{side}", f"finger{finger}-2.{side}"))
        palm = -sign * np.cross(along, knuckles)
        axis = unit(np.cross(along, palm))
        for joint, curl_deg in enumerate(FINGER_CURL_DEG, start=1):
            driven[f"finger{finger}-{joint}.{side}"] = wrist @ axis_angle(axis, curl_deg)
    return driven


def _elbow_offset(wrist_offset: FloatArray, upper_m: float, lower_m: float, *, outward: FloatArray) -> FloatArray:
    """Elbow relative to the shoulder by the law of cosines, on the ``outward`` side of the shoulder-wrist line."""
    reach_m = np.linalg.norm(wrist_offset, axis=-1, keepdims=True)
    along = wrist_offset / reach_m
    pole = unit(outward - np.sum(outward * along, axis=-1, keepdims=True) * along)
    cosine = np.clip((upper_m**2 + reach_m**2 - lower_m**2) / (2 * upper_m * reach_m), -1, 1)
    return np.asarray(upper_m * (cosine * along + np.sqrt(1 - cosine**2) * pole))


def _pose_legs(
    upper: BonePoses, samples: MovementSamples, stance: Stance, sole_height_m: float
) -> dict[str, FloatArray]:
    """Thighs, shanks and feet; rotation about the left axis alone keeps the ankles from sliding sideways."""
    spread = rotation_y(-stance.abduction_deg)
    thigh = spread @ _offset(upper.skeleton, "upperleg01.L", "lowerleg01.L")
    shank = spread @ _offset(upper.skeleton, "lowerleg01.L", "foot.L")
    knee_deg = samples.channel("knee_flexion_deg")
    lengths_m = float(np.hypot(shank[1], shank[2])), float(np.hypot(thigh[1], thigh[2]))
    shank_deg = _shank_inclination_deg(upper, samples, stance, lengths_m, sole_height_m)
    thigh_turn = rotation_x(shank_deg - knee_deg - inclination_deg(thigh, np.zeros(3)))
    shank_turn = rotation_x(shank_deg - inclination_deg(shank, np.zeros(3)))
    driven: dict[str, FloatArray] = {}
    for side, sign in SIDES:
        turned = rotation_y(-sign * stance.abduction_deg)
        driven[f"upperleg01.{side}"] = thigh_turn @ turned
        driven[f"lowerleg01.{side}"] = shank_turn @ turned
        foot = rotation_z(sign * stance.toe_out_deg)
        driven[f"foot.{side}"] = np.broadcast_to(foot, (samples.time_s.size, 3, 3))
    return driven


def _shank_inclination_deg(
    upper: BonePoses,
    samples: MovementSamples,
    stance: Stance,
    lengths_m: tuple[float, float],
    sole_height_m: float,
) -> FloatArray:
    """Shank inclination that the support asks for; ``lengths_m`` of shank and thigh in the sagittal plane."""
    knee_deg, hip_m = samples.channel("knee_flexion_deg"), upper.head("upperleg01.R")
    shank_m, thigh_m = lengths_m
    if stance.support == "shoulders":
        return solve_resting_shank_inclination_deg(
            knee_flexion_deg=knee_deg,
            shoulder_above_hip_m=(upper.head("upperarm01.R") - hip_m)[:, 2],
            shoulder_above_ankle_m=stance.shoulder_height_m - sole_height_m,
            shank_m=shank_m,
            thigh_m=thigh_m,
        )
    moment_m, mass_fraction = compute_upper_body_moment_m(upper, hip_m)
    return solve_shank_inclination_deg(
        knee_flexion_deg=knee_deg,
        com_forward_m=samples.channel("com_forward_m"),
        shank_m=shank_m,
        thigh_m=thigh_m,
        upper_moment_m=moment_m,
        upper_mass_fraction=mass_fraction,
    )


def _offset(skeleton: Skeleton, proximal: str, distal: str) -> FloatArray:
    return skeleton.head_m(distal) - skeleton.head_m(proximal)
