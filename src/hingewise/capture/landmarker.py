"""BlazePose's landmark model: a region of the picture in, landmarks and body mask out.

References
----------
.. [1] Bazarevsky et al., BlazePose: on-device real-time body pose tracking, 2020.
.. [2] Grishchenko et al., BlazePose GHUM holistic, 2022.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.capture.interpreter import Network
from hingewise.capture.picture import Picture
from hingewise.capture.region import Region, region_from_circle
from hingewise.pose.dorsal import trace_silhouette
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.units import FloatArray, SampleArray

INPUT_SIZE_PX = 256
HEATMAP_SIZE = 64
HEATMAP_REACH = 3
MIN_HEATMAP_CONFIDENCE = 0.5
MIN_PRESENCE = 0.5
N_KEYPOINTS = len(BLAZEPOSE_KEYPOINTS)
N_MODEL_POINTS = 39
_CENTRE, _EDGE = 33, 34
_REACH = np.arange(-HEATMAP_REACH, HEATMAP_REACH + 1)
_MOMENTS = np.stack(
    [np.ones((_REACH.size, _REACH.size)), *np.meshgrid(_REACH, _REACH)], axis=-1
).reshape(-1, 3)
"""What a window's weights are summed with: one, steps to the right, steps down."""

_LEFT_SHOULDER, _RIGHT_SHOULDER, _LEFT_HIP, _RIGHT_HIP = 11, 12, 23, 24
_CHAINS = ((11, 23, 25, 27), (12, 24, 26, 28))
_TRUNK, _LEFT_LEG, _RIGHT_LEG = [11, 12, 23, 24], [25, 27], [26, 28]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PersonPose:
    """One person in one frame.

    ``position_px`` (33, 2) in upright pixels, ``confidence`` (33,) 0-1, ``world_m`` (33, 3) about
    the middle of the hips (x right in the picture, y down, z away), ``silhouette_px`` (2, C, 2) the
    body outline on either side of the shoulder-hip line, ``next_region`` where to look next.
    """

    presence: float
    position_px: FloatArray
    confidence: FloatArray
    world_m: FloatArray
    silhouette_px: FloatArray
    next_region: Region

    @property
    def body_confidence(self) -> float:
        """How surely the trunk and the better seen leg are visible. Range 0-1."""
        trunk = self.confidence[_TRUNK].mean()
        legs = max(self.confidence[_LEFT_LEG].mean(), self.confidence[_RIGHT_LEG].mean())
        return float((trunk + legs) / 2)

    @property
    def body_length_px(self) -> float:
        """Length of trunk, thigh and shank in the picture, mean of both sides."""
        chain = np.stack([self.position_px[list(side)] for side in _CHAINS]).mean(axis=0)
        return float(np.hypot(*np.diff(chain, axis=0).T).sum())


class Landmarker:
    """Measures the person inside a region."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def measure(self, picture: Picture, region: Region) -> PersonPose | None:
        """Return the person's pose, or None when the model sees nobody there."""
        to_upright = region.to_picture()
        crop = picture.crop(to_upright, INPUT_SIZE_PX, replicate=True)
        points, flag, mask, heatmap, world = self._network.run(crop)
        presence = float(flag[0, 0])
        if not presence >= MIN_PRESENCE:
            return None
        raw = points[0].astype(np.float64).reshape(N_MODEL_POINTS, 5)
        unit = refine_with_heatmap(raw[:, :2] / INPUT_SIZE_PX, heatmap[0])
        upright = unit @ to_upright[:, :2].T + to_upright[:, 2]
        shoulder = (unit[_LEFT_SHOULDER] + unit[_RIGHT_SHOULDER]) / 2
        hip = (unit[_LEFT_HIP] + unit[_RIGHT_HIP]) / 2
        outline = trace_silhouette(mask[0, :, :, 0], shoulder, hip)
        return PersonPose(
            presence=presence,
            position_px=upright[:N_KEYPOINTS],
            confidence=_sigmoid(np.minimum(raw[:N_KEYPOINTS, 3], raw[:N_KEYPOINTS, 4])),
            world_m=_rotate_world(world[0], region.rotation_rad)[:N_KEYPOINTS],
            silhouette_px=outline @ to_upright[:, :2].T + to_upright[:, 2],
            next_region=region_from_circle(*upright[_CENTRE], *upright[_EDGE]),
        )


def refine_with_heatmap(unit: FloatArray, heatmap: SampleArray) -> FloatArray:
    """Move each landmark to the centre of its heatmap's mass nearby.

    Parameters
    ----------
    unit
        Landmarks in the unit square. Shape (39, 2).
    heatmap
        Logits. Shape (64, 64, 39).

    Returns
    -------
    Refined landmarks; those outside or with no clear peak (below 0.5) stay. Shape (39, 2).
    """
    height, width, n = heatmap.shape
    with np.errstate(invalid="ignore"):
        column, row = np.trunc(unit * HEATMAP_SIZE).astype(np.int64).T[:, :, np.newaxis]
    near_column, near_row = column + _REACH, row + _REACH
    inside_column = (near_column >= 0) & (near_column < width)
    inside_row = (near_row >= 0) & (near_row < height)
    index = near_row[:, :, np.newaxis] * width + near_column[:, np.newaxis, :]
    index *= n
    index += np.arange(n)[:, np.newaxis, np.newaxis]
    weight = _sigmoid(heatmap.ravel().take(index, mode="clip").astype(np.float64))
    weight *= inside_row[:, :, np.newaxis] & inside_column[:, np.newaxis, :]
    total, right, down = (weight.reshape(n, -1) @ _MOMENTS).T
    centred = inside_column[:, HEATMAP_REACH] & inside_row[:, HEATMAP_REACH]
    clear = centred & (weight.max(axis=(1, 2)) >= MIN_HEATMAP_CONFIDENCE)
    shift = np.stack([right, down], axis=1) / np.where(clear, total, 1.0)[:, np.newaxis]
    refined = (np.hstack([column, row]) + shift) / HEATMAP_SIZE
    return np.where(clear[:, np.newaxis], refined, unit)


def _sigmoid(value: FloatArray) -> FloatArray:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(value, -80.0, 80.0))), dtype=np.float64)


def _rotate_world(raw: SampleArray, rotation_rad: float) -> FloatArray:
    """Turn world landmarks from the upright region back into the picture's frame."""
    world = raw.astype(np.float64).reshape(N_MODEL_POINTS, 3)
    cos, sin = np.cos(rotation_rad), np.sin(rotation_rad)
    turned = world.copy()
    turned[:, 0] = cos * world[:, 0] - sin * world[:, 1]
    turned[:, 1] = sin * world[:, 0] + cos * world[:, 1]
    return turned
