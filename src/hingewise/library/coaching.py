"""What goes wrong, and what a coach says and does about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hingewise.library.statements import Line
from hingewise.library.strict import STRICT

Risk = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A mistake: what it is, why it matters, how it shows, and the way out.

    ``measure`` names what will detect it in a film, "" where no film shows it; ``cue`` and
    ``drills`` are ids; ``regression`` is an exercise to go back to, ``leads_to`` faults that it
    causes. ``words`` are what people say of it, for the search.
    """

    __pydantic_config__ = STRICT

    id: str
    name: str
    words: tuple[str, ...]
    what: Line
    why: Line
    shows: Line
    correction: Line
    cue: str
    more_cues: tuple[str, ...]
    drills: tuple[str, ...]
    regression: str
    risk: Risk
    measure: str
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A few words to say, and what they are meant to do."""

    __pydantic_config__ = STRICT

    id: str
    say: str
    aim: str
    focus: Literal["external", "internal"]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A small exercise that mends one thing; ``dose`` in words."""

    __pydantic_config__ = STRICT

    id: str
    name: str
    equipment: tuple[str, ...]
    purpose: Line
    steps: tuple[Line, ...]
    dose: str
    ready_when: str
    exercise: str = ""
