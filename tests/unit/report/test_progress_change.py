"""What changed is said where the data carry it, and nothing where they do not."""

from __future__ import annotations

from datetime import date, timedelta
from math import nan

import pytest

from hingewise.report.progress_change import Level, describe_change, estimated_maximum

FIRST = date(2026, 1, 5)
LB = 0.45359237


def told(
    by_week: dict[int, float], *, n_weeks: int = 20, estimated: bool = True, lb: bool = False
) -> str:
    """What is said of values so many weeks ago; 0 is this week."""
    kg = [by_week.get(n_weeks - 1 - n, nan) for n in range(n_weeks)]
    level = estimated_maximum(kg) if estimated else Level(name="heaviest load", kg=kg)
    weeks = [FIRST + timedelta(weeks=n) for n in range(n_weeks)]
    return describe_change(level, weeks, LB if lb else 1.0, "lb" if lb else "kg")


@pytest.mark.parametrize(
    "by_week, says",
    [
        ({}, ""),
        ({0: 92.0}, "Estimated maximum 92 kg."),
        ({0: 92.0, 8: 88.0}, "Estimated maximum 92 kg, 4 kg more than eight weeks ago."),
        ({0: 88.0, 8: 92.0}, "Estimated maximum 88 kg, 4 kg less than eight weeks ago."),
        ({0: 92.0, 12: 80.0}, "Estimated maximum 92 kg, 12 kg more than twelve weeks ago."),
        ({0: 92.0, 9: 88.0, 12: 80.0}, "Estimated maximum 92 kg, 4 kg more than nine weeks ago."),
        ({3: 92.0, 11: 88.0}, "Estimated maximum 92 kg, 4 kg more than eleven weeks ago."),
        ({3: 92.0, 15: 88.0}, "Estimated maximum 92 kg, 4 kg more than fifteen weeks ago."),
        ({0: 92.0, 7: 80.0}, "Estimated maximum 92 kg."),
        ({0: 92.0, 13: 80.0}, "Estimated maximum 92 kg."),
        ({4: 92.0}, "Estimated maximum 92 kg in the week of 20 Apr 2026."),
        (
            {4: 92.0, 12: 80.0},
            "Estimated maximum 92 kg in the week of 20 Apr 2026, "
            "12 kg more than eight weeks before.",
        ),
    ],
)
def test_what_is_said_of_a_maximum(by_week: dict[int, float], says: str) -> None:
    assert told(by_week) == says


@pytest.mark.parametrize("now", [89.0, 90.0, 93.0])
def test_a_difference_within_one_repetition_is_none(now: float) -> None:
    """People err by a repetition in reserve: a thirtieth of the load."""
    assert told({0: now, 8: 90.0}).endswith("about as much as eight weeks ago.")
    assert "more" in told({0: 93.2, 8: 90.0})


def test_a_heaviest_load_was_lifted_and_is_not_doubted() -> None:
    said = told({0: 90.5, 8: 90.0}, estimated=False)
    assert said == "Heaviest load 90.5 kg, 0.5 kg more than eight weeks ago."
    assert told({0: 90.0, 8: 90.0}, estimated=False).endswith(", as much as eight weeks ago.")


def test_it_is_said_in_the_unit_of_the_lifter() -> None:
    said = told({0: 225 * LB, 8: 205 * LB}, estimated=False, lb=True)
    assert said == "Heaviest load 225 lb, 20 lb more than eight weeks ago."


def test_a_young_journal_says_how_high_it_is() -> None:
    assert told({0: 60.0}, n_weeks=1) == "Estimated maximum 60 kg."
