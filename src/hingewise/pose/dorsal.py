"""The outline of the back, read from the body mask.

The pose network has no keypoint on the spine, but its body mask shows where the back ends. Rays
leave the shoulder-hip line at right angles, on both sides; where a ray leaves the body stands the
outline. Which of the two sides is the back is known only once the lifter's facing is.
"""

from __future__ import annotations

import numpy as np

from hingewise.units import FloatArray, SampleArray

N_CONTOUR_POINTS = 25
"""Points from shoulder (first) to hip (last), evenly spaced."""

RAY_LENGTH = 0.75
"""How far a ray looks, in shoulder-hip lengths."""

N_RAY_SAMPLES = 64
"""Samples along a ray: one for about each pixel of the mask."""

_ALONG = np.linspace(0.0, 1.0, N_CONTOUR_POINTS)
_REACH = np.linspace(0.0, RAY_LENGTH, N_RAY_SAMPLES)

INSIDE_LOGIT = 0.0
"""The mask is a logit; zero is as likely body as background."""


def trace_silhouette(mask: SampleArray, shoulder: FloatArray, hip: FloatArray) -> FloatArray:
    """Return the outline on both sides of the shoulder-hip line.

    Parameters
    ----------
    mask
        Body logits over the unit square. Shape (H, W).
    shoulder, hip
        Middle of the shoulders and of the hips in the unit square. Shape (2,).

    Returns
    -------
    Outline points in the unit square, first the side to the left hand of somebody looking from
    shoulder to hip in a picture with y down, then the other. Shape (2, C, 2); NaN where a ray
    starts outside the body or does not leave it.
    """
    axis = hip - shoulder
    length = float(np.hypot(*axis))
    if not length > 0 or not np.isfinite(length):
        return np.full((2, N_CONTOUR_POINTS, 2), np.nan)
    normal = np.array([axis[1], -axis[0]])
    start = shoulder + _ALONG[:, np.newaxis] * axis
    side = np.array([1.0, -1.0])[:, np.newaxis, np.newaxis]
    height, width = mask.shape
    x, y = (
        (start[:, k, np.newaxis] + side * (_REACH * normal[k])) * size - 0.5
        for k, size in ((0, width), (1, height))
    )
    distance = _first_exit(_sample(mask, x.astype(np.float32), y.astype(np.float32)))
    return np.asarray(start + side * distance[..., np.newaxis] * normal, dtype=np.float64)


def _sample(mask: SampleArray, x: SampleArray, y: SampleArray) -> SampleArray:
    """Bilinear mask values; far outside the mask there is no body."""
    height, width = mask.shape
    near_x, near_y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    column = np.minimum(near_x.astype(np.intp), width - 2)
    row = np.minimum(near_y.astype(np.intp), height - 2)
    fx, fy = near_x - column.astype(np.float32), near_y - row.astype(np.float32)
    flat = mask.ravel()
    index = row * width + column
    top: SampleArray = flat.take(index)
    bottom: SampleArray = flat.take(index + width)
    top += (flat.take(index + 1) - top) * fx
    bottom += (flat.take(index + (width + 1)) - bottom) * fx
    top += (bottom - top) * fy
    top[(np.abs(x - near_x) > 1) | (np.abs(y - near_y) > 1)] = -np.inf
    return top


def _first_exit(logit: SampleArray) -> FloatArray:
    """Distance at which each ray first leaves the body, between samples. NaN where it does not."""
    level = logit - np.float32(INSIDE_LOGIT)
    outside = level < 0
    last = np.maximum(outside.argmax(axis=-1), 1)[..., np.newaxis]
    after = np.take_along_axis(level, last, axis=-1)[..., 0].astype(np.float64)
    before = np.take_along_axis(level, last - 1, axis=-1)[..., 0].astype(np.float64)
    leaves = (after < 0) & (before >= 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(np.isfinite(after), before / (before - after), 0.0)
    return np.where(leaves, (last[..., 0] - 1 + part) * _REACH[1], np.nan)
