"""Exercises are chosen by what they train, need and teach, under any name of it."""

from __future__ import annotations

import pytest

from hingewise.errors import OptionError
from hingewise.library.load import load_library
from hingewise.library.query import Wanted, choose_exercises

LIBRARY = load_library()


def ids(**wanted: str) -> list[str]:
    return [e.id for e in choose_exercises(LIBRARY, Wanted(**wanted))]


def test_nothing_asked_for_gives_everything() -> None:
    assert ids() == list(LIBRARY.exercises)


def test_by_muscle_those_that_train_it_come_first() -> None:
    found = ids(muscle="booty")
    roles = [
        next(u.role for u in LIBRARY.exercises[key].muscles if u.muscle == "gluteus_maximus")
        for key in found
    ]
    assert roles.index("target") == 0
    assert roles == sorted(roles, key=lambda role: role != "target")


@pytest.mark.parametrize("name", ["booty band", "Mini-Band", "mini_band", "hip band"])
def test_by_equipment_under_any_name(name: str) -> None:
    assert ids(equipment=name) == ["banded_cable_pull_through", "banded_hip_thrust"]


def test_everything_that_is_asked_for_must_fit() -> None:
    found = ids(pattern="hinge", difficulty="beginner", fault="my back rounds")
    assert "band_pull_through" in found
    for key in found:
        exercise = LIBRARY.exercises[key]
        assert (exercise.pattern, exercise.difficulty) == ("hinge", "beginner")
        assert "rounding_back" in exercise.mistakes
    assert ids(pattern="thrust", equipment="kettlebell") == []


@pytest.mark.parametrize("wanted", [{"muscle": "brain"}, {"pattern": "bend"}, {"fault": "none"}])
def test_what_nobody_knows_is_told_with_what_is_known(wanted: dict[str, str]) -> None:
    ((name, value),) = wanted.items()
    with pytest.raises(OptionError, match=rf"--{name}: expected one of .*, got '{value}'"):
        choose_exercises(LIBRARY, Wanted(**wanted))
