"""Somebody followed for a while, and the trail that this leaves: where they were, how they bent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.units import FloatArray, IntArray, SampleArray

TRAIL_EVERY_FRAMES = 3
"""The trail is a tenth of a second fine at 30 frames/s: enough to see who leaves and who stays."""

_SHOULDERS = ("left_shoulder", "right_shoulder")
_HIPS = ("left_hip", "right_hip")
_KNEES = ("left_knee", "right_knee")
_ANKLES = ("left_ankle", "right_ankle")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tracklet:
    """Somebody followed without a break, or with small ones.

    ``frame`` (N,) increasing; ``position_px`` (N, K, 2); ``confidence`` (N, K) 0-1; ``world_m``
    (N, K, 3), NaN from networks that see no depth; ``silhouette_px`` (N, 2, C, 2), both sides of
    the shoulder-hip line, NaN without a body mask; ``keypoints`` names of the K points.
    """

    frame: IntArray
    position_px: SampleArray
    confidence: SampleArray
    world_m: SampleArray
    silhouette_px: SampleArray
    keypoints: tuple[str, ...] = BLAZEPOSE_KEYPOINTS

    @property
    def n_frames(self) -> int:
        """Frames in which the person was measured."""
        return int(self.frame.size)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trail:
    """What must be known of a tracklet, or a part of one, to join it with others.

    ``frame`` (M,) some of its frames, with the first and the last; ``torso_px`` and ``feet_px``
    (M, 2) middles of the torso and of the ankles; ``size_px`` (M,) trunk and leg length;
    ``bend_deg`` (M,) hip angle, 180 straight, NaN where unknown.
    """

    frame: IntArray
    torso_px: SampleArray
    feet_px: SampleArray
    size_px: SampleArray
    bend_deg: SampleArray

    @property
    def first_frame(self) -> int:
        """Where it begins."""
        return int(self.frame[0])

    @property
    def last_frame(self) -> int:
        """Where it ends."""
        return int(self.frame[-1])

    @property
    def n_frames(self) -> int:
        """How long it lasts."""
        return self.last_frame - self.first_frame + 1

    def cut(self, start: int, end: int) -> Trail:
        """Return the part with the samples ``[start, end)``."""
        part = slice(start, end)
        return Trail(
            frame=self.frame[part],
            torso_px=self.torso_px[part],
            feet_px=self.feet_px[part],
            size_px=self.size_px[part],
            bend_deg=self.bend_deg[part],
        )


def trace(tracklet: Tracklet) -> Trail:
    """Reduce a tracklet to its trail.

    The bend is that in three dimensions, so that any view will do, or that in the picture where the
    network sees no depth.
    """
    last = tracklet.n_frames - 1
    rows = np.append(np.arange(0, last, TRAIL_EVERY_FRAMES), last)
    position = tracklet.position_px[rows]
    shoulder, hip, knee, ankle = _joints(tracklet, position)
    bones = ((shoulder, hip), (hip, knee), (knee, ankle))
    size = np.sum([np.hypot(*(a - b).T) for a, b in bones], axis=0)
    bend_deg = _bend_deg(*_joints(tracklet, tracklet.world_m[rows])[:3])
    if not np.isfinite(bend_deg).any():
        bend_deg = _bend_deg(shoulder, hip, knee)
    torso, feet, size, bend = (
        np.asarray(values, dtype=np.float32)
        for values in ((shoulder + hip) / 2, ankle, size, bend_deg)
    )
    return Trail(
        frame=tracklet.frame[rows], torso_px=torso, feet_px=feet, size_px=size, bend_deg=bend
    )


def _joints(tracklet: Tracklet, point: SampleArray) -> list[FloatArray]:
    """Middles of shoulders, hips, knees and ankles, from points (M, K, ...)."""
    return [
        point[:, [tracklet.keypoints.index(name) for name in pair]].astype(np.float64).mean(axis=1)
        for pair in (_SHOULDERS, _HIPS, _KNEES, _ANKLES)
    ]


def _bend_deg(shoulder: FloatArray, hip: FloatArray, knee: FloatArray) -> FloatArray:
    trunk, thigh = shoulder - hip, knee - hip
    length = np.linalg.norm(trunk, axis=1) * np.linalg.norm(thigh, axis=1)
    cosine = (trunk * thigh).sum(axis=1) / np.maximum(length, 1e-9)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))), dtype=np.float64)
