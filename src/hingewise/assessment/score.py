"""How good the technique of a set is, 0-100, from what its checks found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hingewise.assessment.checks import Check
from hingewise.assessment.types import Finding

WEIGHT = {"high": 0.5, "medium": 0.35, "low": 0.2}
"""The share of the score that a severe fault of this risk takes away."""

AT_LIMIT = 0.25
"""A measure on its limit costs this share of what a severe one does: the score has no steps, and an
error of measurement moves it a little and not from good to bad."""

MIN_JUDGED = 0.5
"""Where less than this share of what could be judged is, there is no score."""


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

    Each fault counts once, by the worst of its checks; the shares multiply, so that no number of
    small faults falls below nothing.

    Parameters
    ----------
    findings
        Those of the set.
    checks
        By id.
    risk
        Of each fault: high, medium or low.
    """
    told = [f for f in findings if f.measured.seen]
    if not findings or len(told) < MIN_JUDGED * len(findings):
        return None
    worst: dict[str, Finding] = {}
    for finding in told:
        known = worst.get(finding.fault)
        if known is None or _loss(finding, checks) > _loss(known, checks):
            worst[finding.fault] = finding
    losses = {
        fault: WEIGHT[risk[fault]] * _loss(finding, checks) for fault, finding in worst.items()
    }
    whole = 100.0 * float(np.prod([1.0 - loss for loss in losses.values()]))
    parts = []
    for fault, finding in worst.items():
        rest = whole / (1.0 - losses[fault])
        higher, lower = (
            rest * (1.0 - WEIGHT[risk[fault]] * _loss(finding, checks, shift_sd=shift))
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
        without=tuple(f.check for f in findings if not f.measured.seen),
    )


def _loss(finding: Finding, checks: Mapping[str, Check], *, shift_sd: float = 0.0) -> float:
    """How bad a measure is, from 0 (well within the limit) to 1 (severe)."""
    check = checks[finding.check]
    span = abs(check.severity[1] - check.limit)
    beyond = (finding.distance + shift_sd * finding.measured.sd) / span
    return float(np.clip(AT_LIMIT + (1.0 - AT_LIMIT) * beyond, 0.0, 1.0))
