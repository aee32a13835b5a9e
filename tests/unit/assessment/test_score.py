"""The score: worse technique never scores better, and what was not seen is not scored."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.assessment.checks import Check
from hingewise.assessment.judge import judge
from hingewise.assessment.rules import load_rules
from hingewise.assessment.score import Score, score_set
from hingewise.assessment.types import Finding
from tests.builders_assessment import BELOW, make_check, make_finding, make_measured

HIGH, MEDIUM, LOW, TWICE, MIRRORED = (
    make_check(id="high", fault="grave"),
    make_check(id="medium", fault="bad"),
    make_check(id="low", fault="small"),
    make_check(id="twice", fault="grave", limit=100.0, severity=(120.0, 140.0)),
    make_check(id="mirrored", fault="bad", **BELOW),
)
WEIGHT = load_rules().score.weight
CHECKS = {check.id: check for check in (HIGH, MEDIUM, LOW, TWICE, MIRRORED)}
RISK = {"grave": "high", "bad": "medium", "small": "low"}

FAULTLESS, SEVERE = -50.0, 50.0
"""Values far on the good and far on the bad side of a limit of 10 that is severe from 30 on."""

values = st.floats(min_value=-100.0, max_value=200.0)
sds = st.floats(min_value=0.0, max_value=6.0)


def score(*findings: Finding) -> Score:
    found = score_set(findings, CHECKS, RISK)
    assert found is not None
    return found


def scored(*of_checks: tuple[Check, float]) -> float:
    return score(*(make_finding(check, value) for check, value in of_checks)).value


def test_a_faultless_set_has_all_points() -> None:
    found = score(*(make_finding(check, FAULTLESS) for check in (HIGH, MEDIUM, LOW)))
    assert found.value == pytest.approx(100.0, abs=0.1)
    assert [part.points for part in found.parts] == pytest.approx([0.0] * 3, abs=0.1)
    assert found.without == ()


def test_it_falls_with_severity() -> None:
    fine, beyond, clear, severe = (scored((HIGH, v)) for v in (FAULTLESS, 15.0, 20.0, 30.0))
    assert fine > beyond > clear > severe > 0.0


@pytest.mark.parametrize("sd", [2.0, 5.0, 10.0])
def test_it_has_no_steps(sd: float) -> None:
    """Just told is not much worse than just not told; nor is any other degree than the next."""
    at = [score(make_finding(HIGH, value, sd)).value for value in np.arange(0.0, 50.0, 0.1)]
    assert np.abs(np.diff(at)).max() < 1.0


def test_it_falls_with_risk() -> None:
    falls = [100.0 - scored((check, SEVERE)) for check in (HIGH, MEDIUM, LOW)]
    assert falls == sorted(falls, reverse=True)
    assert falls == pytest.approx([100.0 * WEIGHT[risk] for risk in ("high", "medium", "low")])
    assert len(set(falls)) == 3


def test_beyond_severe_it_falls_no_further() -> None:
    assert scored((HIGH, 30.0)) == pytest.approx(scored((HIGH, 300.0)))


def test_a_check_of_too_little_loses_as_much_as_one_of_too_much() -> None:
    assert scored((MIRRORED, -17.0)) == pytest.approx(scored((MEDIUM, 17.0)))
    assert scored((MIRRORED, 50.0)) == pytest.approx(100.0, abs=0.1)


def test_faults_add_up_but_never_below_nothing() -> None:
    one, two = scored((HIGH, SEVERE)), scored((HIGH, SEVERE), (LOW, SEVERE))
    three = scored((HIGH, SEVERE), (MEDIUM, SEVERE), (LOW, SEVERE))
    assert 100.0 > one > two > three > 0.0
    assert two == pytest.approx(one * scored((LOW, SEVERE)) / 100.0)


@given(
    value=values,
    worse=st.floats(min_value=0.0, max_value=100.0),
    others=st.lists(values, max_size=2),
)
@pytest.mark.parametrize("check", [MEDIUM, MIRRORED], ids=lambda check: check.id)
def test_worse_is_never_better(
    check: Check, value: float, worse: float, others: list[float]
) -> None:
    """Whatever else was found."""
    rest = [make_finding(each, v) for each, v in zip((HIGH, LOW), others, strict=False)]
    a = score(make_finding(check, value), *rest).value
    b = score(make_finding(check, value + check.sign * worse), *rest).value
    assert 0.0 < b <= a + 1e-9 <= 100.0 + 1e-6


@given(value=values, sd=st.floats(0.0, 5.0), more=st.floats(0.0, 5.0))
def test_a_less_sure_measure_makes_a_less_sure_score(value: float, sd: float, more: float) -> None:
    """Up to half of the way from the limit to severe: beyond, it is no part of the score."""
    a, b = (score(make_finding(HIGH, value, error)) for error in (sd, sd + more))
    assert a.sd <= b.sd + 1e-6


@pytest.mark.parametrize("value", [6.0, 14.0, 20.0, 28.0])
def test_the_error_of_a_measure_is_carried_into_the_score(value: float) -> None:
    """Half of what the score would change from one sd below the measure to one above it."""
    less, here, more = (score(make_finding(HIGH, value + d, 3.0)) for d in (-3.0, 0.0, 3.0))
    assert here.sd == pytest.approx((less.value - more.value) / 2.0)
    assert here.sd > 1.0
    assert score(make_finding(HIGH, FAULTLESS, 3.0)).sd == pytest.approx(0.0, abs=1e-6)


def test_errors_add_as_squares() -> None:
    both = score(make_finding(HIGH, 20.0, 2.0), make_finding(LOW, 20.0, 2.0))
    assert both.sd == pytest.approx(math.hypot(*(part.sd for part in both.parts)))
    assert all(part.sd > 0.0 for part in both.parts)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("first, second, worst", [(20.0, 90.0, "high"), (12.0, 130.0, "twice")])
def test_each_fault_counts_once_by_its_worst_check(
    order: tuple[int, int], first: float, second: float, worst: str
) -> None:
    """Whichever stands first; the one that is further beyond its own limit, in its own bands."""
    findings = [make_finding(HIGH, first), make_finding(TWICE, second)]
    found = score(*(findings[i] for i in order))
    assert [(part.check, part.fault) for part in found.parts] == [(worst, "grave")]
    alone = next(f for f in findings if f.check == worst)
    assert found.value == pytest.approx(score(alone).value)


def test_what_it_is_made_of_the_largest_loss_first() -> None:
    found = score(*(make_finding(check, 20.0) for check in (LOW, HIGH, MEDIUM)))
    assert [part.check for part in found.parts] == ["high", "medium", "low"]
    for part in found.parts:
        others = [(c, 20.0) for c in (HIGH, MEDIUM, LOW) if c.id != part.check]
        assert part.points == pytest.approx(scored(*others) - found.value)


@pytest.mark.parametrize(
    "n_seen, n_unseen, scores",
    [(0, 0, False), (0, 3, False), (1, 4, False), (2, 2, True), (4, 1, True), (3, 0, True)],
)
@pytest.mark.parametrize("unseen", [(math.nan, 1.0), (50.0, math.nan)])
def test_too_little_that_was_seen_makes_no_score(
    n_seen: int, n_unseen: int, scores: bool, unseen: tuple[float, float]
) -> None:
    """Of faults that weigh alike."""
    names = [f"fault{i}" for i in range(n_seen + n_unseen)]
    checks = {name: make_check(id=name, fault=name) for name in names}
    measures = [(FAULTLESS, 1.0)] * n_seen + [unseen] * n_unseen
    findings = [
        make_finding(checks[name], *measured, reason="hidden")
        for name, measured in zip(names, measures, strict=True)
    ]
    found = score_set(findings, checks, dict.fromkeys(names, "low"))
    assert (found is not None) == scores


def test_a_measure_with_an_error_of_many_bands_tells_nothing() -> None:
    """From fine to severe it is 20 degrees."""
    hardly, surely = (make_finding(check, SEVERE, sd) for check, sd in ((HIGH, 100.0), (LOW, 2.0)))
    assert score_set([hardly], CHECKS, RISK) is None
    assert score_set([surely], CHECKS, RISK) is not None


def test_it_says_what_it_is_made_without() -> None:
    """What was not seen takes nothing away, and adds nothing."""
    found = score(make_finding(HIGH, 20.0), make_finding(MEDIUM, 5.0), make_finding(LOW, math.nan))
    assert found.without == ("low",)
    assert found.value == pytest.approx(scored((HIGH, 20.0), (MEDIUM, 5.0)))


@pytest.mark.parametrize("part, whole", [(15.0, 28.0), (28.0, 15.0), (35.0, -50.0)])
def test_a_part_of_another_fault_does_not_count_beside_it(part: float, whole: float) -> None:
    """The worse of the two does; so that passing from one to the other is no step."""
    of_low = make_check(id="part", fault="piece", counts_with="small")
    checks, risk = CHECKS | {"part": of_low}, RISK | {"piece": "low"}
    both = score_set([make_finding(of_low, part), make_finding(LOW, whole)], checks, risk)
    assert both is not None
    assert both.value == pytest.approx(scored((LOW, max(part, whole))))
    assert len(both.parts) == 1


BACK = make_check(id="back", fault="rounding_back", scored=False)


@pytest.mark.parametrize("value, costs", [(FAULTLESS, False), (10.5, False), (SEVERE, True)])
def test_what_other_places_read_otherwise_counts_only_where_it_is_said(
    value: float, costs: bool
) -> None:
    """A score that fell with every doubt of the back would be one of films."""
    others = [make_finding(HIGH, 20.0), make_finding(LOW, 12.0)]
    checks, risk = CHECKS | {"back": BACK}, RISK | {"rounding_back": "high"}
    found = score_set([*others, judge(BACK, make_measured(value), repetition=None)], checks, risk)
    assert found is not None
    assert (found.value < 0.6 * score(*others).value) is costs
    if not costs:
        assert found.value == pytest.approx(score(*others).value)


@pytest.mark.parametrize(
    "value, without", [(FAULTLESS, ()), (10.5, ("back",)), (math.nan, ("back",))]
)
def test_a_back_that_is_not_told_is_missing(value: float, without: tuple[str, ...]) -> None:
    back = judge(BACK, make_measured(value, reason="a loose shirt"), repetition=None)
    checks, risk = CHECKS | {"back": BACK}, RISK | {"rounding_back": "high"}
    found = score_set([make_finding(HIGH, 20.0), back], checks, risk)
    assert found is not None
    assert found.without == without


def test_a_back_that_is_surely_round_costs_however_roughly_it_is_known() -> None:
    back = judge(BACK, make_measured(60.0, 18.0), repetition=None)
    checks, risk = CHECKS | {"back": BACK}, RISK | {"rounding_back": "high"}
    found = score_set([make_finding(HIGH, FAULTLESS), back], checks, risk)
    assert found is not None
    assert found.value < 60.0


@pytest.mark.parametrize("n_bad", [0, 1, 2, 4])
def test_a_fault_costs_what_it_costs_in_the_mean_repetition(n_bad: int) -> None:
    values = [SEVERE] * n_bad + [FAULTLESS] * (4 - n_bad)
    repetitions = [replace(make_finding(HIGH, v), repetition=i) for i, v in enumerate(values)]
    found = score_set([make_finding(HIGH, 12.0)], CHECKS, RISK, repetitions=repetitions)
    assert found is not None
    assert 100.0 - found.value == pytest.approx(100.0 * WEIGHT["high"] * n_bad / 4, abs=0.1)


def test_where_few_repetitions_tell_there_is_nothing_to_score() -> None:
    values = [SEVERE, math.nan, math.nan]
    repetitions = [
        replace(make_finding(HIGH, v, reason="hidden"), repetition=i) for i, v in enumerate(values)
    ]
    assert score_set([make_finding(HIGH, SEVERE)], CHECKS, RISK, repetitions=repetitions) is None


def test_what_counts_only_where_it_is_there_makes_no_score() -> None:
    """Whether the back was seen must not decide whether there is a score."""
    others = [make_finding(check, math.nan, reason="hidden") for check in (HIGH, MEDIUM)]
    checks, risk = CHECKS | {"back": BACK}, RISK | {"rounding_back": "high"}
    seen = [make_finding(LOW, FAULTLESS), *others]
    back = judge(BACK, make_measured(FAULTLESS), repetition=None)
    assert score_set(seen, checks, risk) is None
    assert score_set([*seen, back], checks, risk) is None


def test_what_only_the_front_shows_is_not_missed_from_the_side() -> None:
    """Nor does it make a score alone: a film from the front tells too little of a technique."""
    front = [make_check(id=f"front{i}", fault=f"front{i}", metric="weight_shift") for i in range(4)]
    checks = CHECKS | {check.id: check for check in front}
    risk = RISK | {check.fault: "medium" for check in front}
    unseen = [make_finding(check, math.nan, reason="from the side") for check in front]
    seen = [make_finding(check, FAULTLESS) for check in front]
    side = make_finding(HIGH, FAULTLESS)
    hidden = make_finding(HIGH, math.nan, reason="from the front")
    assert score_set([side, *unseen], checks, risk) is not None
    assert score_set([hidden, *seen], checks, risk) is None
