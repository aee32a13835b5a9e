"""What only a view from the front or from behind shows: knees apart, and weight to one side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.pose.body import sure_confidence
from hingewise.pose.track import PoseTrack
from hingewise.signal.filtering import smooth
from hingewise.signal.gaps import bridge_gaps
from hingewise.units import BoolArray, FloatArray

SIDES = ("left", "right")
CUTOFF_HZ = 5.0
MAX_GAP_S = 0.25

MIN_ANKLES_PX = 8.0
"""Ankles nearer than this in the picture stand one behind the other: no share of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frontal:
    """Distances across the body in the picture, as shares of the ankles'; NaN where not seen.

    Attributes
    ----------
    knee_separation
        Distance of the knees from side to side. Shape (T,).
    weight_shift
        How far the middle of shoulders and hips lies beside the middle of the feet, towards the
        lifter's left +. Shape (T,). Hips that go back and shoulders that come forward move it
        little before a camera that stands a little to the side: the weight stays over the feet.
    """

    knee_separation: FloatArray
    weight_shift: FloatArray


def compute_frontal(track: PoseTrack) -> Frontal:
    """Read the distances from side to side.

    Left and right keep their sides: knees that cross have a negative distance.
    """
    ankles = _apart_px(track, "ankle")
    with np.errstate(invalid="ignore", divide="ignore"):
        wide = np.where(np.abs(ankles) >= MIN_ANKLES_PX, ankles, np.nan)
        knees = _apart_px(track, "knee") / wide
        middle = [_middle_px(track, joint) for joint in ("shoulder", "hip", "ankle")]
        shift = (0.5 * (middle[0] + middle[1]) - middle[2]) / wide
    return Frontal(
        knee_separation=_steady(track.time_s, knees), weight_shift=_steady(track.time_s, shift)
    )


def _apart_px(track: PoseTrack, joint: str) -> FloatArray:
    """How far the left joint lies beside the right one in the picture, if both are sure."""
    left, right = (track.keypoint(f"{side}_{joint}")[:, 0] for side in SIDES)
    return np.where(_sure(track, joint), left - right, np.nan)


def _middle_px(track: PoseTrack, joint: str) -> FloatArray:
    left, right = (track.keypoint(f"{side}_{joint}")[:, 0] for side in SIDES)
    return np.where(_sure(track, joint), 0.5 * (left + right), np.nan)


def _sure(track: PoseTrack, joint: str) -> BoolArray:
    least = sure_confidence(track.estimator.name)
    rows = [track.keypoints.index(f"{side}_{joint}") for side in SIDES]
    return np.asarray((track.confidence[:, rows] >= least).all(axis=1))


def _steady(time_s: FloatArray, values: FloatArray) -> FloatArray:
    bridged, _ = bridge_gaps(time_s, values, max_gap_s=MAX_GAP_S)
    return smooth(time_s, bridged, cutoff_hz=CUTOFF_HZ)
