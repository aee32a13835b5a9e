"""What the journal needs of the library: names, muscles and one rule, read in a millisecond.

The whole library takes fifteen times as long to load. ``index.json`` is written with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hingewise.library.collection import Library

INDEX = Path(__file__).with_name("index.json")

WEEKLY_SETS = "weekly_sets"
"""The rule of how many sets a muscle needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedExercise:
    """What an exercise is called, what it needs, and the ids of the muscles that it trains."""

    name: str
    aliases: tuple[str, ...]
    equipment: tuple[str, ...]
    target: tuple[str, ...]
    secondary: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySets:
    """How many sets a week a muscle needs: the rule's words and its number.

    ``n_sets`` is None where a library of one's own has a rule without a number.
    """

    text: str = ""
    n_sets: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Exercises by id, the names of muscles by id, and the rule."""

    exercises: Mapping[str, IndexedExercise]
    muscles: Mapping[str, str]
    weekly_sets: WeeklySets


@cache
def load_index() -> Index:
    """Return the index of the library that the package carries."""
    read = json.loads(INDEX.read_text(encoding="utf-8"))
    exercises = read["exercises"].items()
    return Index(
        exercises={key: IndexedExercise(**_frozen(value)) for key, value in exercises},
        muscles=read["muscles"],
        weekly_sets=WeeklySets(**_frozen(read["weekly_sets"])),
    )


def make_index(library: Library) -> Index:
    """Take what the journal needs out of a library."""
    rule = library.rules.get(WEEKLY_SETS)
    return Index(
        exercises={
            key: IndexedExercise(
                name=each.name,
                aliases=each.aliases,
                equipment=each.equipment,
                target=tuple(use.muscle for use in each.muscles if use.role == "target"),
                secondary=tuple(use.muscle for use in each.muscles if use.role == "secondary"),
            )
            for key, each in library.exercises.items()
        },
        muscles={key: each.name for key, each in library.muscles.items()},
        weekly_sets=WeeklySets()
        if rule is None
        else WeeklySets(text=rule.text, n_sets=rule.n_sets_per_week, sources=rule.sources),
    )


def index_json(library: Library) -> str:
    """Return what ``index.json`` must hold beside a library."""
    plain = asdict(make_index(library))
    return json.dumps(plain, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


def _frozen(value: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists where the records have tuples."""
    return {key: tuple(each) if isinstance(each, list) else each for key, each in value.items()}
