"""The whole judgement of a set: what was found, how good it is, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from hingewise.assessment.assess import SetAssessment, assess
from hingewise.assessment.checks import Check, load_checks
from hingewise.assessment.coach import Advice, advise
from hingewise.assessment.observation import Observation
from hingewise.assessment.score import Score, score_set
from hingewise.library.collection import Library
from hingewise.library.exercise import Exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    """Findings, score (None where too little was measured) and advice."""

    assessment: SetAssessment
    score: Score | None
    advice: Advice


def checks_by_id() -> dict[str, Check]:
    """Every check by its id."""
    return {check.id: check for check in load_checks()}


def judge_technique(seen: Observation, library: Library, *, exercise: Exercise | None) -> Technique:
    """Judge a set.

    Parameters
    ----------
    seen
        What the film shows.
    library
        Tells what the mistakes are and how to mend them.
    exercise
        What was trained, if that is known.
    """
    assessment = assess(seen, exercise=exercise)
    checks, faults = checks_by_id(), library.faults
    score = score_set(
        assessment.of_set,
        checks,
        {fault.id: fault.risk for fault in faults.values()},
        repetitions=assessment.of_repetitions,
    )
    return Technique(
        assessment=assessment,
        score=score,
        advice=advise(
            assessment.of_set, checks, faults, library.exercises, exercise=exercise, score=score
        ),
    )
