"""Names are found by the index alone, and slips in the whole library."""

from __future__ import annotations

import pytest

from hingewise.library.load import load_library
from hingewise.training.names import find_exercise, known_names, names_of


def test_the_index_knows_the_names_of_the_library() -> None:
    assert known_names().ids == names_of(load_library()).ids


@pytest.mark.parametrize("said", ["RDL", "r.d.l.", "romanian deadlift", "romanian_deadlift"])
def test_a_name_is_found_however_it_is_spelled(said: str) -> None:
    found = known_names().find(said)
    assert found == "romanian_deadlift"
    assert known_names().title(found) == "Romanian deadlift"


def test_a_slip_has_its_nearest_name() -> None:
    assert known_names().find("pul trough") is None
    assert known_names().nearest("pul trough") == "Cable pull-through"


def test_an_exercise_that_is_gone_is_its_id() -> None:
    assert known_names().title("gone") == "gone"


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
    assert find_exercise(title, known_names()) == exercise
