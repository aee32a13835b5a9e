"""The outline of the back, read from the body mask.

The pose network has no keypoint on the spine, but its body mask shows where the back ends. Rays
leave the shoulder-hip line at right angles, on both sides; where a ray leaves the body stands the
outline. Which of the two sides is the back is known only once the lifter's facing is.

The rays go on below the hip, over the buttocks: how the pelvis is turned shows there. In a deep
bend the line itself leaves the body there; the outline is then where a ray comes back into it.

The samples of all rays lie on one straight grid, so whoever holds the mask takes them with a single
affine warp (`ray_grid`); the outlines of many frames are then found at once (`find_outline`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hingewise.units import FloatArray, SampleArray

N_TRUNK_POINTS = 25
"""Points from shoulder (first) to hip (last), evenly spaced."""

N_BELOW_HIP = 6
"""Points below the hip, as far apart: they reach a quarter of the trunk further."""

N_CONTOUR_POINTS = N_TRUNK_POINTS + N_BELOW_HIP

RAY_LENGTH = 0.75
"""How far a ray looks, in shoulder-hip lengths."""

N_RAY_SAMPLES = 64
"""Samples along a ray: one for about each pixel of the mask."""

GRID_SHAPE = (N_CONTOUR_POINTS, 2 * N_RAY_SAMPLES - 1)
"""Rows along the trunk; columns across it, the shoulder-hip line in the middle one."""

_MIDDLE = N_RAY_SAMPLES - 1
_STEP = RAY_LENGTH / _MIDDLE
_ALONG = np.arange(N_CONTOUR_POINTS) / (N_TRUNK_POINTS - 1)

MIN_OUTLINE_POINTS = 26
"""An outline of which fewer points were seen tells nothing about the shape of the back."""

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
    row = 1.0 / (N_TRUNK_POINTS - 1)
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
        Shape (T, 31, 127).
    shoulder, hip
        What the grid was laid on. Shape (T, 2).

    Returns
    -------
    Outline points in the unit square, first the side to the left hand of somebody looking from
    shoulder to hip in a picture with y down, then the other. Shape (T, 2, C, 2); NaN where a ray
    does not leave the body, or starts outside it: below the hip, where it does not come back
    into it.
    """
    axis = hip - shoulder
    normal = np.stack([axis[:, 1], -axis[:, 0]], axis=1)
    start = shoulder[:, np.newaxis] + _ALONG[:, np.newaxis] * axis[:, np.newaxis]
    left, right = logit[:, :, _MIDDLE:], logit[:, :, _MIDDLE::-1]
    sides = [
        start + side * _edge(outward, inward)[..., np.newaxis] * normal[:, np.newaxis]
        for side, outward, inward in ((1.0, left, right), (-1.0, right, left))
    ]
    return np.stack(sides, axis=1)


def _edge(outward: SampleArray, inward: SampleArray) -> FloatArray:
    """Signed distance to the outline along each ray, outwards +; NaN where there is none.

    ``inward`` looks the other way: below the hip the body may lie there altogether.
    """
    edge = _first_exit(outward)
    below = np.s_[:, N_TRUNK_POINTS:]
    outside = outward[below][..., 0] < 0
    edge[below] = np.where(outside, -_first_exit(-inward[below]), edge[below])
    return edge


def _first_exit(logit: SampleArray) -> FloatArray:
    """Distance at which each ray first leaves the body, between samples. NaN where it does not."""
    last = np.maximum((logit < 0).argmax(axis=-1), 1)[..., np.newaxis]
    after = np.take_along_axis(logit, last, axis=-1)[..., 0].astype(np.float64)
    before = np.take_along_axis(logit, last - 1, axis=-1)[..., 0].astype(np.float64)
    leaves = (after < 0) & (before >= 0)
    part = before / np.where(leaves, before - after, 1.0)
    return np.where(leaves, (last[..., 0] - 1 + part) * _STEP, np.nan)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Back:
    """The outline of the back, and the line from shoulder to hip that it was looked for from.

    ``outline_px`` (T, C, 2), NaN where not observed; ``shoulder_px`` and ``hip_px`` (T, 2), the
    middle of both sides.
    """

    outline_px: SampleArray
    shoulder_px: FloatArray
    hip_px: FloatArray

    def rows(self, start: int, end: int) -> Back:
        """Some of the frames."""
        return Back(
            outline_px=self.outline_px[start:end],
            shoulder_px=self.shoulder_px[start:end],
            hip_px=self.hip_px[start:end],
        )


def place_profile(
    profile: FloatArray, shoulder_px: FloatArray, hip_px: FloatArray, *, beside_px: FloatArray
) -> FloatArray:
    """Where an outline with this profile lies in the picture: the inverse of ``back_profile``.

    Parameters
    ----------
    profile
        Distance from the line shoulder-hip, of its length. Shape (C,).
    shoulder_px, hip_px
        Middle of both sides. Shape (2,).
    beside_px
        Points on the side of the line on which the outline lies. Shape (N, 2).

    Returns
    -------
    Shape (C, 2); NaN where nothing tells the side.
    """
    axis = hip_px - shoulder_px
    across = np.array([axis[1], -axis[0]])
    apart = (beside_px - shoulder_px) @ across
    side = np.sign(np.nansum(apart)) if np.isfinite(apart).any() else np.nan
    along = np.arange(profile.size)[:, np.newaxis] / (N_TRUNK_POINTS - 1)
    placed = shoulder_px + along * axis + side * profile[:, np.newaxis] * across
    return np.asarray(placed, dtype=np.float64)


def back_profile(back: Back) -> FloatArray:
    """How far the back stands out from the line between shoulder and hip.

    Single points that were not seen follow their neighbours.

    Returns
    -------
    Distance of every outline point from that line, as a fraction of the line's length. Shape
    (T, C); a row is NaN where fewer than ``MIN_OUTLINE_POINTS`` were seen.
    """
    axis = back.hip_px - back.shoulder_px
    across = np.stack([axis[:, 1], -axis[:, 0]], axis=1) / (axis**2).sum(axis=1)[:, np.newaxis]
    relative = back.outline_px.astype(np.float64) - back.shoulder_px[:, np.newaxis]
    profile = np.einsum("tcd,td->tc", relative, across)
    # Between shoulder and hip the outline lies outside the line: that tells which side is out.
    trunk = profile[:, :N_TRUNK_POINTS]
    profile = profile * np.sign(np.nansum(trunk, axis=1))[:, np.newaxis]
    seen = np.isfinite(profile)
    count = seen.sum(axis=1)
    profile[count < MIN_OUTLINE_POINTS] = np.nan
    places = np.arange(profile.shape[1])
    for row in np.flatnonzero((count >= MIN_OUTLINE_POINTS) & (count < places.size)):
        known = seen[row]
        profile[row] = np.interp(places, places[known], profile[row, known])
    return np.asarray(profile)
