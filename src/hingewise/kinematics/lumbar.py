"""Lumbar flexion from the outline of the back.

Bending the lumbar spine pushes the outline away from the line between shoulder and hip. How far it
stands out along that line (``pose.dorsal``), against the lifter's own standing, tells the flexion
of the chest against the pelvis: a linear rule with few numbers, fitted on bodies whose spine is
known. Flexing the hips moves the outline too, so it enters the rule.

In standing an elbow, a plate or a dumbbell may stand behind the back. What lies beside every shape
that standing backs have is taken for such a thing and counts little.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from hingewise.pose.dorsal import N_CONTOUR_POINTS, Back, back_profile
from hingewise.pose.track import let_go
from hingewise.units import BoolArray, FloatArray

MIN_STANDING_OUTLINES = 3
"""So many outlines of quiet standing tell the lifter's own shape."""

N_PASSES = 30
"""Of fitting a standing back; it has settled long before."""

RIGHT_ANGLE_DEG = 90.0

BLOCK_FRAMES = 8192
"""Worked on at once, so that an hour of film needs no more memory than some minutes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StandingShapes:
    """Profiles of standing backs: their mean (C,), how they differ (K, C), and by how much (K,).

    A point further from all of these than ``usual`` counts little when a back is fitted, and
    what is left of it beside the fit counts little too. [trunk lengths]
    """

    typical: FloatArray
    shapes: FloatArray
    spread: FloatArray
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LumbarRule:
    """Lumbar flexion as a sum over the change of the back's profile since standing.

    Attributes
    ----------
    change, change_by_hip
        Weights of the change at each point of the profile with straight hips, and what a right
        angle at the hips adds to them. Shape (C,). [deg per trunk length]
    hip, hip_squared
        Weights of the hip flexion in right angles. [deg]
    typical_change, shapes
        Mean of the changes that real backs make, shape (C,), and the directions in which they
        spread, orthonormal, shape (K, C).
    max_oddness
        A change further from ``shapes`` than this (root mean square, trunk lengths) is not made by
        a back: something covers it.
    standing
        Shapes of backs in quiet standing.
    """

    change: FloatArray
    change_by_hip: FloatArray
    hip: float
    hip_squared: float
    typical_change: FloatArray
    shapes: FloatArray
    max_oddness: float
    standing: StandingShapes


@cache
def load_lumbar_rule() -> LumbarRule:
    """Return the rule of ``data/lumbar.toml``."""
    file = resources.files("hingewise.kinematics").joinpath("data", "lumbar.toml")
    document = tomllib.loads(file.read_text("utf-8"))
    table, standing = document["rule"], document["standing"]
    return LumbarRule(
        change=np.array(table["change_deg"]),
        change_by_hip=np.array(table["change_by_hip_deg"]),
        hip=float(table["hip_deg"]),
        hip_squared=float(table["hip_squared_deg"]),
        typical_change=np.array(table["typical_change"]),
        shapes=np.array(table["shapes"]).reshape(-1, N_CONTOUR_POINTS),
        max_oddness=float(table["max_oddness"]),
        standing=StandingShapes(
            typical=np.array(standing["typical"]),
            shapes=np.array(standing["shapes"]).reshape(-1, N_CONTOUR_POINTS),
            spread=np.array(standing["spread"]),
            usual=float(standing["usual"]),
        ),
    )


def estimate_lumbar_flexion(
    back: Back, hip_bend_deg: FloatArray, standing: BoolArray, rule: LumbarRule
) -> FloatArray:
    """Lumbar flexion against quiet standing.

    Parameters
    ----------
    back
        Outline of the back.
    hip_bend_deg
        How far the hips are bent, from any zero. Shape (T,). [deg]
    standing
        Frames of quiet standing. Shape (T,).
    rule
        What the outline says.

    Returns
    -------
    Flexion of the chest against the pelvis, flexion positive. Shape (T,), NaN where the outline was
    not seen or is none of a back, everywhere without outlines of standing. [deg]
    """
    flexion = np.full(hip_bend_deg.size, np.nan)
    upright, unbent_deg = standing_profile(back, standing), _median(hip_bend_deg[standing])
    if upright is None:
        return flexion
    upright = uncover(upright, rule.standing)
    for start in range(0, flexion.size, BLOCK_FRAMES):
        end = start + BLOCK_FRAMES
        change = back_profile(back.rows(start, end)) - upright
        flexion[start:end] = _apply(rule, change, hip_bend_deg[start:end] - unbent_deg)
        let_go(back.outline_px)
    return flexion


def _apply(rule: LumbarRule, change: FloatArray, hip_flexion_deg: FloatArray) -> FloatArray:
    hip = hip_flexion_deg / RIGHT_ANGLE_DEG
    bent = np.clip(hip, 0.0, None)
    flexion = change @ rule.change + bent * (change @ rule.change_by_hip)
    flexion += rule.hip * hip + rule.hip_squared * hip**2
    with np.errstate(invalid="ignore"):
        return np.where(compute_oddness(rule, change) <= rule.max_oddness, flexion, np.nan)


def _median(values: FloatArray) -> float:
    seen = values[np.isfinite(values)]
    return float(np.median(seen)) if seen.size else float("nan")


def compute_oddness(rule: LumbarRule, change: FloatArray) -> FloatArray:
    """How far changes (T, C) of the profile are from any that a back makes. Shape (T,)."""
    beside = change - rule.typical_change
    beside = beside - (beside @ rule.shapes.T) @ rule.shapes
    return np.asarray(np.sqrt((beside**2).mean(axis=1)))


def uncover(profile: FloatArray, standing: StandingShapes) -> FloatArray:
    """The profile (C,) of a standing back without what stands behind it in places."""
    weight = np.ones(profile.size)
    beside = profile - standing.typical
    rest = beside
    for _ in range(N_PASSES):
        scaled = standing.shapes * weight / standing.usual**2
        normal = scaled @ standing.shapes.T + np.diag(1.0 / standing.spread**2)
        rest = beside - np.linalg.solve(normal, scaled @ beside) @ standing.shapes
        weight = 1.0 / (1.0 + (rest / standing.usual) ** 2)
    return np.asarray(profile - rest * (1.0 - weight))


def standing_profile(back: Back, standing: BoolArray) -> FloatArray | None:
    """The lifter's own profile in quiet standing; None where too little of it was seen."""
    rows = np.flatnonzero(standing)
    if rows.size == 0:
        return None
    profiles = back_profile(back.rows(int(rows[0]), int(rows[-1]) + 1))[rows - rows[0]]
    seen = np.isfinite(profiles[:, 0])
    if seen.sum() < MIN_STANDING_OUTLINES:
        return None
    return np.asarray(np.median(profiles[seen], axis=0))
