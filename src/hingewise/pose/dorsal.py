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

N_RAY_SAMPLES = 96

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
    along = np.linspace(0.0, 1.0, N_CONTOUR_POINTS)
    reach = np.linspace(0.0, RAY_LENGTH, N_RAY_SAMPLES)
    start = shoulder + along[:, np.newaxis] * axis
    side = np.array([1.0, -1.0])[:, np.newaxis, np.newaxis, np.newaxis]
    ray = start[:, np.newaxis] + side * reach[:, np.newaxis] * normal
    distance = _first_exit(_sample(mask, ray), reach)
    return np.asarray(start + side[..., 0] * distance[..., np.newaxis] * normal, dtype=np.float64)


def _sample(mask: SampleArray, unit: FloatArray) -> FloatArray:
    """Bilinear mask values; far outside the mask there is no body."""
    height, width = mask.shape
    x = unit[..., 0] * width - 0.5
    y = unit[..., 1] * height - 0.5
    x0 = np.clip(np.floor(x), 0, width - 2).astype(np.int64)
    y0 = np.clip(np.floor(y), 0, height - 2).astype(np.int64)
    fx = np.clip(x - x0, 0.0, 1.0)
    fy = np.clip(y - y0, 0.0, 1.0)
    flat = mask.ravel()
    index = y0 * width + x0
    top = flat[index] * (1 - fx) + flat[index + 1] * fx
    bottom = flat[index + width] * (1 - fx) + flat[index + width + 1] * fx
    outside = (x < -1) | (x > width) | (y < -1) | (y > height)
    return np.where(outside, -np.inf, top * (1 - fy) + bottom * fy)


def _first_exit(logit: FloatArray, reach: FloatArray) -> FloatArray:
    """Distance at which each ray first leaves the body, between samples. NaN where it does not."""
    level = logit - INSIDE_LOGIT
    outside = level < 0
    leaves = outside.any(axis=-1) & ~outside[..., 0]
    last = np.maximum(outside.argmax(axis=-1), 1)
    after = np.take_along_axis(level, last[..., np.newaxis], axis=-1)[..., 0]
    before = np.take_along_axis(level, last[..., np.newaxis] - 1, axis=-1)[..., 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(np.isfinite(after), before / (before - after), 0.0)
    step = reach[1] - reach[0]
    return np.where(leaves, reach[last - 1] + part * step, np.nan)
