"""Tracklets of somebody made of exact numbers."""

from __future__ import annotations

import numpy as np

from hingewise.pose.dorsal import N_CONTOUR_POINTS
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.pose.tracklets import Tracklet
from hingewise.units import FloatArray


def make_tracklet(
    first: int,
    last: int,
    x_px: tuple[float, float] | float,
    *,
    size_px: float = 400.0,
    bend_deg: float = 0.0,
    seen_by: tuple[tuple[str, ...], bool] = (BLAZEPOSE_KEYPOINTS, True),
) -> Tracklet:
    """Somebody from frame ``first`` to ``last``, moving along x, hips bending to and fro.

    Trunk 0.4, thigh 0.3 and shank 0.3 of ``size_px``; the hips stand at y = 500. ``seen_by`` is the
    network: its keypoints, and whether it guesses depth.
    """
    keypoints, depth = seen_by
    frame = np.arange(first, last + 1)
    ends = (x_px, x_px) if isinstance(x_px, (int, float)) else x_px
    hip = np.stack([np.linspace(*ends, frame.size), np.full(frame.size, 500.0)], axis=1)
    lean = np.radians(bend_deg) * (1 - np.cos(np.arange(frame.size) / 5)) / 2
    shoulder = hip + 0.4 * size_px * np.stack([np.sin(lean), -np.cos(lean)], axis=1)
    place: dict[str, FloatArray] = {
        "shoulder": shoulder,
        "hip": hip,
        "knee": hip + np.array([0, 0.3 * size_px]),
        "ankle": hip + np.array([0, 0.6 * size_px]),
    }
    position = np.zeros((frame.size, len(keypoints), 2), np.float32)
    for column, name in enumerate(keypoints):
        position[:, column] = place.get(name.partition("_")[2], shoulder)
    world = np.full((frame.size, len(keypoints), 3), np.nan, np.float32)
    if depth:
        world[..., :2], world[..., 2] = position / size_px, 0
    return Tracklet(
        frame=frame,
        position_px=position,
        confidence=np.ones((frame.size, len(keypoints)), np.float32),
        world_m=world,
        silhouette_px=np.full((frame.size, 2, N_CONTOUR_POINTS, 2), np.nan, np.float32),
        keypoints=keypoints,
    )
