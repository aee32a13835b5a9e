"""Rates of change on uneven timestamps."""

from __future__ import annotations

import numpy as np

from hingewise.signal.gaps import find_runs
from hingewise.units import FloatArray


def differentiate(time_s: FloatArray, values: FloatArray) -> FloatArray:
    """Return the second-order central difference of each run without NaN.

    Shape (T,), per second; NaN where the value is, and in runs below three samples.
    """
    rate = np.full(values.shape, np.nan)
    for start, end in find_runs(np.isfinite(values)):
        if end - start >= 3:
            rate[start:end] = np.gradient(values[start:end], time_s[start:end], edge_order=2)
    return rate
