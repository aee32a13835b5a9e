"""Doses: which of the library's is taken, and what is asked of it."""

from __future__ import annotations

import pytest

from hingewise.planner.doses import Given, give, is_one_sided
from hingewise.planner.ladders import gate_above
from hingewise.planner.tables import load_patterns
from hingewise.training.plan import Ramp
from tests.builders_plans import LIBRARY

SLOTS = load_patterns().slots


def dose(exercise: str, slot: str, *, gate: str = "", **said: bool) -> Given:
    usual = {"learning": False, "careful": False, "loaded": True}
    ladder = LIBRARY.ladders.get(gate)
    leave = (
        next((r.leave for r in ladder.rungs if r.exercise == exercise), None) if ladder else None
    )
    return give(LIBRARY.exercises[exercise], SLOTS[slot], **{**usual, **said}, gate=leave)


def test_what_is_learnt_has_its_learning_dose_and_is_light() -> None:
    given = dose("back_squat", "squat", learning=True)
    assert (given.dose.role, given.stage) == ("learning", "learning")
    assert (given.sets, given.repetitions, given.rir) == ((3, 4), (5, 6), 4.0)
    assert given.ramp is None


def test_what_is_trained_has_the_dose_of_its_slot() -> None:
    given = dose("back_squat", "squat")
    assert (given.dose.role, given.sets, given.repetitions) == ("main", (2, 3), (3, 6))
    assert given.rir == 2.0


def test_a_heavy_lift_is_led_up_to_in_three_sets_and_a_primer_in_two() -> None:
    assert dose("back_squat", "squat").ramp == Ramp(sets=3, repetitions=6, rest_s=45)
    assert dose("cable_pull_through", "primer").ramp == Ramp(sets=2, repetitions=6, rest_s=45)
    assert dose("cable_pull_through", "primer", loaded=False).ramp is None
    assert dose("split_squat", "legs").ramp is None


def test_where_the_slots_dose_is_missing_the_next_of_it_is_taken() -> None:
    """Bridges have no main dose: what helps is taken."""
    assert dose("glute_bridge", "thrust_main").dose.role == "accessory"


@pytest.mark.parametrize("learning", [True, False])
def test_on_a_professionals_word_it_is_light_and_long(learning: bool) -> None:
    given = dose("back_squat", "squat", careful=True, learning=learning)
    assert given.repetitions[0] >= 8
    assert given.rir == 4.0


def test_speed_has_no_repetitions_left() -> None:
    given = dose("kettlebell_swing", "fast")
    assert (given.dose.role, given.rir) == ("power", None)


def test_a_gate_can_be_passed_with_the_dose_below_it() -> None:
    """The power dose of the swing has ten repetitions at most; its gate asks for fifteen."""
    given = dose("kettlebell_swing", "step", gate="learning_the_hinge")
    assert given.repetitions[1] >= 15
    assert given.sets[1] >= 3
    assert given.rir == 3.0
    assert given.wanted_sets == 3


@pytest.mark.parametrize("ladder", LIBRARY.ladders)
def test_every_gate_of_every_ladder_can_be_passed_with_what_is_planned(ladder: str) -> None:
    slots = [slot for slot in SLOTS.values() if slot.ladder == ladder]
    assert slots
    for rung in LIBRARY.ladders[ladder].rungs:
        for slot in slots:
            if rung.leave is None or (
                slot.from_rung > 0 and rung is LIBRARY.ladders[ladder].rungs[0]
            ):
                continue
            given = dose(rung.exercise, slot.id, gate=ladder)
            assert given.repetitions[1] >= rung.leave.repetitions, (slot.id, rung.exercise)
            assert given.sets[1] >= rung.leave.sets, (slot.id, rung.exercise)
            assert (given.rir or 0) >= (rung.leave.rir or 0), (slot.id, rung.exercise)


def test_there_is_a_gate_only_on_a_ladder() -> None:
    from hingewise.planner.allow import allow
    from tests.builders_plans import make_answers

    allowed = allow(make_answers(), LIBRARY)
    assert gate_above(SLOTS["legs"], "split_squat", allowed, LIBRARY) is None
    gate = gate_above(SLOTS["primer"], "cable_pull_through", allowed, LIBRARY)
    assert gate is not None
    assert gate.repetitions == 12
    assert gate_above(SLOTS["primer"], "banded_cable_pull_through", allowed, LIBRARY) is None


def test_the_rest_is_the_middle_of_the_range_to_five_seconds() -> None:
    given = dose("cable_pull_through", "primer")
    assert given.rest_s % 5 == 0
    assert given.dose.rest_s[0] <= given.rest_s <= given.dose.rest_s[1]


def test_one_side_after_the_other() -> None:
    assert is_one_sided("split_squat")
    assert not is_one_sided("back_squat")
