"""What a view from the front or from behind shows."""

from __future__ import annotations

import numpy as np

from hingewise.assessment.metrics.metric import FRONT_BOTH, FRONT_BOTTOM, SQUARE_BOTH, Metric
from hingewise.assessment.observation import Observation, bottom, lockout, read_series
from hingewise.assessment.types import Measured, missing
from hingewise.repetitions.types import Repetition

SLOPE, OFFSET = 1.12, -0.144
"""The network sees knees that cave in nearer to where knees mostly are (fitting bodies)."""

SD_SEPARATION = 0.045
"""Of the distance of the knees as a share of that of the ankles (fitting bodies of the study)."""


OFFSET_STRAIGHT = 0.02
"""Straight knees are seen a little nearer to each other than they are (fitting bodies)."""

MIN_SEPARATION = 0.2
"""Knees that are this near in standing have no distance to keep."""

SD_SHIFT = 0.04
"""Of a change between bottom and lockout, of the ankles' distance (fitting bodies of the study)."""


def _knee_separation(seen: Observation, repetition: Repetition) -> Measured:
    """Distance of the knees, of that of the ankles."""
    separation = SLOPE * seen.frontal.knee_separation + OFFSET
    part = bottom(seen, repetition)
    return read_series(seen, separation, SD_SEPARATION, part, what="knee or ankle")


def _knee_distance_kept(seen: Observation, repetition: Repetition) -> Measured:
    """Distance of the knees at the bottom, of that at the lockout."""
    low = _knee_separation(seen, repetition)
    standing = seen.frontal.knee_separation + OFFSET_STRAIGHT
    part = lockout(seen, repetition)
    high = read_series(seen, standing, SD_SEPARATION, part, what="knee or ankle")
    if not (low.seen and high.seen):
        return low if low.reason else high
    if high.value < MIN_SEPARATION:
        return missing("the knees touch at the lockout", high.start_s, high.end_s)
    value = low.value / high.value
    sd = SD_SEPARATION * float(np.hypot(1.0, value)) / high.value
    return Measured(value=value, sd=sd, start_s=low.start_s, end_s=low.end_s)


def _weight_shift(seen: Observation, repetition: Repetition) -> Measured:
    """How much further the body stands to its left at the bottom than at the lockout."""
    low, high = (
        read_series(
            seen,
            seen.frontal.weight_shift,
            SD_SHIFT,
            part(seen, repetition),
            what="shoulder, hip or ankle",
        )
        for part in (bottom, lockout)
    )
    if not (low.seen and high.seen):
        return low if low.reason else high
    return Measured(value=low.value - high.value, sd=SD_SHIFT, start_s=low.start_s, end_s=low.end_s)


METRICS = (
    Metric(name="knee_separation", unit="", needs=FRONT_BOTTOM, read=_knee_separation),
    Metric(name="knee_distance_kept", unit="", needs=FRONT_BOTH, read=_knee_distance_kept),
    Metric(name="weight_shift", unit="", needs=SQUARE_BOTH, read=_weight_shift),
)
