"""Lumbar flexion from the outline of the back.

The outline's direction over the lower ribs turns against its direction over the sacrum when the
lumbar spine bends. What the skin shows is not what the vertebrae do, so only the change against the
lifter's own standing is reported.
"""

from __future__ import annotations

import numpy as np

from hingewise.pose.track import let_go
from hingewise.units import BoolArray, FloatArray, SampleArray, wrap_deg

UPPER_PART = (0.30, 0.60)
LOWER_PART = (0.75, 1.0)
"""Stretches of the outline, from shoulder (0) to hip (1), whose directions are compared."""

MIN_POINTS = 4
_FORWARD_UP = np.ones(2)

BLOCK_FRAMES = 8192
"""Worked on at once, so that an hour of film needs no more memory than some minutes."""


def compute_back_bend(
    dorsal: FloatArray | SampleArray, axes: FloatArray = _FORWARD_UP
) -> FloatArray:
    """Angle between the upper and the lower part of the back's outline.

    Parameters
    ----------
    dorsal
        Outline from shoulder to hip, in any unit. Shape (T, C, 2).
    axes
        What x and y are multiplied by, so that x points forward and y up. Shape (2,).

    Returns
    -------
    Inclination of the upper part minus that of the lower part; flexion positive, zero where the
    outline is straight. Shape (T,), NaN where too little of the outline was seen. [deg]
    """
    along = np.linspace(0.0, 1.0, dorsal.shape[1])
    parts = [(along >= start) & (along <= end) for start, end in (UPPER_PART, LOWER_PART)]
    bend = np.empty(dorsal.shape[0])
    for start in range(0, bend.size, BLOCK_FRAMES):
        block = dorsal[start : start + BLOCK_FRAMES] * axes
        upper, lower = (_direction_deg(block[:, part]) for part in parts)
        bend[start : start + BLOCK_FRAMES] = wrap_deg(upper - lower)
        let_go(dorsal)
    return bend


def _direction_deg(points: FloatArray) -> FloatArray:
    """Inclination of the straight line through points, by their principal axis. Shape (T,)."""
    finite: BoolArray = np.isfinite(points)
    seen: BoolArray = np.logical_and(finite[..., 0], finite[..., 1])
    count = seen.sum(axis=1)
    enough = count >= MIN_POINTS
    weight = seen[..., np.newaxis] / np.maximum(count, 1)[:, np.newaxis, np.newaxis]
    values = np.where(seen[..., np.newaxis], points, 0.0)
    centred = np.where(
        seen[..., np.newaxis], values - (values * weight).sum(axis=1, keepdims=True), 0.0
    )
    xx, yy = (centred[..., 0] ** 2).sum(axis=1), (centred[..., 1] ** 2).sum(axis=1)
    xy = (centred[..., 0] * centred[..., 1]).sum(axis=1)
    axis = 0.5 * np.arctan2(2 * xy, xx - yy)
    x, y = np.cos(axis), np.sin(axis)
    # The points run from shoulder to hip, so the upward direction is from the last to the first.
    rank = np.arange(points.shape[1], dtype=np.float64)
    upward = -(
        (centred[..., 0] * x[:, np.newaxis] + centred[..., 1] * y[:, np.newaxis]) * rank
    ).sum(axis=1)
    flip = np.where(upward < 0, -1.0, 1.0)
    return np.where(enough, np.degrees(np.arctan2(flip * x, flip * y)), np.nan)
