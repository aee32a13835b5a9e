"""What is shown of a fault: the moment that proves it, in words and lines of its own measure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingewise.assessment.assess import SetAssessment
from hingewise.assessment.checks import load_checks
from hingewise.assessment.coach import Advice
from hingewise.assessment.metrics.front import OFFSET, SLOPE
from hingewise.assessment.metrics.registry import METRICS
from hingewise.assessment.technique import Technique, checks_by_id
from hingewise.assessment.types import Finding
from hingewise.pose.skeletons import LANDMARKS
from hingewise.report.proof import LINES, MARKS, UP, choose_proofs, prove_repetitions
from tests.builders_assessment import make_finding

CHECKS = checks_by_id()
SHOWN_ALONE = {
    "depth_share",
    "hip_travel",
    "neck_extension",
    "lockout_sway",
    "lumbar_flexion_at_lockout",
    "heel_rise",
    "eccentric_s",
    "concentric_s",
    "lockout_hold_s",
}
"""Measures of which a picture shows no line: the words and the picture must do."""


def found(check: str, *, bad: bool, repetition: int | None = None) -> Finding:
    """A finding well beyond the limit of a check, or well within it."""
    rule = CHECKS[check]
    way = rule.sign * 10.0 * abs(rule.severity[1] - rule.limit) * (1.0 if bad else -1.0)
    finding = make_finding(rule, rule.limit + way)
    return replace(finding, repetition=repetition, n_present=2 * bad, n_judged=3)


def technique(*of_set: Finding, repetitions: tuple[Finding, ...] = (), top: int = 0) -> Technique:
    return Technique(
        assessment=SetAssessment(of_set=of_set, of_repetitions=repetitions),
        score=None,
        advice=Advice(finding=of_set[top], cue="", drill="", regression="", step="repeat", good=()),
    )


def test_every_measure_of_a_repetition_has_lines_or_a_mark_or_is_shown_alone() -> None:
    judged = {check.metric for check in load_checks()} & set(METRICS)
    assert judged == set(LINES) | set(MARKS) | SHOWN_ALONE
    assert not set(LINES) & set(MARKS)


@pytest.mark.parametrize("metric", list(LINES))
def test_lines_run_between_landmarks(metric: str) -> None:
    lines = LINES[metric]
    assert {lines.vertex, lines.end} <= set(LANDMARKS)
    assert lines.base == UP or lines.base in LANDMARKS


def test_only_what_is_there_is_proved_with_its_measure_and_limit() -> None:
    given = technique(found("leaning_back", bad=True), found("soft_lockout", bad=False))
    (proof,) = choose_proofs(given)
    assert (proof.check, proof.mark) == ("leaning_back", "")
    assert proof.lines is LINES["trunk_inclination_at_lockout"]
    assert proof.label == "110° (limit 10°)"
    assert proof.start_s <= proof.at_s <= proof.end_s


def test_what_is_no_angle_has_a_mark() -> None:
    (proof,) = choose_proofs(technique(found("knees_cave", bad=True)))
    assert (proof.lines, proof.mark) == (None, "knees")


def test_knees_that_the_network_sees_too_far_apart_have_their_limit_there() -> None:
    """Or a fault would be drawn within its limit."""
    (proof,) = choose_proofs(technique(found("knees_cave", bad=True)))
    assert SLOPE * proof.limit + OFFSET == pytest.approx(CHECKS["knees_cave"].limit)


@pytest.mark.parametrize("check", ["knees_give_way", "shifting_left"])
def test_what_is_measured_against_the_lockout_has_no_limit_in_the_picture(check: str) -> None:
    (proof,) = choose_proofs(technique(found(check, bad=True)))
    assert proof.limit != proof.limit


def test_no_moment_shows_what_only_the_whole_set_does() -> None:
    finding = replace(found("getting_worse", bad=True), n_judged=0)
    assert choose_proofs(technique(finding)) == ()


def test_repetitions_show_the_faults_of_the_set_the_one_to_mend_first() -> None:
    of_set = (found("soft_lockout", bad=True), found("leaning_back", bad=True))
    repetitions = (
        found("soft_lockout", bad=True, repetition=1),
        found("soft_lockout", bad=False, repetition=2),
        found("leaning_back", bad=True, repetition=2),
        found("shallow", bad=True, repetition=3),
    )
    shown = prove_repetitions(technique(*of_set, repetitions=repetitions, top=1))
    assert [proof.check for proof in shown] == ["leaning_back", "soft_lockout"]
