"""The table of checks: every entry means something, and points at things that are there."""

from __future__ import annotations

import math
import re
from typing import get_args

import pytest

from hingewise.assessment.checks import Check, load_checks
from hingewise.assessment.metrics.registry import METRICS, SET_METRICS
from hingewise.library.families import load_families
from hingewise.library.load import load_library
from hingewise.library.statements import Basis
from tests.builders_assessment import BELOW, make_check, make_exercise

CHECKS = load_checks()
LIBRARY = load_library()
EXERCISES = tuple(LIBRARY.exercises.values())

each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


def test_there_are_checks_and_each_has_a_name_of_its_own() -> None:
    assert CHECKS
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_a_metric_of_a_repetition_is_none_of_the_set() -> None:
    """One name must not mean two measures."""
    assert set(METRICS) & set(SET_METRICS) == set()
    assert all(metric.name == name for name, metric in (METRICS | SET_METRICS).items())


@each_check
def test_a_check_points_at_things_that_are_there(check: Check) -> None:
    assert check.metric in METRICS or check.metric in SET_METRICS
    assert check.fault in LIBRARY.faults
    assert check.source in LIBRARY.sources
    assert check.families
    assert set(check.families) <= set(load_families()) - {"none"}
    assert set(check.silent_with) <= set(LIBRARY.faults) - {check.fault}
    assert set(check.not_in) <= set(LIBRARY.exercises)
    assert check.counts_with in {"", *LIBRARY.faults} - {check.fault}


@each_check
def test_it_gets_worse_away_from_the_limit(check: Check) -> None:
    """Slight, clear and severe follow one another on the fault's side of the limit."""
    assert check.side in ("above", "below")
    clear, severe = check.severity
    steps = [check.sign * value for value in (check.limit, clear, severe)]
    assert all(math.isfinite(step) for step in steps)
    assert steps[0] < steps[1] < steps[2]


@each_check
def test_a_share_is_one_of_the_judged_repetitions(check: Check) -> None:
    assert 0.0 <= check.share <= 1.0
    if check.metric in METRICS:
        assert check.share > 0.0


@each_check
def test_what_is_said_can_be_said(check: Check) -> None:
    """The reason names the value and the limit; the praise is a sentence."""
    said = check.because.format(value="<value>", limit="<limit>")
    assert said.count("<value>") == said.count("<limit>") == 1
    assert not said.endswith(".")
    assert re.fullmatch(r"[A-Z][^{}]+[.!]", check.good)
    assert check.population.strip()


@each_check
def test_a_limit_says_how_it_is_known(check: Check) -> None:
    assert check.basis in get_args(Basis)
    if check.basis == "literature":
        assert LIBRARY.sources[check.source].kind in ("study", "standard")


@each_check
def test_some_set_is_judged_by_it(check: Check) -> None:
    """Or the fault is nowhere a mistake, and its limit dead."""
    named = any(check.applies(each.family, each) for each in EXERCISES)
    unnamed = all(check.applies(family, None) for family in check.families)
    assert unnamed if check.only_unnamed else named


def test_every_fault_that_a_metric_measures_is_judged() -> None:
    measures = {fault.id: fault.measure for fault in LIBRARY.faults.values()}
    told = {fault for fault, name in measures.items() if name in METRICS or name in SET_METRICS}
    assert told
    assert told <= {check.fault for check in CHECKS}


def test_of_an_unknown_exercise_the_open_checks_of_its_family_are_made() -> None:
    shut, hinge = make_check(open=False), make_check(open=True)
    assert hinge.applies("hinge", None)
    assert not hinge.applies("squat", None)
    assert not shut.applies("hinge", None)


@pytest.mark.parametrize("is_open", [False, True])
def test_of_a_named_exercise_its_own_mistakes_are_judged(is_open: bool) -> None:
    """Whether a check is open or not; and never in a family whose limit it is not."""
    check = make_check(open=is_open, fault="mine")
    assert check.applies("hinge", make_exercise("mine", "other"))
    assert not check.applies("hinge", make_exercise("other"))
    assert not check.applies("squat", make_exercise("mine"))


def test_a_check_for_every_exercise_asks_for_no_mistake() -> None:
    check = make_check(always=True, open=False, fault="mine")
    assert check.applies("hinge", make_exercise("other"))
    assert not check.applies("squat", make_exercise("other"))
    assert not check.applies("hinge", None)


def test_a_check_for_the_unnamed_is_not_made_where_a_better_one_is() -> None:
    check = make_check(only_unnamed=True, fault="mine")
    assert check.applies("hinge", None)
    assert not check.applies("hinge", make_exercise("mine"))
    assert not make_check(only_unnamed=True, always=True).applies("hinge", make_exercise("fault"))


def test_a_check_is_not_made_where_it_cannot_be_seen() -> None:
    """Whatever its record lists: plates on the back hide the head."""
    for check in (make_check(not_in=("hidden",)), make_check(not_in=("hidden",), always=True)):
        assert not check.applies("hinge", make_exercise("fault", key="hidden"))
        assert check.applies("hinge", make_exercise("fault", key="other"))
        assert check.applies("hinge", None)


def test_the_sign_points_to_the_worse_side() -> None:
    assert make_check().sign == 1.0
    assert make_check(**BELOW).sign == -1.0
