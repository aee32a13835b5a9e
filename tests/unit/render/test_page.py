"""Cards and statistics: every repetition in order, with its own pictures and numbers."""

from __future__ import annotations

import pytest

from hingewise.render.keyframes import KeyFrame
from hingewise.render.numbers import lay_out_numbers
from hingewise.render.page import make_camera, make_cards, make_stats, make_strip, phases_of
from hingewise.report.document import MeasureValue, View
from tests.builders_report import make_set


def make_frames(n_repetitions: int) -> list[KeyFrame]:
    return [
        KeyFrame(repetition=number, kind=kind, time_s=float(number), jpeg=b"jpeg")
        for number in range(1, n_repetitions + 1)
        for kind in ("bottom", "lockout")
    ]


def test_each_card_shows_its_own_bottom_and_lockout() -> None:
    cards = make_cards(make_set(3).analysis, make_frames(2))
    assert [card.number for card in cards] == [1, 2, 3]
    assert [frame.caption for frame in cards[1].frames] == ["Bottom", "Lockout"]
    assert [frame.clock for frame in cards[1].frames] == ["0:02.0", "0:02.0"]
    assert cards[2].frames == ()


def test_the_strip_holds_only_its_own_pictures() -> None:
    strip = KeyFrame(repetition=2, kind="strip", time_s=0.5, jpeg=b"jpeg")
    assert [frame.time_s for frame in make_strip([*make_frames(2), strip])] == [0.5]


def test_a_phase_that_was_not_seen_is_left_out() -> None:
    repetition = make_set(1).analysis.repetitions[0]
    assert [phase.name for phase in phases_of(repetition)] == [
        "Lowering",
        "Bottom",
        "Lifting",
        "Lockout",
    ]
    unseen = repetition.model_copy(update={"eccentric_s": None})
    assert phases_of(unseen)[0].name == "Bottom"


def test_the_head_of_the_page_sums_up_complete_repetitions() -> None:
    stats = make_stats(make_set(5, partial=(4,)).analysis)
    assert [(stat.value, stat.label) for stat in stats] == [
        ("4", "repetitions"),
        ("2-0-1-1", "tempo"),
        ("92°", "hip fold at the bottom"),
        ("74°", "trunk lean at the bottom"),
    ]
    assert stats[0].detail == "and 1 partial"


@pytest.mark.parametrize("sd, doubt", [(4.4, "4"), (0.2, "1"), (None, "1")])
def test_the_score_stands_in_the_head_with_its_doubt(sd: float | None, doubt: str) -> None:
    """Never surer than a point; one measure makes room for it."""
    analysis = make_set(5).analysis
    scored = {"technique_score": 71.3, "technique_score_sd": sd}
    summary = analysis.summary.model_copy(update=scored)
    stats = make_stats(analysis.model_copy(update={"summary": summary}))
    assert [stat.label for stat in stats] == [
        "repetitions",
        "tempo",
        "technique",
        "hip fold at the bottom",
    ]
    assert (stats[2].value, stats[2].detail) == ("71", f"of 100, give or take {doubt}")


def test_the_head_of_an_empty_set() -> None:
    (stat,) = make_stats(make_set(0).analysis)
    assert (stat.value, stat.label, stat.detail) == ("0", "repetitions", "")


def test_numbers_lie_within_their_scale_and_chance_looks_small() -> None:
    analysis = make_set(4, partial=(2,)).analysis
    angles, others = lay_out_numbers(analysis.repetitions[1], analysis.repetitions)
    assert others == ()
    number = angles[0].bottom
    assert number.here_percent == pytest.approx(6.0)
    assert all(0 <= place <= 100 for place in number.others_percent)
    alike = make_set(4).analysis.repetitions
    assert lay_out_numbers(alike[0], alike)[0][0].bottom.here_percent == 50.0


def test_a_number_that_no_repetition_shows_has_no_row() -> None:
    unseen = make_set(2, observed=False).analysis.repetitions
    assert lay_out_numbers(unseen[0], unseen) == ((), ())


def test_other_numbers_follow_the_angles() -> None:
    repetition = make_set(1).analysis.repetitions[0]
    drift = MeasureValue(value=0.04, unit="m", sd=None)
    changed = repetition.model_copy(
        update={"measures": {**repetition.measures, "bar_drift": drift}}
    )
    _, others = lay_out_numbers(changed, [changed])
    assert [(row.name, row.bottom.text) for row in others] == [("Bar drift", "0.0 m")]


def make_view(facing: str, yaw_deg: float | None) -> View:
    view = make_set(1).analysis.view.model_dump() | {"facing": facing, "yaw_deg": yaw_deg}
    return View.model_validate(view)


def test_the_camera_stands_where_it_stood() -> None:
    beside = make_camera(make_view("right", 0.0))
    ahead = make_camera(make_view("camera", 90.0))
    behind = make_camera(make_view("away", 90.0))
    assert (beside.x, round(beside.y)) == (0.0, 62)
    assert ahead.x == -behind.x == 62.0
    assert make_camera(make_view("left", 20.0)).lifter_turn_deg == 180
    assert not make_camera(make_view("unknown", None)).known
