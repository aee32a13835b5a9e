"""Exercises and their families, read from the library's data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from hingewise.errors import OptionError


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRules:
    """How a family of movement is filtered and segmented."""

    id: str
    title: str
    cutoff_hz: float
    min_rom_deg: float
    basis: str
    source: str


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
    return {key: FamilyRules(id=key, **value) for key, value in _read("families.toml").items()}


@cache
def load_exercises() -> dict[str, ExerciseName]:
    """Return the exercises by id."""
    return {
        key: ExerciseName(
            id=key,
            title=value["title"],
            family=value["family"],
            aliases=tuple(value["aliases"]),
        )
        for key, value in _read("exercises.toml").items()
    }


def find_exercise(text: str) -> ExerciseName:
    """Return the exercise of this id, title or alias, however it is spelled.

    Raises
    ------
    OptionError
        If there is none; the message lists the ids.
    """
    wanted = _plain(text)
    for exercise in load_exercises().values():
        names = (exercise.id, exercise.title, *exercise.aliases)
        if wanted in {_plain(name) for name in names}:
            return exercise
    known = ", ".join(["auto", *load_exercises()])
    raise OptionError(
        f"--exercise: expected one of {known}, got {text!r}.", hint="Or leave it out: auto."
    )


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _read(name: str) -> dict[str, Any]:
    file = resources.files("hingewise.library").joinpath("data", name)
    return tomllib.loads(file.read_text("utf-8"))
