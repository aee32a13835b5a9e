"""Summaries of values of which some are unknown (NaN)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from hingewise.units import FloatArray


def known(values: Iterable[float]) -> FloatArray:
    """The values that are known, in their order."""
    array = np.fromiter(values, dtype=np.float64)
    return np.asarray(array[np.isfinite(array)])


def median_known(values: Iterable[float]) -> float:
    """Median of the values that are known; NaN where none is.

    Examples
    --------
    >>> median_known([1.0, float("nan"), 3.0])
    2.0
    >>> median_known([float("nan")])
    nan
    """
    seen = known(values)
    return float(np.median(seen)) if seen.size else float("nan")


def mean_known(values: Iterable[float]) -> float:
    """Mean of the values that are known; NaN where none is."""
    seen = known(values)
    return float(np.mean(seen)) if seen.size else float("nan")
