"""Exercises are found by the names that people and other programs give them."""

from __future__ import annotations

import pytest

from hingewise.library.load import load_library
from hingewise.training.names import find_exercise, names_of

NAMES = names_of(load_library())


@pytest.mark.parametrize(
    "title, exercise",
    [
        ("Deadlift (Barbell)", "conventional_deadlift"),
        ("Deadlift (Trap Bar)", "trap_bar_deadlift"),
        ("Romanian Deadlift (Dumbbell)", "dumbbell_romanian_deadlift"),
        ("Hip Thrust (Barbell)", "barbell_hip_thrust"),
        ("Cable Pull Through", "cable_pull_through"),
        ("Hip Thrust (Machine)", None),
        ("Deadlift (Band)", None),
        ("Bench Press (Barbell)", None),
        ("", None),
    ],
)
def test_what_stands_in_brackets_must_fit(title: str, exercise: str | None) -> None:
    """A machine's hip thrust is none of a barbell: better left out than mixed up."""
    assert find_exercise(title, NAMES) == exercise
