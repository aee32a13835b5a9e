"""Reasons: the rule, its sources, and the answer in the lifter's words."""

from __future__ import annotations

from hingewise.planner.reasons import answer_words, because, by_number
from hingewise.planner.tables import load_numbers
from hingewise.training.sets import PerformedSet
from tests.builders_plans import LIBRARY, kg, make_answers


def test_a_rule_speaks_for_itself() -> None:
    rule = LIBRARY.rules["kit_only"]
    reason = because(LIBRARY, "kit_only")
    assert (reason.rule, reason.text, reason.sources) == ("kit_only", rule.why, rule.sources)
    assert (reason.question, reason.answer) == ("", "")


def test_its_sources_come_behind_those_of_the_case_each_once() -> None:
    rule = LIBRARY.rules["kit_only"]
    reason = because(LIBRARY, "kit_only", "Why.", sources=("acsm_2026", rule.sources[0]))
    assert reason.sources == ("acsm_2026", *rule.sources)
    assert reason.text == "Why."


def test_a_number_says_what_it_is() -> None:
    each = load_numbers()["lighter_every"]
    assert by_number("lighter_every") == (each.text, each.sources)


def test_answers_in_words() -> None:
    answers = make_answers(
        days=1,
        equipment=("bench", "barbell"),
        loads=tuple(
            PerformedSet(exercise="romanian_deadlift", repetitions=n, load=kg(60)) for n in (8, 7)
        ),
        conditions=("knee_pain", "hip_recent"),
        cleared=("hip_recent",),
        habits=("sitting", "heels"),
        mistakes=("rounding_back",),
    )
    words = answer_words(answers, LIBRARY)
    assert words["goal"] == "Build glutes and hamstrings"
    assert words["experience"] == "My pull-through or Romanian deadlift is clean"
    assert words["time"] == "1 day a week, 60 minutes"
    assert words["equipment"] == "Bench, Barbell and plates"
    assert words["loads"] == "Romanian deadlift"
    knee, hip = (LIBRARY.flags[each].name for each in answers.conditions)
    assert words["conditions"] == f"{knee}, {hip} (allowed)"
    assert words["habits"] == "I sit most of the day, I have worn high heels for years"
    assert words["mistakes"] == LIBRARY.faults["rounding_back"].name


def test_nothing_is_a_word_too() -> None:
    words = answer_words(make_answers(equipment=()), LIBRARY)
    assert [words[each] for each in ("equipment", "loads", "conditions", "habits", "mistakes")] == [
        "nothing",
        "none named",
        "nothing",
        "none",
        "none named",
    ]
