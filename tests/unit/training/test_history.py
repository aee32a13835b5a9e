"""Days are summed up by ISO weeks, whatever their order."""

from __future__ import annotations

from datetime import date, timedelta
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.training.history import DayTotals, fold_weeks, monday_of, weeks_between

MONDAY = date(2026, 3, 2)


def day(
    on: date,
    n_sets: int = 3,
    *,
    volume_kg: float = 0.0,
    heaviest_kg: float | None = None,
    maximum_kg: float | None = None,
) -> DayTotals:
    return DayTotals(
        exercise="lunge",
        on=on,
        n_sets=n_sets,
        n_repetitions=8 * n_sets,
        held_s=0,
        n_loaded=n_sets,
        n_lb=0,
        volume_kg=volume_kg,
        heaviest_kg=heaviest_kg,
        maximum_kg=maximum_kg,
    )


@pytest.mark.parametrize(
    "on, monday",
    [
        (date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 3, 8), date(2026, 3, 2)),
        (date(2026, 1, 1), date(2025, 12, 29)),  # ISO week 1 of 2026 begins in 2025
        (date(2027, 1, 3), date(2026, 12, 28)),  # ISO week 53 of 2026
        (date(2024, 2, 29), date(2024, 2, 26)),
    ],
)
def test_weeks_begin_on_monday(on: date, monday: date) -> None:
    assert monday_of(on) == monday


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
def test_weeks_are_those_of_iso_8601(on: date) -> None:
    assert monday_of(on).isocalendar() == (*on.isocalendar()[:2], 1)


def test_sunday_and_monday_part_weeks() -> None:
    days = [day(MONDAY + timedelta(days=6), 3), day(MONDAY + timedelta(days=7), 5)]
    assert [week.n_sets for week in fold_weeks(days, weeks_between(MONDAY, days[1].on))] == [3, 5]


def test_a_week_holds_its_sums_and_its_best() -> None:
    days = [
        day(MONDAY, 3, volume_kg=100.0, heaviest_kg=40.0, maximum_kg=60.0),
        day(MONDAY + timedelta(days=3), 2, volume_kg=50.0, heaviest_kg=45.0),
    ]
    (week,) = fold_weeks(days, [MONDAY])
    assert (week.n_sets, week.n_repetitions, week.volume_kg) == (5, 40, 150.0)
    assert (week.heaviest_kg, week.maximum_kg) == (45.0, 60.0)


def test_a_week_without_training_stands_there_empty() -> None:
    days = [day(MONDAY), day(MONDAY + timedelta(days=14))]
    _, empty, _ = fold_weeks(days, weeks_between(MONDAY, days[1].on))
    assert (empty.n_sets, empty.volume_kg) == (0, 0.0)
    assert isnan(empty.heaviest_kg)
    assert isnan(empty.maximum_kg)


def test_what_lies_outside_the_weeks_is_left_out() -> None:
    days = [day(MONDAY - timedelta(days=1)), day(MONDAY), day(MONDAY + timedelta(days=7))]
    assert [week.n_sets for week in fold_weeks(days, [MONDAY])] == [3]


@given(st.permutations([day(MONDAY + timedelta(days=n), n + 1) for n in range(20)]))
def test_the_order_of_days_does_not_matter(days: list[DayTotals]) -> None:
    mondays = weeks_between(MONDAY, MONDAY + timedelta(days=19))
    counts = [week.n_sets for week in fold_weeks(days, mondays)]
    assert counts == [28, 77, 105]
