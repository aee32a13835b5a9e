"""How hips, trunk and arms work together on the way up."""

from __future__ import annotations

import numpy as np

from hingewise.assessment.metrics.metric import SIDE, SIDE_LOCKOUT, Metric
from hingewise.assessment.observation import (
    MIN_SEEN,
    Observation,
    Part,
    lockout,
    phase_part,
    span_s,
)
from hingewise.assessment.types import Measured, missing
from hingewise.repetitions.types import Phase, Repetition
from hingewise.signal.known import median_known
from hingewise.units import BoolArray

BEFORE_S = 0.25
"""The hips may begin to rise so long before the hip joint's deepest bend is over."""

SD_TRUNK_DROP_DEG = 2.0
"""Of a change of the trunk's lean within half a second (fitting bodies of the study)."""

SD_ELBOW_DEG = 11.0
"""Of the bend that is seen (fitting bodies of the study)."""

HIDDEN_DEG, ALL_SEEN_DEG = 22.0, 60.0
"""Elbows bend out of the picture as well: of a bend of 55 to 74 degrees 11 to 31 are seen. So much
more may be hidden behind an arm that looks straight, the less the more is seen, nothing from here
on (fitting bodies of the study)."""

ARM_LENGTHS = (0.7, 1.25)
"""Of their usual lengths: upper arms and forearms that look shorter or longer end where no elbow,
or no hand, is. One that bends by 74 degrees out of the picture keeps 0.8."""

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
    inside = slice(part.start, lockout(seen, repetition).end)
    elbow = seen.kinematics.angle_deg["elbow_flexion"][inside]
    finite = np.isfinite(elbow)
    if not finite.mean() > MIN_SEEN:
        return missing("elbow or hand is out of sight on the way up", *span)
    sure = finite & _keeps_lengths(seen)[inside]
    if not sure.mean() > MIN_SEEN:
        return missing("elbow or hand is not seen surely on the way up", *span)
    most = float(np.percentile(elbow[sure], 90))
    if most > MAX_ELBOW_DEG:
        return missing("elbow or hand is not seen surely on the way up", *span)
    hidden = HIDDEN_DEG * float(np.clip(1.0 - most / ALL_SEEN_DEG, 0.0, 1.0))
    sd = float(np.hypot(SD_ELBOW_DEG, hidden))
    return Measured(value=most, sd=sd, start_s=span[0], end_s=span[1])


def _keeps_lengths(seen: Observation) -> BoolArray:
    """Where upper arm and forearm look about as long as usual, or are not seen. Shape (T,)."""
    shoulder, elbow, wrist = (seen.sagittal.landmark(n) for n in ("shoulder", "elbow", "wrist"))
    keeps = np.ones(seen.time_s.size, dtype=np.bool_)
    for upper, lower in ((shoulder, elbow), (elbow, wrist)):
        length = np.hypot(*(upper - lower).T)
        usual = median_known(length)
        low, high = ARM_LENGTHS
        keeps &= ~(length < low * usual) & ~(length > high * usual)  # NaN: not seen
    return keeps


METRICS = (
    Metric(name="trunk_drop", unit="deg", needs=SIDE, read=_trunk_drop),
    Metric(name="elbow_bend", unit="deg", needs=SIDE_LOCKOUT, read=_elbow_bend),
)
