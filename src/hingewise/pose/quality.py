"""How far a track can be trusted: coverage, size, feet in the picture, camera."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.pose.body import body_length_px, middle_px
from hingewise.pose.track import PoseTrack
from hingewise.units import FloatArray

EDGE_FRACTION = 0.01
"""Feet this near to the edge of the picture, or beyond it, are cut off."""

CUT_OFF_SHARE = 0.5
"""They are called cut off when that is so in this share of the frames."""

SMALL_BODY_PX = 110.0
"""Trunk, thigh and shank together; below this a landmark's error is a large share of a segment."""

TINY_BODY_PX = 55.0
"""Below this nothing can be measured."""

MOVING_CAMERA_TRAVEL = 0.06
"""Picture widths. Still cameras read at most 0.015, pans by a tenth of the picture 0.07 or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackQuality:
    """What limits the measurement.

    ``coverage_fraction`` frames with the lifter in view; ``body_px`` length of trunk, thigh and
    shank; ``left_at_s`` when the lifter was last seen if that is well before the end, else None;
    ``absences_s`` from when to when the lifter was out of sight in between.
    """

    coverage_fraction: float
    body_px: float
    feet_cut_off: bool
    camera_moves: bool
    first_seen_s: float
    last_seen_s: float
    left_at_s: float | None
    absences_s: tuple[tuple[float, float], ...]
    n_people: int
    n_cuts: int
    camera_travel: float


MIN_ABSENCE_S = 1.0
MIN_GAP_S = 0.5
"""Out of sight for so long between two pictures, a lifter may have done what nobody counted."""


def assess_quality(track: PoseTrack) -> TrackQuality:
    """Describe a track."""
    seen = np.flatnonzero(track.observed)
    first_s, last_s = float(track.time_s[seen[0]]), float(track.time_s[seen[-1]])
    left = last_s if track.time_s[-1] - last_s > MIN_ABSENCE_S else None
    return TrackQuality(
        coverage_fraction=float(seen.size / track.n_frames),
        body_px=body_length_px(track),
        feet_cut_off=_feet_cut_off(track),
        camera_moves=track.notes.camera_travel > MOVING_CAMERA_TRAVEL,
        first_seen_s=first_s,
        last_seen_s=last_s,
        left_at_s=left,
        absences_s=_absences_s(track.time_s[seen]),
        n_people=track.notes.n_people,
        n_cuts=len(track.notes.cut_s),
        camera_travel=track.notes.camera_travel,
    )


def _absences_s(seen_s: FloatArray) -> tuple[tuple[float, float], ...]:
    """Long gaps between the times (N,) at which somebody was seen."""
    long = np.flatnonzero(np.diff(seen_s) >= MIN_GAP_S)
    return tuple((float(seen_s[i]), float(seen_s[i + 1])) for i in long)


def _feet_cut_off(track: PoseTrack) -> bool:
    width, height = track.image_size_px
    ankle = middle_px(track, "ankle")
    ankle = ankle[np.isfinite(ankle).all(axis=1)]
    if ankle.size == 0:
        return True
    margin = EDGE_FRACTION * max(width, height)
    outside = (
        (ankle[:, 0] < margin)
        | (ankle[:, 0] > width - margin)
        | (ankle[:, 1] < margin)
        | (ankle[:, 1] > height - margin)
    )
    return bool(outside.mean() > CUT_OFF_SHARE)
