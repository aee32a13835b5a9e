"""The body in the picture, both sides together."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from hingewise.pose.track import PoseTrack
from hingewise.units import FloatArray

SURE_CONFIDENCE = {"blazepose-full": 0.6}
ANY_CONFIDENCE = 0.2
"""A landmark seen less surely than this is hidden. BlazePose: in the study's fitting bodies those
below are off by 5 to 36 % of the body's length (median), those above by 1 to 5 %. What other
networks' confidence means was not measured."""

CHAIN = ("shoulder", "hip", "knee", "ankle")
"""The ends of trunk, thigh and shank."""


def sure_confidence(estimator: str) -> float:
    """Confidence from which a network's landmark counts as seen. Range 0-1."""
    return SURE_CONFIDENCE.get(estimator, ANY_CONFIDENCE)


def middle_px(track: PoseTrack, landmark: str) -> FloatArray:
    """Mean of a landmark's two sides; one side where the other was not seen. Shape (T, 2). [px]"""
    sides = np.stack([track.keypoint(f"left_{landmark}"), track.keypoint(f"right_{landmark}")])
    count = np.isfinite(sides).sum(axis=0)
    total = np.nansum(sides, axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def segment_lengths(points: list[FloatArray]) -> FloatArray:
    """Lengths of the segments of a chain over time. Shape (T, len(points) - 1)."""
    return np.stack([np.hypot(*(b - a).T) for a, b in pairwise(points)], axis=1)


def typical_lengths(lengths: FloatArray) -> FloatArray:
    """Length of each segment as seen square on: its 90th percentile over time.

    Perspective and turning only ever shorten a segment. Shape (S,), NaN where never seen.
    """
    return np.array(
        [np.nanpercentile(c, 90) if np.isfinite(c).any() else np.nan for c in lengths.T]
    )


def body_length_px(track: PoseTrack) -> float:
    """Length of trunk, thigh and shank together in the picture; NaN where never seen. [px]"""
    lengths = segment_lengths([middle_px(track, name) for name in CHAIN])
    return float(np.sum(typical_lengths(lengths)))
