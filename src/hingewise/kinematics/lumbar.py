"""Lumbar flexion from the outline of the back.

Bending the lumbar spine pushes the outline away from the line between shoulder and hip. How far it
stands out along that line (``pose.dorsal``), against the lifter's own standing, tells the flexion
of the chest against the pelvis. Flexing the hips moves the outline too, and on every body
otherwise; so the rule is a small network, fitted on rendered people whose spine is known, that is
shown the change of the outline, the outline in standing and the flexion of the hips. It tells as
well how far it may be off, and whether a loose shirt hangs over the back: then nothing is told.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from hingewise.kinematics.network import (
    BLOCK_FRAMES,
    Layer,
    read_layers,
    run_layers,
    softplus,
)
from hingewise.pose.dorsal import Back, back_profile
from hingewise.pose.track import let_go
from hingewise.units import BoolArray, FloatArray

MIN_STANDING_OUTLINES = 3
"""So many outlines of quiet standing tell the lifter's own shape."""

RIGHT_ANGLE_DEG = 90.0

MAX_INPUT_SD = 5.0
"""No input counts as further from usual than this: beyond, nothing was fitted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shapes:
    """How profiles differ: their mean (C,), and orthonormal directions (K, C). [trunk lengths]"""

    mean: FloatArray
    directions: FloatArray

    def reduce(self, profile: FloatArray) -> FloatArray:
        """How far profiles (..., C) lie from the mean in every direction. Shape (..., K)."""
        return np.asarray((profile - self.mean) @ self.directions.T)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LumbarRule:
    """The network and what it is shown.

    Attributes
    ----------
    change, standing
        Shapes that the change of the profile since standing, and the standing profile, have.
    input_mean, input_sd
        Usual values of the inputs: coordinates of the change, of standing, hip flexion in right
        angles and its square. Shape (I,).
    layers
        From the inputs to the flexion, a number that grows with its standard deviation, and one
        that grows with how loose the shirt looks.
    unit_deg
        Of the first two outputs. [deg]
    min_sd_deg
        No estimate is surer than this.
    sd_factor
        What the network's standard deviation is to be multiplied with, so that it is right on
        people and movements that it was not fitted on.
    max_sd_deg
        What is less sure than this is not reported.
    loose_from_deg, max_loose
        A shirt is loose that looks looser than ``max_loose``, on average over the frames in which
        the hips are flexed by this much.
    """

    change: Shapes
    standing: Shapes
    input_mean: FloatArray
    input_sd: FloatArray
    layers: tuple[Layer, ...]
    unit_deg: float
    min_sd_deg: float
    sd_factor: float
    max_sd_deg: float
    loose_from_deg: float
    max_loose: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LumbarFlexion:
    """Flexion of the chest against the pelvis since standing and its standard deviation.

    Both of shape (T,), NaN where not observed. [deg]
    """

    flexion_deg: FloatArray
    sd_deg: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """What the network says of every frame, sure or not.

    Flexion and its standard deviation [deg], and how loose the shirt looks (log odds). Shape (T,).
    """

    flexion_deg: FloatArray
    sd_deg: FloatArray
    loose: FloatArray


@cache
def load_lumbar_rule() -> LumbarRule:
    """Return the rule of ``data/lumbar.toml``."""
    file = resources.files("hingewise.kinematics").joinpath("data", "lumbar.toml")
    document = tomllib.loads(file.read_text("utf-8"))
    rule, shapes = document["rule"], document["shapes"]
    return LumbarRule(
        change=Shapes(
            mean=np.array(shapes["change_mean"]), directions=np.array(shapes["change_directions"])
        ),
        standing=Shapes(
            mean=np.array(shapes["standing_mean"]),
            directions=np.array(shapes["standing_directions"]),
        ),
        input_mean=np.array(rule["input_mean"]),
        input_sd=np.array(rule["input_sd"]),
        layers=read_layers(document["layer"]),
        unit_deg=float(rule["unit_deg"]),
        min_sd_deg=float(rule["min_sd_deg"]),
        sd_factor=float(rule["sd_factor"]),
        max_sd_deg=float(rule["max_sd_deg"]),
        loose_from_deg=float(rule["loose_from_deg"]),
        max_loose=float(rule["max_loose"]),
    )


def estimate_lumbar_flexion(
    back: Back, hip_bend_deg: FloatArray, standing: BoolArray, rule: LumbarRule
) -> LumbarFlexion:
    """Lumbar flexion against standing.

    Parameters
    ----------
    back
        Outline of the back.
    hip_bend_deg
        How far the hips are bent, from any zero. Shape (T,). [deg]
    standing
        Frames in which the lifter stands upright. Shape (T,).
    rule
        What the outline says.

    Returns
    -------
    Flexion positive; NaN where the outline was not seen or tells too little, everywhere without
    outlines of standing or under a loose shirt.
    """
    nothing = np.full(hip_bend_deg.size, np.nan)
    upright, unbent_deg = standing_profile(back, standing), _median(hip_bend_deg[standing])
    if upright is None:
        return LumbarFlexion(flexion_deg=nothing, sd_deg=nothing)
    flexion, sd, loose = nothing.copy(), nothing.copy(), nothing.copy()
    for start in range(0, flexion.size, BLOCK_FRAMES):
        part = slice(start, start + BLOCK_FRAMES)
        profile = back_profile(back.rows(part.start, part.stop))
        hip_deg = hip_bend_deg[part] - unbent_deg
        said = apply_rule(rule, make_inputs(rule, profile, upright, hip_deg))
        flexion[part], sd[part] = said.flexion_deg, said.sd_deg
        loose[part] = np.where(hip_deg >= rule.loose_from_deg, said.loose, np.nan)
        let_go(back.outline_px)
    bent = loose[np.isfinite(loose)]
    told = sd <= rule.max_sd_deg
    if bent.size and bent.mean() > rule.max_loose:
        told = np.zeros_like(told)
    return LumbarFlexion(
        flexion_deg=np.where(told, flexion, np.nan), sd_deg=np.where(told, sd, np.nan)
    )


def make_inputs(
    rule: LumbarRule, profile: FloatArray, standing: FloatArray, hip_flexion_deg: FloatArray
) -> FloatArray:
    """What the network is shown.

    Parameters
    ----------
    profile, standing
        Profiles (T, C) of a back, and its profile in standing: (C,), or one for every frame.
    hip_flexion_deg
        More than in standing. Shape (T,).

    Returns
    -------
    Inputs in standard deviations from what is usual. Shape (T, I).
    """
    inputs = plain_inputs(rule, profile, standing, hip_flexion_deg)
    usual = (inputs - rule.input_mean) / rule.input_sd
    return np.asarray(np.clip(usual, -MAX_INPUT_SD, MAX_INPUT_SD))


def plain_inputs(
    rule: LumbarRule, profile: FloatArray, standing: FloatArray, hip_flexion_deg: FloatArray
) -> FloatArray:
    """The same in their own units: trunk lengths and right angles."""
    hip = hip_flexion_deg / RIGHT_ANGLE_DEG
    change = rule.change.reduce(profile - standing)
    upright = np.broadcast_to(
        rule.standing.reduce(standing), (*change.shape[:1], len(rule.standing.directions))
    )
    return np.concatenate([change, upright, hip[:, np.newaxis], hip[:, np.newaxis] ** 2], axis=1)


def apply_rule(rule: LumbarRule, inputs: FloatArray) -> Said:
    """What the network says to its inputs (T, I)."""
    flexion, spread, loose = run_layers(rule.layers, inputs).T
    sd_deg = rule.unit_deg * softplus(spread) + rule.min_sd_deg
    return Said(
        flexion_deg=rule.unit_deg * flexion, sd_deg=rule.sd_factor * sd_deg, loose=np.asarray(loose)
    )


def _median(values: FloatArray) -> float:
    seen = values[np.isfinite(values)]
    return float(np.median(seen)) if seen.size else float("nan")


def standing_profile(back: Back, standing: BoolArray) -> FloatArray | None:
    """The lifter's own profile in standing; None where too little of it was seen."""
    rows = np.flatnonzero(standing)
    if rows.size == 0:
        return None
    profiles = back_profile(back.rows(int(rows[0]), int(rows[-1]) + 1))[rows - rows[0]]
    seen = np.isfinite(profiles[:, 0])
    if seen.sum() < MIN_STANDING_OUTLINES:
        return None
    return np.asarray(np.median(profiles[seen], axis=0))
