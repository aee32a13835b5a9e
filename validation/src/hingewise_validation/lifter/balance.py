"""Shank inclination that keeps the centre of mass over the feet."""

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.skeleton import BonePoses

SegmentTable = dict[str, dict[str, float]]


@cache
def load_segments() -> SegmentTable:
    """Mass fractions and centres of mass of the body segments."""
    path = files("hingewise_validation") / "data" / "segments.toml"
    return tomllib.loads(path.read_text("utf-8"))


def compute_upper_body_moment_m(poses: BonePoses, hip_m: FloatArray) -> tuple[FloatArray, float]:
    """Forward first moment of trunk, head and arms about the hip, per body mass, and their mass fraction."""
    table = load_segments()
    moment = np.zeros(hip_m.shape[0])
    total_fraction = 0.0
    for segment, (proximal, distal) in _UPPER_SEGMENTS.items():
        mass_fraction = table[segment]["mass_fraction"]
        along = table[segment].get("from_proximal_fraction", 1.0)
        start_m = hip_m if proximal == "hip" else poses.head(proximal)
        centre_m = start_m + along * (poses.head(distal) - start_m)
        moment += mass_fraction * -(centre_m - hip_m)[:, 1]
        total_fraction += mass_fraction
    return moment, total_fraction


def solve_shank_inclination_deg(
    *,
    knee_flexion_deg: FloatArray,
    com_forward_m: FloatArray,
    shank_m: float,
    thigh_m: float,
    upper_moment_m: FloatArray,
    upper_mass_fraction: float,
) -> FloatArray:
    """Shank inclination that puts the whole body's centre of mass ``com_forward_m`` in front of the ankle.

    With shank s and thigh s - k the centre of mass is ``a sin s + b sin(s - k) + c``: solved in closed form. A place
    out of reach gives the nearest that can be reached.
    """
    table = load_segments()
    shank, thigh = table["shank"], table["thigh"]
    above_knee = thigh["mass_fraction"] + upper_mass_fraction
    a = shank_m * (shank["mass_fraction"] * (1 - shank["from_proximal_fraction"]) + above_knee)
    b = thigh_m * (thigh["mass_fraction"] * (1 - thigh["from_proximal_fraction"]) + upper_mass_fraction)
    c = upper_moment_m + table["foot"]["mass_fraction"] * table["foot"]["ankle_forward_m"]
    knee_rad = np.deg2rad(knee_flexion_deg)
    sine, cosine = a + b * np.cos(knee_rad), -b * np.sin(knee_rad)
    reach = np.hypot(sine, cosine)
    wanted = np.clip((com_forward_m - c) / reach, -1, 1)
    return np.asarray(np.rad2deg(np.arcsin(wanted) - np.arctan2(cosine, sine)))


_UPPER_SEGMENTS = {
    "trunk": ("hip", "upperarm01.R"),
    "head": ("head", "eye.R"),
    "upper_arm": ("upperarm01.R", "lowerarm01.R"),
    "forearm": ("lowerarm01.R", "wrist.R"),
    "hand": ("wrist.R", "finger3-1.R"),
}
