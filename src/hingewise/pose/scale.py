"""From pixels to metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from hingewise.pose.body import typical_lengths
from hingewise.units import FloatArray

TRUNK_THIGH_SHANK_OF_STATURE = 0.792
"""Shoulder-hip 0.2961, hip-knee 0.2425 and knee-ankle 0.2529 of stature (de Leva 1996, men)."""

ASSUMED_STATURE_M = 1.70
STATURE_SD_FRACTION = 0.06
"""Spread of adult stature around the assumed one."""

GIVEN_SD_FRACTION = 0.03
"""Spread of body proportions when the stature is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Metres per pixel, how it was found, and its relative standard deviation.

    ``body_m`` is the length of trunk, thigh and shank together that it gives the lifter.
    """

    m_per_px: float
    body_m: float
    method: Literal["stature", "assumed"]
    sd_fraction: float


def estimate_scale(segment_px: FloatArray, stature_m: float | None) -> Scale:
    """Scale from the summed lengths of trunk, thigh and shank.

    Parameters
    ----------
    segment_px
        Length of trunk, thigh, shank over time. Shape (T, 3).
    stature_m
        Body height, or None to assume 1.70 m.
    """
    body_px = float(np.sum(typical_lengths(segment_px)))
    stature = ASSUMED_STATURE_M if stature_m is None else stature_m
    body_m = TRUNK_THIGH_SHANK_OF_STATURE * stature
    return Scale(
        m_per_px=body_m / body_px,
        body_m=body_m,
        method="assumed" if stature_m is None else "stature",
        sd_fraction=STATURE_SD_FRACTION if stature_m is None else GIVEN_SD_FRACTION,
    )
