"""From a measured set to its judgement: all is handed on, and the right things are judged."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from hingewise.app.assess_set import assess_set, observe
from hingewise.app.measure_set import MeasuredSet, measure_set
from hingewise.assessment.checks import Check
from hingewise.assessment.technique import Technique, checks_by_id, judge_technique
from hingewise.assessment.types import Severity, Verdict
from hingewise.kinematics.frontal import compute_frontal
from hingewise.kinematics.head import compute_face_pitch_deg
from hingewise.library.coaching import Risk
from hingewise.library.load import load_library
from tests.builders import STATURE_M, Camera, Script, make_lifter
from tests.builders_assessment import make_check, use_checks
from tests.builders_sets import SQUAT_BOTTOM, SetPlan, hinge, make_set, quiet, squat, thrust

LIBRARY = load_library()
PULL = LIBRARY.exercises["cable_pull_through"]
BENT = replace(
    make_check(id="bent", metric="knee_flexion_at_bottom", limit=50.0, severity=(70.0, 90.0)),
    families=("hinge", "squat"),
    fault="squatting_it",
    good="The knees stayed soft.",
)
"""Knees that bend too far: 25 degrees in the builders' hinge, 102 in their squat."""


def measure(script: Script, camera: Camera | None = None) -> MeasuredSet:
    track = make_lifter(script, camera or Camera())
    return measure_set(track, exercise=None, stature_m=STATURE_M, name="film.mp4")


def squatted(n: int = 4) -> Script:
    return make_set(SetPlan(n=n, bottom=SQUAT_BOTTOM))


def test_an_observation_is_made_of_what_was_measured() -> None:
    measured = measure(hinge(2), Camera(yaw_deg=20.0))
    seen = observe(measured)
    assert seen.kinematics is measured.kinematics
    assert seen.sagittal is measured.sagittal
    assert seen.segmentation is measured.segmentation
    assert seen.view is measured.view
    assert seen.time_s is measured.kinematics.time_s
    np.testing.assert_array_equal(
        seen.frontal.knee_separation, compute_frontal(measured.track).knee_separation
    )
    np.testing.assert_array_equal(
        seen.face_pitch_deg, compute_face_pitch_deg(measured.track, measured.view)
    )


def test_the_reason_for_an_untold_back_is_the_true_one() -> None:
    """Without quiet standing nothing is there to measure from; else the outline tells little."""
    standing, lying = observe(measure(hinge(2))), observe(measure(thrust(3)))
    assert standing.kinematics.standing.found
    assert not lying.kinematics.standing.found
    assert standing.back_reason != lying.back_reason
    assert "standing" in lying.back_reason
    assert "outline" in standing.back_reason


def test_a_fault_is_found_scored_and_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    use_checks(monkeypatch, BENT)
    technique = assess_set(measure(squatted()), exercise_id=None)
    (of_set,) = technique.assessment.of_set
    assert (of_set.verdict, of_set.severity) == (Verdict.PRESENT, Severity.SEVERE)
    assert of_set.n_present == of_set.n_judged == len(technique.assessment.of_repetitions) == 4
    assert technique.score is not None
    assert technique.score.value < 90.0
    assert technique.advice.finding == of_set
    assert technique.advice.cue == LIBRARY.faults["squatting_it"].cue
    assert technique.advice.good == ()


def test_a_clean_set_is_praised(monkeypatch: pytest.MonkeyPatch) -> None:
    use_checks(monkeypatch, BENT)
    technique = assess_set(measure(hinge(4)), exercise_id=None)
    assert technique.score is not None
    assert technique.score.value == pytest.approx(100.0, abs=1.0)
    assert technique.advice.finding is None
    assert technique.advice.good == ("The knees stayed soft.",)
    assert technique.advice.step == "go_on"


def judged(measured: MeasuredSet, exercise_id: str | None) -> list[str]:
    return [f.check for f in assess_set(measured, exercise_id=exercise_id).assessment.of_set]


def test_a_named_exercise_is_judged_by_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """A family, or a name that the library does not hold, tells no mistakes: the open checks."""
    foreign = next(fault for fault in LIBRARY.faults if fault not in PULL.mistakes)
    mine: Check = replace(BENT, fault=PULL.mistakes[0], open=False)
    other = replace(BENT, id="other", fault=foreign, open=True)
    use_checks(monkeypatch, mine, other)
    measured = measure(hinge(2))
    assert judged(measured, PULL.id) == ["bent"]
    for unnamed in (None, "", "hinge", "no_such_exercise"):
        assert judged(measured, unnamed) == ["other"]


def test_a_film_without_a_set_is_judged_too() -> None:
    technique = assess_set(measure(quiet()), exercise_id=None)
    assert technique.assessment.of_set == technique.assessment.of_repetitions == ()
    assert technique.score is None
    assert technique.advice.finding is None
    assert technique.advice.good == ()
    assert technique.advice.step == "film_again"


def test_a_film_from_the_front_has_no_score_for_what_only_the_side_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_checks(monkeypatch, BENT)
    technique = assess_set(measure(squatted(), Camera(yaw_deg=90.0)), exercise_id=None)
    (of_set,) = technique.assessment.of_set
    assert of_set.verdict is Verdict.UNDETERMINED
    assert technique.score is None
    assert technique.advice.step == "film_again"


@pytest.mark.parametrize("script", [hinge(4), squat(4), thrust(4)])
@pytest.mark.parametrize("yaw_deg", [0.0, 90.0])
def test_whatever_is_known_can_be_judged(script: Script, yaw_deg: float) -> None:
    """All checks of the product: every finding is whole, and its fault has a risk."""
    technique: Technique = assess_set(measure(script, Camera(yaw_deg=yaw_deg)), exercise_id=None)
    assert technique.assessment.of_set
    checks = checks_by_id()
    for finding in (*technique.assessment.of_set, *technique.assessment.of_repetitions):
        assert finding.check in checks
        assert LIBRARY.faults[finding.fault].risk in get_args(Risk)
        assert bool(finding.reason) == (finding.verdict is Verdict.UNDETERMINED)
        assert finding.measured.seen or finding.verdict is Verdict.UNDETERMINED
        assert (finding.severity is None) == (finding.verdict is not Verdict.PRESENT)


def test_the_same_set_is_judged_the_same_again() -> None:
    """Nothing is kept from one set to the next."""
    measured = measure(hinge(3))
    first = assess_set(measured, exercise_id=PULL.id)
    assess_set(measure(squat(3)), exercise_id=None)
    again = judge_technique(observe(measured), LIBRARY, exercise=PULL)
    assert repr(again) == repr(first)
