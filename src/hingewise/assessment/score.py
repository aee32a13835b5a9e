"""How good the technique of a set is, 0-100, from what its checks found.

The back is no part of it. A film tells the back of some lifters, in some clothes, from some places;
a score that fell by half when it does would be one of films, not of sets. What is said of the back
stands beside the score, and both gate what comes next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np

from hingewise.assessment.checks import Check
from hingewise.assessment.types import Finding

WEIGHT = {"high": 0.5, "medium": 0.35, "low": 0.2}
"""The share of the score that a severe fault of this risk takes away."""

BACK = ("rounding_back", "over_arching")
"""Faults of the back."""

PRESENT = 0.5
"""The share of a fault's cost that is there as soon as the fault is."""

MAX_SD_SHARE = 0.7
"""A measure whose sd is more than this share of the way from limit to severe tells nothing."""

TINY = 1e-9

MIN_JUDGED = 0.4
"""Where less than this share of what could cost anything is judged, there is no score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """What one check takes away, in points, and by how much that may be wrong (sd)."""

    check: str
    fault: str
    points: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score with its sd, what it is made of, and the checks that it is made without."""

    value: float
    sd: float
    parts: tuple[ScorePart, ...]
    without: tuple[str, ...]


def score_set(
    findings: Sequence[Finding], checks: Mapping[str, Check], risk: Mapping[str, str]
) -> Score | None:
    """Score a set, or None where too little of it could be measured.

    A fault costs half of its share for being there, as surely as it is, and the rest by how far its
    measure lies beyond the limit: no step, so that an error of measurement moves the score a
    little. Each fault counts once, by the worst of its checks; the shares multiply, so that no
    number of small faults falls below nothing.

    Parameters
    ----------
    findings
        Those of the set.
    checks
        By id.
    risk
        Of each fault: high, medium or low.
    """
    findings = [f for f in findings if f.fault not in BACK]
    told = [f for f in findings if _tells(f, checks[f.check])]
    weight = {fault: WEIGHT[risk[fault]] for fault in {f.fault for f in findings}}
    judged = sum(weight[fault] for fault in {f.fault for f in told})
    if not told or judged < MIN_JUDGED * sum(weight.values()):
        return None
    worst: dict[str, Finding] = {}
    for finding in told:
        known = worst.get(finding.fault)
        if known is None or _loss(finding, checks) > _loss(known, checks):
            worst[finding.fault] = finding
    losses = {fault: weight[fault] * _loss(finding, checks) for fault, finding in worst.items()}
    whole = 100.0 * float(np.prod([1.0 - loss for loss in losses.values()]))
    parts = []
    for fault, finding in worst.items():
        rest = whole / (1.0 - losses[fault])
        higher, lower = (
            rest * (1.0 - weight[fault] * _loss(finding, checks, shift_sd=shift))
            for shift in (-1.0, 1.0)
        )
        parts.append(
            ScorePart(
                check=finding.check,
                fault=fault,
                points=rest * losses[fault],
                sd=(higher - lower) / 2.0,
            )
        )
    return Score(
        value=whole,
        sd=float(np.sqrt(sum(part.sd**2 for part in parts))),
        parts=tuple(sorted(parts, key=lambda part: -part.points)),
        without=tuple(f.check for f in findings if not _tells(f, checks[f.check])),
    )


def _loss(finding: Finding, checks: Mapping[str, Check], *, shift_sd: float = 0.0) -> float:
    """How bad a measure is, from 0 (surely within the limit) to 1 (surely severe)."""
    sd = finding.measured.sd
    beyond = finding.distance + shift_sd * sd
    sure = 0.5 * (1.0 + erf(beyond / (sqrt(2.0) * max(sd, TINY))))
    return sure * (
        PRESENT + (1.0 - PRESENT) * float(np.clip(beyond / _span(checks[finding.check]), 0, 1))
    )


def _tells(finding: Finding, check: Check) -> bool:
    """Whether a measure tells enough to count: more than that a fault may be there or not."""
    return finding.measured.seen and finding.measured.sd <= MAX_SD_SHARE * _span(check)


def _span(check: Check) -> float:
    """From the limit to where it is severe."""
    return abs(check.severity[1] - check.limit)
