"""From a network's landmarks to the centres of the joints.

A landmark lies beside its joint, in people of all sizes by about the same share of the body's
length and in about the same direction of the limbs that meet there. Which share and direction is
data, fitted on bodies whose joints are known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from hingewise.kinematics.conventions import SEGMENTS
from hingewise.units import FloatArray

Offsets = Mapping[str, Mapping[str, tuple[float, float]]]
"""By joint and segment: along the segment (towards its upper end) and across it (backwards in a
body that stands and faces forward), as fractions of the body's length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    lower: str
    upper: str


_SEGMENT_ENDS = {
    segment.name.removesuffix("_inclination"): _Ends(lower=segment.lower, upper=segment.upper)
    for segment in SEGMENTS
}


@cache
def load_offsets(estimator: str) -> Offsets:
    """Return the offsets of an estimator's landmarks; empty for one without a table."""
    file = resources.files("hingewise.kinematics").joinpath("data", "joint_centres.toml")
    table = tomllib.loads(file.read_text("utf-8")).get(estimator, {})
    return {
        joint: {
            segment: (float(along), float(across)) for segment, (along, across) in parts.items()
        }
        for joint, parts in table.items()
        if isinstance(parts, dict)
    }


def to_joint_centres(
    point: Mapping[str, FloatArray], offsets: Offsets, *, body_m: float
) -> dict[str, FloatArray]:
    """Move landmarks to the centres of their joints.

    Parameters
    ----------
    point
        Landmarks, x anterior and y up, each of shape (T, 2). [m]
    offsets
        Where joints lie beside their landmarks.
    body_m
        Length of trunk, thigh and shank together.

    Returns
    -------
    The same points, those with an offset moved. A segment that is not seen moves nothing. [m]
    """
    moved = dict(point)
    for joint, parts in offsets.items():
        shift = np.zeros_like(point[joint])
        for segment, (along, across) in parts.items():
            ends = _SEGMENT_ENDS[segment]
            direction = _unit(point[ends.upper] - point[ends.lower])
            backwards = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
            part = (along * direction + across * backwards) * body_m
            shift += np.where(np.isfinite(part), part, 0.0)
        moved[joint] = point[joint] + shift
    return moved


def _unit(vector: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(vector / np.hypot(*vector.T)[:, np.newaxis])
