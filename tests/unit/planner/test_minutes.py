"""How long sets take, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingewise.planner.doses import Given, give
from hingewise.planner.minutes import line_minutes, repetition_s
from hingewise.planner.tables import load_patterns
from hingewise.training.plan import Ramp
from tests.builders_plans import LIBRARY


@pytest.mark.parametrize(
    "tempo, seconds", [("3-0-1-1", 5.0), ("2-0-x-0", 3.0), ("", 3.0), ("10-0-1-0", 11.0)]
)
def test_a_repetition(tempo: str, seconds: float) -> None:
    """What is done as fast as can be takes a second."""
    assert repetition_s(tempo) == seconds


def given(**changed: object) -> Given:
    usual = give(
        LIBRARY.exercises["cable_pull_through"],
        load_patterns().slots["primer"],
        learning=False,
        careful=False,
        loaded=True,
    )
    dose = replace(usual.dose, tempo="3-0-1-1")
    return replace(
        usual,
        dose=dose,
        repetitions=(8, 12),
        rest_s=60,
        ramp=None,
        **changed,  # type: ignore[arg-type]
    )


def test_sets_with_a_rest_between_two_and_none_behind_the_last() -> None:
    """A minute to set up, 3 x 12 x 5 s = 3 min, 2 x 60 s = 2 min."""
    assert line_minutes(given(), 3, one_sided=False) == 6.0


def test_both_sides_take_twice_the_work_and_the_same_rest() -> None:
    assert line_minutes(given(), 3, one_sided=True) == 9.0


def test_sets_that_lead_up_count() -> None:
    """Two of 6 repetitions at 5 s with 45 s of rest: 2.5 min."""
    ramp = Ramp(sets=2, repetitions=6, rest_s=45)
    assert line_minutes(replace(given(), ramp=ramp), 3, one_sided=False) == 8.5


def test_one_set_has_no_rest() -> None:
    assert line_minutes(given(), 1, one_sided=False) == 2.0
