"""First loads, worked out by hand: lower than due, and such as there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingewise.planner.doses import Given, give
from hingewise.planner.loads import first_load, implement, kit_item, unit_of
from hingewise.planner.tables import load_patterns
from hingewise.training.kit import Implement, KitItem
from hingewise.training.load import Load
from hingewise.training.sets import PerformedSet
from tests.builders_plans import LIBRARY, band, kg, make_answers

RDL = LIBRARY.exercises["romanian_deadlift"]


def given(exercise: str = "romanian_deadlift", *, learning: bool = False) -> Given:
    usual = give(
        LIBRARY.exercises[exercise],
        load_patterns().slots["hinge_main"],
        learning=learning,
        careful=False,
        loaded=True,
    )
    return replace(usual, repetitions=(5, 8), rir=2.0)


def done(
    *sets: tuple[int, Load, float | None], exercise: str = "romanian_deadlift"
) -> tuple[PerformedSet, ...]:
    return tuple(
        PerformedSet(exercise=exercise, repetitions=n, load=load, rir=rir) for n, load, rir in sets
    )


def first(*sets: tuple[int, Load, float | None], **said: object) -> Load | None:
    return first_load(RDL, given(), make_answers(loads=done(*sets), **said))


def test_a_tenth_less_than_due_on_the_next_plates_below() -> None:
    """8 x 60 kg with 2 left: 60 x (1 + 10/30) = 80 kg once; for 5 with 2 left 80 / (1 + 7/30)
    = 64.86 kg; nine tenths are 58.4 kg: 57.5 kg."""
    assert first((8, kg(60), 2.0)) == kg(57.5)


def test_unsaid_repetitions_left_are_none() -> None:
    """60 x (1 + 8/30) = 76 kg; / 1.2333 = 61.6; x 0.9 = 55.5 kg: 55 kg."""
    assert first((8, kg(60), None)) == kg(55.0)


def test_the_best_of_the_sets_counts() -> None:
    assert first((8, kg(40), 2.0), (8, kg(60), 2.0)) == kg(57.5)


def test_a_long_set_says_only_that_the_load_can_be_lifted_so_often() -> None:
    """Of 30 repetitions no maximum can be told: 20 kg, x 0.9 = 18 kg, less than the empty bar."""
    assert first((30, kg(20), 0.0)) is None
    assert first((30, kg(25), 0.0)) == kg(22.5)


def test_a_load_is_one_that_the_things_make() -> None:
    kit = (KitItem(equipment="barbell", values=(20.0, 50.0, 70.0)),)
    assert first((8, kg(60), 2.0), kit=kit) == kg(50.0)


def test_nothing_is_said_of_what_nobody_named() -> None:
    assert first() is None
    bridge = LIBRARY.exercises["glute_bridge"]
    answers = make_answers(loads=done((8, kg(60), 2.0)))
    assert first_load(bridge, given("glute_bridge"), answers) is None
    assert first_load(RDL, given(learning=True), answers) is None


def test_what_was_held_says_nothing() -> None:
    (held,) = done((30, kg(60), None))
    answers = make_answers(loads=(replace(held, hold=True),))
    assert first_load(RDL, given(), answers) is None


def test_of_bands_the_heaviest_with_enough_repetitions() -> None:
    exercise = LIBRARY.exercises["band_pull_through"]
    loads = done(
        (15, band("light"), None),
        (9, band("Heavy"), None),
        (4, band("extra heavy"), None),
        (20, band("purple"), None),
        exercise="band_pull_through",
    )
    found = first_load(exercise, given("band_pull_through"), make_answers(loads=loads))
    assert found == band("Heavy")


def test_pounds_for_who_thinks_in_pounds() -> None:
    load = Load(kind="mass", value=135.0, unit="lb")
    answers = make_answers(loads=done((8, load, 2.0)))
    assert unit_of(answers) == "lb"
    found = first_load(RDL, given(), answers)
    assert found == Load(kind="mass", value=130.0, unit="lb")


@pytest.mark.parametrize(
    "units, wanted",
    [
        ((), "kg"),
        (("kg",), "kg"),
        (("lb",), "lb"),
        (("lb", "kg"), "kg"),
        (("lb", "lb", "kg"), "lb"),
    ],
)
def test_the_unit_is_that_of_most_loads(units: tuple[str, ...], wanted: str) -> None:
    loads = tuple(
        PerformedSet(
            exercise="lunge",
            repetitions=n + 1,
            load=Load(kind="mass", value=20.0, unit=unit),  # type: ignore[arg-type]
        )
        for n, unit in enumerate(units)
    )
    assert unit_of(make_answers(loads=loads)) == wanted


def test_ones_own_things_win_over_the_usual_ones() -> None:
    own = KitItem(equipment="barbell", least=10.0, most=50.0, step=5.0)
    assert kit_item("barbell", make_answers(kit=(own,))) == own
    assert kit_item("barbell", make_answers()).least == 20.0
    assert unit_of(make_answers(kit=(replace(own, unit="lb"),))) == "lb"


def test_what_a_load_hangs_on() -> None:
    assert implement(LIBRARY.exercises["dumbbell_romanian_deadlift"]) == Implement(
        equipment="dumbbell", count=2
    )
    assert implement(LIBRARY.exercises["glute_bridge"]) is None
    assert implement(LIBRARY.exercises["dowel_romanian_deadlift"]) is None
