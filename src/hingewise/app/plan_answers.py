"""The eight questions at the edge: asked in a terminal, or read from a file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from hingewise.errors import AnswersError
from hingewise.library.collection import Library
from hingewise.library.load import load_library
from hingewise.planner.intake import NOTHING, parse_answers, write_template
from hingewise.planner.reasons import answer_words
from hingewise.planner.tables import Asked, load_questions, load_screen
from hingewise.training.answers import Answers
from hingewise.training.notation import Names

Say = Callable[[str], None]
Ask = Callable[[str], str]

YES = ("y", "yes", "j", "ja")
NO = ("", "n", "no", "nein")
MAX_BYTES = 1_000_000
"""No answers are longer."""

MAX_LINE = 200
MAX_TRIES = 5
"""So often a question is asked before we give up: somebody may be piping nonsense in."""


def template() -> str:
    """Return the eight questions as a TOML file to fill in."""
    return write_template(load_library())


def read_answers(file: Path, library: Library, names: Names) -> Answers:
    """Read answers from a TOML or JSON file.

    Raises
    ------
    AnswersError
        If it cannot be read, or anything in it is wrong; all that is stands in it.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise AnswersError(
                f"{file}: expected answers of up to {MAX_BYTES} bytes, got more.",
                hint="Write the questions into a file: hingewise plan questions > answers.toml",
            )
        text = file.read_text(encoding="utf-8-sig")
        given = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise AnswersError(
            f"{file}: expected answers, got: {error.strerror}.",
            hint="Write the questions into a file: hingewise plan questions > answers.toml",
        ) from error
    except (ValueError, RecursionError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise AnswersError(
            f"{file}: expected TOML or JSON, got: {first[:MAX_LINE]}.",
            hint="hingewise plan questions shows how answers are written.",
        ) from error
    if not isinstance(given, dict):
        raise AnswersError(
            f"{file}: expected a table of answers, got something else.",
            hint="hingewise plan questions shows how answers are written.",
        )
    try:
        return parse_answers(given, library, names)
    except AnswersError as error:
        if len(error.problems) > 1:
            raise AnswersError(
                f"{file}: {error}", problems=error.problems, hint=error.hint
            ) from error
        (only,) = error.problems
        end = "" if only.endswith((".", "?")) else "."
        raise AnswersError(f"{file}: {only}{end}", hint=error.hint) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Somebody who asks: what is known here, how it is said, and how an answer comes back."""

    library: Library
    names: Names
    say: Say
    ask: Ask


def ask_answers(asker: Asker) -> Answers:
    """Ask the eight questions, each until its answer can be read, and show what it does.

    Raises
    ------
    AnswersError
        If a question is not answered in some tries.
    """
    given: dict[str, Any] = {}
    asker.say("Eight questions, about five minutes. Empty answers mean: nothing of it.")
    questions = load_questions()
    for number, asked in enumerate(questions, start=1):
        asker.say(f"\n{number} of {len(questions)}. {asked.asks}")
        if asked.id == "time":
            given["days"] = _until_read(asker, given, "days", "Days a week", _whole)
            given["minutes"] = _until_read(asker, given, "minutes", "Minutes", _whole)
        elif asked.id == "conditions":
            given |= _screen(asker)
        else:
            _show(asked, asker.library, asker.say)
            read = partial(_value, asked=asked, library=asker.library)
            given[asked.key] = _until_read(asker, given, asked.key, "Your answer", read)
        for effect in _effect_of(asked, given):
            asker.say(f"→ {effect}")
    return parse_answers(given, asker.library, asker.names)


def effects(answers: Answers, library: Library) -> Iterator[tuple[str, str, str]]:
    """Yield each question, what was answered, and what that does to the plan."""
    words = answer_words(answers, library)
    given = {"goal": answers.goal, "experience": answers.experience, "habits": answers.habits}
    for asked in load_questions():
        effect = " ".join(_effect_of(asked, given)) or asked.effect
        if effect:
            yield asked.asks, words[asked.id], effect


def _effect_of(asked: Asked, given: Mapping[str, Any]) -> list[str]:
    chosen = given.get(asked.key)
    wanted = chosen if isinstance(chosen, list | tuple) else (chosen,)
    found = [each.effect for each in asked.choices if each.id in wanted]
    return found or ([asked.effect] if asked.effect else [])


def _show(asked: Asked, library: Library, say: Say) -> None:
    """What can be answered, numbered."""
    for number, choice in enumerate(asked.choices, start=1):
        say(f"  {number}  {choice.says}")
    if asked.id == "equipment":
        say(f"  {', '.join(asked.places)} - or each thing: {', '.join(_things(library))}")
    if asked.id == "mistakes":
        for number, fault in enumerate(_faults(library), start=1):
            say(f"  {number}  {library.faults[fault].name}")
    if asked.many and asked.id != "loads":
        say("  Several with commas between them.")
    if asked.id == "loads":
        say("  Several with a semicolon between them.")


def _until_read(
    asker: Asker, given: Mapping[str, Any], key: str, prompt: str, read: Callable[[str], Any]
) -> Any:
    """Ask until the answer can be read."""
    for _ in range(MAX_TRIES):
        value = read(asker.ask(prompt).strip())
        problems = _problems({**given, key: value}, key, asker)
        if not problems:
            return value
        for problem in problems:
            asker.say(f"  {problem}")
    raise AnswersError(f"{key}: expected an answer in {MAX_TRIES} tries, got none to be read.")


def _problems(given: Mapping[str, Any], key: str, asker: Asker) -> list[str]:
    """What is wrong with one answer; those that are still to come count as given."""
    filled = {"goal": "learn", "experience": "none", "days": 2, "minutes": 45, **given}
    try:
        parse_answers(filled, asker.library, asker.names)
    except AnswersError as error:
        return [each for each in error.problems if each.startswith(key)] or list(error.problems)
    return []


def _whole(said: str) -> int | str:
    return int(said) if said.isascii() and said.isdecimal() else said


def _value(said: str, *, asked: Asked, library: Library) -> str | list[str]:
    """What was typed, with numbers of choices as their words."""
    choices = [each.id for each in asked.choices] or (
        _faults(library) if asked.id == "mistakes" else []
    )
    between = ";" if asked.id == "loads" else ","
    given = [each.strip() for each in said.split(between)]
    words = [each for each in given if each.lower() in choices or each.lower() not in NOTHING]
    named = [_by_number(each, choices) for each in words]
    return named if asked.many else (named[0] if named else "")


def _by_number(word: str, choices: list[str]) -> str:
    if word.isascii() and word.isdecimal() and 1 <= int(word) <= len(choices):
        return choices[int(word) - 1]
    return word


def _screen(asker: Asker) -> dict[str, list[str]]:
    """Ask for every reason for care, and whether a professional has had a look."""
    asker.say("  Answer y or n; empty is no.")
    flags: dict[str, bool] = {}
    for screened in load_screen():
        if not _yes_or_no(asker, f"  {screened.asks}"):
            continue
        asker.say(f"  {asker.library.flags[screened.flag].advice.text}")
        may = _yes_or_no(asker, "  Has a health professional allowed you to train with it?")
        flags[screened.flag] = flags.get(screened.flag, True) and may
    return {"conditions": list(flags), "cleared": [flag for flag, may in flags.items() if may]}


def _yes_or_no(asker: Asker, question: str) -> bool:
    """Ask until it is yes or no: what is neither must not count as no."""
    for _ in range(MAX_TRIES):
        said = asker.ask(question).strip().lower()
        if said in YES or said in NO:
            return said in YES
        asker.say(f"  expected y or n, got {said!r}")
    raise AnswersError(f"{question.strip()} Expected y or n in {MAX_TRIES} tries, got neither.")


def _things(library: Library) -> list[str]:
    return [each.name.lower() for each in library.equipment.values()]


def _faults(library: Library) -> list[str]:
    return [each.id for each in library.faults.values() if each.measure]
