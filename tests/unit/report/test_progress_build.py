"""The report as a whole: what stands in it, in which order, and what is left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hingewise.report.progress_build import MAXIMUM_NOTE, ask, make_progress
from hingewise.report.progress_report import ProgressReport
from hingewise.training.history import DayTotals, History, Pain
from tests.builders_progress import INDEX, LB, MONDAY, SUNDAY, loaded, unloaded, weeks_ago


def report(
    *days: DayTotals, pains: tuple[Pain, ...] = (), since: date | None = None, exercise: str = ""
) -> ProgressReport:
    asked = ask(SUNDAY, since=since, exercise=exercise)
    return make_progress(History(days=days, pains=pains), INDEX, asked)


def ids(made: ProgressReport) -> list[str]:
    return [panel.id for panel in made.panels]


def test_an_empty_journal_makes_an_empty_report() -> None:
    made = report()
    assert (made.panels, made.says, made.notes) == ((), (), ())


def test_a_report_is_of_whole_weeks_and_a_year() -> None:
    assert ask(SUNDAY).since == MONDAY - timedelta(weeks=51)
    assert ask(SUNDAY, since=SUNDAY).since == MONDAY


def test_muscles_need_twelve_weeks_whatever_is_shown() -> None:
    assert ask(SUNDAY, since=SUNDAY).read_since == MONDAY - timedelta(weeks=11)
    assert ask(SUNDAY).read_since == ask(SUNDAY).since


def test_one_set() -> None:
    made = report(unloaded(SUNDAY, n_sets=1))
    assert made.says == ("From Sun 8 Mar 2026 on: 1 set on 1 day.",)
    assert ids(made) == ["exercise-bridge", "muscles"]


def test_what_is_trained_now_stands_first() -> None:
    made = report(
        *(loaded(weeks_ago(20 + n), exercise="squat") for n in range(9)),
        unloaded(weeks_ago(2)),
        loaded(weeks_ago(1)),
    )
    assert ids(made) == ["exercise-lunge", "exercise-bridge", "exercise-squat", "muscles"]
    assert made.panels[2].title == "squat", "an id that the library lost is its own name"


def test_days_before_count_for_muscles_alone() -> None:
    made = report(loaded(weeks_ago(3)), unloaded(MONDAY), since=MONDAY)
    assert ids(made) == ["exercise-bridge", "muscles"]
    assert made.panels[0].weeks == (MONDAY,)
    assert len(made.panels[1].weeks) == 12
    assert made.says == ("From Mon 2 Mar 2026 on: 3 sets on 1 day.",)


def test_a_time_without_training_is_said() -> None:
    made = report(loaded(weeks_ago(3)), since=MONDAY)
    assert ids(made) == ["muscles"]
    assert made.says == ("Nothing since Mon 2 Mar 2026.",)


def test_one_exercise_says_nothing_of_muscles() -> None:
    assert ids(report(loaded(MONDAY), exercise="lunge")) == ["exercise-lunge"]


@pytest.mark.parametrize("n_lb, unit", [(0, "kg"), (1, "kg"), (2, "lb"), (3, "lb")])
def test_loads_are_shown_as_most_were_entered(n_lb: int, unit: str) -> None:
    made = report(*(loaded(weeks_ago(n), lb=n < n_lb) for n in range(3)))
    volume = next(each for each in made.panels[0].series if each.name == "Volume load")
    assert volume.unit == unit
    assert volume.values[-1] == round(1000.0 / (LB if unit == "lb" else 1.0))


def test_pain_is_listed_the_latest_first() -> None:
    pains = (
        Pain(on=weeks_ago(2), exercise="lunge", pain=3),
        Pain(on=MONDAY, exercise="gone", pain=1),
    )
    panel = report(loaded(MONDAY), pains=pains).panels[-1]
    assert panel.title == "Pain that was noted"
    assert [(item.on, item.text) for item in panel.items] == [
        (MONDAY, "gone: 1 of 10"),
        (weeks_ago(2), "Lunge: 3 of 10"),
    ]


def test_pain_before_the_time_is_left_out() -> None:
    pains = (Pain(on=weeks_ago(2), exercise="lunge", pain=3),)
    assert "pain" not in ids(report(loaded(MONDAY), pains=pains, since=MONDAY))


def test_an_estimate_is_called_a_proxy() -> None:
    assert report(loaded(MONDAY, maximum_kg=60.0)).notes == (MAXIMUM_NOTE,)
    assert report(loaded(MONDAY)).notes == ()


def test_a_day_ahead_of_the_clock_has_its_week() -> None:
    """Somewhere it is tomorrow already, and a Monday."""
    made = report(loaded(SUNDAY + timedelta(days=1)))
    assert made.panels[0].weeks[-1] == SUNDAY + timedelta(days=1)
    assert len(made.panels[-1].weeks) == 12
