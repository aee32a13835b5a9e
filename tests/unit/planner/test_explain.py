"""Why a line is there: the slot, the exercise, the dose, the sets, the load."""

from __future__ import annotations

from hingewise.planner.allow import allow
from hingewise.planner.explain import left_out, plan_notes, stop_notes
from hingewise.training.plan import Because, Line
from tests.builders_plans import LIBRARY, kg, learning, make_answers, make_plan, trained


def line(line_id: str, **answers: object) -> Line:
    return make_plan(make_answers(**answers)).line(line_id)


def reasons(line_id: str, **answers: object) -> tuple[Because, ...]:
    return line(line_id, **answers).because


def test_the_slot_by_the_goal() -> None:
    first = reasons("A.deadlift", goal="strength", experience="deadlift")[0]
    assert (first.rule, first.question) == ("strength_first", "goal")
    assert first.answer == "Get strong: deadlift and hip thrust"
    assert {"acsm_2026", "fitt.progression.barbell"} <= set(first.sources)


def test_a_rung_by_its_place_on_the_ladder() -> None:
    second = reasons("A.primer")[1]
    assert second.rule == "ladder_in_plan"
    assert second.text.startswith("Its place on the ladder “Pull-through: band, cable")
    assert second.question == "experience"


def test_what_stands_in_says_for_what_and_why() -> None:
    second = reasons("A.hinge_main", equipment=("dumbbell",))[1]
    assert second.rule == "kit_only"
    assert second.text.startswith("It stands in for Romanian deadlift. It needs what you do not")


def test_what_comes_before_says_before_what() -> None:
    second = reasons("B.squat", goal="strength", experience="none")[1]
    assert second.rule == "learn_first"
    assert second.text.startswith("It comes before Back squat.")


def test_the_first_choice_says_so() -> None:
    second = reasons("A.legs")[1]
    assert (second.rule, second.question) == ("kit_only", "equipment")
    assert "it is the first choice here" in second.text


def test_the_dose_of_what_is_learnt_goes_by_what_one_knows() -> None:
    third = reasons("A.legs")[2]
    assert (third.rule, third.question) == ("learn_then_train", "experience")


def test_the_dose_of_what_was_wrong_before_goes_by_that() -> None:
    third = reasons("A.primer", mistakes=("squatting_it",))[2]
    assert (third.rule, third.question) == ("learn_then_train", "mistakes")


def test_the_dose_of_what_is_trained_goes_by_the_goal() -> None:
    assert reasons("A.primer")[2].rule == "primer_repetitions"
    heavy = reasons("A.deadlift", goal="strength", experience="deadlift")[2]
    assert (heavy.rule, heavy.question) == ("strength_first", "goal")
    fast = reasons("A.fast", goal="power", experience="swing")[2]
    assert fast.rule == "fast_when_fresh"


def test_a_light_dose_goes_by_the_condition() -> None:
    answers = {"conditions": ("low_back_recent",), "cleared": ("low_back_recent",)}
    careful = [
        each
        for each in make_plan(make_answers(**answers)).lines
        if each.rir == 4.0 and each.stage == "training"
    ]
    assert careful
    for each in careful:
        assert (each.because[2].rule, each.because[2].question) == ("care_first", "conditions")


def test_fewer_sets_than_there_could_be_say_so() -> None:
    short = next(each for each in reasons("A.primer", minutes=20) if each.rule == "minutes_kept")
    assert short.text.startswith("3 of up to 5 sets")
    assert not any(each.rule == "minutes_kept" for each in reasons("A.primer"))


def test_a_load_that_was_found_is_not_said_to_come_from_the_answers() -> None:
    plan = make_plan(make_answers(), primer=trained("cable_pull_through", kg(40.0)))
    assert plan.line("A.primer").because[-1].rule == "double_progression"
    assert "hingewise plan history" in plan.line("A.primer").because[-1].text


def test_what_is_in_no_list_of_its_slot_was_put_there() -> None:
    plan = make_plan(make_answers(), legs=learning("sled_push"))
    assert "hingewise plan history" in plan.line("A.legs").because[1].text


def test_every_condition_has_its_advice() -> None:
    answers = make_answers(conditions=("knee_pain", "hip_recent"))
    notes = plan_notes({}, answers, LIBRARY)
    for condition, note in zip(answers.conditions, notes, strict=False):
        assert (
            note.text == f"{LIBRARY.flags[condition].name}: {LIBRARY.flags[condition].advice.text}"
        )


def test_what_must_be_looked_at_first() -> None:
    answers = make_answers(conditions=("pain_now",))
    (note,) = stop_notes(("pain_now",), answers, LIBRARY)
    assert "No plan yet: pain during the exercise." in note.text


def test_enough_sets_are_not_said_to_be_too_few() -> None:
    enough = {"gluteus_maximus": 10.0, "hamstrings": 9.5}
    texts = [note.text for note in plan_notes(enough, make_answers(), LIBRARY)]
    assert not any("Gluteus" in text for text in texts)
    assert any("9.5 sets a week, of the 10 or so" in text for text in texts)


def test_only_what_the_goal_would_have_had_is_said_to_be_left_out() -> None:
    answers = make_answers(goal="learn", equipment=())
    texts = [note.text for note in left_out(allow(answers, LIBRARY), answers, LIBRARY)]
    assert any(text.startswith("Cable pull-through: It needs") for text in texts)
    assert not any(text.startswith("Sled push") for text in texts)
