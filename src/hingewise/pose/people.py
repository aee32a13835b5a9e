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
BEND_FLOOR_DEG = 10.0
BEND_ENOUGH_DEG = 90.0

_TORSO = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
_LEG = ("left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody stands in the picture and how large they are there."""

    x_px: float
    y_px: float
    size_px: float


def body_place(tracklet: Tracklet, row: int) -> Place:
    """Middle of the torso, and trunk plus leg length, in one frame."""
    position = tracklet.position_px[row].astype(np.float64)
    torso = position[_columns(tracklet, _TORSO)]
    x, y = torso.mean(axis=0)
    left_hip, right_hip, left_knee, right_knee, left_ankle, right_ankle = position[
        _columns(tracklet, _LEG)
    ]
    trunk = np.hypot(*(torso[:2].mean(axis=0) - torso[2:].mean(axis=0)))
    thigh = np.hypot(*((left_hip + right_hip) / 2 - (left_knee + right_knee) / 2))
    shank = np.hypot(*((left_knee + right_knee) / 2 - (left_ankle + right_ankle) / 2))
    return Place(x_px=float(x), y_px=float(y), size_px=float(trunk + thigh + shank))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackletEnds:
    """What must be known of a tracklet to join it with others.

    ``bend_deg`` is the range of the hip angle in it, 5th and 95th percentile.
    """

    first_frame: int
    last_frame: int
    first: Place
    last: Place
    n_frames: int
    size_px: float
    bend_deg: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person: which tracklets are theirs, and how much they move like a lifter."""

    pieces: tuple[int, ...]
    n_frames: int
    score: float


def summarise(tracklet: Tracklet) -> TrackletEnds:
    """Reduce a tracklet to what joining needs."""
    step = max(1, tracklet.n_frames // 20)
    sizes = [body_place(tracklet, row).size_px for row in range(0, tracklet.n_frames, step)]
    return TrackletEnds(
        first_frame=int(tracklet.frame[0]),
        last_frame=int(tracklet.frame[-1]),
        first=body_place(tracklet, 0),
        last=body_place(tracklet, -1),
        n_frames=tracklet.n_frames,
        size_px=float(np.median(sizes)),
        bend_deg=_bend_range_deg(tracklet),
    )


def find_people(
    tracklets: list[TrackletEnds], time_s: FloatArray, cut_frames: tuple[int, ...] = ()
) -> list[Person]:
    """Join tracklets that continue one another into people, in order of first appearance.

    A tracklet continues a person when it starts after the person was last seen, in the same shot,
    nearby and with the same size; the nearest such person wins.
    """
    people: list[list[int]] = []
    order = sorted(
        range(len(tracklets)), key=lambda i: (tracklets[i].first_frame, -tracklets[i].n_frames)
    )
    for index in order:
        piece = tracklets[index]
        costs = [
            _continuation_cost(tracklets[person[-1]], piece, time_s, cut_frames)
            for person in people
        ]
        best = int(np.argmin(costs)) if costs else -1
        if best >= 0 and np.isfinite(costs[best]):
            people[best].append(index)
        else:
            people.append([index])
    return [_to_person(pieces, tracklets) for pieces in people]


def pick_lifter(people: list[Person]) -> Person:
    """Return who moves most like a lifter; the one seen first wins a tie."""
    return max(people, key=lambda person: person.score)


def _to_person(pieces: list[int], tracklets: list[TrackletEnds]) -> Person:
    """Score a person: seen long, seen large, bending at the hips."""
    mine = [tracklets[i] for i in pieces]
    n_frames = sum(t.n_frames for t in mine)
    size_px = float(np.average([t.size_px for t in mine], weights=[t.n_frames for t in mine]))
    bend_deg = max(t.bend_deg[1] for t in mine) - min(t.bend_deg[0] for t in mine)
    score = n_frames * size_px * (BEND_FLOOR_DEG + min(bend_deg, BEND_ENOUGH_DEG))
    return Person(pieces=tuple(pieces), n_frames=n_frames, score=score)


def _columns(tracklet: Tracklet, names: tuple[str, ...]) -> list[int]:
    return [tracklet.keypoints.index(name) for name in names]


def _bend_range_deg(tracklet: Tracklet) -> tuple[float, float]:
    """Range of the hip angle: in three dimensions, so that any view will do, or in the picture."""
    bend_deg = _hip_bend_deg(tracklet, tracklet.world_m)
    if not np.isfinite(bend_deg).any():
        bend_deg = _hip_bend_deg(tracklet, tracklet.position_px)
    if not np.isfinite(bend_deg).any():
        return 0.0, 0.0
    low, high = np.nanpercentile(bend_deg, [5, 95])
    return float(low), float(high)


def _hip_bend_deg(tracklet: Tracklet, point: SampleArray) -> FloatArray:
    torso = point[:, _columns(tracklet, _TORSO)].astype(np.float64)
    shoulder, hip = torso[:, :2].mean(axis=1), torso[:, 2:].mean(axis=1)
    knee = point[:, _columns(tracklet, _LEG[2:4])].astype(np.float64).mean(axis=1)
    trunk, thigh = shoulder - hip, knee - hip
    length = np.linalg.norm(trunk, axis=1) * np.linalg.norm(thigh, axis=1)
    cosine = (trunk * thigh).sum(axis=1) / np.maximum(length, 1e-9)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))), dtype=np.float64)


def _continuation_cost(
    person: TrackletEnds, piece: TrackletEnds, time_s: FloatArray, cut_frames: tuple[int, ...]
) -> float:
    gap_s = float(time_s[piece.first_frame] - time_s[person.last_frame])
    cut = any(person.last_frame < frame <= piece.first_frame for frame in cut_frames)
    if cut or piece.first_frame <= person.last_frame or gap_s > MAX_GAP_S:
        return float("inf")
    last, first = person.last, piece.first
    size = max(last.size_px, first.size_px, 1e-6)
    # Who bends is shorter: at the ends as well as on the whole, one of both must fit.
    ratio = min(_ratio(last.size_px, first.size_px), _ratio(person.size_px, piece.size_px))
    jump = float(np.hypot(first.x_px - last.x_px, first.y_px - last.y_px)) / size
    if ratio > MAX_SIZE_RATIO or jump > min(JUMP_SHARE + SPEED_SHARE_PER_S * gap_s, MAX_JUMP_SHARE):
        return float("inf")
    return jump + 0.1 * gap_s


def _ratio(a: float, b: float) -> float:
    """How many times larger the larger is."""
    return max(a, b) / max(min(a, b), 1e-6)
