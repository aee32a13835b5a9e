"""Arms and hands: hanging, reaching, or holding something at the body."""

from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.limbs import middle_joint_offset, offset_m, within_reach
from hingewise_validation.lifter.lying import contact_of
from hingewise_validation.lifter.rotations import FloatArray, align, axis_angle, unit
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton
from hingewise_validation.lifter.trunk import Trunk
from hingewise_validation.motion.movement import Stance
from hingewise_validation.motion.sampling import MovementSamples

FINGER_CURL_DEG = (55.0, 120.0, 150.0)
SIDES = (("L", 1.0), ("R", -1.0))
FAR, NEAR = "L", "R"
WIDEST_SHARE = 0.9
"""The hands are at most this share of the arm's length to the side of the shoulders."""
LEAST_REACH_SHARE = 0.35
HAND_ON_FLOOR_M = 0.045


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Where a wrist rests: from the shoulder (``chest``) or the hip joint (``pelvis``), in lengths of the trunk.

    ``across`` from the body's middle in half shoulder widths, ``forward`` and ``up`` along the bone; ``elbow`` is where
    the elbow points. A bar in the crease of the hips goes ``bent_up`` further up the pelvis in the lowest posture.
    """

    frame: str
    across: float
    forward: float
    up: float
    elbow: tuple[float, float, float]
    bent_up: float = 0.0


HOLDS = {
    "back": (Hold(frame="chest", across=1.75, forward=-0.23, up=-0.07, elbow=(0.5, 0.45, -1.0)),) * 2,
    "hips": (Hold(frame="pelvis", across=1.75, forward=0.31, up=0.24, elbow=(1.0, 0.3, 0.1), bent_up=0.40),) * 2,
    "sides": (Hold(frame="pelvis", across=1.05, forward=0.12, up=0.10, elbow=(1.0, 0.55, 0.0)),) * 2,
    "chest": (Hold(frame="chest", across=0.34, forward=0.43, up=-0.22, elbow=(0.45, -0.15, -1.0)),) * 2,
    "dowel": (
        Hold(frame="pelvis", across=0.1, forward=-0.33, up=0.28, elbow=(1.0, 0.2, 0.1)),
        Hold(frame="chest", across=0.1, forward=-0.20, up=0.26, elbow=(0.75, -0.35, 0.6)),
    ),
}
"""Far hand, near hand."""
HAND_ON_HIP = Hold(frame="pelvis", across=1.0, forward=0.12, up=0.32, elbow=(1.0, 0.45, 0.0))


def pose_arms(poses: BonePoses, trunk: Trunk, samples: MovementSamples, stance: Stance) -> dict[str, FloatArray]:
    """Both arms: wrists where the channels or the hold of the stance want them, fingers closed."""
    driven: dict[str, FloatArray] = {}
    for side, sign in SIDES:
        skeleton = poses.skeleton
        upper = offset_m(skeleton, f"upperarm01.{side}", f"lowerarm01.{side}")
        lower = offset_m(skeleton, f"lowerarm01.{side}", f"wrist.{side}")
        lengths_m = float(np.linalg.norm(upper)), float(np.linalg.norm(lower))
        hold = _hold(stance, side)
        if hold is None:
            wrist_offset = _reached(poses, samples, stance, side, lengths_m)
            pole = np.array([sign, 0.35, 0.0])
        else:
            wrist_offset = within_reach(_held(poses, trunk, hold, side, samples), *lengths_m)
            frame = trunk.chest if hold.frame == "chest" else trunk.pelvis
            pole = frame @ (np.array(hold.elbow) * [sign, 1.0, 1.0])
        elbow_offset = middle_joint_offset(wrist_offset, *lengths_m, pole=pole)
        upper_rotation = align(trunk.chest @ unit(upper), unit(elbow_offset)) @ trunk.chest
        lower_rotation = align(upper_rotation @ unit(lower), unit(wrist_offset - elbow_offset)) @ upper_rotation
        driven |= {f"upperarm01.{side}": upper_rotation, f"lowerarm01.{side}": lower_rotation}
        driven |= _close_hand(skeleton, lower_rotation, side, sign)
    return driven


def _hold(stance: Stance, side: str) -> Hold | None:
    if side == FAR and stance.far_hand == "hip":
        return HAND_ON_HIP
    pair = HOLDS.get(stance.hands)
    return None if pair is None else pair[0 if side == FAR else 1]


def _reached(
    poses: BonePoses, samples: MovementSamples, stance: Stance, side: str, lengths_m: tuple[float, float]
) -> FloatArray:
    """Wrist from the shoulder: at the grip width, shoulder-wrist line at the arm inclination."""
    far, sign = side == FAR, 1.0 if side == FAR else -1.0
    arm_rad = np.deg2rad(samples.channel("far_arm_inclination_deg" if far else "arm_inclination_deg"))
    elbow_rad = np.deg2rad(samples.channel("far_elbow_flexion_deg" if far else "elbow_flexion_deg"))
    upper_m, lower_m = lengths_m
    reach_m = np.sqrt(upper_m**2 + lower_m**2 + 2 * upper_m * lower_m * np.cos(elbow_rad))
    reach_m = np.maximum(reach_m, LEAST_REACH_SHARE * (upper_m + lower_m))
    half_width_m = stance.grip_half_width_m
    if far and stance.far_grip_half_width_m is not None:
        half_width_m = stance.far_grip_half_width_m
    across_m = sign * (half_width_m + samples.channel("grip_spread_m")) - poses.head(f"upperarm01.{side}")[:, 0]
    across_m = np.clip(across_m, -WIDEST_SHARE * reach_m, WIDEST_SHARE * reach_m)
    sagittal_m = np.sqrt(reach_m**2 - across_m**2)
    if stance.hands == "floor":
        shoulder_m = stance.support_height_m + (poses.head(f"upperarm01.{side}") - contact_of(poses, stance))[:, 2]
        arm_rad = -np.arccos(np.clip((shoulder_m - HAND_ON_FLOOR_M) / sagittal_m, -1, 1))
    return np.stack([across_m, sagittal_m * np.sin(arm_rad), -sagittal_m * np.cos(arm_rad)], axis=-1)


def _held(poses: BonePoses, trunk: Trunk, hold: Hold, side: str, samples: MovementSamples) -> FloatArray:
    """Wrist from the shoulder for a hand that rests on the body."""
    skeleton = poses.skeleton
    trunk_m = float(np.linalg.norm(offset_m(skeleton, f"upperleg01.{side}", f"upperarm01.{side}")[1:]))
    half_width_m = abs(float(offset_m(skeleton, "upperarm01.R", "upperarm01.L")[0])) / 2
    bone, frame = ("upperarm01", trunk.chest) if hold.frame == "chest" else ("upperleg01", trunk.pelvis)
    anchor_m = poses.head(f"{bone}.{side}").copy()
    anchor_m[:, 0] = np.sign(anchor_m[:, 0]) * hold.across * half_width_m
    bent = np.clip((samples.channel("trunk_inclination_deg") + 90) / 55, 0, 1) * hold.bent_up
    up_m = (hold.up + bent) * trunk_m
    away_m = np.stack([0 * up_m, 0 * up_m - hold.forward * trunk_m, up_m], axis=-1)
    return np.asarray(anchor_m + (frame @ away_m[..., None])[..., 0] - poses.head(f"upperarm01.{side}"))


def _close_hand(skeleton: Skeleton, forearm: FloatArray, side: str, sign: float) -> dict[str, FloatArray]:
    """Straight wrist in line with the forearm, fingers curled round a handle."""
    lower = unit(offset_m(skeleton, f"lowerarm01.{side}", f"wrist.{side}"))
    hand = unit(offset_m(skeleton, f"wrist.{side}", f"finger3-1.{side}"))
    wrist = forearm @ align(hand, lower)
    driven = {f"wrist.{side}": wrist}
    knuckles = unit(offset_m(skeleton, f"finger2-1.{side}", f"finger5-1.{side}"))
    for finger in range(2, 6):
        along = unit(offset_m(skeleton, f"finger{finger}-1.{side}", f"finger{finger}-2.{side}"))
        palm = -sign * np.cross(along, knuckles)
        axis = unit(np.cross(along, palm))
        for joint, curl_deg in enumerate(FINGER_CURL_DEG, start=1):
            driven[f"finger{finger}-{joint}.{side}"] = wrist @ axis_angle(axis, curl_deg)
    return driven
