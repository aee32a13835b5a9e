"""Which checks are made of a set, and what a film that does not show it says instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from hingewise.assessment.assess import assess
from hingewise.assessment.checks import Check, load_checks
from hingewise.assessment.metrics.metric import Need
from hingewise.assessment.metrics.registry import METRICS, SET_METRICS
from hingewise.assessment.observation import Observation
from hingewise.assessment.types import Finding, Verdict
from hingewise.repetitions.types import Family
from tests.builders import Camera, make_lifter
from tests.builders_assessment import (
    Film,
    Rep,
    lay_out,
    make_check,
    make_exercise,
    make_observation,
    observe_set,
    observe_track,
    times_of,
    use_checks,
)
from tests.builders_sets import SQUAT_BOTTOM, SetPlan, hinge, make_set, quiet

KNEES = make_check(id="knees", fault="bent_knees", metric="knee_flexion_at_bottom")
LOCKOUT = make_check(id="lockout", fault="soft", metric="hip_flexion_at_lockout")
DOWN = make_check(id="down", fault="slow", metric="eccentric_s")
WIDE = make_check(id="wide", fault="wide", metric="knee_separation", limit=2.0)
DRIFT = make_check(id="drift", fault="drift", metric="rounding_drift")
SPREAD = make_check(id="spread", fault="uneven", metric="set_spread")
SHALLOW = make_check(
    id="shallow",
    fault="shallow",
    metric="depth_share",
    side="below",
    limit=0.7,
    severity=(0.6, 0.5),
)
ALL = (KNEES, LOCKOUT, DOWN, WIDE, DRIFT, SPREAD)

UNFINISHED = ("the film ends before the lockout", "out of sight before the lockout")
BEGUN = "the film begins after the bottom"

Use = Callable[..., None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Let the product know these checks only."""

    def put(*checks: Check) -> None:
        use_checks(monkeypatch, *checks)

    return put


def needs(check: Check) -> frozenset[Need]:
    metric = METRICS.get(check.metric) or SET_METRICS[check.metric]
    return metric.needs


def by_check(seen: Observation) -> dict[str, Finding]:
    """What was found of the set."""
    return {finding.check: finding for finding in assess(seen, exercise=None).of_set}


def test_every_check_is_made_of_every_repetition_and_of_the_set(use: Use) -> None:
    """In the order of the checks; those of a whole set have nothing to say of one repetition."""
    use(*ALL)
    found = assess(make_observation([Rep(), Rep(), Rep()]), exercise=None)
    assert [f.check for f in found.of_set] == [check.id for check in ALL]
    assert all(f.repetition is None for f in found.of_set)
    assert [(f.check, f.repetition) for f in found.of_repetitions] == [
        (check.id, number) for check in ALL[:4] for number in (1, 2, 3)
    ]


def test_the_verdict_on_a_set_is_that_of_its_repetitions(use: Use) -> None:
    use(KNEES)
    reps = [Rep()] * 4
    time_s = times_of(lay_out(reps))
    bent = np.where(time_s < lay_out(reps)[2].start_s, 50.0, 0.0)
    found = assess(make_observation(reps, angles={"knee_flexion": bent}), exercise=None)
    assert [f.verdict.value for f in found.of_repetitions] == ["present"] * 2 + ["absent"] * 2
    (of_set,) = found.of_set
    assert (of_set.verdict, of_set.n_present, of_set.n_judged) == (Verdict.PRESENT, 2, 4)
    assert of_set.measured.value == pytest.approx(50.0)


def test_without_a_repetition_nothing_is_said() -> None:
    for seen in (make_observation([]), observe_set(quiet())):
        found = assess(seen, exercise=None)
        assert (found.of_set, found.of_repetitions) == ((), ())


@pytest.mark.parametrize("family", [Family.SQUAT, Family.NONE])
def test_checks_of_another_family_are_not_made(use: Use, family: Family) -> None:
    use(*ALL)
    found = assess(make_observation([Rep()], film=Film(family=family)), exercise=None)
    assert found.of_set == ()


def test_a_named_exercise_is_judged_by_its_own_mistakes(use: Use) -> None:
    """Also by those that are not looked for where nobody says what was trained."""
    shut = replace(DOWN, open=False)
    use(KNEES, LOCKOUT, shut)
    seen = make_observation([Rep(), Rep()])
    unnamed = assess(seen, exercise=None)
    named = assess(seen, exercise=make_exercise("slow", "soft"))
    assert [f.check for f in unnamed.of_set] == ["knees", "lockout"]
    assert [f.check for f in named.of_set] == ["lockout", "down"]
    assert assess(seen, exercise=make_exercise()).of_set == ()


@pytest.mark.parametrize(
    "yaw_deg, side, front",
    [
        (0.0, True, False),
        (25.0, True, False),
        (35.0, False, False),
        (50.0, False, False),
        (70.0, False, True),
        (90.0, False, True),
        (float("nan"), False, False),
    ],
)
def test_what_a_view_does_not_show_is_not_judged(
    use: Use, yaw_deg: float, side: bool, front: bool
) -> None:
    """The reason names the view that would; how long things take shows in every one."""
    use(*ALL)
    seen = make_observation([Rep()] * 4, film=Film(yaw_deg=yaw_deg))
    seen = replace(seen, frontal=replace(seen.frontal, knee_separation=np.ones(seen.time_s.size)))
    found = by_check(seen)
    assert found["down"].measured.seen
    assert found["spread"].measured.seen
    assert (found["knees"].measured.seen, found["lockout"].measured.seen) == (side, side)
    assert found["wide"].measured.seen == front
    for name, shown, wanted in (
        ("knees", side, "from the side"),
        ("drift", side, "from the side"),
        ("wide", front, "from the front"),
    ):
        if shown:
            assert wanted not in found[name].reason
            continue
        assert found[name].verdict is Verdict.UNDETERMINED
        assert wanted in found[name].reason
        told = "unknown" if np.isnan(yaw_deg) else f"{yaw_deg:.0f} degrees"
        assert told in found[name].reason


@pytest.mark.parametrize("yaw_deg, shown", [(68.0, False), (80.0, True), (90.0, True)])
def test_weight_to_one_side_is_judged_only_straight_from_the_front(
    use: Use, yaw_deg: float, shown: bool
) -> None:
    """Before an oblique camera hips that go back go to one side as well."""
    use(make_check(id="weight", metric="weight_shift"))
    seen = make_observation([Rep()] * 4, film=Film(yaw_deg=yaw_deg))
    seen = replace(seen, frontal=replace(seen.frontal, weight_shift=np.ones(seen.time_s.size)))
    found = by_check(seen)["weight"]
    assert found.measured.seen is shown
    assert ("straight before or behind" in found.reason) is not shown


@pytest.mark.parametrize("yaw_deg", [40.0, 90.0])
def test_no_side_check_is_made_of_a_film_that_is_not_from_the_side(yaw_deg: float) -> None:
    """Of all that the product knows, on a film of a set that would be full of faults."""
    bad = make_set(SetPlan(n=4, bottom=SQUAT_BOTTOM))
    seen = observe_set(bad, Camera(yaw_deg=yaw_deg), "romanian deadlift")
    checks = {check.id: check for check in load_checks()}
    found = assess(seen, exercise=None)
    side = [
        f
        for f in (*found.of_set, *found.of_repetitions)
        if Need.SIDE_VIEW in needs(checks[f.check])
    ]
    assert side
    for finding in side:
        assert finding.verdict is Verdict.UNDETERMINED
        assert not finding.measured.seen
        assert "from the side" in finding.reason


@pytest.mark.parametrize("reason", UNFINISHED)
def test_a_repetition_without_a_lockout_is_not_judged_by_it(use: Use, reason: str) -> None:
    """What comes before it, is."""
    use(KNEES, LOCKOUT, DOWN)
    found = assess(make_observation([Rep(), Rep(partial_reason=reason)]), exercise=None)
    last = {f.check: f for f in found.of_repetitions if f.repetition == 2}
    assert (last["lockout"].verdict, last["lockout"].reason) == (Verdict.UNDETERMINED, reason)
    assert last["knees"].measured.seen
    assert last["down"].measured.seen
    of_set = {f.check: f for f in found.of_set}
    assert (of_set["lockout"].n_judged, of_set["knees"].n_judged) == (1, 2)


@pytest.mark.parametrize("reason", [BEGUN, *UNFINISHED])
def test_a_repetition_that_the_film_cuts_short_is_not_called_short(use: Use, reason: str) -> None:
    """Three repetitions of which the first and the last are cut off are no shallow set."""
    use(SHALLOW)
    cut = Rep(depth=0.5, partial_reason=reason)
    found = assess(make_observation([cut, Rep(), cut]), exercise=None)
    assert Verdict.PRESENT not in {f.verdict for f in (*found.of_repetitions, *found.of_set)}


def test_a_repetition_without_a_bottom_is_not_judged_by_it(use: Use) -> None:
    """The film begins on the way up."""
    use(KNEES, LOCKOUT)
    begun = Rep(eccentric_s=0.0, bottom_s=0.0, depth=0.5, partial_reason=BEGUN)
    found = assess(make_observation([begun, Rep()]), exercise=None)
    first = {f.check: f for f in found.of_repetitions if f.repetition == 1}
    assert first["lockout"].measured.seen
    assert not first["knees"].measured.seen


@pytest.mark.parametrize("reason", ["no lockout", "shallow"])
def test_a_lockout_that_is_not_reached_is_judged(use: Use, reason: str) -> None:
    """That is the fault: it must not excuse itself."""
    use(LOCKOUT)
    found = assess(make_observation([Rep(partial_reason=reason)] * 3), exercise=None)
    assert all(f.measured.seen for f in found.of_repetitions)


def test_a_set_whose_last_repetition_is_cut_off(use: Use) -> None:
    """The film ends on the way up: three lockouts were seen and count."""
    use(KNEES, LOCKOUT)
    script = hinge(4)
    cut = script.sample()
    end = int(np.searchsorted(cut.time_s, 1.5 + 3 * 4.2 + 2.3 + 0.55))
    shortened = replace(
        cut, time_s=cut.time_s[:end], series={k: v[:end] for k, v in cut.series.items()}
    )
    seen = observe_track(make_lifter(shortened))
    assert [r.partial for r in seen.segmentation.repetitions] == [False, False, False, True]
    found = assess(seen, exercise=None)
    lockouts = [f for f in found.of_repetitions if f.check == "lockout"]
    assert [f.measured.seen for f in lockouts] == [True, True, True, False]
    assert "lockout" in lockouts[-1].reason
