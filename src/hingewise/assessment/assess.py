"""Judge the technique of a set: every check, in every repetition, and in the set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.assessment.checks import Check, load_checks
from hingewise.assessment.judge import judge, judge_set
from hingewise.assessment.metrics.metric import Metric, Need, SetMetric
from hingewise.assessment.metrics.registry import METRICS, SET_METRICS
from hingewise.assessment.observation import Observation
from hingewise.assessment.types import Finding, Measured, missing
from hingewise.library.exercise import Exercise
from hingewise.repetitions.types import Repetition

MAX_SIDE_YAW_DEG = 30.0
"""Up to here angles of the side are judged (DESIGN 5, view)."""

MIN_FRONT_YAW_DEG = 60.0
"""From here on, distances from side to side are."""

MIN_SQUARE_YAW_DEG = 75.0
"""From here on, what moves to one side is: before an oblique camera hips that go back do so (a real
squat at 68 degrees seemed to lean by a fifth of the feet's distance)."""

WITHOUT = {
    Need.BOTTOM: ("the film begins after the bottom",),
    Need.LOCKOUT: ("the film ends before the lockout", "out of sight before the lockout"),
}
"""What a repetition lacks that is partial for these reasons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAssessment:
    """What was found: of the set, and of each repetition, in the order of the checks."""

    of_set: tuple[Finding, ...]
    of_repetitions: tuple[Finding, ...]


def assess(seen: Observation, *, exercise: Exercise | None) -> SetAssessment:
    """Judge a set.

    Parameters
    ----------
    seen
        What the film shows.
    exercise
        What was trained, if that is known: it tells which mistakes there are to make.
    """
    family = str(seen.segmentation.recognition.family)
    of_set: list[Finding] = []
    of_repetitions: list[Finding] = []
    if not seen.segmentation.repetitions:
        return SetAssessment(of_set=(), of_repetitions=())
    for check in load_checks():
        if not check.applies(family, exercise):
            continue
        if check.metric in SET_METRICS:
            measured = measure_whole(SET_METRICS[check.metric], seen)
            of_set.append(judge(check, measured, repetition=None))
            continue
        findings = _judge_all(check, METRICS[check.metric], seen)
        of_set.append(judge_set(check, findings))
        of_repetitions += findings
    return SetAssessment(of_set=tuple(of_set), of_repetitions=tuple(of_repetitions))


def _judge_all(check: Check, metric: Metric, seen: Observation) -> list[Finding]:
    return [
        judge(check, measure(metric, seen, repetition), repetition=repetition.number)
        for repetition in seen.segmentation.repetitions
    ]


def measure(metric: Metric, seen: Observation, repetition: Repetition) -> Measured:
    """Read a metric, if the film shows what it needs."""
    reason = _wrong_view(metric.needs, seen.view.yaw_deg)
    lacks = (need for need in WITHOUT if need in metric.needs)
    if not reason and any(repetition.partial_reason in WITHOUT[need] for need in lacks):
        reason = repetition.partial_reason
    if reason:
        return missing(reason, repetition.start_s, repetition.end_s)
    return metric.read(seen, repetition)


def measure_whole(metric: SetMetric, seen: Observation) -> Measured:
    """Read a metric of the set, if the film shows what it needs."""
    reason = _wrong_view(metric.needs, seen.view.yaw_deg)
    return missing(reason) if reason else metric.read(seen)


def _wrong_view(needs: frozenset[Need], yaw_deg: float) -> str:
    """Why a view does not show what is needed; "" where it does."""
    if Need.SIDE_VIEW in needs and not yaw_deg <= MAX_SIDE_YAW_DEG:
        wanted = "the side"
    elif Need.FRONT_VIEW in needs and not yaw_deg >= MIN_FRONT_YAW_DEG:
        wanted = "the front"
    elif Need.SQUARE_FRONT in needs and not yaw_deg >= MIN_SQUARE_YAW_DEG:
        wanted = "straight before or behind"
    else:
        return ""
    if not np.isfinite(yaw_deg):
        return f"only a film from {wanted} shows it, and this view is unknown"
    return f"only a film from {wanted} shows it, and this one is {yaw_deg:.0f} degrees off the side"
