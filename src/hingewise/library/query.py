"""Which exercises fit: by muscle, equipment, movement, level, or by what goes wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from hingewise.errors import OptionError
from hingewise.library.collection import Library
from hingewise.library.exercise import Difficulty, Exercise, Pattern
from hingewise.library.spelling import plain

_FITS: Mapping[str, Callable[[Exercise, str], bool]] = {
    "muscle": lambda exercise, key: any(use.muscle == key for use in exercise.muscles),
    "equipment": lambda exercise, key: key in exercise.equipment,
    "pattern": lambda exercise, key: exercise.pattern == key,
    "difficulty": lambda exercise, key: exercise.difficulty == key,
    "fault": lambda exercise, key: key in exercise.mistakes,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an exercise must have; "" asks nothing. Ids, names, or what people call the thing."""

    muscle: str = ""
    equipment: str = ""
    pattern: str = ""
    difficulty: str = ""
    fault: str = ""


def choose_exercises(library: Library, wanted: Wanted) -> list[Exercise]:
    """Return the exercises that have all that is wanted, those with it as their target first.

    Raises
    ------
    OptionError
        If something is wanted that the library does not know; the message lists what it knows.
    """
    asked = {name: _resolve(library, name, getattr(wanted, name)) for name in _FITS}
    asked = {name: key for name, key in asked.items() if key}
    found = [
        exercise
        for exercise in library.exercises.values()
        if all(_FITS[name](exercise, key) for name, key in asked.items())
    ]
    muscle = asked.get("muscle", "")
    return sorted(found, key=lambda e: not _targets(e, muscle)) if muscle else found


def _targets(exercise: Exercise, muscle: str) -> bool:
    return any(use.muscle == muscle and use.role == "target" for use in exercise.muscles)


def _resolve(library: Library, name: str, text: str) -> str:
    """The id of what is wanted, by whatever name it was given."""
    if not text:
        return ""
    known = dict(_known(library, name))
    if plain(text) in known:
        return known[plain(text)]
    choices = ", ".join(sorted(set(known.values())))
    raise OptionError(f"--{name}: expected one of {choices}, got {text!r}.")


def _known(library: Library, name: str) -> Iterator[tuple[str, str]]:
    """Every name, without capitals and spaces, with the id that it means."""
    fixed = {"pattern": get_args(Pattern), "difficulty": get_args(Difficulty)}
    if name in fixed:
        yield from ((value, value) for value in fixed[name])
        return
    kinds = {"muscle": "muscles", "equipment": "equipment", "fault": "faults"}
    records: Mapping[str, Any] = getattr(library, kinds[name])
    for key, record in records.items():
        for word in (*record.words, record.name, key):
            yield plain(word), key
