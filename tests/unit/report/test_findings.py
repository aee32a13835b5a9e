"""Findings in words: what was measured, in its unit, and what to do next."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from hingewise.assessment.assess import SetAssessment
from hingewise.assessment.checks import Check
from hingewise.assessment.coach import Advice
from hingewise.assessment.metrics.registry import METRICS, SET_METRICS
from hingewise.assessment.score import Score
from hingewise.assessment.technique import Technique, checks_by_id
from hingewise.assessment.types import Finding, missing
from hingewise.library.load import load_library
from hingewise.report import document as doc
from hingewise.report.findings import STEPS, describe_findings, say_because, summarise
from tests.builders_assessment import BELOW, make_check, make_finding, use_checks

LIBRARY = load_library()
FAULT = next(iter(LIBRARY.faults.values()))
CHECK = make_check(fault=FAULT.id, source="a source")
BAD, NEAR, GOOD = 22.0, 10.5, -20.0
NOTHING = Advice(finding=None, cue="", drill="", regression="", step="film_again", good=())


def metric_of(unit: str) -> str:
    """Some metric of this unit."""
    units = {name: metric.unit for name, metric in METRICS.items()}
    units |= {name: metric.unit for name, metric in SET_METRICS.items()}
    return next(name for name, its in units.items() if its == unit)


def technique(
    *of_set: Finding,
    of_repetitions: tuple[Finding, ...] = (),
    advice: Advice = NOTHING,
    score: Score | None = None,
) -> Technique:
    return Technique(
        assessment=SetAssessment(of_set=of_set, of_repetitions=of_repetitions),
        score=score,
        advice=advice,
    )


def described(monkeypatch: pytest.MonkeyPatch, check: Check, finding: Finding) -> doc.Finding:
    use_checks(monkeypatch, check)
    (found,) = describe_findings(technique(finding), LIBRARY)
    return found


@pytest.mark.parametrize(
    "unit, value, limit, said",
    [
        ("deg", 34.4, 30.0, "it is 34°, not 30°"),
        ("s", 1.26, 0.8, "it is 1.3 s, not 0.80 s"),
        ("m", 0.274, 0.22, "it is 27 cm, not 22 cm"),
        ("", 0.614, 0.5, "it is 61 %, not 50 %"),
        ("steps", 1.44, 1.0, "it is 1.4, not 1.0"),
    ],
)
def test_a_measure_is_said_in_its_unit(unit: str, value: float, limit: float, said: str) -> None:
    check = make_check(metric=metric_of(unit), limit=limit, severity=(limit * 2, limit * 3))
    assert say_because(make_finding(check, value, 0.01), check) == said


def test_a_sentence_says_the_direction_itself() -> None:
    """ "leans back by 12°" and not "by -12°"."""
    check = make_check(**BELOW)
    assert say_because(make_finding(check, -12.0), check) == "it is 12°, not 10°"


def test_a_measure_on_the_far_side_of_zero_is_not_said_as_its_opposite() -> None:
    """Hips that come forward by 14 % do not "go back by 14 %, and more than 6 % is right"."""
    check = make_check(side="below", limit=6.0, severity=(3.0, 0.0))
    forward, back = (say_because(make_finding(check, value), check) for value in (-14.0, 14.0))
    assert forward != back


@pytest.mark.parametrize("changes", [{"side": "below", "limit": 7.0}, BELOW])
def test_nothing_has_no_sign(changes: dict[str, Any]) -> None:
    check = make_check(**changes)
    for value in (-0.2, 0.2):
        assert "it is 0°" in say_because(make_finding(check, value), check)


@pytest.mark.parametrize("value, sd", [(math.nan, 1.0), (5.0, math.nan)])
def test_of_what_was_not_measured_no_number_is_said(value: float, sd: float) -> None:
    assert say_because(make_finding(CHECK, value, sd, reason="hidden"), CHECK) == ""


def test_a_fault_is_told_with_its_measure_and_when_it_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = described(monkeypatch, CHECK, make_finding(CHECK, BAD, 2.0))
    assert (found.check, found.fault, found.title) == (CHECK.id, FAULT.id, FAULT.name)
    assert (found.verdict, found.severity) == ("present", "clear")
    assert found.measure == doc.MeasureValue(value=BAD, unit="deg", sd=2.0)
    assert (found.limit, found.source) == (CHECK.limit, "a source")
    assert found.evidence_s == (2.0, 3.0)
    assert found.reason == ""
    assert found.because == "it is 22°, not 10°"
    assert (found.n_present, found.n_judged, found.repetition) == (3, 4, None)


def test_two_checks_of_one_fault_may_have_names_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check = replace(CHECK, label="Hips do not go back")
    found = described(monkeypatch, check, make_finding(check, BAD))
    assert (found.fault, found.title) == (FAULT.id, "Hips do not go back")


def test_what_cannot_be_said_is_told_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """Near the limit with the measure, unseen without one; both are JSON without a NaN."""
    near = described(monkeypatch, CHECK, make_finding(CHECK, NEAR))
    assert (near.verdict, near.severity) == ("undetermined", None)
    assert near.measure is not None
    assert "too near" in near.reason
    hidden = make_finding(CHECK, math.nan, math.nan, reason="the knee is hidden")
    unseen = described(monkeypatch, CHECK, replace(hidden, measured=missing("the knee is hidden")))
    assert (unseen.verdict, unseen.reason) == ("undetermined", "the knee is hidden")
    assert (unseen.measure, unseen.evidence_s, unseen.because) == (None, (), "")
    for found in (near, unseen):
        assert "NaN" not in found.model_dump_json()


def test_the_set_comes_before_its_repetitions(monkeypatch: pytest.MonkeyPatch) -> None:
    use_checks(monkeypatch, CHECK)
    of_set = make_finding(CHECK, BAD)
    each = tuple(replace(of_set, repetition=number) for number in (1, 2))
    found = describe_findings(technique(of_set, of_repetitions=each), LIBRARY)
    assert [f.repetition for f in found] == [None, 1, 2]


def test_every_check_of_the_product_can_be_said() -> None:
    for check in checks_by_id().values():
        bad = check.severity[1]
        said = say_because(make_finding(check, bad, 0.001), check)
        assert said
        assert not set("{}") & set(said)
        (found,) = describe_findings(technique(make_finding(check, bad, 0.001)), LIBRARY)
        assert found.verdict == "present"
        assert found.title
        assert found.because == said


def summary(of: Technique) -> doc.Summary:
    return summarise(of, LIBRARY, n_repetitions=4, n_partial=1)


SCORE = Score(value=71.26, sd=3.14, parts=(), without=())


@pytest.mark.parametrize(
    "values, score, verdict",
    [
        ([BAD, GOOD], SCORE, "present"),
        ([BAD], None, "present"),
        ([GOOD, NEAR], SCORE, "absent"),
        ([GOOD, NEAR], None, "undetermined"),
        ([NEAR], SCORE, "undetermined"),
        ([], None, "undetermined"),
    ],
)
def test_the_verdict_on_the_whole_set(
    values: list[float], score: Score | None, verdict: str
) -> None:
    """Clean is only what was seen well enough to be scored."""
    findings = [make_finding(CHECK, value) for value in values]
    assert summary(technique(*findings, score=score)).verdict == verdict


def test_the_summary_says_how_many_and_how_good() -> None:
    found = summary(technique(score=SCORE))
    assert (found.n_repetitions, found.n_partial) == (4, 1)
    assert (found.technique_score, found.technique_score_sd) == (71.3, 3.1)
    unscored = summary(technique())
    assert unscored.technique_score is unscored.technique_score_sd is None


def advice(**changes: Any) -> Advice:
    given = Advice(
        finding=make_finding(CHECK, BAD),
        cue=FAULT.cue,
        drill=FAULT.drills[0],
        regression="cable_pull_through",
        step="repeat",
        good=("All was well.",),
    )
    return replace(given, **changes)


def test_the_summary_says_what_to_change() -> None:
    found = summary(technique(make_finding(CHECK, BAD), advice=advice()))
    assert found.top_fault == FAULT.id
    assert found.top_cue == LIBRARY.cues[FAULT.cue].say
    assert found.correction == FAULT.correction.text
    assert found.drill == FAULT.drills[0]
    assert found.good == ("All was well.",)


def test_without_a_fault_there_is_nothing_to_change() -> None:
    found = summary(technique(advice=replace(NOTHING, good=("All was well.",))))
    assert (found.top_fault, found.top_cue, found.correction, found.drill) == ("", "", "", "")
    assert found.good == ("All was well.",)


@pytest.mark.parametrize("step", ["lighter", "repeat", "go_on", "show_back", "film_again"])
def test_every_step_has_its_words(step: str) -> None:
    found = summary(technique(advice=advice(step=step)))
    assert found.next_step == STEPS[step]
    assert bool(found.next_step) == (step != "film_again")
    assert len({text for text in STEPS.values() if text}) == len(STEPS) - 1


def test_stepping_back_names_where_to() -> None:
    """By the name of the exercise, not by its id."""
    found = summary(technique(advice=advice(step="step_back")))
    name = LIBRARY.exercises["cable_pull_through"].name
    assert name[1:] in found.next_step
    assert "_" not in found.next_step
