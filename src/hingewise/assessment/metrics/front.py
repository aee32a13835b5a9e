"""What a view from the front or from behind shows."""

from __future__ import annotations

from hingewise.assessment.metrics.metric import FRONT_BOTTOM, Metric
from hingewise.assessment.observation import Observation, bottom, read_series
from hingewise.assessment.types import Measured
from hingewise.repetitions.types import Repetition

SLOPE, OFFSET = 1.12, -0.144
"""The network sees knees that cave in nearer to where knees mostly are (fitting bodies)."""

SD_SEPARATION = 0.045
"""Of the distance of the knees as a share of that of the ankles (fitting bodies of the study)."""


def _knee_separation(seen: Observation, repetition: Repetition) -> Measured:
    """Distance of the knees, of that of the ankles."""
    separation = SLOPE * seen.frontal.knee_separation + OFFSET
    part = bottom(seen, repetition)
    return read_series(seen, separation, SD_SEPARATION, part, what="knee or ankle")


METRICS = (Metric(name="knee_separation", unit="", needs=FRONT_BOTTOM, read=_knee_separation),)
