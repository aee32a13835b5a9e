"""What the landmark model says of a person, and what it means.

Following somebody from frame to frame needs little of it; the rest is kept small as it comes and
worked out for a whole chunk at once, because many small steps between two runs of the network cost
more than the arithmetic in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from hingewise.capture.region import Region
from hingewise.pose.dorsal import (
    GRID_SHAPE,
    N_CONTOUR_POINTS,
    OUTSIDE_LOGIT,
    find_outline,
    ray_grid,
)
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS, BLAZEPOSE_MIRRORED
from hingewise.units import FloatArray, IntArray, SampleArray

INPUT_SIZE_PX = 256
HEATMAP_SIZE = 64
HEATMAP_REACH = 3
MIN_HEATMAP_LOGIT = 0.0
"""A peak is clear from a probability of a half on."""

N_KEYPOINTS = len(BLAZEPOSE_KEYPOINTS)
N_MODEL_POINTS = 39
MASK = 2
"""Which of the network's outputs is the body mask."""

CENTRE, EDGE = 33, 34
"""Beside the keypoints: the middle of the hips, and a point on the circle around the body."""

_GUIDES = [11, 12, 23, 24, CENTRE, EDGE]
_REACH = np.arange(-HEATMAP_REACH, HEATMAP_REACH + 1)
_N_CELLS = _REACH.size**2
_MOMENTS = np.stack(
    [np.ones((_REACH.size, _REACH.size)), *np.meshgrid(_REACH, _REACH)], axis=-1
).reshape(_N_CELLS, 3)
"""What a window's weights are summed with: one, steps to the right, steps down."""

_CELLS_PER_PX = HEATMAP_SIZE / INPUT_SIZE_PX
_STRIDE = np.array([1, HEATMAP_SIZE]) * N_MODEL_POINTS
_WINDOW = (_MOMENTS[:, 1:].astype(np.int64) @ _STRIDE)[np.newaxis]
_POINT = np.arange(N_MODEL_POINTS)
_NOWHERE_LOGIT = np.float32(-80.0)
_MIRRORED = list(BLAZEPOSE_MIRRORED)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """What the network says of one person in one region.

    ``region`` and ``to_picture``, its map (2, 3) from the unit square; ``points`` (39, 5) as the
    network gives them, in pixels of the region: x, y, z, logits of being visible and present;
    ``window`` (39, 49) logits of the heatmap about each point; ``world`` (39, 3); ``shoulder`` and
    ``hip`` middles, ``centre`` and ``edge`` of the body's circle, refined, in the unit square;
    ``rays`` (25, 127) the body mask on the grid of the trunk, None without a mask or a trunk.
    """

    region: Region
    to_picture: FloatArray
    points: SampleArray
    window: SampleArray
    world: SampleArray
    shoulder: Point
    hip: Point
    centre: Point
    edge: Point
    rays: SampleArray | None


def read_outputs(
    outputs: Sequence[SampleArray],
    mask: SampleArray | None,
    region: Region,
    to_picture: FloatArray,
) -> Reading:
    """Take what is needed from the network's outputs, which are only lent.

    Parameters
    ----------
    outputs
        Those of the landmark model in their order, without the mask.
    mask
        The body mask, None where the network left it out. Shape (256, 256).
    region, to_picture
        What the network was shown, and its map from the unit square.
    """
    flat, _, heatmap, world = outputs
    points = flat[0].reshape(N_MODEL_POINTS, 5).copy()
    window = cut_windows(points, heatmap[0])
    left_shoulder, right_shoulder, left_hip, right_hip, centre, edge = _guides(points, window)
    shoulder, hip = _middle(left_shoulder, right_shoulder), _middle(left_hip, right_hip)
    grid = ray_grid(shoulder, hip)
    return Reading(
        region=region,
        to_picture=to_picture,
        points=points,
        window=window,
        world=world[0].reshape(N_MODEL_POINTS, 3).copy(),
        shoulder=shoulder,
        hip=hip,
        centre=centre,
        edge=edge,
        rays=None if grid is None or mask is None else sample_mask(mask, grid),
    )


def cut_windows(points: SampleArray, heatmap: SampleArray) -> SampleArray:
    """Cut the cells around each point out of its heatmap.

    Parameters
    ----------
    points
        As the network gives them. Shape (39, 5).
    heatmap
        Logits. Shape (64, 64, 39).

    Returns
    -------
    Logits of 7 x 7 cells, -80 beyond the edge. Shape (39, 49).
    """
    cell = _cell(points)
    index = _WINDOW + (cell @ _STRIDE + _POINT)[:, np.newaxis]
    window: SampleArray = heatmap.ravel().take(index, mode="clip")
    if cell.min() < HEATMAP_REACH or cell.max() >= HEATMAP_SIZE - HEATMAP_REACH:
        near = cell[:, np.newaxis] + _MOMENTS[np.newaxis, :, 1:]
        window[((near < 0) | (near >= HEATMAP_SIZE)).any(axis=2)] = _NOWHERE_LOGIT
    return window


def refine(points: SampleArray, window: SampleArray) -> FloatArray:
    """Move points to the centre of their heatmap's mass nearby.

    Parameters
    ----------
    points
        As the network gives them. Shape (..., 5).
    window
        Their cells' logits. Shape (..., 49).

    Returns
    -------
    Refined points in the unit square; those with no clear peak (below 0.5) stay. Shape (..., 2).
    """
    moment = _sigmoid(window) @ _MOMENTS
    clear = window.max(axis=-1, keepdims=True) >= MIN_HEATMAP_LOGIT
    shift = moment[..., 1:] / np.where(clear, moment[..., :1], 1.0)
    plain = points[..., :2].astype(np.float64) / INPUT_SIZE_PX
    return np.where(clear, (_cell(points) + shift) / HEATMAP_SIZE, plain)


def _guides(points: SampleArray, window: SampleArray) -> list[Point]:
    """What `refine` says of the few points that following needs, with as few steps as can be."""
    window = window.take(_GUIDES, axis=0)
    moments = (_sigmoid(window) @ _MOMENTS).tolist()
    tops = window.max(axis=1).tolist()
    guides = []
    for (x, y), (total, right, down), top in zip(
        points[_GUIDES, :2].tolist(), moments, tops, strict=True
    ):
        if top >= MIN_HEATMAP_LOGIT:
            column, row = int(x * _CELLS_PER_PX), int(y * _CELLS_PER_PX)
            guides.append(
                ((column + right / total) / HEATMAP_SIZE, (row + down / total) / HEATMAP_SIZE)
            )
        else:
            guides.append((x / INPUT_SIZE_PX, y / INPUT_SIZE_PX))
    return guides


def _middle(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def sample_mask(mask: SampleArray, grid: FloatArray) -> SampleArray:
    """Sample the body mask (H, W) on a grid that maps to the unit square."""
    height, width = mask.shape
    to_mask = grid * [[width], [height]]
    to_mask[:, 2] -= 0.5
    rows, columns = GRID_SHAPE
    return np.asarray(
        cv2.warpAffine(
            mask,
            to_mask,
            (columns, rows),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=OUTSIDE_LOGIT,
        ),
        dtype=np.float32,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Poses:
    """Somebody in T frames, in upright pixels: as `Tracklet`, with its shapes and meanings."""

    position_px: SampleArray
    confidence: SampleArray
    world_m: SampleArray
    silhouette_px: SampleArray


def work_out(readings: Sequence[Reading]) -> Poses:
    """Turn readings into landmarks and outlines in the picture."""
    to_picture = np.stack([r.to_picture for r in readings])
    mirrored = np.array([r.region.mirrored for r in readings])
    points = np.stack([r.points[:N_KEYPOINTS] for r in readings])
    refined = refine(points, np.stack([r.window[:N_KEYPOINTS] for r in readings]))
    no_rays = np.full(GRID_SHAPE, np.nan, np.float32)
    outline = find_outline(
        np.stack([no_rays if r.rays is None else r.rays for r in readings]),
        np.array([r.shoulder for r in readings]),
        np.array([r.hip for r in readings]),
    )
    silhouette = _to_picture(outline.reshape(len(readings), -1, 2), to_picture)
    silhouette = silhouette.reshape(-1, 2, N_CONTOUR_POINTS, 2)
    poses = [
        _to_picture(refined, to_picture),
        _sigmoid(points[..., 3:].min(axis=-1)),
        _turn_world(readings, mirrored),
    ]
    for values in poses:
        values[mirrored] = values[mirrored][:, _MIRRORED]
    silhouette[mirrored] = silhouette[mirrored][:, ::-1]
    position, confidence, world = (values.astype(np.float32) for values in poses)
    return Poses(
        position_px=position,
        confidence=confidence,
        world_m=world,
        silhouette_px=silhouette.astype(np.float32),
    )


def _sigmoid(logit: SampleArray) -> FloatArray:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logit, -80.0, 80.0).astype(np.float64))))


def _cell(points: SampleArray) -> IntArray:
    """Cell of the heatmap that each point lies in."""
    cell: IntArray = (points[..., :2] * np.float32(_CELLS_PER_PX)).astype(np.int64)
    return cell


def _to_picture(unit: FloatArray, to_picture: FloatArray) -> FloatArray:
    """Map points (T, N, 2) of the regions' unit squares into the picture."""
    return unit @ to_picture[:, :, :2].transpose(0, 2, 1) + to_picture[:, np.newaxis, :, 2]


def _turn_world(readings: Sequence[Reading], mirrored: np.ndarray) -> FloatArray:
    """Turn world landmarks from the upright, perhaps mirrored regions into the picture's frame."""
    world = np.stack([r.world[:N_KEYPOINTS] for r in readings]).astype(np.float64)
    world[mirrored, :, 0] *= -1.0
    turn = np.array([r.region.rotation_rad for r in readings])[:, np.newaxis]
    cos, sin = np.cos(turn), np.sin(turn)
    x, y = world[..., 0], world[..., 1]
    return np.stack([cos * x - sin * y, sin * x + cos * y, world[..., 2]], axis=-1)
