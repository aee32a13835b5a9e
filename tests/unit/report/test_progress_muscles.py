"""Sets of each muscle against the rule of the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hingewise.library.index import Index, WeeklySets
from hingewise.report.progress_muscles import COUNTED, make_muscle_panel
from hingewise.report.progress_report import Panel
from hingewise.training.history import DayTotals, weeks_between
from tests.builders_progress import INDEX, MONDAY, SUNDAY, loaded, unloaded, weeks_ago

WEEKS = weeks_between(weeks_ago(2), MONDAY)


def panel(*days: DayTotals, until: date = SUNDAY, index: Index = INDEX) -> Panel:
    return make_muscle_panel(days, index, WEEKS, until)


def test_targets_count_whole_and_secondary_muscles_half() -> None:
    glutes, quads = panel(loaded(weeks_ago(2), n_sets=5), unloaded(MONDAY, n_sets=3)).series
    assert (glutes.name, glutes.values, glutes.limit) == ("Glutes", (5.0, 0.0, 3.0), 10)
    assert (quads.name, quads.values) == ("Quadriceps", (2.5, 0.0, 0.0))


def test_it_says_what_counts_and_the_rule() -> None:
    made = panel(loaded(MONDAY))
    assert made.says == ("The last 3 weeks.", "About ten sets.")
    assert made.notes == (COUNTED,)
    assert "half" in COUNTED


def test_whole_weeks_since_the_beginning_are_held_against_the_rule() -> None:
    days = [loaded(weeks_ago(1), n_sets=12), loaded(MONDAY, n_sets=4)]
    assert panel(*days).series[0].says == "8 a week; 10 or more in 1 of 2 weeks"
    assert panel(*days, until=MONDAY).series[0].says == "12 a week; 10 or more in 1 of 1 week"
    assert panel(days[1], until=MONDAY).series[0].says == "this week 4"


def test_a_rule_without_a_number_is_no_limit() -> None:
    wordy = replace(INDEX, weekly_sets=WeeklySets())
    made = panel(loaded(MONDAY), index=wordy)
    assert (made.series[0].limit, made.series[0].says) == (None, "4 a week")
    assert made.says == ("The last 3 weeks.",)


def test_what_the_library_does_not_know_counts_nowhere_and_that_is_said() -> None:
    made = panel(loaded(MONDAY, exercise="gone", n_sets=2))
    assert made.series == ()
    assert made.notes[1] == "2 sets of exercises that the library does not know count nowhere."
