"""Exercises are found by FIT's numbers and names, and only those that are meant."""

from __future__ import annotations

import pytest

from hingewise.library.load import load_library
from hingewise.training.fit_profile import UNKNOWN, exercises_of
from hingewise.training.names import names_of

EXERCISES = exercises_of(names_of(load_library()))


def test_what_the_library_says_is_known_to_fit() -> None:
    said = {key for key, each in EXERCISES.names.library().exercises.items() if each.other_ids.fit}
    assert set(EXERCISES.pairs) == said
    for key, pair in EXERCISES.pairs.items():
        assert EXERCISES.find(*pair) == key
        assert not EXERCISES.title(*pair).endswith(str(pair[1]))


@pytest.mark.parametrize(
    "category, subtype, exercise, title",
    [
        (4, 0, "cable_pull_through", "cable pull through"),
        (8, 0, "conventional_deadlift", "barbell deadlift"),
        (8, 15, "sumo_deadlift", "sumo deadlift"),
        (8, None, None, "deadlift, which one is not said"),
        (8, 999, None, "deadlift, number 999"),
        (0, 1, None, "barbell bench press"),
        (37, 9, None, "deadlift (banded exercises)"),
        (49, 13, None, "lunge (suspension)"),
        (777, 1, None, "category 777, number 1"),
        (UNKNOWN, None, None, "an exercise that is not named"),
        (UNKNOWN, 3, None, "an exercise that is not named"),
    ],
)
def test_numbers_of_fit(
    category: int, subtype: int | None, exercise: str | None, title: str
) -> None:
    assert EXERCISES.find(category, subtype) == exercise
    assert EXERCISES.title(category, subtype) == title
