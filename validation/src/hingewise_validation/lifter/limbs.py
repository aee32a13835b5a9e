"""Two-link limbs: where elbow and knee go, and how the two bones turn."""

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray, unit
from hingewise_validation.lifter.skeleton import Skeleton

MOST_STRETCHED = 0.999
"""Share of the length of both bones over which a limb reaches at most: never quite straight."""


def middle_joint_offset(reach_m: FloatArray, upper_m: float, lower_m: float, *, pole: FloatArray) -> FloatArray:
    """Elbow or knee relative to the limb's root by the law of cosines, on the ``pole`` side of the line ``reach_m``."""
    length_m = np.maximum(np.linalg.norm(reach_m, axis=-1, keepdims=True), 1e-9)
    along = reach_m / length_m
    aside = pole - np.sum(pole * along, axis=-1, keepdims=True) * along
    cosine = np.clip((upper_m**2 + length_m**2 - lower_m**2) / (2 * upper_m * length_m), -1, 1)
    return np.asarray(upper_m * (cosine * along + np.sqrt(1 - cosine**2) * unit(aside)))


def within_reach(reach_m: FloatArray, upper_m: float, lower_m: float) -> FloatArray:
    """``reach_m`` shortened or lengthened to what the limb can span."""
    length_m = np.maximum(np.linalg.norm(reach_m, axis=-1, keepdims=True), 1e-9)
    shortest_m = abs(upper_m - lower_m) + 0.12 * (upper_m + lower_m)
    return np.asarray(reach_m / length_m * np.clip(length_m, shortest_m, MOST_STRETCHED * (upper_m + lower_m)))


def turn_bone(rest: FloatArray, rest_axis: FloatArray, target: FloatArray, axis: FloatArray) -> FloatArray:
    """Rotation that takes direction ``rest`` to ``target`` and the hinge ``rest_axis`` near ``axis``."""
    return np.asarray(_frame(target, axis) @ np.swapaxes(_frame(rest, rest_axis), -1, -2))


def offset_m(skeleton: Skeleton, proximal: str, distal: str) -> FloatArray:
    """From one bone's head to another's in the reference pose."""
    return np.asarray(skeleton.head_m(distal) - skeleton.head_m(proximal))


def _frame(direction: FloatArray, axis: FloatArray) -> FloatArray:
    along = unit(direction)
    across = unit(axis - np.sum(axis * along, axis=-1, keepdims=True) * along)
    along, across = np.broadcast_arrays(along, across)
    return np.stack([along, across, np.cross(along, across)], axis=-1)
