"""Answers as people write them: read, or refused with what was meant."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.errors import AnswersError
from hingewise.planner.intake import KEYS, MAX_SHOWN, parse_answers, write_template
from hingewise.planner.tables import load_questions, usual_kit
from hingewise.training.answers import Answers
from hingewise.training.kit import KitItem
from tests.builders_plans import GYM, HOME, LIBRARY, NAMES, kg

USUAL: dict[str, Any] = {"goal": "muscle", "experience": "hinge", "days": 2, "minutes": 60}


def parse(**said: Any) -> Answers:
    return parse_answers({**USUAL, **said}, LIBRARY, NAMES)


def problems(**said: Any) -> tuple[str, ...]:
    with pytest.raises(AnswersError) as caught:
        parse(**said)
    assert f"found {len(caught.value.problems)} mistakes" in str(caught.value)
    return caught.value.problems


def test_what_must_be_said_is_enough() -> None:
    assert parse() == Answers(goal="muscle", experience="hinge", days=2, minutes=60)


def test_everything_that_can_be_said() -> None:
    answers = parse(
        goal=" Strength ",
        weekdays=["thu", "Monday"],
        equipment=["home", "barbell", "kb"],
        kit={"barbell": {"least": 15.0}},
        loads=["RDL 2x8 @ 60 kg, 2 RIR"],
        conditions=["Knees that hurt when they bend"],
        cleared="knee_pain",
        habits="sitting",
        mistakes=["rounding back"],
    )
    assert answers.goal == "strength"
    assert answers.weekdays == (0, 3)
    assert answers.equipment == (*HOME, "barbell", "kettlebell")
    assert answers.kit == (KitItem(equipment="barbell", least=15.0, most=350.0, step=2.5),)
    assert [(each.repetitions, each.load) for each in answers.loads] == [(8, kg(60))]
    assert answers.conditions == answers.cleared == ("knee_pain",)
    assert answers.habits == ("sitting",)
    assert answers.mistakes == ("rounding_back",)


@pytest.mark.parametrize("nothing", [[], "", "none", ["none"], ["-"], "nothing"])
def test_words_for_nothing(nothing: object) -> None:
    assert parse(equipment=nothing, conditions=nothing, habits=nothing) == parse(
        equipment=[] if nothing != "nothing" else "nothing"
    )


def test_a_place_is_what_is_usually_in_it() -> None:
    assert parse(equipment="gym").equipment == GYM
    assert parse(equipment=["gym", "bench"]).equipment == GYM
    assert parse(equipment=["nothing"]).equipment in ((), ("wall",))


@pytest.mark.parametrize(
    "said, says",
    [
        ({"goal": "legs"}, "goal: expected one of learn, muscle, strength, power, health"),
        ({"goal": "mucsle"}, "did you mean muscle?"),
        ({"goal": None}, "got nothing"),
        ({"goal": ["muscle"]}, "goal: expected one of"),
        ({"days": "2"}, "days: expected a whole number, got '2'"),
        ({"days": 2.0}, "days: expected a whole number, got 2.0"),
        ({"days": True}, "days: expected a whole number, got True"),
        ({"days": 10**400}, "days: expected a whole number, got a number of that many digits"),
        ({"minutes": None}, "minutes: expected a whole number, got nothing"),
        ({"days": 9}, "days: expected 1 to 6 a week, got 9"),
        ({"minutes": 5}, "minutes: expected 15 to 120, got 5"),
        ({"weekdays": ["noday", "m"]}, "weekdays: expected days such as monday, got 'noday'"),
        ({"weekdays": ["t", "monday"]}, "got 't'"),
        ({"weekdays": ["monday", "mon"]}, "weekdays: expected them in order"),
        ({"weekdays": ["monday"]}, "weekdays: expected as many as days (2), got 1"),
        ({"equipment": ["kettlebel"]}, "got 'kettlebel'; did you mean kettlebell?"),
        ({"equipment": {"barbell": 1}}, "equipment: expected a list of words"),
        ({"equipment": [1]}, "equipment: expected a list of words, got [1]"),
        ({"conditions": ["new_to_training"]}, "conditions: expected something that is known"),
        ({"cleared": ["knee_pain"]}, "cleared: expected only conditions that are there"),
        ({"habits": ["slouching"]}, "habits: expected something that is known here"),
        ({"mistakes": ["roundig back"]}, "did you mean rounding_back?"),
        ({"loads": ["rdl @ 60 kg"]}, "loads: 'rdl @ 60 kg': expected sets and repetitions behind"),
        ({"loads": [3]}, "loads: expected a list of words"),
        ({"kit": []}, "kit: expected a table for each thing"),
        ({"kit": {"wall": {}}}, "kit.wall: expected one of cable_machine, barbell"),
        ({"kit": {"barbell": 20}}, "kit.barbell: expected a table, got 20"),
        ({"kit": {"barbell": {"unit": "stone"}}}, "(unit kg or lb), got unit"),
        ({"kit": {"barbell": {"weight": 5}}}, "expected unit, least, most, step, values"),
        ({"kit": {"barbell": {"least": "20"}}}, "kit.barbell: expected a number, got '20'"),
        ({"kit": {"barbell": {"least": True}}}, "kit.barbell: expected a number, got True"),
        ({"kit": {"barbell": {"least": 10**400}}}, "kit.barbell: "),
        ({"kit": {"barbell": {"values": "12"}}}, "expected a list of numbers, got '12'"),
        ({"kit": {"barbell": {"values": [8, 8]}}}, "in rising order"),
        ({"kit": {"barbell": {"bands": ["red"]}}}, "kit.barbell: expected unit, least"),
        ({"kit": {"barbell": {"step": float("nan")}}}, "by a step of more than nothing"),
        ({"kit": {"resistance_band": {"bands": "light"}}}, "expected a list of names of bands"),
        ({"kit": {"resistance_band": {"bands": []}}}, "from the lightest on, got none"),
        ({"kit": {"resistance_band": {"least": 5}}}, "kit.resistance_band: expected bands, got"),
        ({"wekdays": []}, "wekdays: expected one of goal"),
        ({"wekdays": []}, "did you mean weekdays?"),
    ],
)
def test_what_cannot_be_read(said: dict[str, Any], says: str) -> None:
    found = problems(**said)
    assert any(says in each for each in found), found


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = problems(goal="legs", days="two", equipment=["kettlebel"], loads=["nonsense"])
    assert [each.split(":")[0] for each in found] == ["goal", "days", "equipment", "loads"]


def test_what_is_long_is_cut() -> None:
    for said in ({"goal": "x" * 99999}, {"equipment": ["y" * 99999]}, {"z" * 99999: 1}):
        assert all(len(each) < 20 * MAX_SHOWN for each in problems(**said))


def test_things_as_their_owner_knows_them() -> None:
    (item,) = parse(kit={"kettlebell": {"values": [8, 16, 24.5]}}).kit
    assert item.values == (8.0, 16.0, 24.5)
    (item,) = parse(kit={"kettlebell": {"step": 4, "most": 32}}).kit
    assert [load.value for load in item.loads()] == [4, 8, 12, 16, 20, 24, 28, 32]
    (item,) = parse(kit={"dumbbell": {"unit": "lb"}}).kit
    assert item == usual_kit("lb")["dumbbell"]
    (item,) = parse(kit={"band": {"bands": ["Red band", "blue"]}}).kit
    assert item.bands == ("Red", "blue")


def test_the_same_load_twice_is_one() -> None:
    assert len(parse(loads=["rdl 3x8 @ 60 kg", "rdl 8 @ 60 kg"]).loads) == 1


def test_the_template_holds_every_question_and_every_choice() -> None:
    text = write_template(LIBRARY)
    for asked in load_questions():
        assert asked.asks in text
        assert all(choice.id in text and choice.says in text for choice in asked.choices)
    assert all(fault.id in text for fault in LIBRARY.faults.values() if fault.measure)
    assert all(each in text for each in LIBRARY.equipment)
    assert set(tomllib.loads(text)) <= set(KEYS)


@given(
    st.dictionaries(
        st.sampled_from(KEYS) | st.text(max_size=10),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(max_size=10), inner, max_size=3)
            ),
            max_leaves=6,
        ),
        max_size=6,
    )
)
def test_nothing_that_a_file_can_hold_is_a_mistake_of_ours(said: dict[str, Any]) -> None:
    with suppress(AnswersError):
        parse(**said)
