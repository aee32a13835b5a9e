"""Events of any signal: swings between levels, crossings, quiet stretches.

Nothing here knows of exercises; ``repetitions/`` gives the events their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.signal.gaps import find_runs
from hingewise.units import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoint:
    """A significant extremum: its sample index, its value, and whether it is a maximum."""

    index: int
    value: float
    maximum: bool


def find_turning_points(values: FloatArray, *, min_swing: float) -> list[TurningPoint]:
    """Return alternating maxima and minima that differ by at least ``min_swing``.

    Parameters
    ----------
    values
        NaN samples are passed over. Shape (T,).
    min_swing
        The hysteresis: smaller movements are part of the larger ones around them.

    Returns
    -------
    Turning points in order of time, the first and the last extremum of the signal included.

    Examples
    --------
    >>> [p.index for p in find_turning_points(np.array([0, 5, 4.5, 9, 0.0]), min_swing=2)]
    [0, 3, 4]
    """
    rows = np.flatnonzero(np.isfinite(values))
    if rows.size == 0:
        return []
    points: list[TurningPoint] = []
    low = high = int(rows[0])
    rising: bool | None = None
    for row in rows:
        index = int(row)
        if values[index] > values[high]:
            high = index
        if values[index] < values[low]:
            low = index
        if rising is not False and values[high] - values[index] >= min_swing:
            if rising is None:
                points += _first_point(values, low if low < high else None)
            points.append(TurningPoint(index=high, value=float(values[high]), maximum=True))
            rising, low = False, index
            high = index
        elif rising is not True and values[index] - values[low] >= min_swing:
            if rising is None:
                points += _first_point(values, high if high < low else None, maximum=True)
            points.append(TurningPoint(index=low, value=float(values[low]), maximum=False))
            rising, high = True, index
            low = index
    if rising is not None:
        last = high if rising else low
        points.append(TurningPoint(index=last, value=float(values[last]), maximum=rising))
    return points


def _first_point(
    values: FloatArray, index: int | None, *, maximum: bool = False
) -> list[TurningPoint]:
    """The extremum before the first reversal, where it is one of its own."""
    if index is None:
        return []
    return [TurningPoint(index=index, value=float(values[index]), maximum=maximum)]


def find_crossing_s(
    time_s: FloatArray, values: FloatArray, level: float, *, start: int, end: int, last: bool
) -> float | None:
    """Return when the signal crosses a level between two samples, interpolated.

    Parameters
    ----------
    start, end
        Samples ``[start, end]`` that are searched.
    last
        Whether the last crossing is wanted instead of the first.

    Returns
    -------
    Time of the crossing, or None where there is none.
    """
    part = values[start : end + 1] - level
    change = np.flatnonzero(
        np.isfinite(part[:-1]) & np.isfinite(part[1:]) & (part[:-1] * part[1:] <= 0)
    )
    if change.size == 0:
        return None
    at = int(change[-1] if last else change[0])
    before, after = part[at], part[at + 1]
    share = 0.0 if before == after else float(before / (before - after))
    first = start + at
    return float(time_s[first] + share * (time_s[first + 1] - time_s[first]))


def find_holds(
    time_s: FloatArray, still: BoolArray, *, min_duration_s: float
) -> list[tuple[int, int]]:
    """Return the stretches ``[start, end)`` in which a condition holds for long enough."""
    return [
        (start, end)
        for start, end in find_runs(still)
        if time_s[end - 1] - time_s[start] >= min_duration_s
    ]
