"""From pieces of tracks to people, and from people to the lifter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.units import FloatArray, IntArray, SampleArray

MAX_GAP_S = 4.0
MAX_SIZE_RATIO = 1.4
JUMP_SHARE = 0.3
SPEED_SHARE_PER_S = 0.7
MAX_JUMP_SHARE = 1.2

_TORSO = tuple(
    BLAZEPOSE_KEYPOINTS.index(name)
    for name in ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
)
_LEG = tuple(
    BLAZEPOSE_KEYPOINTS.index(name)
    for name in ("left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle")
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tracklet:
    """Somebody followed without a break, or with small ones.

    ``frame`` (N,) increasing; ``position_px`` (N, K, 2); ``confidence`` (N, K) 0-1; ``world_m``
    (N, K, 3); ``silhouette_px`` (N, 2, C, 2), both sides of the shoulder-hip line.
    """

    frame: IntArray
    position_px: SampleArray
    confidence: SampleArray
    world_m: SampleArray
    silhouette_px: SampleArray

    @property
    def n_frames(self) -> int:
        """Frames in which the person was measured."""
        return int(self.frame.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody stands in the picture and how large they are there."""

    x_px: float
    y_px: float
    size_px: float


def body_place(tracklet: Tracklet, row: int) -> Place:
    """Middle of the torso, and trunk plus leg length, in one frame."""
    position = tracklet.position_px[row].astype(np.float64)
    torso = position[list(_TORSO)]
    x, y = torso.mean(axis=0)
    left_hip, right_hip, left_knee, right_knee, left_ankle, right_ankle = position[list(_LEG)]
    trunk = np.hypot(*(torso[:2].mean(axis=0) - torso[2:].mean(axis=0)))
    thigh = np.hypot(*((left_hip + right_hip) / 2 - (left_knee + right_knee) / 2))
    shank = np.hypot(*((left_knee + right_knee) / 2 - (left_ankle + right_ankle) / 2))
    return Place(x_px=float(x), y_px=float(y), size_px=float(trunk + thigh + shank))


def link_people(tracklets: list[Tracklet], time_s: FloatArray) -> list[Tracklet]:
    """Join tracklets that continue one another into people, in order of first appearance.

    A tracklet continues a person when it starts after the person was last seen, nearby and with the
    same size; the nearest such person wins.
    """
    people: list[list[Tracklet]] = []
    for tracklet in sorted(tracklets, key=lambda t: (int(t.frame[0]), -t.n_frames)):
        costs = [_continuation_cost(person[-1], tracklet, time_s) for person in people]
        best = int(np.argmin(costs)) if costs else -1
        if best >= 0 and np.isfinite(costs[best]):
            people[best].append(tracklet)
        else:
            people.append([tracklet])
    return [join_tracklets(pieces) for pieces in people]


def join_tracklets(pieces: list[Tracklet]) -> Tracklet:
    """Put pieces of one person, in order of time, into one tracklet."""
    if len(pieces) == 1:
        return pieces[0]
    return Tracklet(
        frame=np.concatenate([p.frame for p in pieces]),
        position_px=np.concatenate([p.position_px for p in pieces]),
        confidence=np.concatenate([p.confidence for p in pieces]),
        world_m=np.concatenate([p.world_m for p in pieces]),
        silhouette_px=np.concatenate([p.silhouette_px for p in pieces]),
    )


def lifter_score(person: Tracklet) -> float:
    """How much somebody moves like a lifter: seen long, seen large, bending at the hips.

    The bend is the range (5th to 95th percentile) of the angle at the hip in the network's own
    three-dimensional landmarks, so that the camera angle matters little.
    """
    world = person.world_m.astype(np.float64)
    shoulder, hip = world[:, list(_TORSO[:2])].mean(axis=1), world[:, list(_TORSO[2:])].mean(axis=1)
    knee = world[:, list(_LEG[2:4])].mean(axis=1)
    trunk, thigh = shoulder - hip, knee - hip
    cosine = (trunk * thigh).sum(axis=1) / (
        np.linalg.norm(trunk, axis=1) * np.linalg.norm(thigh, axis=1) + 1e-9
    )
    bend_deg = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    low, high = np.nanpercentile(bend_deg, [5, 95])
    sizes = [
        body_place(person, row).size_px for row in range(0, person.n_frames, max(1, person.n_frames // 50))
    ]
    return float(person.n_frames * np.median(sizes) * (10.0 + high - low))


def _continuation_cost(person: Tracklet, piece: Tracklet, time_s: FloatArray) -> float:
    gap_s = float(time_s[piece.frame[0]] - time_s[person.frame[-1]])
    if piece.frame[0] <= person.frame[-1] or gap_s > MAX_GAP_S:
        return np.inf
    last, first = body_place(person, -1), body_place(piece, 0)
    size = max(last.size_px, first.size_px, 1e-6)
    ratio = size / max(min(last.size_px, first.size_px), 1e-6)
    jump = float(np.hypot(first.x_px - last.x_px, first.y_px - last.y_px)) / size
    if ratio > MAX_SIZE_RATIO or jump > min(JUMP_SHARE + SPEED_SHARE_PER_S * gap_s, MAX_JUMP_SHARE):
        return np.inf
    return jump + 0.1 * gap_s
