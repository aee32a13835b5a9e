"""What only a view from the front or from behind shows: how far the knees are apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.pose.body import sure_confidence
from hingewise.pose.track import PoseTrack
from hingewise.signal.filtering import smooth
from hingewise.signal.gaps import bridge_gaps
from hingewise.units import FloatArray

CUTOFF_HZ = 5.0
MAX_GAP_S = 0.25

MIN_ANKLES_PX = 8.0
"""Ankles nearer than this in the picture stand one behind the other: no share of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frontal:
    """Distances across the body in the picture, as shares; NaN where not seen.

    Attributes
    ----------
    knee_separation
        Distance of the knees from side to side, of that of the ankles. Shape (T,).
    """

    knee_separation: FloatArray


def compute_frontal(track: PoseTrack) -> Frontal:
    """Read the distances from side to side.

    Left and right keep their sides: knees that cross have a negative distance.
    """
    across = {}
    sure = np.ones(track.n_frames, dtype=np.bool_)
    least = sure_confidence(track.estimator.name)
    for joint in ("knee", "ankle"):
        left, right = (track.keypoint(f"{side}_{joint}")[:, 0] for side in ("left", "right"))
        across[joint] = left - right
        rows = [track.keypoints.index(f"{side}_{joint}") for side in ("left", "right")]
        sure &= (track.confidence[:, rows] >= least).all(axis=1)
    wide = np.abs(across["ankle"]) >= MIN_ANKLES_PX
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(sure & wide, across["knee"] / across["ankle"], np.nan)
    bridged, _ = bridge_gaps(track.time_s, share, max_gap_s=MAX_GAP_S)
    return Frontal(knee_separation=smooth(track.time_s, bridged, cutoff_hz=CUTOFF_HZ))
