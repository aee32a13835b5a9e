"""Exercises are found however they are spelled, and every family has usable rules."""

from __future__ import annotations

import pytest

from hingewise.errors import OptionError
from hingewise.library.families import find_exercise, load_exercises, load_families
from hingewise.repetitions.types import Family


def test_every_family_of_the_code_has_rules_and_none_is_unknown_to_it() -> None:
    assert set(load_families()) == set(Family)


def test_every_exercise_belongs_to_a_family_with_rules() -> None:
    assert {exercise.family for exercise in load_exercises().values()} <= set(load_families())


@pytest.mark.parametrize("family", sorted(load_families()))
def test_rules_are_plausible_and_say_where_they_come_from(family: str) -> None:
    rules = load_families()[family]
    assert 2.0 <= rules.cutoff_hz <= 12.0
    assert 20.0 <= rules.min_rom_deg <= 60.0
    assert rules.basis in {"literature", "consensus", "derived", "product_default"}
    assert rules.source


def test_swings_are_filtered_least() -> None:
    """A swing's hip moves at 400 degrees a second (BIOMECHANICS 4d)."""
    rules = load_families()
    assert rules["swing"].cutoff_hz == max(rule.cutoff_hz for rule in rules.values())


@pytest.mark.parametrize(
    "text,exercise",
    [
        ("deadlift", "conventional_deadlift"),
        ("RDL", "romanian_deadlift"),
        ("Romanian Deadlift", "romanian_deadlift"),
        ("kettlebell-swing", "kettlebell_swing"),
        ("swing", "kettlebell_swing"),
        ("Cable Pull-Through", "cable_pull_through"),
        ("pull_through", "cable_pull_through"),
        ("hip_thrust", "barbell_hip_thrust"),
        ("squat", "back_squat"),
        ("air squat", "squat"),
    ],
)
def test_spelling_does_not_matter(text: str, exercise: str) -> None:
    assert find_exercise(text).id == exercise


def test_what_no_film_measures_is_not_offered() -> None:
    with pytest.raises(OptionError, match="got 'sled push'"):
        find_exercise("sled push")


def test_no_two_exercises_share_a_name() -> None:
    found: dict[str, set[str]] = {}
    for exercise in load_exercises().values():
        for name in (exercise.id, exercise.title, *exercise.aliases):
            found.setdefault("".join(filter(str.isalnum, name.lower())), set()).add(exercise.id)
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


def test_an_unknown_exercise_is_refused_with_the_known_ones() -> None:
    with pytest.raises(OptionError) as caught:
        find_exercise("bench press")
    assert "'bench press'" in str(caught.value)
    assert all(name in str(caught.value) for name in ("auto", *load_exercises()))
