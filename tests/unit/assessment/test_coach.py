"""One thing to change: the riskiest fault, its cause before its effects, and no false praise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from hingewise.assessment.checks import Check
from hingewise.assessment.coach import Advice, advise, find_easier
from hingewise.assessment.rules import load_rules
from hingewise.assessment.score import Score
from hingewise.assessment.types import Finding, Verdict
from hingewise.library.coaching import Fault
from hingewise.library.exercise import Exercise, FamilyId, LoadKind, Variation
from hingewise.library.load import load_library
from tests.builders_assessment import make_check, make_exercise, make_fault, make_finding

RULES = load_rules().advice
GOOD_SCORE, N_GOOD = RULES.good_score, RULES.n_good

MILD, CLEAR, SEVERE, GOOD = 13.0, 22.0, 35.0, -30.0
"""Values of a check with a limit of 10 that is clear from 20 and severe from 30 on."""


EXERCISES = {
    "easier": make_exercise(key="easier"),
    "harder": make_exercise(key="harder"),
    "squat": replace(make_exercise(key="squat"), family="squat"),
}


def world(*faults: Fault) -> tuple[dict[str, Check], dict[str, Fault]]:
    """A check of the same name for every fault."""
    checks = {fault.id: make_check(id=fault.id, fault=fault.id) for fault in faults}
    return checks, {fault.id: fault for fault in faults}


def advice(
    faults: Sequence[Fault],
    values: dict[str, float],
    *,
    exercise: Exercise | None = None,
    score: float | None = 50.0,
) -> Advice:
    """What is said of a set in which these faults were measured so."""
    checks, known = world(*faults)
    findings = [make_finding(checks[fault], value) for fault, value in values.items()]
    given = None if score is None else Score(value=score, sd=1.0, parts=(), without=())
    return advise(findings, checks, known, EXERCISES, exercise=exercise, score=given)


def chosen(faults: Sequence[Fault], values: dict[str, float]) -> str:
    """The fault that is said to matter most, in whatever order they were found."""
    found = set()
    for order in permutations(values):
        finding = advice(faults, {fault: values[fault] for fault in order}).finding
        assert finding is not None
        found.add(finding.fault)
    (only,) = found
    return only


def test_risk_comes_before_severity() -> None:
    faults = [make_fault(id=risk, risk=risk) for risk in ("low", "medium", "high")]
    assert chosen(faults, {"low": SEVERE, "medium": CLEAR, "high": MILD}) == "high"
    assert chosen(faults, {"low": SEVERE, "medium": MILD}) == "medium"


def test_a_cause_comes_before_its_effects() -> None:
    """Of the same risk, also where the effect is worse."""
    cause, effect = make_fault(id="cause", leads_to=("effect", "other")), make_fault(id="effect")
    assert chosen([cause, effect], {"cause": MILD, "effect": SEVERE}) == "cause"


def test_a_cause_whose_effect_is_not_there_is_no_cause() -> None:
    cause, worse = make_fault(id="cause", leads_to=("effect",)), make_fault(id="worse")
    effect = make_fault(id="effect")
    values = {"cause": MILD, "worse": SEVERE, "effect": GOOD}
    assert chosen([cause, worse, effect], values) == "worse"


def test_a_harmless_cause_does_not_come_before_a_dangerous_effect() -> None:
    cause, effect = (
        make_fault(id="cause", leads_to=("effect",)),
        make_fault(id="effect", risk="high"),
    )
    assert chosen([cause, effect], {"cause": SEVERE, "effect": MILD}) == "effect"


def test_of_equal_ones_the_worst() -> None:
    faults = [make_fault(id=name) for name in ("a", "b", "c")]
    assert chosen(faults, {"a": MILD, "b": SEVERE, "c": CLEAR}) == "b"
    assert chosen(faults, {"a": 31.0, "b": 34.0, "c": 33.0}) == "b"


def test_how_far_beyond_is_told_in_the_bands_of_each_check() -> None:
    """Two degrees of one thing may be worse than twenty of another."""
    narrow = make_check(id="narrow", fault="narrow", limit=1.0, severity=(4.0, 5.0))
    wide = make_check(id="wide", fault="wide", limit=0.0, severity=(50.0, 100.0))
    faults = {name: make_fault(id=name) for name in ("narrow", "wide")}
    findings = [make_finding(wide, 20.0), make_finding(narrow, 3.0)]
    checks = {check.id: check for check in (narrow, wide)}
    found = advise(findings, checks, faults, EXERCISES, exercise=None, score=None).finding
    assert found is not None
    assert found.fault == "narrow"


def test_what_helps_is_that_of_the_fault() -> None:
    fault = make_fault(cue="say", drills=("first", "second"), regression="back")
    found = advice([fault], {"fault": MILD})
    assert (found.cue, found.drill, found.regression) == ("say", "first", "back")
    assert advice([replace(fault, drills=())], {"fault": MILD}).drill == ""


@pytest.mark.parametrize(
    "risk, value, step",
    [
        ("low", MILD, "repeat"),
        ("low", CLEAR, "repeat"),
        ("low", SEVERE, "step_back"),
        ("medium", CLEAR, "repeat"),
        ("medium", SEVERE, "step_back"),
        ("high", MILD, "repeat"),
        ("high", CLEAR, "step_back"),
        ("high", SEVERE, "step_back"),
    ],
)
def test_when_the_exercise_is_lost(risk: str, value: float, step: str) -> None:
    """Then an easier one comes next; else the same set again with one thing in mind."""
    assert advice([make_fault(risk=risk)], {"fault": value}).step == step


@pytest.mark.parametrize(
    "load, value, step",
    [
        ("cable", SEVERE, "less"),
        ("cable", CLEAR, "repeat"),
        ("none", SEVERE, "repeat"),
        ("dowel", SEVERE, "repeat"),
    ],
)
def test_without_an_easier_exercise_the_load_is_less_if_there_is_one(
    load: LoadKind, value: float, step: str
) -> None:
    some = make_exercise("fault")
    exercise = replace(some, variations=(), figure=replace(some.figure, load=load))
    found = advice([make_fault(regression="")], {"fault": value}, exercise=exercise)
    assert found.step == step


@pytest.mark.parametrize("value", [MILD, CLEAR, SEVERE])
def test_too_heavy_is_made_lighter(value: float) -> None:
    found = advice([make_fault(id="too_heavy", risk="high", regression="")], {"too_heavy": value})
    assert found.step == "lighter"


@pytest.mark.parametrize(
    "score, step", [(GOOD_SCORE, "go_on"), (100.0, "go_on"), (None, "film_again")]
)
def test_a_set_without_a_fault_goes_on_if_enough_of_it_was_seen(
    score: float | None, step: str
) -> None:
    found = advice([make_fault()], {"fault": GOOD}, score=score)
    assert found.finding is None
    assert (found.cue, found.drill, found.regression) == ("", "", "")
    assert found.step == step
    assert found.good == ("All was well.",)


def trains(name: str, *easier: str, family: FamilyId = "hinge") -> Exercise:
    """An exercise with easier forms of these names."""
    forms = tuple(
        Variation(name=each, direction="easier", text="x", sources=(), exercise=each)
        for each in easier
    )
    return replace(make_exercise(key=name), family=family, variations=forms)


TRAINED = {
    exercise.id: exercise
    for exercise in (
        trains("cable", "band"),
        trains("band", "dowel"),
        trains("dowel"),
        trains("swing", "band", family="swing"),
        trains("bar", "goblet", "band", family="squat"),
        trains("goblet", family="squat"),
    )
}


@pytest.mark.parametrize(
    "now, of_fault, goes_back_to",
    [
        ("cable", "dowel", "dowel"),  # an easier form of an easier form
        ("cable", "goblet", "band"),  # not what trains something else
        ("cable", "", "band"),
        ("cable", "cable", "band"),  # nobody goes back to where he is
        ("band", "cable", "dowel"),  # nor to something harder
        ("dowel", "band", ""),
        ("swing", "dowel", "dowel"),  # a swing comes from the hinge
        ("bar", "dowel", "goblet"),  # a squat does not
        ("goblet", "band", ""),
    ],
)
def test_one_goes_back_to_an_easier_form(now: str, of_fault: str, goes_back_to: str) -> None:
    fault = make_fault(regression=of_fault)
    assert find_easier(fault, TRAINED, exercise=TRAINED[now]) == goes_back_to


def test_going_back_never_goes_in_circles() -> None:
    """Whatever is wrong, in every exercise that we have."""
    library = load_library()
    for exercise in library.exercises.values():
        for fault in (library.faults[key] for key in exercise.mistakes):
            seen, now = {exercise.id}, exercise
            while name := find_easier(fault, library.exercises, exercise=now):
                assert name not in seen, (exercise.id, fault.id)
                seen.add(name)
                now = library.exercises[name]


def test_of_an_unknown_exercise_it_is_that_of_the_fault() -> None:
    assert find_easier(make_fault(regression="easier"), {}, exercise=None) == "easier"


def clean(n_judged: int = 4, scored: bool = True, **untold: str) -> str:
    """The step after a clean set of which these faults (and their risk) were not told."""
    faults = [make_fault(id="fine"), *(make_fault(id=f, risk=r) for f, r in untold.items())]
    checks, known = world(*faults)
    checks |= {fault: replace(checks[fault], scored=scored) for fault in untold}
    findings = [replace(make_finding(checks["fine"], GOOD), n_judged=n_judged)]
    findings += [make_finding(checks[fault], math.nan, reason="hidden") for fault in untold]
    score = Score(value=95.0, sd=1.0, parts=(), without=())
    return advise(findings, checks, known, EXERCISES, exercise=None, score=score).step


def test_a_set_of_a_repetition_or_two_is_none_to_go_on_from() -> None:
    assert clean(n_judged=5) == "go_on"
    assert clean(n_judged=1) == "film_again"


def test_nobody_goes_on_whose_back_was_not_seen() -> None:
    """It is beside the score; of what is hidden in the score, that is not asked."""
    assert clean(scored=False, rounding_back="high") == "show_back"
    assert clean(scored=False, arm_pull="low") == "go_on"
    assert clean(too_heavy="high", shallow="low") == "go_on"


def test_a_back_that_one_check_saw_was_seen() -> None:
    """A short set cannot tell whether the back rounds more and more, but that it does not round.

    The other way round: a back that gets no rounder may be round from the start.
    """
    faults = {"back": make_fault(id="back", risk="high"), "fine": make_fault(id="fine")}
    checks = {
        "now": make_check(id="now", fault="back", scored=False),
        "more": make_check(id="more", fault="back", scored=False, metric="rounding_drift"),
        "fine": make_check(id="fine", fault="fine"),
    }
    score = Score(value=95.0, sd=1.0, parts=(), without=())
    findings = [
        replace(make_finding(checks["fine"], GOOD), n_judged=4),
        make_finding(checks["now"], GOOD),
        make_finding(checks["more"], math.nan, reason="too short"),
    ]
    assert advise(findings, checks, faults, EXERCISES, exercise=None, score=score).step == "go_on"
    findings[1:] = [make_finding(checks["now"], math.nan), make_finding(checks["more"], GOOD)]
    found = advise(findings, checks, faults, EXERCISES, exercise=None, score=score)
    assert found.step == "show_back"


def test_a_set_that_is_not_clean_enough_does_not_go_on() -> None:
    found = advice([make_fault()], {"fault": GOOD}, score=GOOD_SCORE - 1.0)
    assert found.step not in ("go_on", "show_back")


def test_a_fault_is_never_followed_by_going_on() -> None:
    assert advice([make_fault()], {"fault": MILD}, score=99.0).step == "repeat"


def test_nothing_found_at_all() -> None:
    found = advise([], {}, {}, {}, exercise=None, score=None)
    assert (found.finding, found.step, found.good) == (None, "film_again", ())


def praise(
    values: dict[str, float],
    *,
    silent_with: tuple[str, ...] = (),
    fault_of: dict[str, str] | None = None,
) -> tuple[str, ...]:
    """What was good, each check with a praise of its own name."""
    fault_of = fault_of or {}
    checks = {
        key: make_check(
            id=key,
            fault=fault_of.get(key, key),
            good=f"{key}.",
            silent_with=silent_with if key == "quiet" else (),
        )
        for key in values
    }
    faults = {check.fault: make_fault(id=check.fault) for check in checks.values()}
    findings = [make_finding(checks[key], value) for key, value in values.items()]
    return advise(findings, checks, faults, EXERCISES, exercise=None, score=None).good


def test_only_what_is_surely_absent_is_praised() -> None:
    assert praise({"good": GOOD, "near": 9.8, "bad": CLEAR}) == ("good.",)


def test_the_surest_comes_first_and_not_too_many() -> None:
    values = {f"check{i}": GOOD - i for i in range(N_GOOD + 2)}
    assert praise(values) == tuple(f"check{i}." for i in range(N_GOOD + 1, 1, -1))


def test_a_fault_that_another_check_found_is_not_praised() -> None:
    both = {"by_angle": "shallow", "by_place": "shallow"}
    assert praise({"by_angle": GOOD, "by_place": CLEAR}, fault_of=both) == ()


def test_a_sentence_that_stands_for_two_checks_needs_both() -> None:
    """Weight that does not go to the right may go to the left."""
    checks = {key: make_check(id=key, fault="weight", good="On both feet.") for key in "lr"}
    fault = {"weight": make_fault(id="weight")}
    for left, good in ((GOOD, ("On both feet.",)), (math.nan, ())):
        findings = [make_finding(checks["l"], left), make_finding(checks["r"], GOOD)]
        found = advise(findings, checks, fault, EXERCISES, exercise=None, score=None)
        assert found.good == good


def test_one_fault_is_praised_once() -> None:
    assert praise({"a": GOOD, "b": GOOD - 1.0}, fault_of={"a": "x", "b": "x"}) == ("b.",)


def test_what_a_present_fault_makes_worthless_is_no_praise() -> None:
    """Soft knees in a squatted hinge; where that fault is not there, they are."""
    assert praise({"quiet": GOOD, "squat": CLEAR}, silent_with=("squat",)) == ()
    assert praise({"quiet": GOOD, "squat": GOOD}, silent_with=("squat",)) == ("quiet.", "squat.")
    assert praise({"quiet": GOOD, "squat": CLEAR}, silent_with=("other",)) == ("quiet.",)


def test_the_same_is_said_once() -> None:
    checks = {key: make_check(id=key, fault=key, good="The shins stood.") for key in ("a", "b")}
    faults = {key: make_fault(id=key) for key in checks}
    findings: list[Finding] = [make_finding(check, GOOD) for check in checks.values()]
    assert all(f.verdict is Verdict.ABSENT for f in findings)
    found = advise(findings, checks, faults, EXERCISES, exercise=None, score=None)
    assert found.good == ("The shins stood.",)
