"""How hips, trunk and arms work together on the way up."""

from __future__ import annotations

import numpy as np

from hingewise.assessment.metrics.metric import SIDE, SIDE_LOCKOUT, Metric
from hingewise.assessment.observation import Observation, Part, lockout, phase_part, span_s
from hingewise.assessment.types import Measured, missing
from hingewise.repetitions.types import Phase, Repetition
from hingewise.units import FloatArray

BEFORE_S = 0.25
"""The hips may begin to rise so long before the hip joint's deepest bend is over."""

MIN_TRUNK_DEG = 20.0
"""A trunk that comes up less than this tells nothing of when it comes up."""

SD_TRUNK_SHARE = 0.05
"""Of a share of the trunk's way (fitting bodies of the study)."""

SD_ELBOW_DEG = 25.0
"""Arms that hang before the trunk bend out of the picture: from the side half of it is seen at most
(fitting bodies of the study)."""

MAX_ELBOW_DEG = 90.0
"""No loaded arm bends further below the hips: what is seen so is another hand."""


def _trunk_share(seen: Observation, repetition: Repetition) -> Measured:
    """How much of the trunk's way up is done when the hips have risen half of theirs.

    Hips that shoot up leave the trunk behind: little of it, or none.
    """
    start, end = np.searchsorted(seen.time_s, [repetition.bottom_s - BEFORE_S, repetition.top_s])
    part = Part(start=int(start), end=int(end) + 1, name="on the way up")
    span = span_s(seen, part)
    trunk = seen.kinematics.angle_deg["trunk_inclination"][part.rows]
    height = seen.sagittal.landmark("hip")[part.rows, 1]
    if trunk.size < 3 or not (np.isfinite(trunk).all() and np.isfinite(height).all()):
        return missing("hips or trunk are out of sight on the way up", *span)
    lowest, risen = int(np.argmin(height)), float(np.max(trunk) - trunk[-1])
    if risen < MIN_TRUNK_DEG or height[-1] <= height[lowest]:
        return missing("the trunk hardly rises", *span)
    progress = (height[lowest:] - height[lowest]) / (height[-1] - height[lowest])
    half = lowest + int(np.argmax(progress >= 0.5))
    share = float(np.max(trunk) - trunk[half]) / risen
    half_s = float(seen.time_s[part.start + half])
    return Measured(value=share, sd=SD_TRUNK_SHARE, start_s=span[0], end_s=half_s)


def _elbow_bend(seen: Observation, repetition: Repetition) -> Measured:
    """The most that the elbow bends from the bottom to the lockout. [deg]"""
    part = phase_part(repetition, Phase.CONCENTRIC)
    if part is None:
        return missing("the film does not show the way up")
    span = span_s(seen, part)
    elbow = _in_sight(
        seen.kinematics.angle_deg["elbow_flexion"], part.start, _end(seen, repetition)
    )
    if elbow.size == 0:
        return missing("elbow or hand is out of sight on the way up", *span)
    most = float(np.percentile(elbow, 90))
    if most > MAX_ELBOW_DEG:
        return missing("elbow or hand is not seen surely on the way up", *span)
    return Measured(value=most, sd=SD_ELBOW_DEG, start_s=span[0], end_s=span[1])


def _end(seen: Observation, repetition: Repetition) -> int:
    return lockout(seen, repetition).end


def _in_sight(values: FloatArray, start: int, end: int) -> FloatArray:
    """Values between two samples if most are seen, else none."""
    inside = values[start:end]
    finite = np.isfinite(inside)
    return inside[finite] if inside.size and finite.mean() > 0.5 else inside[:0]


METRICS = (
    Metric(name="trunk_share_at_half_rise", unit="", needs=SIDE, read=_trunk_share),
    Metric(name="elbow_bend", unit="deg", needs=SIDE_LOCKOUT, read=_elbow_bend),
)
