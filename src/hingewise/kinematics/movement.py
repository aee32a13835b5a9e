"""What the body does, seen from any side: the signals that repetitions are counted in.

These come from the network's three-dimensional guess (from both sides of the picture where a track
holds none), so they survive oblique and front views. They are too coarse to judge technique:
angles for that are in ``angles.py`` and need a side view.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.pose.body import body_length_px, middle_px, sure_confidence
from hingewise.pose.skeletons import SIDES
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import across_body
from hingewise.signal.filtering import remove_spikes, smooth
from hingewise.signal.gaps import bridge_gaps
from hingewise.units import BoolArray, FloatArray

COUNTING_CUTOFF_HZ = 4.0
FEET_CUTOFF_HZ = 1.0
MAX_GAP_S = 0.5
SPIKE_HALF_WIDTH_S = 0.1
FLICKER_S = 0.15
"""What is unsure for less than this was seen."""

FOOT_DOWN, FOOT_LIFTED = 0.08, 0.25
"""One foot this much higher than the other in the picture (body lengths) may still stand nearer or
farther; from the second on it is in the air, as in everything that is done on one leg."""


SHORT_FOOT = 0.04
"""Feet that seem no longer than this, in body lengths, point to the camera or away from it; from
the side they are 0.12 to 0.2 long."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Movement:
    """Coarse, view-independent signals; each shape (T,), NaN where not observed.

    Attributes
    ----------
    hip_bend_deg, knee_bend_deg
        0 is straight. Of the knees only where an ankle is surely seen: behind plates they stray.
    trunk_lean_deg
        Of the line hip-shoulder from vertical, without sign, 0-180.
    hip_height, hand_height
        Of the hips above the ankles and of the hands above the shoulders, in body lengths (trunk,
        thigh and shank together).
    hands_ahead
        Of the ankles, in the direction of the toes, in body lengths; NaN everywhere where the feet
        do not show which way that is in the picture.
    feet_x, feet_y, hips_x
        Place of the feet, where surely seen, and of the hips in the picture, in body lengths.
    turn_deg
        Heading of the hip axis about the vertical, unwrapped.
    """

    time_s: FloatArray
    hip_bend_deg: FloatArray
    knee_bend_deg: FloatArray
    trunk_lean_deg: FloatArray
    hip_height: FloatArray
    hand_height: FloatArray
    hands_ahead: FloatArray
    feet_x: FloatArray
    feet_y: FloatArray
    hips_x: FloatArray
    turn_deg: FloatArray


def compute_movement(track: PoseTrack, *, body_px: float | None = None) -> Movement:
    """Derive the counting signals from a track.

    Parameters
    ----------
    track
        The lifter.
    body_px
        Length of the body in the picture while the set was done; None reads it from the whole film,
        where somebody who comes to the camera is longer.
    """
    body_px = body_length_px(track) if body_px is None else body_px
    left = _share_of_left_leg(track, body_px)
    space = _body_points(track, left)
    picture = {name: middle_px(track, name) for name in _POINTS}
    picture["ankle"] = _on_standing_leg(
        track.keypoint("left_ankle"), track.keypoint("right_ankle"), picture["ankle"], left
    )
    raw = {
        "hip_bend_deg": _bend_deg(space["shoulder"], space["hip"], space["knee"]),
        "knee_bend_deg": _bend_deg(space["hip"], space["knee"], space["ankle"]),
        "trunk_lean_deg": _lean_deg(space["shoulder"] - space["hip"]),
        "hip_height": (picture["ankle"] - picture["hip"])[:, 1] / body_px,
        "hand_height": (picture["shoulder"] - picture["wrist"])[:, 1] / body_px,
        "hips_x": picture["hip"][:, 0] / body_px,
        "hands_ahead": _hands_ahead(track, picture, body_px),
    }
    sure: BoolArray = np.logical_or(*_sure_ankles(track))
    for name in ("knee_bend_deg", "hip_height"):
        raw[name] = np.where(sure, raw[name], np.nan)
    clean = {name: _clean(track.time_s, values, COUNTING_CUTOFF_HZ) for name, values in raw.items()}
    hidden = _hidden(track.time_s, sure)
    clean["knee_bend_deg"][hidden] = np.nan
    feet_px = np.where(sure[:, np.newaxis], picture["ankle"], np.nan)
    feet = _clean(track.time_s, feet_px / body_px, FEET_CUTOFF_HZ)
    feet[hidden] = np.nan
    return Movement(
        time_s=track.time_s,
        feet_x=feet[:, 0],
        feet_y=feet[:, 1],
        turn_deg=_clean(track.time_s, _turn_deg(track), FEET_CUTOFF_HZ),
        **clean,
    )


def _hands_ahead(track: PoseTrack, picture: dict[str, FloatArray], body_px: float) -> FloatArray:
    foot = [f"{side}_{part}" for side in SIDES for part in ("heel", "foot_index")]
    if not all(track.has(name) for name in foot):
        return np.full(track.n_frames, np.nan)
    toes = (middle_px(track, "foot_index") - middle_px(track, "heel"))[:, 0] / body_px
    seen = toes[np.isfinite(toes)]
    towards = float(np.median(seen)) if seen.size else 0.0
    ahead = (picture["wrist"] - picture["ankle"])[:, 0] / body_px
    return ahead * np.sign(towards) if abs(towards) > SHORT_FOOT else np.full(ahead.size, np.nan)


def _sure_ankles(track: PoseTrack) -> BoolArray:
    """Which ankles are surely seen, left and right: behind plates they stray. Shape (2, T)."""
    rows = [track.keypoints.index(f"{side}_ankle") for side in SIDES]
    return np.asarray(sure_confidence(track.estimator.name) <= track.confidence[:, rows].T)


def _hidden(time_s: FloatArray, sure: BoolArray) -> BoolArray:
    """Samples in which nothing was sure for longer than a flicker."""
    bridged, _ = bridge_gaps(time_s, np.where(sure, 0.0, np.nan), max_gap_s=FLICKER_S)
    return np.isnan(bridged)


_POINTS = ("shoulder", "hip", "knee", "ankle", "wrist")


def _share_of_left_leg(track: PoseTrack, body_px: float) -> FloatArray:
    """How much of the standing is done by the left leg: one half, unless a foot is lifted clearly.

    Shape (T,). Range 0-1; NaN where an ankle was not surely seen.
    """
    lower = (track.keypoint("left_ankle") - track.keypoint("right_ankle"))[:, 1] / body_px
    lower[~_sure_ankles(track).all(axis=0)] = np.nan
    lifted = np.clip((np.abs(lower) - FOOT_DOWN) / (FOOT_LIFTED - FOOT_DOWN), 0.0, 1.0)
    return np.asarray(0.5 + 0.5 * np.sign(lower) * lifted, dtype=np.float64)


def _on_standing_leg(
    left: FloatArray, right: FloatArray, middle: FloatArray, share: FloatArray
) -> FloatArray:
    """A point of the leg that carries the body; the middle of both where both do."""
    one = np.abs(share - 0.5) > 0  # NaN is neither
    weight = share[one, np.newaxis]
    point = middle.copy()
    point[one] = weight * left[one] + (1.0 - weight) * right[one]
    return point


def _body_points(track: PoseTrack, left_share: FloatArray) -> dict[str, FloatArray]:
    """Points for bends: three-dimensional where the network gave depth, else the picture's."""
    points = {}
    world = track.world_m
    deep = world is not None and bool(np.isfinite(world).any())
    for name in _POINTS:
        if world is not None and deep:
            sides = [track.keypoints.index(f"{side}_{name}") for side in SIDES]
            left, right = (world[:, column].astype(np.float64) for column in sides)
            middle = (left + right) / 2
        else:
            left, right = (track.keypoint(f"{side}_{name}") for side in SIDES)
            middle = middle_px(track, name)
        free = name in ("knee", "ankle")
        points[name] = _on_standing_leg(left, right, middle, left_share) if free else middle
    return points


def _bend_deg(a: FloatArray, b: FloatArray, c: FloatArray) -> FloatArray:
    """180 minus the angle at b; 0 is straight."""
    u, v = a - b, c - b
    length = np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = (u * v).sum(axis=1) / length
    return np.asarray(180.0 - np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))), dtype=np.float64)


def _lean_deg(vector: FloatArray) -> FloatArray:
    """Angle of a vector from upwards (y is down)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = -vector[:, 1] / np.linalg.norm(vector, axis=1)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))), dtype=np.float64)


def _turn_deg(track: PoseTrack) -> FloatArray:
    """Heading of the line from right to left hip and shoulder, about the vertical."""
    across = across_body(track)
    if across is None:
        return np.full(track.n_frames, np.nan)
    heading = np.arctan2(across[:, 2], across[:, 0])
    seen = np.isfinite(heading)
    heading[seen] = np.unwrap(heading[seen])
    return np.degrees(heading)


def _clean(time_s: FloatArray, values: FloatArray, cutoff_hz: float) -> FloatArray:
    """Bridge short gaps, take out single wrong frames, low-pass."""
    bridged, _ = bridge_gaps(time_s, values, max_gap_s=MAX_GAP_S)
    interval = float(np.median(np.diff(time_s))) if time_s.size > 1 else 1.0
    half_width = max(1, round(SPIKE_HALF_WIDTH_S / interval))
    return smooth(time_s, remove_spikes(bridged, half_width=half_width), cutoff_hz=cutoff_hz)
