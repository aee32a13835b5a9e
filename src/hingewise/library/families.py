"""Exercises and their families, read from the library's data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from hingewise.errors import OptionError
from hingewise.library.load import load_library
from hingewise.library.spelling import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRules:
    """How a family of movement is filtered and segmented.

    ``names`` are exercises of it that have no record of their own.
    """

    id: str
    title: str
    cutoff_hz: float
    min_rom_deg: float
    basis: str
    source: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseName:
    """An exercise that can be named on the command line."""

    id: str
    title: str
    family: str
    aliases: tuple[str, ...]


@cache
def load_families() -> dict[str, FamilyRules]:
    """Return the rules of every family by id."""
    return {
        key: FamilyRules(id=key, **value | {"names": tuple(value.get("names", ()))})
        for key, value in _read("families.toml").items()
    }


@cache
def load_exercises() -> dict[str, ExerciseName]:
    """Return the exercises whose films can be measured, by id."""
    return {
        key: ExerciseName(
            id=key, title=exercise.name, family=exercise.family, aliases=exercise.aliases
        )
        for key, exercise in load_library().exercises.items()
        if exercise.family != "none"
    }


def find_exercise(text: str) -> ExerciseName:
    """Return the exercise of this id, title or alias, however it is spelled.

    Raises
    ------
    OptionError
        If there is none, or if its films cannot be measured; the message lists the ids.
    """
    wanted = plain(text)
    for exercise in load_exercises().values():
        names = (exercise.id, exercise.title, *exercise.aliases)
        if wanted in {plain(name) for name in names}:
            return exercise
    for key, family in load_families().items():
        if wanted in {plain(name) for name in family.names}:
            return ExerciseName(id=key, title=family.title, family=key, aliases=family.names)
    known = ", ".join(["auto", *load_exercises()])
    raise OptionError(
        f"--exercise: expected one of {known}, got {text!r}.", hint="Or leave it out: auto."
    )


def _read(name: str) -> dict[str, Any]:
    file = resources.files("hingewise.library").joinpath("data", name)
    return tomllib.loads(file.read_text("utf-8"))
