"""Legs of a lifter who stands: feet flat, shanks inclined so that the body is in balance."""

import numpy as np

from hingewise_validation.lifter.balance import compute_upper_body_moment_m, solve_shank_inclination_deg
from hingewise_validation.lifter.limbs import offset_m
from hingewise_validation.lifter.rotations import (
    FloatArray,
    axis_angle,
    inclination_deg,
    rotation_x,
    rotation_y,
    rotation_z,
    unit,
)
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton
from hingewise_validation.motion.movement import Stance
from hingewise_validation.motion.sampling import MovementSamples

SIDES = (("L", 1.0), ("R", -1.0))


def pose_standing_legs(upper: BonePoses, samples: MovementSamples, stance: Stance) -> dict[str, FloatArray]:
    """Thighs, shanks and feet that carry the upper body in balance."""
    shank_m, thigh_m = leg_lengths_m(upper.skeleton, stance)
    moment_m, mass_fraction = compute_upper_body_moment_m(upper, upper.head("upperleg01.R"))
    knee_deg = samples.channel("knee_flexion_deg")
    shank_deg = solve_shank_inclination_deg(
        knee_flexion_deg=knee_deg,
        com_forward_m=samples.channel("com_forward_m"),
        shank_m=shank_m,
        thigh_m=thigh_m,
        upper_moment_m=moment_m,
        upper_mass_fraction=mass_fraction,
    )
    driven = turn_legs(upper.skeleton, stance, shank_deg, knee_deg, valgus_deg=samples.channel("valgus_deg"))
    return _shifted(driven, samples.channel("shift_deg"))


def leg_lengths_m(skeleton: Skeleton, stance: Stance) -> tuple[float, float]:
    """Shank and thigh as they look from the side, spread as the stance says."""
    thigh, shank = _leg(skeleton, stance)
    return float(np.hypot(shank[1], shank[2])), float(np.hypot(thigh[1], thigh[2]))


def turn_legs(
    skeleton: Skeleton, stance: Stance, shank_deg: FloatArray, knee_deg: FloatArray, *, valgus_deg: FloatArray
) -> dict[str, FloatArray]:
    """Both legs with the given angles; rotation about the left axis alone keeps the ankles from sliding sideways.

    Knees that go inwards turn the leg about its hip-ankle line.
    """
    thigh, shank = _leg(skeleton, stance)
    thigh_turn = rotation_x(shank_deg - knee_deg - inclination_deg(thigh, np.zeros(3)))
    shank_turn = rotation_x(shank_deg - inclination_deg(shank, np.zeros(3)))
    driven: dict[str, FloatArray] = {}
    for side, sign in SIDES:
        turned = rotation_y(-sign * stance.abduction_deg)
        upper, lower = thigh_turn @ turned, shank_turn @ turned
        if np.any(valgus_deg):
            inward = _inward(skeleton, side, (upper, lower), valgus_deg * sign)
            upper, lower = inward @ upper, inward @ lower
        driven[f"upperleg01.{side}"], driven[f"lowerleg01.{side}"] = upper, lower
        foot = rotation_z(sign * stance.toe_out_deg)
        driven[f"foot.{side}"] = np.broadcast_to(foot, (shank_deg.size, 3, 3))
    return driven


def _shifted(driven: dict[str, FloatArray], shift_deg: FloatArray) -> dict[str, FloatArray]:
    """Both legs tilted sideways, the feet flat: the body stands over the right foot (+) or the left."""
    if not np.any(shift_deg):
        return driven
    tilt = rotation_y(shift_deg)
    return {bone: turn if bone.startswith("foot") else tilt @ turn for bone, turn in driven.items()}


def _inward(skeleton: Skeleton, side: str, leg: tuple[FloatArray, FloatArray], angle_deg: FloatArray) -> FloatArray:
    """Turn about the line from the hip to the ankle; positive takes a knee that is in front to the right."""
    thigh = leg[0] @ offset_m(skeleton, f"upperleg01.{side}", f"lowerleg01.{side}")
    line = thigh + leg[1] @ offset_m(skeleton, f"lowerleg01.{side}", f"foot.{side}")
    return axis_angle(unit(line), angle_deg)


def _leg(skeleton: Skeleton, stance: Stance) -> tuple[FloatArray, FloatArray]:
    spread = rotation_y(-stance.abduction_deg)
    return (
        spread @ offset_m(skeleton, "upperleg01.L", "lowerleg01.L"),
        spread @ offset_m(skeleton, "lowerleg01.L", "foot.L"),
    )
