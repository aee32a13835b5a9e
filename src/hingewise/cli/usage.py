"""What to say of a command line that cannot be understood: one line, and what to write instead."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EXAMPLE = 'hingewise log add "pull-through 3x12 @ 40 kg, 2 RIR"'
MISSING = "Missing argument"
UNKNOWN = "No such command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A command with commands of its own: which, an example, and what an unknown one may mean."""

    commands: str
    example: str
    instead: str


GROUPS = {
    "library": Group(
        commands="list, show, search, check, export",
        example="hingewise library search my back rounds",
        instead="hingewise library show {word}",
    ),
    "log": Group(
        commands="add, list, progress, remove, film, technique, import, export",
        example=EXAMPLE,
        instead='hingewise log add "{rest}"',
    ),
    "plan": Group(
        commands="new, questions, show, next, explain, history, undo, set, resume, export",
        example="hingewise plan set primer 45 kg",
        instead="hingewise plan next",
    ),
}

STORED = {
    "assess": (
        "Expected a folder of results, got none",
        "Write for example: hingewise assess set.hingewise",
    ),
    "compare": (
        "Expected two folders of results, before and after",
        "Write for example: hingewise compare monday.hingewise friday.hingewise",
    ),
    "backup": ("Expected a name for the copy, got none", "Write: hingewise backup journal.json"),
    "restore": ("Expected a copy of a journal, got none", "Write: hingewise restore journal.json"),
}
"""What is missing after these commands, and what to write instead."""

COMMANDS = "analyze, assess, compare, library, log, plan, backup, restore, doctor"


def explain_usage(error: Exception, arguments: Sequence[str]) -> str:
    """Return one line for what was typed behind ``hingewise``."""
    message = str(getattr(error, "format_message", error.__str__)()).rstrip(".")
    word = next(iter(re.findall(r"(?:option: |')([^\s']+)", message)), "")
    command = next(iter(arguments), "")
    if message.startswith(MISSING):
        return ". ".join(_missing(word, command, arguments))
    if message.startswith(UNKNOWN):
        return ". ".join(_unknown(word, command, arguments))
    given = _given(word, arguments)
    if given and word.startswith("-"):
        return f"{message}. For a file of that name write ./{Path(given[0])}"
    return f"{message}. Try: hingewise {command if command in GROUPS else 'analyze'} --help"


def _missing(word: str, command: str, arguments: Sequence[str]) -> tuple[str, str]:
    if command in GROUPS:
        said = f"Expected {word.rstrip('.')} after: hingewise {' '.join(arguments)}"
        return said, f"Write for example: {GROUPS[command].example}"
    usual = ("Expected at least one film, got none", "Write for example: hingewise analyze set.mp4")
    return STORED.get(command, usual)


def _unknown(word: str, command: str, arguments: Sequence[str]) -> tuple[str, str]:
    if command in GROUPS:
        group = GROUPS[command]
        instead = group.instead.format(word=word, rest=" ".join(arguments[1:]))
        return f"Expected a command ({group.commands}), got '{word}'", f"Write: {instead}"
    is_file = bool(_given(word, arguments))
    advice = f"Write: hingewise analyze {word}" if is_file else "Try: hingewise --help"
    return f"Expected a command ({COMMANDS}), got '{word}'", advice


def _given(word: str, arguments: Sequence[str]) -> list[str]:
    """Files of which a word is the beginning."""
    return [text for text in arguments if word and text.startswith(word) and os.path.lexists(text)]
