"""Array types, and directions as numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
SampleArray = npt.NDArray[np.float32]
"""Observed samples (pixels, confidences): single precision, so that an hour fits in memory."""
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def wrap_deg(angle_deg: FloatArray) -> FloatArray:
    """The same directions within half a turn, from -180 on; NaN stays NaN.

    Examples
    --------
    >>> wrap_deg(np.array([190.0, -90.0, 540.0]))
    array([-170.,  -90., -180.])
    """
    return np.asarray((angle_deg + 180.0) % 360.0 - 180.0, dtype=np.float64)
