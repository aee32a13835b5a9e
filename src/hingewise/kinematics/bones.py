"""A bone does not change its length: where it seems to, one of its ends is not where it is seen."""

from __future__ import annotations

import numpy as np

from hingewise.units import BoolArray, FloatArray

MAX_LONGER = 0.15
MAX_SHORTER = {"trunk_inclination": 0.25, "thigh_inclination": 0.30, "shank_inclination": 0.25}
"""Of a segment's usual length; a trunk is shorter when its back rounds, a thigh when the knees go
out. In the study's fitting bodies the angles of segments that change by more are off by 10 to 50
degrees (median), those of the others by 2 (docs/decisions/0017)."""

MAX_OBLIQUE_DEG = 60.0


def keeps_length(
    segment: str, lower_m: FloatArray, upper_m: FloatArray, *, yaw_deg: float
) -> BoolArray:
    """Whether a segment is about as long as it usually is.

    Parameters
    ----------
    segment
        Name of its angle, one of ``MAX_SHORTER``.
    lower_m, upper_m
        Its ends. Shape (T, 2). [m]
    yaw_deg
        Of the camera: before an oblique one a segment that leans looks shorter. NaN counts as 0.

    Returns
    -------
    Shape (T,); False also where an end is not seen.
    """
    length = np.hypot(*(upper_m - lower_m).T)
    if not np.isfinite(length).any():
        return np.zeros(length.size, dtype=np.bool_)
    yaw = min(yaw_deg, MAX_OBLIQUE_DEG) if np.isfinite(yaw_deg) else 0.0
    ratio = length / np.nanmedian(length)
    with np.errstate(invalid="ignore"):
        low = (1.0 - MAX_SHORTER[segment]) * np.cos(np.radians(yaw))
        return np.asarray((ratio >= low) & (ratio <= 1.0 + MAX_LONGER), dtype=np.bool_)
