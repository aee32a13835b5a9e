"""Sentences say what was measured, no more."""

from __future__ import annotations

import pytest

from hingewise.report.document import Finding, MeasureValue
from hingewise.report.wording import (
    advise_view,
    describe_absences,
    describe_consistency,
    describe_view,
    explain_no_angles,
    name_view,
    summarise_set,
    typical_tempo,
    unmeasured,
    view_headline,
    why_no_back,
)
from tests.builders_report import make_set


def test_the_set_in_one_line() -> None:
    assert summarise_set(make_set(5, partial=(4,)).analysis) == (
        "4 repetitions, 1 partial, tempo 2-0-1-1, lowering 2.0 s, lifting 1.1 s."
    )


def test_an_empty_set_says_what_was_seen_instead() -> None:
    assert summarise_set(make_set(0).analysis) == (
        "No repetition was found; 1 movement did not count as one."
    )


def test_a_phase_that_the_film_does_not_show_is_not_in_the_tempo() -> None:
    repetition = make_set(1).analysis.repetitions[0].model_copy(update={"eccentric_s": None})
    assert typical_tempo([repetition]) == "x-0-1-1"
    assert typical_tempo([]) == ""


def test_equal_depths_are_called_equal() -> None:
    assert describe_consistency(make_set(4).analysis).startswith("All went equally deep")


def test_only_a_difference_beyond_doubt_is_named() -> None:
    analysis = make_set(3).analysis
    first = analysis.repetitions[0]
    shallow = MeasureValue(value=70.0, unit="deg", sd=4.1)
    measures = {**first.measures, "trunk_thigh_flexion_at_bottom": shallow}
    changed = first.model_copy(update={"measures": measures})
    analysis = analysis.model_copy(update={"repetitions": (changed, *analysis.repetitions[1:])})
    assert describe_consistency(analysis) == (
        "Repetition 2 went deepest (92°), repetition 1 least deep (70°)."
    )


@pytest.mark.parametrize("n_repetitions, observed", [(0, True), (1, True), (3, False)])
def test_too_little_to_compare(n_repetitions: int, observed: bool) -> None:
    assert describe_consistency(make_set(n_repetitions, observed=observed).analysis) == ""


def test_a_good_view_needs_no_advice() -> None:
    assert advise_view("good") == ()


def test_advice_names_everything_that_should_change() -> None:
    advice = advise_view(
        "usable", yaw_deg=-21.6, feet_cut_off=True, tilt_deg=-5.4, camera_moves=True
    )
    assert len(advice) == 4
    assert "22°" in advice[0]
    assert advice[2] == (
        "Hold the camera level: the picture seems tilted by about 5°. "
        "Angles from the vertical are corrected for most of it."
    )
    assert "from the side" in advise_view("counts_only")[0]


def test_no_correction_is_claimed_where_no_angle_is_shown() -> None:
    (_, level) = advise_view("counts_only", tilt_deg=7.0)
    assert level == "Hold the camera level: the picture seems tilted by about 7°."


def test_the_view_is_described_with_its_doubt() -> None:
    view = make_set(1).analysis.view
    assert describe_view(view) == (
        "The camera stood about 17° ± 4° off a true side view and saw your right side."
    )
    assert "could not be told" in describe_view(view.model_copy(update={"yaw_deg": None}))
    assert view_headline(view).startswith("Slightly oblique")


def undetermined(**changes: object) -> Finding:
    """A check of the set of which nothing can be said."""
    finding = Finding(
        check="lumbar",
        fault="rounding_back",
        title="Rounded back",
        repetition=None,
        verdict="undetermined",
        severity=None,
        measure=None,
        limit=30.0,
        source="product",
        evidence_s=(),
        reason="the arm hides the back",
    )
    return finding.model_copy(update=changes)


def test_what_is_missing_is_listed_with_its_reason() -> None:
    analysis = make_set(2, observed=False).analysis
    finding = undetermined()
    listed = unmeasured(analysis.model_copy(update={"findings": (finding, finding)}))
    assert listed == (
        ("Rounded back", "The arm hides the back."),
        ("Hip fold, Trunk lean, Knee bend", "Never seen in this film."),
        (
            "Back rounding",
            "The outline of the back does not tell it surely: loose clothes, plates, the arms or "
            "an oblique view hide its shape.",
        ),
    )


def test_what_is_missing_in_one_repetition_is_not_missing_in_the_set() -> None:
    """Nor is what was judged."""
    others = (
        undetermined(repetition=1),
        undetermined(verdict="absent", reason=""),
        undetermined(verdict="present", severity="mild", reason=""),
    )
    analysis = make_set(2).analysis.model_copy(update={"findings": others})
    assert unmeasured(analysis) == ()


@pytest.mark.parametrize(
    "yaw_deg, judged", [(65.0, "knees and tempo judged"), (85.0, "knees, weight and tempo judged")]
)
def test_what_a_view_from_the_front_allows(yaw_deg: float, judged: str) -> None:
    """Weight on one leg is only told from straight before or behind."""
    view = make_set(2).analysis.view.model_copy(update={"yaw_deg": yaw_deg})
    assert name_view(view) == ("Front or back", judged)
    assert ("weight" in view_headline(view)) == ("weight" in judged)


def test_faults_that_are_missing_for_the_same_reason_are_listed_together() -> None:
    findings = (undetermined(), undetermined(title="Arched back"), undetermined(reason="too dark"))
    analysis = make_set(2).analysis.model_copy(update={"findings": findings})
    assert unmeasured(analysis) == (
        ("Rounded back, Arched back", "The arm hides the back."),
        ("Rounded back", "Too dark."),
    )


@pytest.mark.parametrize(
    "back_zero, why",
    [("standing", "outline"), ("lockouts", "outline"), ("", "standing upright")],
)
def test_why_a_back_is_not_told(back_zero: str, why: str) -> None:
    assert why in why_no_back(back_zero)


def test_without_standing_that_is_the_reason_for_a_missing_back() -> None:
    analysis = make_set(2, observed=False).analysis
    quality = analysis.quality.model_copy(update={"standing_zero": False, "back_zero": ""})
    listed = dict(unmeasured(analysis.model_copy(update={"quality": quality})))
    assert listed["Back rounding"].startswith("Measured against standing upright")
    assert listed["Hip fold, Trunk lean, Knee bend"] == "Never seen in this film."


def test_a_view_from_the_front_is_the_reason_for_missing_angles() -> None:
    analysis = make_set(2, observed=False).analysis
    view = analysis.view.model_copy(update={"verdict": "counts_only"})
    from_the_front = analysis.model_copy(update={"view": view})
    assert unmeasured(from_the_front, unseen=("Hip fold", "Head lean")) == (
        (
            "Hip fold, Head lean, Trunk lean, Knee bend, Back rounding",
            "The camera did not see the lifter from the side.",
        ),
    )
    assert "did not see the lifter from the side" in explain_no_angles(view)
    assert "never seen clearly" in explain_no_angles(analysis.view)


def test_a_measure_that_is_missing_once_is_named_once() -> None:
    analysis = make_set(3).analysis
    first = analysis.repetitions[0]
    gone = MeasureValue(value=None, unit="deg", sd=None)
    changed = first.model_copy(update={"measures": {**first.measures, "grip_width": gone}})
    analysis = analysis.model_copy(update={"repetitions": (changed, *analysis.repetitions[1:])})
    assert unmeasured(analysis) == (("Grip width", "Not seen in repetition 1."),)


@pytest.mark.parametrize(
    "n,said",
    [
        (1, "from 10.0 to 11.0 s:"),
        (2, "from 10.0 to 11.0 s, 20.0 to 22.0 s:"),
        (4, "from 20.0 to 22.0 s, 30.0 to 33.0 s, 40.0 to 44.0 s, and once more:"),
        (6, "from 40.0 to 44.0 s, 50.0 to 55.0 s, 60.0 to 66.0 s, and 3 more times:"),
    ],
)
def test_absences_are_told_the_longest_of_many(n: int, said: str) -> None:
    told = describe_absences([(10.0 * k, 11.0 * k) for k in range(1, n + 1)])
    assert said in told
