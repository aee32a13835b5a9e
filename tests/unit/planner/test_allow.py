"""What may be done: with these things, these conditions, and what is learnt."""

from __future__ import annotations

from typing import Any

import pytest

from hingewise.planner.allow import NEW, Allowed, allow, owned, stopping
from hingewise.training.sets import PerformedSet
from tests.builders_plans import GYM, LIBRARY, kg, make_answers


def allowed(**answers: Any) -> Allowed:
    return allow(make_answers(**answers), LIBRARY)


@pytest.mark.parametrize(
    "flag", [name for name, each in LIBRARY.flags.items() if each.stop and name != NEW]
)
def test_what_stops_stops_until_a_professional_has_had_a_look(flag: str) -> None:
    assert stopping(make_answers(conditions=(flag,)), LIBRARY) == (flag,)
    assert stopping(make_answers(conditions=(flag,), cleared=(flag,)), LIBRARY) == ()


def test_one_that_was_looked_at_does_not_clear_the_other() -> None:
    answers = make_answers(conditions=("pain_now", "disc_or_nerve"), cleared=("pain_now",))
    assert stopping(answers, LIBRARY) == ("disc_or_nerve",)


@pytest.mark.parametrize("flag", [name for name in LIBRARY.flags if name != NEW])
def test_what_calls_for_care_stays_out(flag: str) -> None:
    found = allowed(conditions=(flag,), equipment=tuple(LIBRARY.equipment))
    for exercise in LIBRARY.exercises.values():
        assert (exercise.id in found.exercises) == (flag not in exercise.contraindications)
        if exercise.id not in found.exercises:
            reason = found.why_not[exercise.id]
            assert reason.rule == "care_first"
            assert reason.question == "conditions"


def test_what_a_professional_allows_comes_in_if_it_is_easy_to_control() -> None:
    found = allowed(conditions=("low_back_recent",), cleared=("low_back_recent",))
    for each in found.careful:
        assert LIBRARY.exercises[each].difficulty == "beginner"
        assert "low_back_recent" in LIBRARY.exercises[each].contraindications
    assert found.careful
    assert "conventional_deadlift" not in found.exercises
    assert "easy to control" in found.why_not["conventional_deadlift"].text


def test_of_two_conditions_both_must_be_allowed() -> None:
    both = ("low_back_recent", "hip_recent")
    found = allowed(conditions=both, cleared=("hip_recent",))
    assert not any(
        "low_back_recent" in LIBRARY.exercises[each].contraindications for each in found.exercises
    )


def test_what_needs_a_thing_that_is_not_there_stays_out_and_names_it() -> None:
    found = allowed(equipment=("barbell",))
    assert "barbell" not in found.why_not["back_squat"].text
    assert "rack" in found.why_not["back_squat"].text
    assert found.why_not["back_squat"].rule == "kit_only"
    assert "romanian_deadlift" in found.exercises


def test_some_things_stand_in_for_others() -> None:
    assert {"rope_handle", "wall"} <= owned(make_answers(equipment=("cable_machine",)))
    assert "bar_pad" in owned(make_answers(equipment=("barbell",)))
    assert owned(make_answers(equipment=())) == {"wall"}
    assert "rope_handle" not in owned(make_answers(equipment=("single_handle",)))


def test_care_is_said_before_what_is_missing() -> None:
    found = allowed(conditions=("low_back_recent",), equipment=())
    assert found.why_not["conventional_deadlift"].rule == "care_first"


def test_what_one_lifts_is_known_and_so_is_what_leads_to_it() -> None:
    lifts = (PerformedSet(exercise="good_morning", repetitions=8, load=kg(40)),)
    found = allowed(experience="unsure", loads=lifts)
    assert {"good_morning", "romanian_deadlift", "band_pull_through"} <= found.known
    assert "conventional_deadlift" not in found.known


def is_open(exercise: str, *learnt: str, **answers: Any) -> bool:
    return allowed(**answers).is_open(LIBRARY.exercises[exercise], learnt)


def test_an_exercise_comes_in_when_what_leads_to_it_is_learnt() -> None:
    assert not is_open("romanian_deadlift", experience="unsure")
    assert is_open("romanian_deadlift", "band_pull_through", experience="unsure")
    assert is_open("romanian_deadlift", experience="hinge")


def test_a_harder_form_of_the_groundwork_is_groundwork() -> None:
    assert is_open("romanian_deadlift", "cable_pull_through", experience="unsure")


def test_who_is_new_swings_by_what_the_journal_shows_alone() -> None:
    """Though they name a load of it."""
    lifts = (PerformedSet(exercise="kettlebell_swing", repetitions=15, load=kg(16)),)
    assert not is_open("kettlebell_swing", experience="none", loads=lifts)
    shown = ("band_pull_through", "kettlebell_deadlift")
    assert is_open("kettlebell_swing", *shown, experience="none")
    assert is_open("kettlebell_swing", experience="unsure", loads=lifts)


def test_nothing_is_open_that_is_not_allowed() -> None:
    assert not is_open("split_squat", equipment=())
    assert is_open("split_squat", equipment=GYM)
