"""One thing to change in the next set, and what was good in this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hingewise.assessment.checks import Check
from hingewise.assessment.metrics.registry import SET_METRICS
from hingewise.assessment.rules import load_rules
from hingewise.assessment.score import Score
from hingewise.assessment.types import Finding, Severity, Verdict
from hingewise.library.coaching import Fault
from hingewise.library.exercise import Exercise

WITHOUT_LOAD = ("none", "dowel")
"""What weighs nothing cannot be made lighter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do next.

    ``finding`` is the fault that matters most, None where there is none; ``cue``, ``drill`` and
    ``regression`` are ids of the library, "" for none; ``step`` is what the next set is: one of
    "lighter", "less", "step_back", "repeat", "go_on", "show_back", "film_again".
    """

    finding: Finding | None
    cue: str
    drill: str
    regression: str
    step: str
    good: tuple[str, ...]


def advise(
    findings: Sequence[Finding],
    checks: Mapping[str, Check],
    faults: Mapping[str, Fault],
    exercises: Mapping[str, Exercise],
    *,
    exercise: Exercise | None,
    score: Score | None,
) -> Advice:
    """Choose the fault that matters most: the riskiest, of these a cause before its effects.

    Parameters
    ----------
    findings
        Those of the set.
    checks, faults, exercises
        By id.
    exercise
        What was trained, if that is known.
    score
        That of the set.
    """
    present = [f for f in findings if f.verdict is Verdict.PRESENT]
    good = _good(findings, checks, wrong={f.fault for f in present})
    if not present:
        return Advice(
            finding=None,
            cue="",
            drill="",
            regression="",
            step=_clean_step(findings, checks, faults, score),
            good=good,
        )
    first = min(present, key=lambda f: _rank(f, present, checks, faults))
    fault = faults[first.fault]
    regression = find_easier(fault, exercises, exercise=exercise)
    return Advice(
        finding=first,
        cue=fault.cue,
        drill=fault.drills[0] if fault.drills else "",
        regression=regression,
        step=_step(first, fault, regression, exercise),
        good=good,
    )


def _rank(
    finding: Finding,
    present: Sequence[Finding],
    checks: Mapping[str, Check],
    faults: Mapping[str, Fault],
) -> tuple[int, bool, int, float]:
    """Smaller is more important."""
    fault = faults[finding.fault]
    causes = bool({f.fault for f in present} & set(fault.leads_to))
    rules = load_rules().advice
    severity = rules.severities.index(finding.severity or Severity.MILD)
    check = checks[finding.check]
    beyond = finding.distance / abs(check.severity[1] - check.limit)
    return rules.risks.index(fault.risk), not causes, severity, -beyond


def find_easier(
    fault: Fault, exercises: Mapping[str, Exercise], *, exercise: Exercise | None
) -> str:
    """Which exercise to go back to, "" for none: that of the fault if it is an easier form.

    Easier forms are those that the exercise names, and those that these name, of the families that
    one may go back to: nobody who squats is helped by a pull-through. Where that of the fault is
    none of them, it is the exercise's own first one.
    """
    if exercise is None:
        return fault.regression
    families = load_rules().advice.back_to.get(exercise.family, (exercise.family,))
    easier: list[str] = []
    waiting = [exercise]
    while waiting:
        for name in _easier_forms(waiting.pop(0)):
            known = name in exercises and name not in (exercise.id, *easier)
            if known and exercises[name].family in families:
                easier.append(name)
                waiting.append(exercises[name])
    return fault.regression if fault.regression in easier else (easier or [""])[0]


def _easier_forms(exercise: Exercise) -> list[str]:
    return [v.exercise for v in exercise.variations if v.direction == "easier" and v.exercise]


def _step(first: Finding, fault: Fault, regression: str, exercise: Exercise | None) -> str:
    if fault.id == "too_heavy":
        return "lighter"
    lost = first.severity is Severity.SEVERE or (
        fault.risk == "high" and first.severity is Severity.CLEAR
    )
    if not lost:
        return "repeat"
    if regression:
        return "step_back"
    loaded = exercise is not None and exercise.figure.load not in WITHOUT_LOAD
    return "less" if loaded else "repeat"


def _clean_step(
    findings: Sequence[Finding],
    checks: Mapping[str, Check],
    faults: Mapping[str, Fault],
    score: Score | None,
) -> str:
    """Without a fault one goes on, if nothing that is a high risk was left untold.

    What a risk the score knows of costs points; the others must have been told.
    """
    rules = load_rules().advice
    enough = max((f.n_judged for f in findings), default=0) >= rules.min_repetitions
    if score is None or score.value < rules.good_score or not enough:
        return "film_again"
    beside = [f for f in findings if not checks[f.check].scored]
    # That a back does not get rounder tells nothing of one that is round from the start.
    told = {
        f.fault
        for f in beside
        if f.verdict is Verdict.ABSENT and checks[f.check].metric not in SET_METRICS
    }
    risky = any(faults[f.fault].risk == rules.risks[0] and f.fault not in told for f in beside)
    return "show_back" if risky else "go_on"


def _good(
    findings: Sequence[Finding], checks: Mapping[str, Check], *, wrong: set[str]
) -> tuple[str, ...]:
    """What was surely right, the surest first; one sentence for each fault.

    What a fault that is there makes worthless is no praise: soft knees in a squatted hinge. Nor is
    what only some of the checks say that stand behind a sentence.
    """
    doubted = {checks[f.check].good for f in findings if f.verdict is not Verdict.ABSENT}
    absent = [
        f
        for f in findings
        if f.verdict is Verdict.ABSENT
        and not wrong & {f.fault, *checks[f.check].silent_with}
        and checks[f.check].good not in doubted
    ]
    margin = {
        f.check: -f.distance / abs(checks[f.check].severity[1] - checks[f.check].limit)
        for f in absent
    }
    said: dict[str, str] = {}
    for finding in sorted(absent, key=lambda f: -margin[f.check]):
        said.setdefault(finding.fault, checks[finding.check].good)
    return tuple(dict.fromkeys(said.values()))[: load_rules().advice.n_good]
