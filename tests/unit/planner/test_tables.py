"""The data that plans go by: every id in it exists, every number has a source, nothing is lost."""

from __future__ import annotations

import itertools
from typing import Any, get_args

import pytest

from hingewise.planner.build import build_plan
from hingewise.planner.loads import implement
from hingewise.planner.tables import (
    load_numbers,
    load_patterns,
    load_questions,
    load_screen,
    number,
    usual_kit,
)
from hingewise.training.answers import Experience, Goal, Habit
from hingewise.training.kit import IMPLEMENTS
from hingewise.training.load import MassUnit
from hingewise.training.plan import Question
from tests.builders_plans import LIBRARY, make_answers

PATTERNS = load_patterns()
KNOWN = LIBRARY.sources.keys() | LIBRARY.facts.keys()
GOALS: tuple[Goal, ...] = get_args(Goal)
UNITS: tuple[MassUnit, ...] = get_args(MassUnit)


@pytest.mark.parametrize("name", load_numbers())
def test_every_number_has_a_source_a_unit_and_words(name: str) -> None:
    each = load_numbers()[name]
    assert each.sources
    assert set(each.sources) <= KNOWN
    assert each.unit
    assert each.text
    assert each.basis in ("literature", "consensus", "product_default", "derived")


def test_a_number_is_asked_for_by_its_name() -> None:
    assert number("pain_stop") == 3
    assert number("lighter_share") == 0.6


def test_what_only_the_product_says_is_called_so() -> None:
    """A number that rests on us alone must not look like one of the literature."""
    for name, each in load_numbers().items():
        if each.sources == ("product",):
            assert each.basis == "product_default", name


@pytest.mark.parametrize("goal", GOALS)
def test_every_slot_of_a_goal_is_kept_in_some_order(goal: Goal) -> None:
    pattern = PATTERNS.goals[goal]
    used = {slot for name in ("A", "B") for slot in pattern.sessions[name]}
    assert sorted(pattern.keep) == sorted(used)
    assert used <= PATTERNS.slots.keys()
    assert set(pattern.grow) <= LIBRARY.muscles.keys()


@pytest.mark.parametrize("goal", GOALS)
def test_the_primer_is_first_and_gives_way_last(goal: Goal) -> None:
    pattern = PATTERNS.goals[goal]
    assert {pattern.sessions[name][0] for name in ("A", "B")} == {"primer"}
    assert pattern.keep[0] == "primer"


def test_no_slot_is_there_for_nothing() -> None:
    used = {slot for goal in PATTERNS.goals.values() for slot in goal.keep}
    assert used == PATTERNS.slots.keys()


@pytest.mark.parametrize("name", PATTERNS.slots)
def test_what_may_stand_in_a_slot_is_in_the_library(name: str) -> None:
    slot = PATTERNS.slots[name]
    assert set(slot.candidates) <= LIBRARY.exercises.keys()
    assert slot.rule in LIBRARY.rules
    assert not slot.ladder or slot.ladder in LIBRARY.ladders
    if slot.ladder:
        assert slot.from_rung < len(LIBRARY.ladders[slot.ladder].rungs)


@pytest.mark.parametrize("name", PATTERNS.slots)
def test_whatever_stands_in_a_slot_has_a_dose_for_it(name: str) -> None:
    """A candidate without one would be given whatever dose comes first."""
    slot = PATTERNS.slots[name]
    rungs = LIBRARY.ladders[slot.ladder].rungs[slot.from_rung :] if slot.ladder else ()
    for each in (*slot.candidates, *(rung.exercise for rung in rungs)):
        assert {dose.role for dose in LIBRARY.exercises[each].doses} & set(slot.doses), each


def _named() -> dict[str, set[str]]:
    """Every id that the patterns name, by the kind of record it must be."""
    counted = [each for ladder in PATTERNS.counts_as.values() for each in ladder.items()]
    return {
        "exercises": {
            *(e for each in PATTERNS.known.values() for e in each),
            *PATTERNS.one_sided,
            *PATTERNS.straight_back,
            *PATTERNS.met_by,
            *(e for each in PATTERNS.met_by.values() for e in each),
            *(rung for rung, _ in counted),
            *(e for _, others in counted for e in others),
            *PATTERNS.stays.values(),
        },
        "ladders": {*PATTERNS.counts_as, *PATTERNS.stays},
        "equipment": {
            *PATTERNS.does_as_well,
            *(e for each in PATTERNS.does_as_well.values() for e in each),
            *(e for asked in load_questions() for each in asked.places.values() for e in each),
            *(each.equipment for each in IMPLEMENTS.values()),
        },
        "drills": {
            *PATTERNS.drill_care,
            *(e for each in PATTERNS.drills_for.values() for e in each),
        },
        "flags": {
            *(e for each in PATTERNS.drill_care.values() for e in each),
            *(each.flag for each in load_screen()),
        },
        "faults": set(PATTERNS.front_only),
    }


@pytest.mark.parametrize("kind", _named())
def test_every_id_is_in_the_library(kind: str) -> None:
    records: dict[str, Any] = getattr(LIBRARY, kind)
    assert _named()[kind] <= records.keys()


def test_what_counts_as_a_rung_belongs_to_a_rung() -> None:
    for ladder, rungs in PATTERNS.counts_as.items():
        assert rungs.keys() <= {rung.exercise for rung in LIBRARY.ladders[ladder].rungs}
    for ladder, exercise in PATTERNS.stays.items():
        assert exercise in {rung.exercise for rung in LIBRARY.ladders[ladder].rungs}


def test_a_rung_back_is_a_rung_further_down() -> None:
    for ladder in LIBRARY.ladders.values():
        places = {rung.exercise: place for place, rung in enumerate(ladder.rungs)}
        for place, rung in enumerate(ladder.rungs):
            assert not rung.back_to or places[rung.back_to] < place
        assert {branch.back_to for branch in ladder.branches} <= places.keys()


def test_who_knows_more_knows_what_comes_before() -> None:
    """The answers rise: each counts all that the one before counts as learnt."""
    known = [set(PATTERNS.known[each]) for each in get_args(Experience)]
    assert all(less <= more for less, more in itertools.pairwise(known))


def test_every_answer_says_what_it_does_and_from_where() -> None:
    for asked in load_questions():
        assert asked.asks
        told = [(each.effect, each.sources) for each in asked.choices]
        for effect, sources in (*told, (asked.effect, asked.sources)):
            assert sources or not effect, asked.id
            assert set(sources) <= KNOWN, asked.id
        assert asked.effect or all(choice.effect for choice in asked.choices)


def test_there_are_eight_questions_and_their_answers_are_what_can_be_given() -> None:
    asked = {each.id: tuple(choice.id for choice in each.choices) for each in load_questions()}
    assert set(asked) == set(get_args(Question)) - {""}
    assert len(asked) == 8
    assert asked["goal"] == get_args(Goal)
    assert asked["experience"] == get_args(Experience)
    assert asked["habits"] == get_args(Habit)
    assert set(PATTERNS.drills_for) == set(get_args(Habit))


def test_the_screen_asks_for_every_reason_for_care_but_being_new() -> None:
    asked = {each.flag for each in load_screen()}
    assert asked == LIBRARY.flags.keys() - {"new_to_training"}
    assert all(each.sources and set(each.sources) <= KNOWN for each in load_screen())


@pytest.mark.parametrize("unit", UNITS)
def test_everything_that_bears_a_load_has_usual_loads(unit: MassUnit) -> None:
    for each in LIBRARY.exercises.values():
        hangs_on = implement(each)
        if hangs_on is not None:
            assert usual_kit(unit)[hangs_on.equipment].loads(hangs_on.count)
            assert hangs_on.equipment in each.equipment, each.id


def test_usual_loads_are_about_the_same_in_both_units() -> None:
    for name, item in usual_kit("kg").items():
        if item.bands:
            assert usual_kit("lb")[name].bands == item.bands
            continue
        lb = usual_kit("lb")[name].loads()
        for ours, theirs in ((item.loads()[0], lb[0]), (item.loads()[-1], lb[-1])):
            assert 0.8 < ours.mass_kg / theirs.mass_kg < 1.25, name


def test_days_have_a_day_between_them_as_far_as_there_is_one() -> None:
    for n_days, days in PATTERNS.weekdays.items():
        assert len(days) == n_days
        assert list(days) == sorted(set(days))
    assert set(PATTERNS.weekdays) == set(range(1, int(number("sessions_most")) + 1))


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("experience", get_args(Experience))
def test_every_goal_can_be_followed_with_nothing_but_a_wall(
    goal: Goal, experience: Experience
) -> None:
    answers = make_answers(goal=goal, experience=experience, equipment=(), minutes=15)
    plan = build_plan(answers, LIBRARY)
    assert plan.lines
    for line in plan.lines:
        assert not LIBRARY.exercises[line.exercise].equipment


def test_every_exercise_that_is_done_one_side_after_the_other_says_so() -> None:
    """Else its sets are given half the time that they take."""
    one_legged = {
        each.id
        for each in LIBRARY.exercises.values()
        if each.pattern == "lunge" or each.id.startswith(("single_leg", "single_arm"))
    }
    assert one_legged <= PATTERNS.one_sided
