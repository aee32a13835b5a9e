"""What comes next in a slot: which step wins, what is asked, and what is said where all stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hingewise.planner.bouts import Bout
from hingewise.planner.case import Case
from hingewise.planner.decide import cases, current_plan, decide, resumed, standing
from hingewise.training.changes import SlotState, states_at_first
from tests.builders_plans import (
    CLEAN,
    FIRST_DAY,
    LIBRARY,
    kg,
    learning,
    make_answers,
    make_bout,
    make_case,
    make_change,
    make_plan,
    make_technique,
    moment,
    trained,
)

PULL = trained("cable_pull_through", kg(40.0))
TOP = (15, 15, 15, 15, 15)


def pull(day: int, *counts: int, load: float = 40.0, **said: Any) -> Bout:
    usual = {"techniques": CLEAN, **said}
    return make_bout("cable_pull_through", day, counts or TOP, load=kg(load), rir=3.0, **usual)


def primer(*bouts: Bout, state: SlotState = PULL, **said: Any) -> Case:
    return make_case("primer", state, bouts, **{"day": 10, **said})


def test_what_rests_stays_at_rest_and_says_how_it_comes_back() -> None:
    decision = decide(primer(pull(0), state=replace(PULL, paused=True)))
    assert (decision.kind, decision.after) == ("hold", None)
    assert "hingewise plan resume primer" in decision.because.text


def test_pain_wins_over_every_step_up() -> None:
    bouts = [pull(0), pull(3), pull(6, pain=5)]
    assert decide(primer(*bouts)).kind == "paused"


def test_pain_wins_over_a_slip() -> None:
    assert decide(primer(pull(0, load=400.0, pain=5))).kind == "paused"


def test_a_slip_decides_nothing() -> None:
    decision = decide(primer(pull(0), pull(3), pull(6, load=400.0)))
    assert decision.kind == "hold"
    assert "slip" in decision.because.text


def test_a_fault_wins_over_every_step_up() -> None:
    decision = decide(
        primer(pull(0), pull(3), pull(6, techniques=(make_technique("squatting_it"),)))
    )
    assert decision.kind == "hold"
    assert "Once more, and it goes back" in decision.because.text


def test_a_rung_wins_over_a_load() -> None:
    assert decide(primer(pull(0), pull(3), pull(6))).kind == "rung_up"


def test_a_change_wins_over_a_question() -> None:
    """The gate above would ask for a film; less load after two misses does not wait for it."""
    gate = [pull(n, 15, 15, 15, techniques=()) for n in (0, 1, 2)]
    away = decide(primer(*gate, day=30))
    assert (away.kind, away.because.rule) == ("load_down", "time_away")


def test_a_question_wins_over_a_reason_to_wait() -> None:
    decision = decide(primer(*[pull(n, techniques=()) for n in (0, 3, 6)]))
    assert (decision.kind, decision.asks) == ("hold", True)


def test_the_first_time() -> None:
    text = decide(primer()).because.text
    assert text.startswith(
        "The first time. To Banded cable pull-through: Three sets of 12 in three"
    )


def test_what_was_done_last_and_what_is_to_come() -> None:
    decision = decide(primer(pull(0, 12, 11, 10, 10, 9)))
    assert decision.because.text.startswith("Last time 12, 11, 10, 10, 9: up to 15 in every set.")
    assert decision.evidence == ("cable_pull_through-0",)


def test_who_learns_hears_that_it_stays_light() -> None:
    bout = make_bout("split_squat", 0, (6, 6), load=kg(10, 2), rir=4.0, techniques=CLEAN)
    text = decide(make_case("legs", learning("split_squat", kg(10, 2)), [bout], day=3)).because.text
    assert text.startswith("Last time 6, 6. Still learning: light")


def test_it_comes_back_from_pain_one_step_lower() -> None:
    state, reason = resumed(primer(state=replace(PULL, paused=True)))
    assert state == replace(PULL, load=kg(35.0))
    assert reason.rule == "pain_stops"


def test_what_has_no_lighter_load_comes_back_light_and_slow() -> None:
    for rests in (
        trained("cable_pull_through", kg(5.0), paused=True),
        trained("cable_pull_through", paused=True),
    ):
        state, reason = resumed(primer(state=rests))
        assert state == replace(rests, stage="learning", paused=False)
        assert "one step lower" not in reason.text


def test_an_alternative_decides_nothing_about_what_is_planned() -> None:
    other = make_bout("goblet_squat", 0, (8, 8, 8), load=kg(12), pain=7, techniques=CLEAN)
    assert decide(make_case("legs", learning("split_squat"), [other])).because.text == (
        "The first time."
    )


# One exercise in two slots.

THRUSTS = make_answers(goal="strength", experience="deadlift")
HEAVY = trained("barbell_hip_thrust", kg(80.0))
LIGHT = trained("barbell_hip_thrust", kg(50.0))


def thrusting(*bouts: Bout) -> dict[str, Case]:
    """The thrust of session A is light and long, that of B heavy and short."""
    base = make_plan(THRUSTS)
    changes = [
        make_change("thrust", "own", LIGHT, LIGHT, at=moment(-1)),
        make_change("thrust_main", "own", HEAVY, HEAVY, at=moment(-1)),
    ]
    found = cases(base, changes, bouts, LIBRARY, today=moment(20).date())
    return {case.slot.id: case for case in found}


def thrust(day: int, load: float, *counts: int, beside: str = "") -> list[Bout]:
    bout = make_bout("barbell_hip_thrust", day, counts, load=kg(load), techniques=CLEAN)
    return [bout, *([make_bout(beside, day)] if beside else [])]


def test_a_heavy_day_is_no_slip_of_the_light_slot() -> None:
    found = thrusting(*thrust(0, 50, 9, 9, 9), *thrust(3, 80, 6, 6, 6))
    assert [bout.sets[0].load for bout in found["thrust"].since_load] == [kg(50)]
    assert [bout.sets[0].load for bout in found["thrust_main"].since_load] == [kg(80)]
    for case in found.values():
        assert "slip" not in decide(case).because.text


def test_sessions_in_another_order_are_told_apart_by_what_else_was_done() -> None:
    """B first: its squats say so."""
    found = thrusting(
        *thrust(0, 80, 6, 6, beside="back_squat"), *thrust(3, 50, 9, 9, beside="good_morning")
    )
    assert [bout.sets[0].load for bout in found["thrust"].since_load] == [kg(50)]
    assert [bout.sets[0].load for bout in found["thrust_main"].since_load] == [kg(80)]


def test_a_slot_does_not_stand_still_because_the_other_has_other_counts() -> None:
    bouts = [
        each
        for n in range(6)
        for each in thrust(3 * n, *((50, 12, 11, 10) if n % 2 == 0 else (80, 5 + n // 2, 5, 5)))
    ]
    found = thrusting(*bouts)
    assert decide(found["thrust_main"]).kind == "hold"


def test_pain_counts_in_both() -> None:
    (bout,) = thrust(0, 50, 9, 9, 9)
    found = thrusting(replace(bout, pain=6))
    assert decide(found["thrust"]).kind == "paused"
    assert decide(found["thrust_main"]).kind == "paused"


# The plan as it stands.


def test_without_changes_the_plan_is_as_it_was_made() -> None:
    base = make_plan()
    assert current_plan(base, (), LIBRARY) is base


def test_a_change_stands_in_every_session_that_has_the_slot() -> None:
    base = make_plan()
    up = make_change("primer", "load_found", trained("cable_pull_through"), PULL)
    plan = current_plan(base, (up,), LIBRARY)
    assert {line.load for line in plan.lines if line.slot == "primer"} == {kg(40.0)}
    assert {line.id for line in plan.lines} == {line.id for line in base.lines}


def test_who_stops_has_nothing_to_follow() -> None:
    base = make_plan(make_answers(conditions=("pain_now",)))
    assert current_plan(base, (), LIBRARY) is base
    assert cases(base, (), (), LIBRARY, today=FIRST_DAY) == ()


def test_what_is_not_in_the_library_any_more_gives_its_place_away() -> None:
    base = make_plan()
    legs = make_change("legs", "own", learning("split_squat"), learning("lost_exercise"))
    for changes in ((), (legs,)):
        plan = current_plan(base, (*changes,), LIBRARY)
        names = {line.exercise for line in plan.lines}
        assert names <= LIBRARY.exercises.keys()
        states = standing(base, changes, plan)
        assert states["legs"] == states_at_first(plan)["legs"]


def test_what_asks_for_care_now_is_taken_out_of_the_plan() -> None:
    """A newer library knows of a condition with which this calls for care."""
    answers = make_answers(conditions=("knee_pain",), cleared=())
    base = make_plan(answers)
    name = base.lines[-1].exercise
    changed = replace(LIBRARY.exercises[name], contraindications=("knee_pain",))
    newer = replace(LIBRARY, exercises={**LIBRARY.exercises, name: changed})
    assert name not in {line.exercise for line in current_plan(base, (), newer).lines}


def test_a_slot_that_comes_in_later_is_followed_like_the_others() -> None:
    """There was no room for it at first; when another is learnt less time is needed."""
    base = make_plan()
    without_legs = replace(
        base,
        sessions=tuple(
            replace(each, lines=tuple(line for line in each.lines if line.slot != "legs"))
            for each in base.sessions
        ),
    )
    up = make_change("primer", "load_found", trained("cable_pull_through"), PULL)
    found = cases(without_legs, (up,), (), LIBRARY, today=FIRST_DAY)
    legs = next(case for case in found if case.slot.id == "legs")
    assert legs.state == learning("split_squat")


def test_what_is_asked_for_can_be_done_in_every_session_of_the_slot() -> None:
    """Where one session has fewer sets than the other, the fewer count."""
    answers = make_answers(goal="power", experience="swing")
    plan = make_plan(answers)
    sets = {line.id: line.sets for line in plan.lines if line.slot == "fast"}
    assert len(set(sets.values())) == 2
    assert make_case("fast", answers=answers).line.sets == min(sets.values())


def test_a_slot_that_has_changed_keeps_its_last_state() -> None:
    state = SlotState(exercise="split_squat", stage="training", load=kg(10, 2), paused=True)
    base = make_plan()
    rests = make_change("legs", "paused", learning("split_squat"), state)
    plan = current_plan(base, (rests,), LIBRARY)
    assert standing(base, (rests,), plan)["legs"] == state
