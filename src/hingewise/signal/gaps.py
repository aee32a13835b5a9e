"""Runs of missing samples, and bridging the short ones."""

from __future__ import annotations

import numpy as np

from hingewise.units import BoolArray, FloatArray


def find_runs(mask: BoolArray) -> list[tuple[int, int]]:
    """Return the runs of true samples as index pairs ``[start, end)``.

    Examples
    --------
    >>> find_runs(np.array([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    edge = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edge[::2], edge[1::2], strict=True)]


def bridge_gaps(
    time_s: FloatArray, values: FloatArray, *, max_gap_s: float
) -> tuple[FloatArray, BoolArray]:
    """Fill short gaps by straight lines; long ones and the ends stay missing.

    Parameters
    ----------
    time_s
        Shape (T,).
    values
        NaN where missing. Shape (T,) or (T, N).
    max_gap_s
        A gap is the time between the observed samples on its two sides.

    Returns
    -------
    The bridged values, and which samples were filled (in any column). Shapes as ``values``, (T,).
    """
    columns = values.reshape(time_s.size, -1).copy()
    filled = np.zeros(time_s.size, dtype=np.bool_)
    for column in columns.T:
        missing = np.isnan(column)
        for start, end in find_runs(missing):
            if start == 0 or end == column.size or time_s[end] - time_s[start - 1] > max_gap_s:
                continue
            column[start:end] = np.interp(
                time_s[start:end], time_s[[start - 1, end]], column[[start - 1, end]]
            )
            filled[start:end] = True
    return columns.reshape(values.shape), filled
