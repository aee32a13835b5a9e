"""Plans of whatever answers: within their bounds, with what is there, each line explained."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hingewise.planner.allow import allow, owned
from hingewise.planner.build import MAX_ALTERNATIVES, build_plan, preferred
from hingewise.planner.tables import load_numbers, load_patterns, number
from hingewise.planner.volume import most_sets, shares, weight
from hingewise.training.answers import Answers
from hingewise.training.changes import states_at_first
from hingewise.training.plan import Plan
from hingewise.training.sets import PerformedSet
from tests.builders_plans import (
    GYM,
    HOME,
    LIBRARY,
    PLACES,
    kg,
    learning,
    make_answers,
    make_plan,
    trained,
)

FLAGS = [each for each in LIBRARY.flags if each != "new_to_training"]


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """Any answers."""
    conditions = draw(st.lists(st.sampled_from(FLAGS), max_size=2, unique=True))
    days = draw(st.integers(1, 6))
    return Answers(
        goal=draw(st.sampled_from(["learn", "muscle", "strength", "power", "health"])),
        experience=draw(st.sampled_from(["none", "unsure", "hinge", "swing", "deadlift"])),
        days=days,
        minutes=draw(st.integers(15, 120)),
        weekdays=tuple(sorted(draw(st.sampled_from([(), tuple(range(days))])))),
        equipment=tuple(
            draw(
                st.sampled_from([*PLACES.values(), tuple(LIBRARY.equipment)])
                | st.lists(st.sampled_from(list(LIBRARY.equipment)), unique=True)
            )
        ),
        conditions=tuple(conditions),
        cleared=tuple(each for each in conditions if draw(st.booleans())),
        habits=tuple(draw(st.lists(st.sampled_from(["sitting", "heels"]), unique=True))),
        mistakes=tuple(
            draw(st.lists(st.sampled_from(sorted(LIBRARY.faults)), max_size=2, unique=True))
        ),
    )


@settings(max_examples=150, deadline=None)
@given(answers())
def test_whatever_is_answered_the_plan_keeps_its_word(given_so: Answers) -> None:
    plan = build_plan(given_so, LIBRARY)
    assert plan.notes
    _check_minutes(plan)
    _check_what_is_there(plan)
    _check_week(plan)
    _check_reasons(plan)


def _check_minutes(plan: Plan) -> None:
    for session in plan.sessions:
        spent = sum(each.seconds for each in session.warm_up) / 60 + sum(
            line.minutes for line in session.lines
        )
        assert spent == pytest.approx(session.minutes)
        assert session.minutes <= plan.answers.minutes + 1e-6


def _check_what_is_there(plan: Plan) -> None:
    allowed = allow(plan.answers, LIBRARY)
    there = owned(plan.answers)
    for session in plan.sessions:
        names = [line.exercise for line in session.lines]
        assert len(set(names)) == len(names)
        for line in session.lines:
            for each in (line.exercise, *line.alternatives):
                assert each in allowed.exercises
                assert set(LIBRARY.exercises[each].equipment) <= there
            assert not set(line.alternatives) & set(names)
            assert len(line.alternatives) <= MAX_ALTERNATIVES
        assert all(set(LIBRARY.drills[d.drill].equipment) <= there for d in session.warm_up)


def _check_week(plan: Plan) -> None:
    for week in plan.weeks:
        assert len(week.sessions) == min(plan.answers.days, number("sessions_most"))
        total: dict[str, float] = {}
        for name in week.sessions:
            for line in plan.session(name).lines:
                for muscle, share in shares(LIBRARY.exercises[line.exercise]).items():
                    counted = line.sets * share * weight(line.rir)
                    total[muscle] = total.get(muscle, 0.0) + counted
        assert all(sets <= most_sets(plan.answers) + 1e-6 for sets in total.values())


def _check_reasons(plan: Plan) -> None:
    known = LIBRARY.sources.keys() | LIBRARY.facts.keys()
    told = [line.because for line in plan.lines]
    told += [drill.because for session in plan.sessions for drill in session.warm_up]
    told += [note.because for note in (*plan.notes, *plan.left_out)]
    for reasons in told:
        assert reasons
        for reason in reasons:
            assert reason.rule in LIBRARY.rules
            assert reason.text
            assert reason.sources
            assert set(reason.sources) <= known
            assert bool(reason.question) == bool(reason.answer)


def test_the_same_answers_make_the_same_plan() -> None:
    assert make_plan(make_answers(goal="health")) == make_plan(make_answers(goal="health"))


@pytest.mark.parametrize(
    "goal, experience", list(product(("learn", "strength", "health"), ("none", "deadlift")))
)
def test_every_session_begins_with_the_primer(goal: str, experience: str) -> None:
    plan = make_plan(make_answers(goal=goal, experience=experience))
    for session in plan.sessions:
        assert session.lines[0].role == "primer"
        assert session.lines[0].exercise.endswith("pull_through")
        assert session.lines[0].ramp is not None


def test_heavy_and_fast_work_comes_right_after_the_primer() -> None:
    strong = make_plan(make_answers(goal="strength", experience="deadlift")).session("A")
    assert strong.lines[1].exercise == "conventional_deadlift"
    assert strong.lines[1].repetitions == (3, 6)
    fast = make_plan(make_answers(goal="power", experience="swing")).session("A")
    assert fast.lines[1].exercise == "kettlebell_swing"


@pytest.mark.parametrize("flag", ["pain_now", "disc_or_nerve", "blood_pressure"])
def test_what_must_be_looked_at_first_makes_no_plan_and_says_what_to_do(flag: str) -> None:
    plan = make_plan(make_answers(conditions=(flag,)))
    assert (plan.sessions, plan.weeks, plan.weekdays) == ((), (), ())
    (note,) = plan.notes
    assert note.text.startswith("No plan yet: ")
    assert LIBRARY.flags[flag].advice.text in note.text
    assert note.because[0].question == "conditions"


def test_where_nothing_is_left_it_says_so() -> None:
    """Every bridge and thrust asks for care, and there is nothing else."""
    needed = {
        flag for each in ("glute_bridge",) for flag in LIBRARY.exercises[each].contraindications
    }
    flag = next(each for each in FLAGS if each in needed and not LIBRARY.flags[each].stop)
    plan = make_plan(make_answers(conditions=(flag,), equipment=()))
    assert plan.sessions == ()
    assert "Nothing of the library fits" in plan.notes[-1].text
    assert plan.left_out


def test_what_was_wrong_before_is_learnt_anew() -> None:
    before = make_plan(make_answers()).line("A.primer")
    again = make_plan(make_answers(mistakes=("squatting_it",))).line("A.primer")
    assert (before.stage, again.stage) == ("training", "learning")
    assert any(each.question == "mistakes" for each in again.because)


def test_who_trained_the_front_gets_the_back_of_the_legs_first() -> None:
    front = make_answers(habits=("front_of_legs",))
    slot = preferred(load_patterns().slots["sides"], front, LIBRARY)
    uses = [
        any(
            use.muscle == "hamstrings" and use.role != "stabiliser"
            for use in LIBRARY.exercises[each].muscles
        )
        for each in slot.candidates
    ]
    assert uses == sorted(uses, reverse=True)
    assert set(slot.candidates) == set(load_patterns().slots["sides"].candidates)
    assert (
        preferred(load_patterns().slots["sides"], make_answers(), LIBRARY)
        == (load_patterns().slots["sides"])
    )


def test_first_loads_come_from_what_one_lifts() -> None:
    lifts = (PerformedSet(exercise="cable_pull_through", repetitions=12, load=kg(50), rir=2.0),)
    line = make_plan(make_answers(loads=lifts)).line("A.primer")
    assert line.load is not None
    assert line.load.value % 5 == 0
    assert line.load.mass_kg < 50
    assert line.because[-1].text.startswith("A tenth lower than your lifts say")
    assert line.because[-1].question == "loads"


def test_without_one_the_load_is_found() -> None:
    line = make_plan().line("A.primer")
    assert (line.load, line.loaded) == (None, True)
    assert line.because[-1].rule == "first_load"


def test_of_what_has_no_load_nothing_is_said_about_loads() -> None:
    line = make_plan().line("A.thrust")
    assert not line.loaded
    assert not any(each.rule == "first_load" for each in line.because)


@pytest.mark.parametrize(
    "days, wanted", [(1, (0,)), (2, (0, 3)), (4, (0, 1, 3, 4)), (6, (0, 1, 3, 4))]
)
def test_days_of_the_week(days: int, wanted: tuple[int, ...]) -> None:
    plan = make_plan(make_answers(days=days))
    assert plan.weekdays == wanted
    assert all(len(week.sessions) == len(wanted) for week in plan.weeks)
    assert any("of your 6 days have a session" in note.text for note in plan.notes) == (days == 6)


@pytest.mark.parametrize(
    "weekdays, wanted",
    [((1, 5), (1, 5)), ((0, 1, 2, 3, 4), (0, 1, 2, 3)), ((0, 1, 2, 3, 4, 5), (0, 1, 3, 4))],
)
def test_days_of_the_lifters_own(weekdays: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    plan = make_plan(make_answers(days=len(weekdays), weekdays=weekdays))
    assert plan.weekdays == wanted


def test_each_fourth_week_is_a_lighter_one() -> None:
    plan = build_plan(make_answers(), LIBRARY, weeks=9)
    assert [week.number for week in plan.weeks if week.kind == "lighter"] == [4, 8]
    for line in plan.lines:
        assert line.lighter_sets == max(1, round(line.sets * load_numbers()["lighter_share"].value))


def test_what_stands_in_the_slots_by_now_is_what_the_plan_has() -> None:
    plan = make_plan(
        make_answers(),
        primer=trained("banded_cable_pull_through", kg(35.0)),
        legs=learning("goblet_squat"),
    )
    assert plan.line("A.primer").exercise == "banded_cable_pull_through"
    assert plan.line("B.primer").load == kg(35.0)
    assert plan.line("A.legs").stage == "learning"
    assert states_at_first(plan)["legs"] == learning("goblet_squat")


def test_a_plan_of_its_own_states_is_itself_but_for_the_reasons_of_its_loads() -> None:
    for goal in ("learn", "muscle", "strength", "power", "health"):
        plan = make_plan(make_answers(goal=goal))
        assert build_plan(plan.answers, LIBRARY, states=states_at_first(plan)) == plan


def test_an_exercise_of_ones_own_is_not_called_the_first_choice() -> None:
    line = make_plan(make_answers(), legs=learning("sled_push")).line("A.legs")
    assert line.because[1].rule == "your_word"
    assert not any("first choice" in each.text for each in line.because)


def test_what_is_left_out_says_why() -> None:
    plan = make_plan(make_answers(equipment=HOME, conditions=("knee_pain",)))
    said = {note.text.split(":")[0]: note.because[0] for note in plan.left_out}
    assert said["Barbell hip thrust"].rule == "kit_only"
    assert said["Split squat"].rule == "care_first"
    assert all(note.text.count(":") for note in plan.left_out)


def test_too_little_for_muscle_is_said() -> None:
    plan = make_plan(make_answers(days=1, minutes=30))
    texts = [note.text for note in plan.notes]
    assert any("of the 10 or so that make it grow best" in text for text in texts)


def test_cleared_conditions_are_planned_light() -> None:
    answers: Any = {"conditions": ("low_back_recent",), "cleared": ("low_back_recent",)}
    plan = make_plan(make_answers(**answers))
    careful = allow(plan.answers, LIBRARY).careful
    lines = [line for line in plan.lines if line.exercise in careful]
    assert lines
    for line in lines:
        assert line.repetitions[0] >= number("care_repetitions_least")
        assert line.rir == number("rir_care")


def test_alternatives_are_there_where_the_things_allow_them() -> None:
    plan = make_plan(make_answers(equipment=GYM))
    assert all(line.alternatives for line in plan.lines)
