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

SD_TRUNK_DROP_DEG = 2.0
"""Of a change of the trunk's lean within half a second (fitting bodies of the study)."""

SD_ELBOW_DEG = 25.0
"""Arms that hang before the trunk bend out of the picture: from the side half of it is seen at most
(fitting bodies of the study)."""

MAX_ELBOW_DEG = 90.0
"""No loaded arm bends further below the hips: what is seen so is another hand."""


def _trunk_drop(seen: Observation, repetition: Repetition) -> Measured:
    """How much further the trunk leans while the hips rise the first half of their way. [deg]

    In a good pull from the floor it keeps its lean at first; hips that shoot up tip it forward.
    """
    start, end = np.searchsorted(seen.time_s, [repetition.bottom_s - BEFORE_S, repetition.top_s])
    part = Part(start=int(start), end=int(end) + 1, name="on the way up")
    span = span_s(seen, part)
    trunk = seen.kinematics.angle_deg["trunk_inclination"][part.rows]
    height = seen.sagittal.landmark("hip")[part.rows, 1]
    if trunk.size < 3 or not (np.isfinite(trunk).all() and np.isfinite(height).all()):
        return missing("hips or trunk are out of sight on the way up", *span)
    lowest = int(np.argmin(height))
    risen_m = height[-1] - height[lowest]
    if risen_m <= 0.0:
        return missing("the hips hardly rise", *span)
    half = lowest + int(np.argmax(height[lowest:] - height[lowest] >= 0.5 * risen_m))
    drop = float(np.max(trunk[lowest : half + 1]) - trunk[lowest])
    half_s = float(seen.time_s[part.start + half])
    return Measured(value=drop, sd=SD_TRUNK_DROP_DEG, start_s=span[0], end_s=half_s)


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
    Metric(name="trunk_drop", unit="deg", needs=SIDE, read=_trunk_drop),
    Metric(name="elbow_bend", unit="deg", needs=SIDE_LOCKOUT, read=_elbow_bend),
)
