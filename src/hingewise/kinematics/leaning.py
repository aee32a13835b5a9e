"""Inclinations of trunk, thigh and shank, told by a network from all that was seen of the body.

A landmark lies beside its joint, in every posture, body and view otherwise, and where plates, arms
or clothes hide it the pose network errs in ways of its own. So a small network, fitted on rendered
people whose joints are known, is shown the whole near side, the lifter's own standing and the
camera's place. It tells what the segments' landmarks lack, and how far each segment, hip and knee
may still be off. Who lies on a bench or on the floor is judged without the standing: so were the
lying people that it was fitted on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
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
from hingewise.units import BoolArray, FloatArray, SampleArray

CORRECTED = ("trunk_inclination", "thigh_inclination", "shank_inclination")
WITH_SD = (*CORRECTED, "trunk_thigh_flexion", "knee_flexion")
"""The angles that the network corrects, and those whose standard deviation it tells."""

SHOWN = ("knee", "ankle", "elbow", "heel", "foot_index")
"""Landmarks whose places it is shown, besides hip and shoulder. Ears and wrists are left out: heads
and hands of real people are unlike those of the crowd (decision 0021)."""

N_STANDING_SHOWN = 2
"""Of them so many in standing."""

N_POSTURE = 3 + 2 * len(SHOWN)
"""Sine and cosine of the trunk's lean, its length, places."""

N_STANDING = 3 + 2 * N_STANDING_SHOWN

OBLIQUE_DEG = 45.0
"""The unit in which the network is shown the camera's yaw."""

MAX_INPUT_SD = 5.0
"""No input counts as further from usual than this: beyond, nothing was fitted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeaningRule:
    """The network and where it holds.

    Attributes
    ----------
    input_mean, input_sd
        Usual values of the inputs. Shape (I,).
    layers
        From the inputs to the three corrections and five numbers that grow with the sd.
    unit_deg
        Of the outputs. [deg]
    min_sd_deg
        No angle is surer than this.
    sd_factor
        What each standard deviation is to be multiplied with, so that it is right on people and
        movements that the network was not fitted on. Shape (5,).
    max_yaw_deg
        Cameras further from the side were not fitted.
    lying_from_deg
        Trunks that lean back further lie.
    """

    input_mean: FloatArray
    input_sd: FloatArray
    layers: tuple[Layer, ...]
    unit_deg: float
    min_sd_deg: float
    sd_factor: FloatArray
    max_yaw_deg: float
    lying_from_deg: float

    def holds(self, yaw_deg: float) -> bool:
        """Whether the rule was fitted for such a camera, on either side."""
        return bool(abs(yaw_deg) <= self.max_yaw_deg)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leaning:
    """What the network says: corrections (T, 3) and standard deviations (T, 5), in degrees.

    NaN where the trunk was not seen or the rule does not hold.
    """

    correction_deg: FloatArray
    sd_deg: FloatArray


@cache
def load_leaning_rule(estimator: str) -> LeaningRule | None:
    """Return the rule for an estimator's landmarks; None for one without."""
    file = resources.files("hingewise.kinematics").joinpath("data", "leaning.toml")
    document = tomllib.loads(file.read_text("utf-8"))
    rule = document["rule"]
    if rule["estimator"] != estimator:
        return None
    return LeaningRule(
        input_mean=np.array(rule["input_mean"]),
        input_sd=np.array(rule["input_sd"]),
        layers=read_layers(document["layer"]),
        unit_deg=float(rule["unit_deg"]),
        min_sd_deg=float(rule["min_sd_deg"]),
        sd_factor=np.array(rule["sd_factor"]),
        max_yaw_deg=float(rule["max_yaw_deg"]),
        lying_from_deg=float(rule["lying_from_deg"]),
    )


def estimate_leaning(
    posture: FloatArray,
    confidence: FloatArray | SampleArray,
    standing: BoolArray,
    rule: LeaningRule,
    *,
    oblique_deg: float,
) -> Leaning:
    """What the segments' landmarks lack in every frame.

    Parameters
    ----------
    posture
        See ``describe_posture``. Shape (T, P).
    confidence
        Of the near side's landmarks. Shape (T, L).
    standing
        Frames of quiet standing, none where there is none. Shape (T,).
    rule
        The network.
    oblique_deg
        Yaw of the camera, positive before the lifter.
    """
    n_frames = posture.shape[0]
    correction = np.full((n_frames, len(CORRECTED)), np.nan)
    sd = np.full((n_frames, len(WITH_SD)), np.nan)
    if not rule.holds(oblique_deg):
        return Leaning(correction_deg=correction, sd_deg=sd)
    upright = standing_posture(posture[standing])
    for start in range(0, n_frames, BLOCK_FRAMES):
        rows = slice(start, start + BLOCK_FRAMES)
        part = posture[rows]
        lean_deg = np.degrees(np.arctan2(part[:, 0], part[:, 1]))
        with np.errstate(invalid="ignore"):
            lies = (lean_deg < rule.lying_from_deg)[:, np.newaxis]
        shown = np.where(lies, np.nan, upright)
        said = apply_rule(rule, make_inputs(rule, part, confidence[rows], shown, oblique_deg))
        seen = np.isfinite(lean_deg)[:, np.newaxis]
        correction[rows], sd[rows] = (np.where(seen, values, np.nan) for values in said)
    return Leaning(correction_deg=correction, sd_deg=sd)


def describe_posture(point: Mapping[str, FloatArray], *, body_m: float) -> FloatArray:
    """The near side in the frame of its own trunk: hip at the origin, shoulder above it.

    Parameters
    ----------
    point
        Landmarks, x anterior and y up, each of shape (T, 2). [m]
    body_m
        Length of trunk, thigh and shank together.

    Returns
    -------
    Sine and cosine of the trunk's lean, its length and places of the landmarks ``SHOWN`` (across,
    along) as fractions of the body's length. Shape (T, P), NaN where not seen.
    """
    trunk = point["shoulder"] - point["hip"]
    length = np.hypot(*trunk.T)
    with np.errstate(invalid="ignore", divide="ignore"):
        sine, cosine = (trunk / length[:, np.newaxis]).T
    columns = [sine, cosine, length / body_m]
    for name in SHOWN:
        x, y = ((point[name] - point["hip"]) / body_m).T
        columns += [x * cosine - y * sine, x * sine + y * cosine]
    return np.stack(columns, axis=1)


def standing_posture(posture: FloatArray) -> FloatArray:
    """The usual one of some postures (T, P), NaN for what none shows. Shape (P,)."""
    seen = np.isfinite(posture).any(axis=0)
    middle = np.full(posture.shape[1], np.nan)
    if seen.any():
        middle[seen] = np.nanmedian(posture[:, seen], axis=0)
    return middle


def make_inputs(
    rule: LeaningRule,
    posture: FloatArray,
    confidence: FloatArray | SampleArray,
    standing: FloatArray,
    oblique_deg: float | FloatArray,
) -> FloatArray:
    """What the network is shown, in standard deviations from what is usual.

    ``standing`` (P,), or one for every frame; what was not seen counts as usual. Shape (T, I).
    """
    inputs = plain_inputs(posture, confidence, standing, oblique_deg)
    usual = (inputs - rule.input_mean) / rule.input_sd
    return np.clip(np.where(np.isfinite(usual), usual, 0.0), -MAX_INPUT_SD, MAX_INPUT_SD)


def plain_inputs(
    posture: FloatArray,
    confidence: FloatArray | SampleArray,
    standing: FloatArray,
    oblique_deg: float | FloatArray,
) -> FloatArray:
    """The same in their own units."""
    oblique = np.broadcast_to(np.asarray(oblique_deg) / OBLIQUE_DEG, posture.shape[:1])
    upright = np.broadcast_to(standing, posture.shape)[:, :N_STANDING]
    parts = (posture, oblique[:, np.newaxis], confidence, upright)
    return np.concatenate(parts, axis=1, dtype=np.float64)


def apply_rule(rule: LeaningRule, inputs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Corrections (T, 3) and standard deviations (T, 5) to inputs (T, I). [deg]"""
    outputs = run_layers(rule.layers, inputs)
    n = len(CORRECTED)
    sd_deg = rule.unit_deg * softplus(outputs[:, n:]) + rule.min_sd_deg
    return rule.unit_deg * outputs[:, :n], np.asarray(rule.sd_factor * sd_deg)
