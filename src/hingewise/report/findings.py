"""Findings in words: what was found, because of what, and what to do next."""

from __future__ import annotations

from hingewise.assessment.checks import Check
from hingewise.assessment.metrics.registry import METRICS, SET_METRICS
from hingewise.assessment.technique import Technique, checks_by_id
from hingewise.assessment.types import Finding, Measured, Verdict
from hingewise.library.collection import Library
from hingewise.report import document as doc
from hingewise.report.naming import exercise_name

MINUS = "\N{MINUS SIGN}"

STEPS = {
    "lighter": "take about a tenth off the load, until every repetition looks like the first",
    "less": "take about a tenth off the load until this is gone",
    "repeat": "the same load again, with this one thing in mind",
    "go_on": "clean: first more repetitions, then the smallest step of load",
    "show_back": "clean as far as this film tells, which is not the back: wear something tight, "
    "film from the side, stand still for two seconds first",
    "film_again": "",
}
"""What the next set is; stepping back names where to."""


def describe_findings(technique: Technique, library: Library) -> tuple[doc.Finding, ...]:
    """Return the findings of the set and then those of its repetitions, in words."""
    checks = checks_by_id()
    found = (*technique.assessment.of_set, *technique.assessment.of_repetitions)
    return tuple(_describe(f, checks[f.check], library) for f in found)


def summarise(
    technique: Technique, library: Library, *, n_repetitions: int, n_partial: int
) -> doc.Summary:
    """Return the set in a few words."""
    advice, score = technique.advice, technique.score
    verdicts = {finding.verdict for finding in technique.assessment.of_set}
    fault = library.faults[advice.finding.fault] if advice.finding else None
    return doc.Summary(
        n_repetitions=n_repetitions,
        n_partial=n_partial,
        technique_score=None if score is None else round(score.value, 1),
        technique_score_sd=None if score is None else round(score.sd, 1),
        verdict=_of_all(verdicts, judged=score is not None),
        top_fault=fault.id if fault else "",
        top_cue=library.cues[advice.cue].say if advice.cue else "",
        correction=fault.correction.text if fault else "",
        drill=advice.drill,
        next_step=_next_step(technique),
        good=advice.good,
    )


def say_because(finding: Finding, check: Check) -> str:
    """Return the sentence that says what was measured against which limit.

    "" where nothing was measured.
    """
    if not finding.measured.seen:
        return ""
    unit = unit_of(check.metric)
    way = -1.0 if check.limit < 0 else 1.0  # sentences count away from zero, towards the fault
    return check.because.format(
        value=write_measure(way * finding.measured.value, unit),
        limit=write_measure(way * check.limit, unit),
    )


def _describe(finding: Finding, check: Check, library: Library) -> doc.Finding:
    measured = finding.measured
    return doc.Finding(
        check=check.id,
        fault=finding.fault,
        title=check.label or library.faults[finding.fault].name,
        repetition=finding.repetition,
        verdict=finding.verdict.value,
        severity=None if finding.severity is None else finding.severity.value,
        measure=_measure(measured, unit_of(check.metric)),
        limit=check.limit,
        source=check.source,
        evidence_s=(measured.start_s, measured.end_s)
        if measured.start_s == measured.start_s
        else (),
        reason=finding.reason,
        because=say_because(finding, check),
        n_present=finding.n_present,
        n_judged=finding.n_judged,
    )


def _measure(measured: Measured, unit: str) -> doc.MeasureValue | None:
    if not measured.seen:
        return None
    return doc.MeasureValue(value=measured.value, unit=unit, sd=measured.sd)


def unit_of(metric: str) -> str:
    """Unit of a metric of repetitions or of sets."""
    return (METRICS[metric] if metric in METRICS else SET_METRICS[metric]).unit


def write_measure(value: float, unit: str) -> str:
    """Write a measure as one says it.

    Examples
    --------
    >>> write_measure(0.655, "")
    '66 %'
    >>> write_measure(-12.4, "deg")
    '−12°'
    """
    factor, digits, sign = {
        "deg": (1.0, 0, "°"),
        "s": (1.0, 1 if abs(value) >= 1.0 else 2, " s"),
        "m": (100.0, 0, " cm"),
        "": (100.0, 0, " %"),
    }.get(unit, (1.0, 1, ""))
    rounded = round(factor * value, digits) + 0.0  # no minus before nothing
    return f"{rounded:.{digits}f}{sign}".replace("-", MINUS)


def _of_all(verdicts: set[Verdict], *, judged: bool) -> doc.Verdict:
    if Verdict.PRESENT in verdicts:
        return "present"
    return "absent" if judged and Verdict.ABSENT in verdicts else "undetermined"


def _next_step(technique: Technique) -> str:
    advice = technique.advice
    if advice.step == "step_back":
        name = exercise_name(advice.regression)
        name = name[:1].lower() + name[1:]
        return f"go back to the {name} until this is gone"
    return STEPS[advice.step]
