"""The checks: which measure, which limit, for which exercises; read from ``data/checks.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from hingewise.library.exercise import Exercise

Side = Literal["above", "below"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that is judged; the fields stand in ``checks.toml``."""

    id: str
    fault: str
    metric: str
    families: tuple[str, ...]
    open: bool
    side: Side
    limit: float
    severity: tuple[float, float]
    share: float
    basis: str
    source: str
    population: str
    because: str
    good: str
    silent_with: tuple[str, ...] = ()
    label: str = ""
    only_unnamed: bool = False
    not_in: tuple[str, ...] = ()
    always: bool = False
    scored: bool = True
    counts_with: str = ""

    @property
    def sign(self) -> float:
        """1 where more is worse, -1 where less is."""
        return 1.0 if self.side == "above" else -1.0

    def applies(self, family: str, exercise: Exercise | None) -> bool:
        """Whether this is judged in an exercise, or in a family when the exercise is unknown."""
        if family not in self.families:
            return False
        if exercise is None:
            return self.open
        if self.only_unnamed or exercise.id in self.not_in:
            return False
        return self.always or self.fault in exercise.mistakes


@cache
def load_checks() -> tuple[Check, ...]:
    """Return all checks in the order of their file."""
    file = resources.files("hingewise.assessment").joinpath("data", "checks.toml")
    table = tomllib.loads(file.read_text("utf-8"))
    lists = ("families", "severity", "silent_with", "not_in")
    return tuple(
        Check(id=key, **entry | {name: tuple(entry[name]) for name in lists if name in entry})
        for key, entry in table.items()
    )
