"""Verdicts: nothing is said within the error of a measure, nor of a set that was hardly seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.assessment.checks import Check
from hingewise.assessment.judge import judge, judge_set
from hingewise.assessment.rules import load_rules
from hingewise.assessment.types import Finding, Severity, Verdict, missing
from tests.builders_assessment import BELOW, make_check, make_measured

PRESENT, ABSENT, UNDETERMINED = Verdict.PRESENT, Verdict.ABSENT, Verdict.UNDETERMINED

SURE_SD = load_rules().verdicts.sure_sd

SIDES = {"above": make_check(), "below": make_check(**BELOW)}
each_side = pytest.mark.parametrize("check", SIDES.values(), ids=list(SIDES))

values = st.floats(min_value=-100.0, max_value=100.0)
sds = st.floats(min_value=0.0, max_value=50.0)
checks = st.builds(
    lambda side, limit, clear, more: make_check(
        side=side,
        limit=limit,
        severity=tuple(limit + (1 if side == "above" else -1) * s for s in (clear, clear + more)),
    ),
    side=st.sampled_from(["above", "below"]),
    limit=values,
    clear=st.floats(min_value=0.5, max_value=20.0),
    more=st.floats(min_value=0.5, max_value=20.0),
)


@given(check=checks, value=values, sd=sds)
def test_a_verdict_is_on_its_own_side_of_the_limit(check: Check, value: float, sd: float) -> None:
    """Never present on the good side, never absent on the bad one, nothing within one sd."""
    finding = judge(check, make_measured(value, sd), repetition=1)
    worse = value - check.limit if check.side == "above" else check.limit - value
    assert finding.distance == pytest.approx(worse)
    assert (finding.verdict is PRESENT) == (worse > SURE_SD * sd)
    assert (finding.verdict is ABSENT) == (-worse > sd)
    assert (finding.verdict is UNDETERMINED) == (-sd <= worse <= SURE_SD * sd)
    assert bool(finding.reason) == (finding.verdict is UNDETERMINED)
    assert (finding.severity is not None) == (finding.verdict is PRESENT)


@pytest.mark.parametrize(
    "n_sd, verdict", [(1.0, UNDETERMINED), (1.1, UNDETERMINED), (1.2, PRESENT)]
)
def test_a_fault_is_said_from_a_little_beyond_its_sd(n_sd: float, verdict: Verdict) -> None:
    """Away from the fault, one sd is enough."""
    check = make_check(side="above", limit=10.0)
    assert judge(check, make_measured(10.0 + 2.0 * n_sd, 2.0), repetition=1).verdict is verdict
    assert judge(check, make_measured(10.0 - 2.1, 2.0), repetition=1).verdict is ABSENT


@given(check=checks, value=values, less=st.floats(min_value=0.0, max_value=50.0))
def test_what_is_worse_is_never_called_milder(check: Check, value: float, less: float) -> None:
    order = [None, *Severity]
    worse = judge(check, make_measured(value, 0.1), repetition=1)
    better = judge(check, make_measured(value - check.sign * less, 0.1), repetition=1)
    assert order.index(better.severity) <= order.index(worse.severity)


@each_side
@pytest.mark.parametrize(
    "beyond, severity",
    [
        (1.5, "mild"),
        (9.9, "mild"),
        (10.0, "clear"),
        (19.9, "clear"),
        (20.0, "severe"),
        (90, "severe"),
    ],
)
def test_how_severe_a_fault_is(check: Check, beyond: float, severity: str) -> None:
    """Bands begin at their limits, on both sides."""
    measured = make_measured(check.limit + check.sign * beyond)
    assert judge(check, measured, repetition=1).severity == severity


@each_side
def test_the_side_of_the_limit_decides_with_an_exact_measure(check: Check) -> None:
    at, worse, better = (
        judge(check, make_measured(check.limit + check.sign * beyond, 0.0), repetition=1)
        for beyond in (0.0, 1e-6, -1e-6)
    )
    assert [f.verdict for f in (at, worse, better)] == [UNDETERMINED, PRESENT, ABSENT]


@pytest.mark.parametrize(
    "value, sd", [(math.nan, 1.0), (50.0, math.nan), (math.nan, math.nan), (math.inf, 1.0)]
)
def test_what_was_not_seen_is_not_judged(value: float, sd: float) -> None:
    """A value without its error is worth no more than none."""
    finding = judge(make_check(), make_measured(value, sd, reason="hidden"), repetition=2)
    assert (finding.verdict, finding.reason) == (UNDETERMINED, "hidden")
    assert finding.severity is None


def test_a_finding_says_of_what_it_is() -> None:
    check, measured = make_check(id="knees", fault="bent"), make_measured(50.0)
    finding = judge(check, measured, repetition=3)
    assert (finding.check, finding.fault, finding.repetition) == ("knees", "bent", 3)
    assert (finding.measured, finding.limit) == (measured, check.limit)


def found(verdicts: str, check: Check | None = None, reasons: Sequence[str] = ()) -> list[Finding]:
    """Repetitions as one letter each: present, absent, near the limit, or unseen for a reason."""
    check = check or make_check()
    given_reasons = iter([*reasons, *["hidden"] * len(verdicts)])
    worse = {"p": 15.0, "a": -15.0, "n": 0.2}
    return [
        judge(
            check,
            missing(next(given_reasons))
            if letter == "u"
            else make_measured(check.limit + check.sign * (worse[letter] + 0.1 * number)),
            repetition=number,
        )
        for number, letter in enumerate(verdicts)
    ]


@each_side
@pytest.mark.parametrize(
    "verdicts, verdict",
    [
        ("ppppp", PRESENT),
        ("ppaaa", PRESENT),  # 2 of 5 are the share of 0.4
        ("ppaaaa", UNDETERMINED),  # 2 of 6 are not
        ("paaaa", UNDETERMINED),
        ("aaaaa", ABSENT),
        ("aaaau", ABSENT),
        ("ppuaa", PRESENT),  # the share is one of the judged
        ("ppuuaa", PRESENT),
        ("aauu", ABSENT),  # half of them is enough
        ("aauuu", UNDETERMINED),
        ("uuuuu", UNDETERMINED),
        ("puuuu", UNDETERMINED),
        ("pu", UNDETERMINED),
        ("pa", UNDETERMINED),
        ("pp", PRESENT),
        ("p", PRESENT),
        ("a", ABSENT),
        ("u", UNDETERMINED),
    ],
)
def test_of_a_set_is_said_what_enough_of_it_shows(
    check: Check, verdicts: str, verdict: Verdict
) -> None:
    finding = judge_set(check, found(verdicts, check))
    assert finding.verdict is verdict
    assert finding.repetition is None
    assert finding.n_present == verdicts.count("p")
    assert finding.n_judged == verdicts.count("p") + verdicts.count("a")
    assert bool(finding.reason) == (verdict is UNDETERMINED)
    assert (finding.severity is not None) == (verdict is PRESENT)


@pytest.mark.parametrize("share, verdict", [(0.5, PRESENT), (0.51, UNDETERMINED)])
def test_how_many_repetitions_are_enough_is_said_by_the_check(
    share: float, verdict: Verdict
) -> None:
    check = make_check(share=share)
    assert judge_set(check, found("ppaa", check)).verdict is verdict


def test_one_repetition_does_not_make_the_set_bad_however_small_its_share() -> None:
    check = make_check(share=0.0)
    assert judge_set(check, found("paa", check)).verdict is UNDETERMINED
    assert judge_set(check, found("aaa", check)).verdict is ABSENT


def test_a_set_of_both_kinds_says_how_many() -> None:
    finding = judge_set(make_check(), found("paaau"))
    assert finding.reason == "it shows in 1 of 4 repetitions"


def test_a_fault_that_shows_once_in_what_was_seen_is_as_unsure_as_the_rest() -> None:
    """Of two repetitions the other one is hidden: that is the reason, and no count of one."""
    assert judge_set(make_check(), found("pu")).reason == "hidden"


def test_an_unseen_set_gives_the_commonest_reason() -> None:
    reasons = ["the knee is hidden", "the head is hidden", "the head is hidden"]
    finding = judge_set(make_check(), found("auuu", reasons=reasons))
    assert (finding.verdict, finding.reason) == (UNDETERMINED, "the head is hidden")


def test_a_set_near_the_limit_says_so_with_a_measure() -> None:
    finding = judge_set(make_check(), found("nnn"))
    assert finding.verdict is UNDETERMINED
    assert "too near to the limit" in finding.reason
    assert finding.measured.seen


@each_side
@pytest.mark.parametrize("verdicts, middle", [("ppp", 1), ("pppaa", 1), ("aaa", 1), ("aaau", 1)])
def test_the_measure_of_a_set_is_the_middle_one_of_those_that_bear_it_out(
    check: Check, verdicts: str, middle: int
) -> None:
    """The typical repetition, not the first and not the worst, in whatever order they come."""
    findings = found(verdicts, check)
    for order in (findings, findings[::-1]):
        finding = judge_set(check, order)
        assert finding.measured == findings[middle].measured
        assert finding.distance == findings[middle].distance


def test_the_severity_of_a_set_is_that_of_its_measure() -> None:
    """One severe repetition among mild ones does not make the set severe."""
    check = make_check()
    findings = [
        judge(check, make_measured(value), repetition=number)
        for number, value in enumerate([12.0, 13.0, 99.0])
    ]
    assert judge_set(check, findings).severity is Severity.MILD
    assert judge_set(check, findings[2:]).severity is Severity.SEVERE
    assert judge_set(check, [replace(f, repetition=9) for f in findings]).repetition is None
