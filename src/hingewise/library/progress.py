"""Ladders, warm-ups, rules of programming, and the pages that explain the whole."""

from __future__ import annotations

from dataclasses import dataclass

from hingewise.library.statements import Basis, Line
from hingewise.library.strict import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What must be true to go up: repetitions in a number of sets, without some faults.

    ``sessions`` in a row; ``rir`` repetitions that must still be possible, None where nobody asks.
    """

    __pydantic_config__ = STRICT

    sets: int
    repetitions: int
    sessions: int
    absent: tuple[str, ...]
    text: str
    basis: Basis
    sources: tuple[str, ...]
    rir: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A step of a ladder: its exercise, when to leave it upwards, and when to step back.

    ``back_to`` is the exercise to go back to, "" from the lowest rung.
    """

    __pydantic_config__ = STRICT

    exercise: str
    purpose: Line
    leave: Gate | None = None
    back_when: Line | None = None
    back_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """What to do for a while when a rung cannot be mastered, and where to come back."""

    __pydantic_config__ = STRICT

    when: Line
    exercises: tuple[str, ...]
    back_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Exercises from easy to hard, lowest rung first."""

    __pydantic_config__ = STRICT

    id: str
    name: str
    summary: Line
    rungs: tuple[Rung, ...]
    branches: tuple[Branch, ...] = ()
    afterwards: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUpPhase:
    """One phase of a warm-up; ``drills`` are ids to choose from."""

    __pydantic_config__ = STRICT

    name: str
    purpose: Line
    drills: tuple[str, ...]
    duration_s: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """A warm-up in phases, done in their order."""

    __pydantic_config__ = STRICT

    id: str
    name: str
    summary: Line
    duration_s: tuple[int, int]
    phases: tuple[WarmUpPhase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of programming that plans follow; ``n_sets_per_week`` of a muscle if it names them."""

    __pydantic_config__ = STRICT

    id: str
    text: str
    why: str
    basis: Basis
    sources: tuple[str, ...]
    n_sets_per_week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A page that explains something beyond one exercise."""

    __pydantic_config__ = STRICT

    id: str
    title: str
    words: tuple[str, ...]
    lines: tuple[Line, ...]
    exercises: tuple[str, ...] = ()
    ladders: tuple[str, ...] = ()
