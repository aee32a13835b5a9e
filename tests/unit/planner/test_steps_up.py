"""Steps up: a load found, a load that may grow, an exercise learnt, a gate passed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingewise.planner.bouts import Bout
from hingewise.planner.case import Case
from hingewise.planner.steps_up import on_learnt, on_load_found, on_load_up
from hingewise.training.changes import Change
from hingewise.training.kit import KitItem
from hingewise.training.load import Load
from hingewise.training.sets import PerformedSet
from hingewise.training.technique import Technique
from tests.builders_plans import (
    CLEAN,
    HOME,
    band,
    kg,
    learning,
    make_answers,
    make_bout,
    make_case,
    make_change,
    make_technique,
    moment,
    trained,
)
from tests.builders_steps import PULL, after, decided, pull, pulling


def test_the_plan_of_these_tests_is_what_they_say() -> None:
    line = pulling().line
    assert (line.sets, line.lighter_sets, line.repetitions, line.rir) == (5, 3, (8, 15), 3.0)


# A load found.

UNFOUND = trained("cable_pull_through")


def went_up(*sets: tuple[int, Load, float]) -> Bout:
    bout = make_bout("cable_pull_through", 0)
    done = (
        PerformedSet(exercise=bout.exercise, repetitions=n, load=load, rir=r) for n, load, r in sets
    )
    return replace(bout, sets=tuple(done))


def test_the_heaviest_that_was_light_enough_is_kept() -> None:
    bout = went_up((12, kg(20), 6.0), (12, kg(30), 4.0), (9, kg(40), 3.0), (8, kg(45), 1.0))
    decision = on_load_found(pulling(bout, state=UNFOUND))
    assert after(decision) == PULL
    assert decision is not None
    assert decision.kind == "load_found"


def test_what_was_too_hard_is_taken_one_step_lower() -> None:
    bout = went_up((6, kg(40), 3.0), (8, kg(50), 0.0))
    assert after(on_load_found(pulling(bout, state=UNFOUND))).load == kg(35.0)


def test_of_the_lightest_nothing_is_taken_off() -> None:
    bout = went_up((6, kg(5), 0.0))
    assert after(on_load_found(pulling(bout, state=UNFOUND))).load == kg(5.0)


def test_where_nobody_said_how_many_were_left_the_repetitions_count() -> None:
    bout = pull(0, 10, load=kg(30), rir=None)
    assert after(on_load_found(pulling(bout, state=UNFOUND))).load == kg(30.0)


def test_a_position_that_was_held_finds_no_load() -> None:
    bout = went_up((60, kg(80), 3.0), (10, kg(30), 3.0))
    held = replace(bout, sets=(replace(bout.sets[0], hold=True), bout.sets[1]))
    assert after(on_load_found(pulling(held, state=UNFOUND))).load == kg(30.0)


def test_pounds_are_kept_as_they_were_said() -> None:
    pounds = Load(kind="mass", value=100.0, unit="lb")
    bout = went_up((10, pounds, 3.0))
    assert after(on_load_found(pulling(bout, state=UNFOUND))).load == pounds


@pytest.mark.parametrize("said", ["medium", "Medium", "MEDIUM"])
def test_a_band_is_found_however_its_name_is_spelled(said: str) -> None:
    bout = make_bout("band_pull_through", 0, (10, 10), load=band(said), rir=4.0)
    answers = make_answers(equipment=HOME)
    case = make_case("primer", learning("band_pull_through"), [bout], answers=answers)
    assert after(on_load_found(case)).load == band(said)


def test_no_load_is_found_where_there_is_none_or_one_stands() -> None:
    bridge = make_bout("glute_bridge", 0)
    assert on_load_found(make_case("thrust", trained("glute_bridge"), [bridge])) is None
    assert on_load_found(pulling(pull(0))) is None
    assert on_load_found(pulling(state=UNFOUND)) is None


# More load.


def test_all_sets_at_the_top_with_enough_left_are_one_step_more() -> None:
    """From 40 to 45 kg it is more than a tenth, so the top is asked for twice."""
    assert decided(on_load_up(pulling(pull(0)))).after is None
    decision = on_load_up(pulling(pull(0), pull(3)))
    assert after(decision) == replace(PULL, load=kg(45.0))
    assert decision is not None
    assert decision.because.rule == "double_progression"
    assert decision.evidence == ("cable_pull_through-0", "cable_pull_through-3")


def test_a_small_step_is_taken_after_one_session() -> None:
    state = trained("cable_pull_through", kg(60.0))
    assert after(on_load_up(pulling(pull(0, load=kg(60)), state=state))).load == kg(65.0)


def test_where_nobody_says_how_many_were_left_it_is_asked_for_twice() -> None:
    state = trained("cable_pull_through", kg(60.0))
    once = pull(0, load=kg(60), rir=None)
    assert decided(on_load_up(pulling(once, state=state))).after is None
    twice = pull(3, load=kg(60), rir=None)
    assert after(on_load_up(pulling(once, twice, state=state))).load == kg(65.0)


@pytest.mark.parametrize(
    "bout",
    [
        pull(0, 15, 15, 14, 14, 14),
        pull(0, rir=2.0),
        pull(0, load=kg(35)),
        pull(0, 15, 15),
    ],
)
def test_less_than_that_is_no_step(bout: Bout) -> None:
    assert on_load_up(pulling(bout)) is None


def test_the_sets_of_a_lighter_week_are_enough() -> None:
    assert after(on_load_up(pulling(pull(0), pull(3, 15, 15, 15)))).load == kg(45.0)


def test_two_sessions_with_a_bad_one_between_are_not_twice() -> None:
    decision = on_load_up(pulling(pull(0), pull(3, 10, 10, 10), pull(6)))
    assert decision is not None
    assert decision.after is None


def test_where_nothing_heavier_is_there_it_says_so() -> None:
    state = trained("cable_pull_through", kg(120.0))
    bouts = [pull(0, load=kg(120)), pull(3, load=kg(120))]
    decision = on_load_up(pulling(*bouts, state=state))
    assert decision is not None
    assert decision.after is None
    assert decision.because.rule == "kit_only"


def test_the_next_load_is_one_that_the_things_make() -> None:
    kit = (KitItem(equipment="cable_machine", values=(40.0, 47.0, 61.0)),)
    case = pulling(pull(0), pull(3), answers=make_answers(kit=kit))
    assert after(on_load_up(case)).load == kg(47.0)


def test_the_next_band_is_asked_for_twice() -> None:
    answers = make_answers(equipment=HOME)
    state = trained("band_pull_through", band("light"))
    top = make_case("primer", state, answers=answers).line.repetitions[1]
    bouts = [
        make_bout(
            "band_pull_through", 3 * n, [top] * 5, load=band("Light"), rir=4.0, techniques=CLEAN
        )
        for n in range(2)
    ]
    once = on_load_up(make_case("primer", state, bouts[:1], answers=answers))
    assert once is not None
    assert once.after is None
    case = make_case("primer", state, bouts, answers=answers)
    assert after(on_load_up(case)).load == band("medium")


def test_pounds_go_up_by_what_the_things_make_in_pounds() -> None:
    kit = (KitItem(equipment="cable_machine", unit="lb", least=10.0, most=200.0, step=10.0),)
    load = Load(kind="mass", value=150.0, unit="lb")
    state = trained("cable_pull_through", load)
    case = pulling(pull(0, load=load), state=state, answers=make_answers(kit=kit))
    assert after(on_load_up(case)).load == Load(kind="mass", value=160.0, unit="lb")


def test_no_load_without_a_word_on_the_technique() -> None:
    decision = on_load_up(pulling(pull(0, techniques=()), pull(3, techniques=())))
    assert decision is not None
    assert (decision.after, decision.asks) == (None, True)
    assert decision.because.rule == "technique_is_asked"


def test_a_word_of_the_last_three_sessions_is_enough() -> None:
    bouts = [pull(3 * n, techniques=() if n else CLEAN) for n in range(3)]
    assert after(on_load_up(pulling(*bouts))).load == kg(45.0)
    older = [*bouts, pull(9, techniques=())]
    assert decided(on_load_up(pulling(*older))).asks


def test_no_load_on_a_fault() -> None:
    decision = on_load_up(pulling(pull(0), pull(3, techniques=(make_technique("squatting_it"),))))
    assert decision is not None
    assert decision.after is None
    assert decision.because.text == "Squatting instead of hinging: no load is added."


def test_a_low_score_is_said_in_words() -> None:
    film = make_technique(how="film", score=50.0)
    decision = on_load_up(pulling(pull(0), pull(3, techniques=(film,))))
    assert decision is not None
    assert decision.because.text == "Technique score 50: no load is added."


def test_what_is_learnt_gets_no_load() -> None:
    assert (
        on_load_up(pulling(pull(0), pull(3), state=learning("cable_pull_through", kg(40)))) is None
    )


# Learnt.

NEW = learning("split_squat")
"""In the legs: three sets of 6 to 8, two in a lighter week; it has a dose for training."""


def squats(
    *days: int,
    counts: tuple[int, ...] = (8, 8, 8),
    rir: float | None = 3.0,
    told: tuple[Technique, ...] = CLEAN,
) -> list[Bout]:
    load = kg(10, 2)
    return [
        make_bout("split_squat", day, counts, load=load, rir=rir, techniques=told) for day in days
    ]


def test_two_clean_sessions_are_learnt() -> None:
    decision = on_learnt(make_case("legs", NEW, squats(0, 3)))
    assert after(decision) == trained("split_squat")
    assert decision is not None
    assert decision.kind == "trained"


def test_the_load_stays_when_it_is_learnt() -> None:
    state = learning("split_squat", kg(10, 2))
    assert after(on_learnt(make_case("legs", state, squats(0, 3)))).load == kg(10, 2)


@pytest.mark.parametrize(
    "bouts",
    [
        squats(0),
        squats(0, 3, counts=(5, 5, 5)),
        squats(0, 3, rir=1.0),
        squats(0, 3, told=(make_technique("rounding_back"),)),
        squats(0) + squats(3, counts=(8,)),
    ],
)
def test_less_than_that_is_not_learnt(bouts: list[Bout]) -> None:
    assert on_learnt(make_case("legs", NEW, bouts)) is None


def test_a_lighter_week_is_enough_to_learn() -> None:
    assert after(on_learnt(make_case("legs", NEW, squats(0) + squats(3, counts=(8, 8))))).stage


def test_what_nobody_has_seen_is_not_learnt_but_asked_for() -> None:
    decision = on_learnt(make_case("legs", NEW, squats(0, 3, told=())))
    assert decision is not None
    assert (decision.after, decision.asks) == (None, True)


def test_what_has_no_dose_for_training_goes_on_as_it_is() -> None:
    """The dowel has only a learning dose: it leads to something, or it stays."""
    answers = make_answers(equipment=("dowel",), experience="unsure")
    bouts = [
        make_bout("dowel_romanian_deadlift", day, (10, 10, 10), rir=4.0, techniques=CLEAN)
        for day in (0, 3)
    ]
    case = make_case("hinge", learning("dowel_romanian_deadlift"), bouts, answers=answers)
    decision = decided(on_learnt(case))
    assert decision.after is None
    assert "it leads no further: it stays" in decision.because.text


def test_what_it_leads_to_comes_next() -> None:
    answers = make_answers(equipment=("dowel", "dumbbell"), experience="unsure")
    bouts = [
        make_bout("dowel_romanian_deadlift", day, (10, 10, 10), rir=4.0, techniques=CLEAN)
        for day in (0, 3)
    ]
    case = make_case("hinge", learning("dowel_romanian_deadlift"), bouts, answers=answers)
    decision = on_learnt(case)
    assert after(decision) == learning("dumbbell_romanian_deadlift")
    assert decision is not None
    assert decision.kind == "rung_up"


def own_choice(slot: str, exercise: str) -> Change:
    return make_change(slot, "own", learning("split_squat"), learning(exercise), at=moment(-1))


def test_what_the_lifter_has_chosen_is_not_replaced() -> None:
    """Split squats would be preferred; whoever has chosen goblet squats keeps them."""
    bouts = [
        make_bout("goblet_squat", day, (8, 8, 8), load=kg(12), rir=4.0, techniques=CLEAN)
        for day in (0, 3)
    ]
    case = make_case("legs", None, bouts, changes=[own_choice("legs", "goblet_squat")])
    assert case.is_chosen
    assert after(on_learnt(case)) == trained("goblet_squat")


# Groundwork.

GROUND = learning("posterior_pelvic_tilt_hip_thrust")
DEADLIFT = trained("conventional_deadlift", kg(60.0))


def on_groundwork(n_sessions: int) -> Case:
    ground = make_change("deadlift", "groundwork", DEADLIFT, GROUND, at=moment(-1, 8))
    bouts = [
        make_bout(GROUND.exercise, 3 * n, (10, 10, 10), rir=4.0, techniques=CLEAN)
        for n in range(n_sessions)
    ]
    answers = make_answers(goal="strength", experience="deadlift")
    return make_case("deadlift", None, bouts, answers=answers, changes=[ground])


def test_six_clean_sessions_of_groundwork_lead_back() -> None:
    decision = on_learnt(on_groundwork(6))
    assert after(decision) == learning("conventional_deadlift")
    assert decision is not None
    assert decision.kind == "groundwork_done"


def test_before_that_it_says_how_many_are_done() -> None:
    decision = on_learnt(on_groundwork(5))
    assert decision is not None
    assert decision.because.text == "5 of 6 sessions of groundwork are done."
