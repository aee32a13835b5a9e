"""Faults on the page: the one that matters first, each once, as text, with its picture."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pytest

from hingewise.library.load import load_library
from hingewise.render.faults import FaultView, make_faults, mark_faults
from hingewise.render.html import render_report
from hingewise.render.keyframes import FAULT, KeyFrame
from hingewise.report.document import Analysis, Finding, MeasureValue
from hingewise.report.figures import make_figures
from tests.builders_report import make_set

LIBRARY = load_library()
FIRST, SECOND, THIRD = list(LIBRARY.faults)[:3]
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


def finding(fault: str = FIRST, **changes: object) -> Finding:
    """A clear fault of three repetitions in four, shown from second 4 to second 6."""
    found = Finding(
        check=f"check_{fault}",
        fault=fault,
        title=LIBRARY.faults[fault].name,
        repetition=None,
        verdict="present",
        severity="clear",
        measure=MeasureValue(value=20.0, unit="deg", sd=2.0),
        limit=10.0,
        source="product",
        evidence_s=(4.0, 6.0),
        reason="",
        because="it is 20°, not 10°",
        n_present=3,
        n_judged=4,
    )
    return found.model_copy(update=changes)


def analysis(*findings: Finding, top: str = "", **summary: object) -> Analysis:
    plain = make_set(4).analysis
    told = plain.summary.model_copy(update={"top_fault": top, **summary})
    return plain.model_copy(update={"findings": findings, "summary": told})


def frames(*at: tuple[str, float]) -> list[KeyFrame]:
    return [KeyFrame(repetition=1, kind=k, time_s=t, jpeg=f"{k}{t}".encode()) for k, t in at]


def faults(
    *findings: Finding, top: str = "", pictures: Sequence[KeyFrame] = ()
) -> tuple[FaultView, ...]:
    return make_faults(analysis(*findings, top=top), pictures)


def titles(views: Sequence[FaultView]) -> list[str]:
    return [view.title for view in views]


def names(*of_faults: str) -> list[str]:
    return [LIBRARY.faults[fault].name for fault in of_faults]


def test_the_fault_that_matters_most_comes_first() -> None:
    found = faults(finding(FIRST), finding(SECOND), finding(THIRD), top=THIRD)
    assert titles(found) == names(THIRD, FIRST, SECOND)
    assert [view.first for view in found] == [True, False, False]


def test_only_what_is_there_in_the_set_is_shown() -> None:
    found = faults(
        finding(FIRST, verdict="absent", severity=None),
        finding(SECOND, verdict="undetermined", severity=None, reason="hidden"),
        finding(THIRD, repetition=2),
    )
    assert found == ()


def test_each_fault_is_shown_once() -> None:
    """However many of its checks found it."""
    found = faults(finding(FIRST), finding(SECOND), finding(FIRST, check="other"), top=FIRST)
    assert titles(found) == names(FIRST, SECOND)


def test_a_fault_is_shown_as_bad_as_it_is() -> None:
    """By the worst of its checks: that is the one that the advice goes by."""
    (found,) = faults(finding(severity="mild"), finding(severity="severe", check="other"))
    assert found.severity == "severe"


@pytest.mark.parametrize(
    "severity, word", [("mild", "slightly"), ("clear", "clearly"), ("severe", "strongly")]
)
def test_the_badge_says_how_much_and_how_often(severity: str, word: str) -> None:
    (found,) = faults(finding(severity=severity))
    assert found.badge == f"{word}, in 3 of 4"
    assert found.severity == severity


def test_what_only_the_set_shows_is_counted_in_no_repetition() -> None:
    (found,) = faults(finding(n_present=0, n_judged=0))
    assert found.badge == "clearly, over the set"


def test_a_fault_says_why_and_what_to_do() -> None:
    (found,) = faults(finding())
    fault = LIBRARY.faults[FIRST]
    assert found.because == "It is 20°, not 10°."
    assert found.correction == fault.correction.text
    assert found.drill == LIBRARY.drills[fault.drills[0]].name


def test_a_fault_leads_to_where_the_film_shows_it() -> None:
    (found,) = faults(finding(evidence_s=(64.26, 66.0)))
    assert (found.start_s, found.clock) == (64.26, "1:04.3")
    (nowhere,) = faults(finding(evidence_s=()))
    assert (nowhere.start_s, nowhere.frame) == (0.0, None)


def shown(found: FaultView) -> float:
    assert found.frame is not None
    return found.frame.time_s


def test_the_picture_is_that_nearest_to_the_fault() -> None:
    """Of the moments of repetitions, not of the strip."""
    pictures = frames(("bottom", 1.0), ("strip", 5.0), ("lockout", 5.6), ("bottom", 9.0))
    (found,) = faults(finding(), pictures=pictures)
    assert shown(found) == 5.6
    (later,) = faults(finding(evidence_s=(8.0, 9.0)), pictures=pictures)
    assert shown(later) == 9.0


def test_a_picture_that_proves_the_fault_is_shown_rather_than_the_nearest() -> None:
    mine, other = f"{FAULT}check_{FIRST}", f"{FAULT}check_{SECOND}"
    pictures = frames(("bottom", 5.0), (mine, 8.0), (other, 5.1))
    (found,) = faults(finding(), pictures=pictures)
    assert shown(found) == 8.0


@pytest.mark.parametrize(
    "changes, pictures",
    [
        ({}, []),
        ({}, frames(("strip", 5.0))),
        ({"n_present": 0, "n_judged": 0}, frames(("bottom", 5.0))),
        ({"evidence_s": ()}, frames(("bottom", 5.0))),
    ],
)
def test_without_a_fitting_picture_there_is_none(
    changes: dict[str, Any], pictures: list[KeyFrame]
) -> None:
    """No film, only the strip, a fault of the whole set, or one that shows nowhere."""
    (found,) = faults(finding(**changes), pictures=pictures)
    assert found.frame is None


def test_every_repetition_that_shows_a_fault_is_marked_on_the_timeline() -> None:
    """Once, in the order of the film; of what the set does not show, nothing."""
    of_set = finding(n_present=2)
    late, early = (
        finding(repetition=number, evidence_s=(start_s, start_s + 1.0))
        for number, start_s in ((2, 15.0), (1, 5.0))
    )
    others = (
        finding(SECOND, repetition=1),
        finding(repetition=3, verdict="absent", severity=None, evidence_s=(9.0, 10.0)),
        finding(repetition=4, evidence_s=()),
    )
    marks = mark_faults(analysis(of_set, late, early, early, *others), 20.0)
    assert [(mark.title, mark.start_s) for mark in marks] == [
        (LIBRARY.faults[FIRST].name, 5.0),
        (LIBRARY.faults[FIRST].name, 15.0),
    ]
    assert [mark.left_percent for mark in marks] == [25.0, 75.0]


def test_a_set_without_a_fault_has_no_marks() -> None:
    """Also where one repetition shows one."""
    assert mark_faults(analysis(finding(repetition=1)), 20.0) == ()
    assert mark_faults(analysis(), 0.0) == ()


def page(of: Analysis, pictures: Sequence[KeyFrame] = ()) -> str:
    made = make_set(4)
    figures = make_figures(made.kinematics, made.segmentation)
    return render_report(of, figures, pictures, video_name=None)


def test_what_was_found_stands_on_the_page() -> None:
    shown_page = page(
        analysis(finding(FIRST), finding(SECOND), top=SECOND, good=("All was well.",)),
        frames(("bottom", 5.0)),
    )
    first, second = (shown_page.index(f"<h3>{escape(n)}") for n in names(SECOND, FIRST))
    assert first < second
    assert "clearly, in 3 of 4" in shown_page
    assert "What was found" in shown_page
    assert "<li>All was well.</li>" in shown_page
    assert shown_page.count('<article class="fault') == 2
    assert shown_page.count('<article class="fault clear first"') == 1


def test_the_drill_is_that_of_the_one_thing_to_change() -> None:
    drill = LIBRARY.drills[LIBRARY.faults[SECOND].drills[0]].name
    other = LIBRARY.drills[LIBRARY.faults[FIRST].drills[0]].name
    text = page(analysis(finding(FIRST), finding(SECOND), top=SECOND))
    assert text.count("<b>Drill</b>") == 1
    assert f"<b>Drill</b> {escape(drill)}" in text
    assert other != drill


def test_a_clean_set_says_what_was_good() -> None:
    text = page(analysis(good=("All was well.",)))
    assert "What was found" not in text
    assert "What was good" in text
    assert '<article class="fault' not in text


def test_where_nothing_was_judged_nothing_is_said() -> None:
    text = page(analysis())
    assert "What was found" not in text
    assert "What was good" not in text


def test_hostile_words_stay_text() -> None:
    hostile = finding(title=HOSTILE, because=f"it is {HOSTILE}", check=HOSTILE)
    text = page(
        analysis(hostile, top=FIRST, good=(HOSTILE,), top_cue=HOSTILE, next_step=HOSTILE),
        frames(("bottom", 5.0)),
    )
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert text.count("&lt;script&gt;alert(1)") >= 5
