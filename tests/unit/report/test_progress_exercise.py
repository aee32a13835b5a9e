"""One exercise, week by week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hingewise.report.progress_exercise import (
    NO_LOAD,
    NO_MAXIMUM,
    Shown,
    describe_amounts,
    make_exercise_panel,
)
from hingewise.report.progress_report import Panel, Series
from hingewise.training.history import DayTotals, weeks_between
from tests.builders_progress import LB, MONDAY, SUNDAY, loaded, unloaded, weeks_ago


def panel(*days: DayTotals, n_weeks: int = 3, until: date = SUNDAY, lb: bool = False) -> Panel:
    weeks = weeks_between(weeks_ago(n_weeks - 1), MONDAY)
    shown = Shown(weeks=weeks, until=until, unit="lb" if lb else "kg")
    return make_exercise_panel("lunge", "Lunge", days, shown)


def series(made: Panel) -> dict[str, Series]:
    return {each.name: each for each in made.series}


def test_each_week_has_its_value() -> None:
    made = panel(
        loaded(weeks_ago(2), 40.0, maximum_kg=48.04),
        loaded(MONDAY, 42.5),
        loaded(SUNDAY, 40.0, n_sets=2),
    )
    found = {name: each.values for name, each in series(made).items()}
    assert found == {
        "Sets": (4.0, 0.0, 6.0),
        "Repetitions": (20.0, 0.0, 30.0),
        "Volume load": (800.0, 0.0, 1250.0),
        "Estimated maximum": (48.0, None, None),
        "Heaviest load": (40.0, None, 42.5),
    }
    assert made.weeks == (weeks_ago(2), weeks_ago(1), MONDAY)
    assert {name: each.kind for name, each in series(made).items()} == {
        "Sets": "bars",
        "Repetitions": "bars",
        "Volume load": "bars",
        "Estimated maximum": "line",
        "Heaviest load": "line",
    }


def test_pounds_stay_pounds() -> None:
    found = series(panel(loaded(MONDAY, 135 * LB, maximum_kg=157.5 * LB, lb=True), lb=True))
    assert found["Heaviest load"].values == (None, None, 135.0)
    assert found["Estimated maximum"].values == (None, None, 157.5)
    assert found["Volume load"].values == (0.0, 0.0, 2700.0)
    assert found["Heaviest load"].says == "latest 135 lb, most 135 lb"


def test_bands_alone_show_sets_and_repetitions_and_say_why() -> None:
    made = panel(unloaded(MONDAY))
    assert list(series(made)) == ["Sets", "Repetitions"]
    assert made.notes == (NO_LOAD,)
    assert made.says == ("Last trained on Mon 2 Mar 2026.",)


def test_holds_show_their_seconds() -> None:
    found = series(panel(unloaded(MONDAY, held_s=90)))
    assert list(found) == ["Sets", "Seconds held"]
    assert found["Seconds held"].values == (0.0, 0.0, 90.0)


def test_what_is_not_known_is_said() -> None:
    assert panel(loaded(MONDAY)).notes == (NO_MAXIMUM,)
    assert panel(loaded(MONDAY, maximum_kg=60.0)).notes == ()
    mixed = panel(loaded(MONDAY, maximum_kg=60.0), unloaded(SUNDAY, exercise="lunge"))
    assert mixed.notes == ("3 sets without a load count in no volume load.",)


def test_the_latest_change_comes_first() -> None:
    made = panel(
        loaded(weeks_ago(8), 50.0, maximum_kg=88.0),
        loaded(MONDAY, 55.0, maximum_kg=92.0),
        n_weeks=9,
    )
    assert made.says == (
        "Estimated maximum 92 kg, 4 kg more than eight weeks ago.",
        "Heaviest load 55 kg, 5 kg more than eight weeks ago.",
        "Last trained on Mon 2 Mar 2026.",
    )


@pytest.mark.parametrize(
    "values, until, says",
    [
        ([6.0, 8.0, 3.0], MONDAY, "7 a week, this week 3"),
        ([6.0, 8.0, 4.0], SUNDAY, "6 a week"),
        ([0.0, 8.0, 3.0], MONDAY, "8 a week, this week 3"),  # not begun yet is no week
        ([8.0, 0.0, 3.0], MONDAY, "4 a week, this week 3"),  # but a week off is one
        ([0.0, 0.0, 3.0], MONDAY, "this week 3"),
        ([8.0, 8.0, 0.0], SUNDAY - timedelta(days=1), "8 a week, this week 0"),
    ],
)
def test_amounts_in_words(values: list[float], until: date, says: str) -> None:
    weeks = weeks_between(weeks_ago(2), MONDAY)
    assert describe_amounts(values, "", weeks, until) == says
