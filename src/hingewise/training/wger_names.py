"""What wger calls its exercises: its logs name them by number alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hingewise.errors import JournalFormatError
from hingewise.training.wger_json import facts, parse, results

ExerciseNames = Mapping[str, tuple[str, ...]]
"""Of each number its names: the English one first, behind it aliases and other languages."""

ADDRESS = "/api/v2/exerciseinfo/?limit=10000"


def read_exercise_names(content: bytes, *, name: str) -> ExerciseNames:
    """Read how the exercises are called.

    It takes what wger answers at /api/v2/exerciseinfo/ or /api/v2/exercise-translation/, a page or
    a list of them, and an object of one's own: ``{"345": "Romanian deadlift"}``.

    Raises
    ------
    JournalFormatError
        If no exercise is named in it.
    """
    document = parse(content, name=name)
    found: list[tuple[str, int, str]] = []
    if isinstance(document, dict) and "results" not in document:
        found += [(key, 0, said) for key, said in document.items() if isinstance(said, str)]
        found += names_in(document)
    for item in results(document)[0] or ():
        found += names_in(item)
    if not found:
        raise JournalFormatError(
            f"{name}: expected names of exercises, got none.",
            hint=f"Save what wger answers at {ADDRESS} into this file.",
        )
    return by_number(found)


def by_number(found: list[tuple[str, int, str]]) -> ExerciseNames:
    """Put the names of each exercise together: those of the lowest rank first, each once."""
    names: dict[str, dict[str, None]] = {}
    for key, _, said in sorted(found, key=lambda each: each[1]):
        names.setdefault(key, {})[said] = None
    return {key: tuple(each) for key, each in names.items()}


def names_in(item: object) -> Iterator[tuple[str, int, str]]:
    """Yield number, rank and name of all names in one of wger's records; of others none."""
    if not isinstance(item, dict):
        return
    owner = next((item[key] for key in ("exercise", "exercise_base") if key in item), None)
    number = item.get("id") if owner is None else owner
    if isinstance(number, (int, str)) and not isinstance(number, bool):
        for record in (item, *_translations(item)):
            for said in _said_in(record):
                yield str(number), _rank(record), said


def _translations(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Those of an exercise; an old wger calls them exercises."""
    for key in ("translations", "exercises"):
        each = item.get(key)
        yield from (one for one in (each if isinstance(each, list) else ()) if _is_record(one))


def _is_record(each: object) -> bool:
    return isinstance(each, dict)


def _said_in(record: Mapping[str, Any]) -> Iterator[str]:
    aliases = record.get("aliases")
    said = [record.get("name")]
    said += [
        each.get("alias")
        for each in (aliases if isinstance(aliases, list) else ())
        if isinstance(each, dict)
    ]
    yield from (each.strip() for each in said if isinstance(each, str) and each.strip())


def _rank(record: Mapping[str, Any]) -> int:
    """English before all others, for our names are English."""
    return int(record.get("language") != facts()["languages"]["english"])
