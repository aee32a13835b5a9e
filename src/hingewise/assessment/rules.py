"""How verdicts are reached, sets scored and the next set chosen: numbers of ``data/rules.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRules:
    """When something is said.

    A measure within its own sd of the limit says nothing; that a fault is there is said from
    ``sure_sd`` on. What shows in fewer repetitions than ``min_present`` is not said of a set of
    more than two; a set is judged where the share ``enough_judged`` of its repetitions is.
    """

    sure_sd: float
    min_present: int
    enough_judged: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRules:
    """What a fault costs.

    ``weight`` is the share of the score that a severe fault of each risk takes away, of which
    ``present_share`` is lost as soon as the fault is there. A measure whose sd is more than
    ``max_sd_share`` of the way from limit to severe tells nothing; where less than the share
    ``min_judged`` of what could cost anything is judged, there is no score.
    """

    weight: Mapping[str, float]
    present_share: float
    max_sd_share: float
    min_judged: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRules:
    """What matters most, and when a set is good enough to go on from.

    ``risks`` and ``severities`` from the most important on; ``good_score`` and ``min_repetitions``
    of a set without a fault; so many things that were good are said, ``n_good``. ``back_to`` names
    families whose exercises one may go back to from another, where that is not only itself.
    """

    risks: tuple[str, ...]
    severities: tuple[str, ...]
    good_score: float
    min_repetitions: int
    n_good: int
    back_to: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All of them."""

    verdicts: VerdictRules
    score: ScoreRules
    advice: AdviceRules


PROVENANCE = ("basis", "source", "because")
"""What a table says of itself besides its numbers."""


@cache
def load_rules() -> Rules:
    """Return the numbers of the file."""
    document = read_rules()
    advice = _numbers(document["advice"])
    advice |= {name: tuple(advice[name]) for name in ("risks", "severities")}
    advice["back_to"] = {family: tuple(to) for family, to in advice["back_to"].items()}
    return Rules(
        verdicts=VerdictRules(**_numbers(document["verdicts"])),
        score=ScoreRules(**_numbers(document["score"])),
        advice=AdviceRules(**advice),
    )


def read_rules() -> dict[str, dict[str, Any]]:
    """Return the file as it is, with what its tables say of themselves."""
    file = resources.files("hingewise.assessment").joinpath("data", "rules.toml")
    return tomllib.loads(file.read_text("utf-8"))


def _numbers(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name not in PROVENANCE}
