"""The data that plans go by: numbers, slots, questions, usual loads; read once.

People edit the TOML in ``data``; ``make library`` writes it as JSON, which is what is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from hingewise.training.kit import KitItem
from hingewise.training.load import MassUnit
from hingewise.training.plan import Question, Role

DATA = Path(__file__).with_name("data")
COMPILED = Path(__file__).with_name("tables.json")
"""All of the data as one file; ``compile`` makes it, a test holds it against them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that plans go by."""

    value: float
    unit: str
    basis: str
    sources: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in a session: what may stand there, and which doses it is given."""

    id: str
    role: Role
    doses: tuple[str, ...]
    candidates: tuple[str, ...]
    rule: str
    ladder: str = ""
    from_rung: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPattern:
    """Sessions of a goal by slots; ``keep`` in which order slots are kept when time is short."""

    sessions: Mapping[str, tuple[str, ...]]
    keep: tuple[str, ...]
    grow: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """What makes a week."""

    known: Mapping[str, tuple[str, ...]]
    one_sided: frozenset[str]
    does_as_well: Mapping[str, tuple[str, ...]]
    counts_as: Mapping[str, Mapping[str, tuple[str, ...]]]
    met_by: Mapping[str, tuple[str, ...]]
    straight_back: frozenset[str]
    front_only: frozenset[str]
    stays: Mapping[str, str]
    slots: Mapping[str, Slot]
    goals: Mapping[str, GoalPattern]
    drills_for: Mapping[str, tuple[str, ...]]
    drill_care: Mapping[str, tuple[str, ...]]
    weekdays: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a question, and what it does to the plan."""

    id: str
    says: str
    effect: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One of the eight questions."""

    id: Question
    asks: str
    key: str
    many: bool
    choices: tuple[Choice, ...]
    effect: str = ""
    sources: tuple[str, ...] = ()
    places: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """One question of the readiness screen, and the reason for care that a yes names."""

    id: str
    asks: str
    flag: str
    sources: tuple[str, ...]


@cache
def load_numbers() -> Mapping[str, Number]:
    """Return every number by its name."""
    return {
        name: Number(**{**each, "sources": tuple(each["sources"])})
        for name, each in _read("numbers").items()
    }


def number(name: str) -> float:
    """Return the value of a number."""
    return load_numbers()[name].value


@cache
def load_patterns() -> Patterns:
    """Return what makes a week."""
    plain = _read("patterns")
    return Patterns(
        known=_lists(plain["known"]),
        one_sided=frozenset(plain["one_sided"]["exercises"]),
        does_as_well=_lists(plain["does_as_well"]),
        counts_as={ladder: _lists(each) for ladder, each in plain["counts_as"].items()},
        met_by=_lists(plain["met_by"]),
        straight_back=frozenset(plain["straight_back"]["exercises"]),
        front_only=frozenset(plain["front_only"]["faults"]),
        stays=plain["stays"],
        slots={
            name: Slot(
                id=name,
                role=each["role"],
                doses=tuple(each["doses"]),
                candidates=tuple(each["candidates"]),
                rule=each["rule"],
                ladder=each.get("ladder", ""),
                from_rung=each.get("from_rung", 0),
            )
            for name, each in plain["slots"].items()
        },
        goals={
            name: GoalPattern(
                sessions={key: tuple(each[key]) for key in ("A", "B")},
                keep=tuple(each["keep"]),
                grow=tuple(each["grow"]),
            )
            for name, each in plain["goals"].items()
        },
        drills_for=_lists(plain["drills_for"]),
        drill_care=_lists(plain["drill_care"]),
        weekdays={int(days): tuple(each) for days, each in plain["weekdays"].items()},
    )


@cache
def load_questions() -> tuple[Asked, ...]:
    """Return the eight questions in their order."""
    return tuple(
        Asked(
            id=cast(Question, name),  # a test holds them to each other
            asks=each["asks"],
            key=each["key"],
            many=each["many"],
            choices=tuple(
                Choice(**{**choice, "sources": tuple(choice["sources"])})
                for choice in each["choices"]
            ),
            effect=each.get("effect", ""),
            sources=tuple(each.get("sources", ())),
            places=_lists(each.get("places", {})),
        )
        for name, each in _read("questions").items()
    )


@cache
def load_screen() -> tuple[Screened, ...]:
    """Return the questions of the readiness screen."""
    return tuple(
        Screened(id=name, **{**each, "sources": tuple(each["sources"])})
        for name, each in _read("screen").items()
    )


@cache
def usual_kit(unit: MassUnit) -> Mapping[str, KitItem]:
    """Return the loads that things make as a rule, in a unit, by the equipment's id."""
    return {name: _kit_item(name, unit, each) for name, each in _read("kit")[unit].items()}


def _kit_item(name: str, unit: MassUnit, plain: Mapping[str, Any]) -> KitItem:
    return KitItem(
        equipment=name,
        unit=unit,
        least=plain.get("least", 0.0),
        most=plain.get("most", 0.0),
        step=plain.get("step", 0.0),
        values=tuple(plain.get("values", ())),
        bands=tuple(plain.get("bands", ())),
    )


def _lists(plain: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(each) for key, each in plain.items()}


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _all()[name]
    return found


@cache
def _all() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(COMPILED.read_text(encoding="utf-8"))
    return found
