"""Zero-phase low-pass filtering on real, uneven timestamps."""

from __future__ import annotations

import numpy as np

from hingewise.errors import ShapeError
from hingewise.signal.banded import solve_symmetric_banded
from hingewise.signal.gaps import find_runs
from hingewise.units import FloatArray

MIN_SAMPLES = 5

MAX_VALUES_AT_ONCE = 200_000
"""Columns of a long film are filtered a few at a time: its copies are larger than the film."""


def smooth(time_s: FloatArray, values: FloatArray, *, cutoff_hz: float) -> FloatArray:
    """Low-pass filter without phase shift, whatever the spacing of the samples.

    The smoothing spline that minimises ``sum w (y - x)^2 + k * integral (x'')^2`` with
    ``k = (2 pi cutoff)^-4`` has the frequency response ``1 / (1 + (f / cutoff)^4)``: that of a
    second-order Butterworth filter run forwards and backwards. Unlike it, the spline needs no even
    sampling and makes no transient at the ends.

    Parameters
    ----------
    time_s
        Increasing. Shape (T,).
    values
        Each run without NaN is filtered alone. Shape (T,) or (T, N).
    cutoff_hz
        Where the amplitude falls to one half.

    Returns
    -------
    Filtered values; NaN stays NaN, runs below five samples stay as they are. Shape as ``values``.

    References
    ----------
    .. [1] P. Eilers, A perfect smoother, Anal. Chem. 75, 2003, 3631-3636, doi 10.1021/ac034173t.
    """
    if values.shape[:1] != time_s.shape or cutoff_hz <= 0:
        raise ShapeError(
            f"expected ({time_s.size}, ...) values and a positive cut-off, got {values.shape}"
        )
    columns = values.reshape(time_s.size, -1)
    result = columns.copy()
    alike: dict[bytes, list[int]] = {}
    for index, finite in enumerate(np.isfinite(columns).T):
        alike.setdefault(finite.tobytes(), []).append(index)
    at_once = max(1, MAX_VALUES_AT_ONCE // time_s.size)
    for all_alike in alike.values():
        for first in range(0, len(all_alike), at_once):
            chosen = all_alike[first : first + at_once]
            for start, end in find_runs(np.isfinite(columns[:, chosen[0]])):
                if end - start >= MIN_SAMPLES:
                    block = columns[start:end, chosen]
                    result[start:end, chosen] = _solve(time_s[start:end], block, cutoff_hz)
    return result.reshape(values.shape)


def _solve(time_s: FloatArray, values: FloatArray, cutoff_hz: float) -> FloatArray:
    """Solve the normal equations of the spline, a symmetric system of five diagonals."""
    step = np.diff(time_s)
    left, right = step[:-1], step[1:]
    middle = (left + right) / 2
    # Second divided difference at each inner sample, weighted by the time that it stands for.
    root = np.sqrt(middle) / (2 * np.pi * cutoff_hz) ** 2
    before, after = root / (left * middle), root / (right * middle)
    centre = -(before + after)
    weight = np.concatenate([step[:1], left + right, step[-1:]]) / 2
    bands = np.zeros((3, time_s.size))
    bands[0] = weight
    bands[0, :-2] += before**2
    bands[0, 1:-1] += centre**2
    bands[0, 2:] += after**2
    bands[1, :-2] += before * centre
    bands[1, 1:-1] += centre * after
    bands[2, :-2] = before * after
    return solve_symmetric_banded(bands, weight[:, np.newaxis] * values)


def remove_spikes(values: FloatArray, *, half_width: int, n_sd: float = 3.0) -> FloatArray:
    """Replace samples that stand far from the median of their neighbours (Hampel filter).

    Shape (T,) or (T, N); NaN stays NaN.
    """
    result = values.astype(np.float64)
    columns = result.reshape(values.shape[0], -1)
    if values.shape[0] >= 2 * half_width + 1:
        # Column by column: the windows of all together would not fit in memory for an hour of film.
        for column in columns.T:
            column[:] = _without_spikes(column, half_width, n_sd)
    return result


def _without_spikes(column: FloatArray, half_width: int, n_sd: float) -> FloatArray:
    padded = np.pad(column, half_width, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half_width + 1)
    median = np.median(windows, axis=-1)
    spread = 1.4826 * np.median(np.abs(windows - median[:, np.newaxis]), axis=-1)
    with np.errstate(invalid="ignore"):
        spike = np.abs(column - median) > np.maximum(n_sd * spread, 1e-9)
    return np.where(spike & np.isfinite(median), median, column)
