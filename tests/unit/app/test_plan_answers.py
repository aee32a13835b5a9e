"""The eight questions: asked until they can be answered, or read from a file, or refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from hingewise.app.plan_answers import (
    MAX_BYTES,
    MAX_TRIES,
    Asker,
    ask_answers,
    effects,
    read_answers,
    template,
)
from hingewise.errors import AnswersError
from hingewise.planner.tables import load_screen
from hingewise.training.answers import Answers
from tests.builders_plans import GYM, LIBRARY, NAMES, make_answers

GOOD = 'goal = "learn"\nexperience = "none"\ndays = 2\nminutes = 45\n'


def read(folder: Path, text: str, name: str = "answers.toml") -> Answers:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read_answers(file, LIBRARY, NAMES)


def refused(folder: Path, text: str, name: str = "answers.toml") -> AnswersError:
    with pytest.raises(AnswersError) as caught:
        read(folder, text, name)
    assert caught.value.hint
    return caught.value


def test_the_template_is_an_answer_to_itself(tmp_path: Path) -> None:
    answers = read(tmp_path, template())
    assert answers == make_answers(goal="learn", experience="none", minutes=45)


def test_the_same_answers_as_json(tmp_path: Path) -> None:
    given = {"goal": "learn", "experience": "none", "days": 2, "minutes": 45}
    assert read(tmp_path, json.dumps(given), "a.json") == read(tmp_path, GOOD)


def test_a_file_of_windows_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + GOOD.replace("\n", "\r\n")).days == 2


@pytest.mark.parametrize(
    "text, says",
    [
        ("goal = ", "expected TOML or JSON, got: Invalid value"),
        ("[" * 5000, "expected TOML or JSON, got: "),
        (GOOD.replace("days = 2", "days = 9"), "days: expected 1 to 6 a week, got 9."),
        (GOOD.replace("minutes = 45", "minutes = 5"), "minutes: expected 15 to 120, got 5."),
        (GOOD + "wekdays = []", "wekdays: expected one of goal, "),
        (GOOD + 'equipment = ["kettlebel"]', "got 'kettlebel'; did you mean kettlebell?"),
        (GOOD + 'cleared = ["knee_pain"]', "cleared: expected only conditions that are there"),
        (GOOD + 'weekdays = ["monday"]', "weekdays: expected as many as days (2), got 1."),
    ],
)
def test_one_mistake_is_one_line(tmp_path: Path, text: str, says: str) -> None:
    error = refused(tmp_path, text)
    assert says in str(error)
    assert "answers.toml: " in str(error)
    assert error.problems == ()


def test_of_several_mistakes_each_is_listed(tmp_path: Path) -> None:
    error = refused(tmp_path, GOOD.replace("2", "9").replace("45", "5"))
    assert "found 2 mistakes" in str(error)
    assert [each.split(":")[0] for each in error.problems] == ["days", "minutes"]


@pytest.mark.parametrize("text", ["[]", "3", "null", '"gym"'])
def test_a_list_is_no_table(tmp_path: Path, text: str) -> None:
    assert "expected a table of answers" in str(refused(tmp_path, text, "a.json"))


def test_what_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"\xff\xfe\x00\x01" * 100)
    with pytest.raises(AnswersError, match="expected TOML or JSON"):
        read_answers(file, LIBRARY, NAMES)


def test_what_is_far_too_long_is_not_read(tmp_path: Path) -> None:
    error = refused(tmp_path, GOOD + "#" * MAX_BYTES)
    assert f"up to {MAX_BYTES} bytes" in str(error)


@pytest.mark.parametrize("word", ["goal", "days", "equipment", "loads"])
def test_of_a_long_word_only_the_beginning_is_said(tmp_path: Path, word: str) -> None:
    given: dict[str, object] = {"goal": "learn", "experience": "none", "days": 2, "minutes": 45}
    error = refused(tmp_path, json.dumps({**given, word: "x" * 500_000}), "a.json")
    assert len(str(error)) < 2000


def test_a_folder_and_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="Is a directory"):
        read_answers(tmp_path, LIBRARY, NAMES)
    with pytest.raises(AnswersError, match="No such file"):
        read_answers(tmp_path / "none.toml", LIBRARY, NAMES)


# Asked in a terminal.

SCREEN = [""] * len(load_screen())
SAID = ["1", "3", "2", "60", "gym", "", *SCREEN, "", ""]


def asked(said: Sequence[str]) -> tuple[Answers, list[str]]:
    """The answers of somebody who says one thing after the other, and what was said to them."""
    heard: list[str] = []
    answers = iter(said)

    def ask(question: str) -> str:
        heard.append(question)
        return next(answers)

    found = ask_answers(Asker(library=LIBRARY, names=NAMES, say=heard.append, ask=ask))
    assert list(answers) == []
    return found, heard


def test_numbers_choose() -> None:
    found, heard = asked(SAID)
    assert found == make_answers(goal="learn")
    assert sum("of 8." in each for each in heard) == 8
    assert any(each.startswith("→ You start on the cable") for each in heard)


def test_words_choose_as_well_and_none_is_a_word() -> None:
    found, _ = asked(["muscle", "none", *SAID[2:]])
    assert (found.goal, found.experience) == ("muscle", "none")


def test_several_with_commas_and_loads_with_semicolons() -> None:
    loads = "romanian deadlift 3x8 @ 60 kg, 2 RIR; pull-through 3x12 @ 40 kg"
    found, _ = asked(
        ["1", "3", "2", "60", "barbell, bench", loads, *SCREEN, "1, heels", "squatting it"]
    )
    assert found.equipment == ("barbell", "bench")
    assert [each.exercise for each in found.loads] == ["romanian_deadlift", "cable_pull_through"]
    assert found.habits == ("sitting", "heels")
    assert found.mistakes == ("squatting_it",)


def test_what_cannot_be_read_is_asked_again() -> None:
    found, heard = asked(["1", "3", "9", "two", "2", "5", "60", "gymm", *SAID[4:]])
    assert found == make_answers(goal="learn")
    assert "  days: expected 1 to 6 a week, got 9" in heard
    assert "  days: expected a whole number, got 'two'" in heard
    assert "  minutes: expected 15 to 120, got 5" in heard


def test_not_for_ever() -> None:
    with pytest.raises(AnswersError, match=f"in {MAX_TRIES} tries"):
        asked(["1", "3", *["nonsense"] * MAX_TRIES])


def test_a_yes_in_the_screen_is_a_reason_for_care() -> None:
    found, heard = asked([*SAID[:6], "y", "n", *SCREEN[1:], "", ""])
    assert found.conditions == ("blood_pressure",)
    assert found.cleared == ()
    assert f"  {LIBRARY.flags['blood_pressure'].advice.text}" in heard


def test_what_a_professional_has_allowed_is_cleared() -> None:
    found, _ = asked([*SAID[:6], "yes", "yes", *SCREEN[1:], "", ""])
    assert found.conditions == found.cleared == ("blood_pressure",)


def test_two_reasons_of_one_kind_are_cleared_only_together() -> None:
    """Chest pain that was looked at, and a medicine that was not."""
    found, _ = asked([*SAID[:6], "", "y", "y", "y", "n", *SCREEN[3:], "", ""])
    assert found.conditions == ("condition_unclear",)
    assert found.cleared == ()


@pytest.mark.parametrize("unclear", ["maybe", "1", "yess", "?"])
def test_neither_yes_nor_no_is_asked_again(unclear: str) -> None:
    """What is unclear must not count as no."""
    found, heard = asked([*SAID[:6], unclear, "y", unclear, "n", *SCREEN[1:], "", ""])
    assert found.conditions == ("blood_pressure",)
    assert heard.count(f"  expected y or n, got {unclear!r}") == 2


def test_the_screen_is_not_asked_for_ever() -> None:
    with pytest.raises(AnswersError, match="Expected y or n"):
        asked([*SAID[:6], *["maybe"] * MAX_TRIES])


def test_what_each_answer_does() -> None:
    answers = make_answers(goal="strength", habits=("sitting",), equipment=GYM)
    told = list(effects(answers, LIBRARY))
    assert len(told) == 8
    by_question = {question: (answer, effect) for question, answer, effect in told}
    assert by_question["What is it for?"][0] == "Get strong: deadlift and hip thrust"
    assert by_question["What is it for?"][1].startswith("Heavy lifts right after the primer")
    assert by_question["Which of these is you?"][0] == "I sit most of the day"
    assert all(effect for _, _, effect in told)
