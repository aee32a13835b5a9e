"""Steps up a ladder: a gate passed, and what does not open it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hingewise.planner.bouts import Bout
from hingewise.planner.case import Case
from hingewise.planner.steps_up import gate_words, on_rung
from hingewise.training.changes import Change, SlotState
from hingewise.training.technique import Technique
from tests.builders_plans import (
    CLEAN,
    kg,
    learning,
    make_answers,
    make_bout,
    make_case,
    make_change,
    moment,
    trained,
)
from tests.builders_steps import PULL, TOP, after, pull, pulling


def test_the_plan_of_these_tests_is_what_they_say() -> None:
    line = pulling().line
    assert (line.sets, line.lighter_sets, line.repetitions, line.rir) == (5, 3, (8, 15), 3.0)


GATE = (12, 12, 12)
"""Three sets of 12 in three sessions, with two left: from the cable to the mini-band."""


def rungs(*told: tuple[Technique, ...]) -> list[Bout]:
    return [pull(3 * n, *GATE, techniques=each) for n, each in enumerate(told)]


def test_a_gate_that_is_passed_leads_up() -> None:
    decision = on_rung(pulling(*rungs(CLEAN, CLEAN, CLEAN)))
    assert after(decision) == learning("banded_cable_pull_through")
    assert decision is not None
    assert decision.kind == "rung_up"
    assert len(decision.evidence) == 3
    assert "product" in decision.because.sources


def test_before_that_it_says_how_far_it_is() -> None:
    case = pulling(*rungs(CLEAN, CLEAN))
    assert on_rung(case) is None
    words = "To Banded cable pull-through: 2 of 3 clean sessions; still: 1 more session"
    assert gate_words(case) == words


def test_a_gate_that_nobody_has_seen_asks_for_a_film_or_an_answer() -> None:
    decision = on_rung(pulling(*rungs(CLEAN, CLEAN, ())))
    assert decision is not None
    assert (decision.after, decision.asks) == (None, True)
    assert "Nobody has seen" in decision.because.text
    assert "hingewise log technique" in decision.because.text


def test_a_step_that_was_taken_back_has_to_be_earned_anew() -> None:
    bouts = rungs(CLEAN, CLEAN, CLEAN)
    up = make_change("primer", "rung_up", PULL, learning("banded_cable_pull_through"), at=moment(7))
    back = make_change("primer", "undone", up.after, PULL, at=moment(8), undoes=up.id)
    case = make_case("primer", None, bouts, changes=[up, back])
    assert case.state == PULL
    assert on_rung(case) is None
    more = [pull(day, *GATE) for day in (9, 12, 15)]
    again = make_case("primer", None, [*bouts, *more], changes=[up, back])
    assert after(on_rung(again)) == learning("banded_cable_pull_through")


def test_what_was_done_before_a_step_was_taken_back_does_not_count_when_told_later() -> None:
    back = make_change("primer", "own", PULL, PULL, at=moment(8))
    told = [replace(each, entered_at=moment(9)) for each in rungs(CLEAN, CLEAN, CLEAN)]
    assert on_rung(pulling(*told, changes=[back])) is None


def test_a_slip_passes_no_gate() -> None:
    bouts = rungs(CLEAN, CLEAN, CLEAN)
    slip = replace(bouts[1], sets=tuple(replace(each, load=kg(400)) for each in bouts[1].sets))
    assert on_rung(pulling(bouts[0], slip, bouts[2])) is None


def test_the_top_of_a_ladder_has_nothing_above() -> None:
    state = trained("banded_cable_pull_through", kg(40.0))
    bouts = [
        make_bout("banded_cable_pull_through", 3 * n, TOP, load=kg(40), techniques=CLEAN)
        for n in range(4)
    ]
    case = make_case("primer", state, bouts)
    assert on_rung(case) is None
    assert gate_words(case) == ""


def test_a_rung_whose_things_are_missing_is_left_out() -> None:
    """Bench alone: from body weight to one leg."""
    answers = make_answers(equipment=("bench",))
    bouts = [
        make_bout("bodyweight_hip_thrust", 3 * n, (20, 20, 20), techniques=CLEAN) for n in range(2)
    ]
    case = make_case("thrust", trained("bodyweight_hip_thrust"), bouts, answers=answers)
    assert after(on_rung(case)).exercise == "single_leg_hip_thrust"


def test_who_has_the_bar_stays_with_the_bar() -> None:
    bouts = [
        make_bout("barbell_hip_thrust", 3 * n, (8,) * 5, load=kg(60), techniques=CLEAN)
        for n in range(3)
    ]
    assert on_rung(make_case("thrust_main", trained("barbell_hip_thrust", kg(60)), bouts)) is None


def at_the_step(state: SlotState, *, changes: tuple[Change, ...] = (), **said: Any) -> Case:
    """The slot of the next step: its first rung is done in the primer."""
    bouts = [pull(3 * n, 15, 15, 15) for n in range(3)]
    answers = make_answers(**{"goal": "learn", **said})
    first = None if changes else state
    return make_case("step", first, bouts, answers=answers, changes=changes)


def test_the_pull_throughs_of_the_primer_lead_to_the_swing() -> None:
    decision = on_rung(at_the_step(trained("kettlebell_deadlift", kg(16))))
    assert after(decision) == learning("kettlebell_swing")


def test_who_is_new_swings_when_the_groundwork_is_learnt() -> None:
    state = learning("kettlebell_deadlift", kg(16))
    assert on_rung(at_the_step(state, experience="none")) is None


def test_without_a_bell_the_pull_throughs_lead_to_the_deadlift() -> None:
    things = ("cable_machine", "rope_handle", "barbell", "dumbbell", "dowel")
    case = at_the_step(trained("dumbbell_romanian_deadlift", kg(16, 2)), equipment=things)
    assert after(on_rung(case)) == learning("conventional_deadlift")


@pytest.mark.parametrize("exercise", ["sumo_deadlift", "trap_bar_deadlift", "good_morning"])
def test_a_deadlift_of_the_lifters_own_choice_is_not_turned_into_a_swing(exercise: str) -> None:
    before = trained("conventional_deadlift")
    chosen = make_change("step", "own", before, learning(exercise), at=moment(-1))
    case = at_the_step(before, changes=(chosen,), experience="deadlift")
    assert on_rung(case) is None
    assert gate_words(case) == ""


def test_a_choice_that_was_taken_back_is_none() -> None:
    before = trained("kettlebell_deadlift", kg(16))
    chosen = make_change("step", "own", before, learning("good_morning"), at=moment(-2))
    back = make_change("step", "undone", chosen.after, before, at=moment(-1), undoes=chosen.id)
    case = at_the_step(before, changes=(chosen, back))
    assert not case.is_chosen
    assert after(on_rung(case)) == learning("kettlebell_swing")


def test_a_gate_of_more_sets_than_there_is_time_for_says_so() -> None:
    """Else one waits for a step that never comes."""
    case = make_case("thrust", answers=make_answers(goal="learn", minutes=20))
    assert case.line.sets == 2
    assert "of 3 sets (2 fit into your minutes: add one for it)" in gate_words(case)
