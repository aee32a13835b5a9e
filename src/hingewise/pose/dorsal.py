"""The outline of the back, read from the body mask.

The pose network has no keypoint on the spine, but its body mask shows where the back ends. Rays
leave the shoulder-hip line at right angles, on both sides; where a ray leaves the body stands the
outline. Which of the two sides is the back is known only once the lifter's facing is.

The samples of all rays lie on one straight grid, so whoever holds the mask takes them with a single
affine warp (`ray_grid`); the outlines of many frames are then found at once (`find_outline`).
"""

from __future__ import annotations

import math

import numpy as np

from hingewise.units import FloatArray, SampleArray

N_CONTOUR_POINTS = 25
"""Points from shoulder (first) to hip (last), evenly spaced."""

RAY_LENGTH = 0.75
"""How far a ray looks, in shoulder-hip lengths."""

N_RAY_SAMPLES = 64
"""Samples along a ray: one for about each pixel of the mask."""

GRID_SHAPE = (N_CONTOUR_POINTS, 2 * N_RAY_SAMPLES - 1)
"""Rows along the trunk; columns across it, the shoulder-hip line in the middle one."""

_MIDDLE = N_RAY_SAMPLES - 1
_STEP = RAY_LENGTH / _MIDDLE
_ALONG = np.linspace(0.0, 1.0, N_CONTOUR_POINTS)

OUTSIDE_LOGIT = -100.0
"""What counts for the mask beyond its edge: there is no body."""


def ray_grid(shoulder: tuple[float, float], hip: tuple[float, float]) -> FloatArray | None:
    """Return the map from a sample (column, row) of the grid to the unit square.

    Parameters
    ----------
    shoulder, hip
        Middle of the shoulders and of the hips in the unit square.

    Returns
    -------
    Affine (2, 3), or None without a trunk.
    """
    x, y = shoulder
    along_x, along_y = hip[0] - x, hip[1] - y
    length = math.hypot(along_x, along_y)
    if not 0.0 < length < math.inf:
        return None
    row = 1.0 / (N_CONTOUR_POINTS - 1)
    return np.array(
        [
            [along_y * _STEP, along_x * row, x - _MIDDLE * _STEP * along_y],
            [-along_x * _STEP, along_y * row, y + _MIDDLE * _STEP * along_x],
        ]
    )


def find_outline(logit: SampleArray, shoulder: FloatArray, hip: FloatArray) -> FloatArray:
    """Return the outline on both sides of the shoulder-hip line.

    Parameters
    ----------
    logit
        The mask on the grid; zero is as likely body as background, NaN where no mask was.
        Shape (T, 25, 127).
    shoulder, hip
        What the grid was laid on. Shape (T, 2).

    Returns
    -------
    Outline points in the unit square, first the side to the left hand of somebody looking from
    shoulder to hip in a picture with y down, then the other. Shape (T, 2, C, 2); NaN where a ray
    starts outside the body or does not leave it.
    """
    axis = hip - shoulder
    normal = np.stack([axis[:, 1], -axis[:, 0]], axis=1)
    start = shoulder[:, np.newaxis] + _ALONG[:, np.newaxis] * axis[:, np.newaxis]
    sides = [
        start + side * _first_exit(rays)[..., np.newaxis] * normal[:, np.newaxis]
        for side, rays in ((1.0, logit[:, :, _MIDDLE:]), (-1.0, logit[:, :, _MIDDLE::-1]))
    ]
    return np.stack(sides, axis=1)


def _first_exit(logit: SampleArray) -> FloatArray:
    """Distance at which each ray first leaves the body, between samples. NaN where it does not."""
    last = np.maximum((logit < 0).argmax(axis=-1), 1)[..., np.newaxis]
    after = np.take_along_axis(logit, last, axis=-1)[..., 0].astype(np.float64)
    before = np.take_along_axis(logit, last - 1, axis=-1)[..., 0].astype(np.float64)
    leaves = (after < 0) & (before >= 0)
    part = before / np.where(leaves, before - after, 1.0)
    return np.where(leaves, (last[..., 0] - 1 + part) * _STEP, np.nan)
