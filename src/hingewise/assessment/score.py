"""How good the technique of a set is, 0-100, from what its checks found.

Checks that are not ``scored`` are no part of it, the back above all. A film tells the back of some
lifters, in some clothes, from some places; a score that fell by half when it does would be one of
films, not of sets. What is said of these stands beside the score, and both gate what comes next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np

from hingewise.assessment.checks import Check
from hingewise.assessment.rules import load_rules
from hingewise.assessment.types import Finding

TINY = 1e-9


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
    little. Each fault counts once, by the worst of its checks, and together with the fault that it
    is a part of (``counts_with``); the shares multiply, so that no number of small faults falls
    below nothing.

    Parameters
    ----------
    findings
        Those of the set.
    checks
        By id.
    risk
        Of each fault: high, medium or low.
    """
    findings = [f for f in findings if checks[f.check].scored]
    weight = {f.check: load_rules().score.weight[risk[f.fault]] for f in findings}
    told = [f for f in findings if _tells(f, checks[f.check])]
    if not told or not _enough(findings, told, weight):
        return None
    worst: dict[str, tuple[float, Finding]] = {}
    for finding in told:
        group = checks[finding.check].counts_with or finding.fault
        cost = weight[finding.check] * _loss(finding, checks)
        worst[group] = max(
            worst.get(group, (-1.0, finding)), (cost, finding), key=lambda one: one[0]
        )
    whole = 100.0 * float(np.prod([1.0 - cost for cost, _ in worst.values()]))
    parts = []
    for cost, finding in worst.values():
        rest = whole / (1.0 - cost)
        less, more = (_loss(finding, checks, shift_sd=shift) for shift in (-1.0, 1.0))
        parts.append(
            ScorePart(
                check=finding.check,
                fault=finding.fault,
                points=rest * cost,
                sd=rest * weight[finding.check] * (more - less) / 2.0,
            )
        )
    return Score(
        value=whole,
        sd=float(np.sqrt(sum(part.sd**2 for part in parts))),
        parts=tuple(sorted(parts, key=lambda part: -part.points)),
        without=tuple(f.check for f in findings if not _tells(f, checks[f.check])),
    )


def _enough(
    findings: Sequence[Finding], told: Sequence[Finding], weight: Mapping[str, float]
) -> bool:
    """Whether enough of what could cost anything is judged; each fault counts once."""
    could, does = ({f.fault: weight[f.check] for f in some} for some in (findings, told))
    return sum(does.values()) >= load_rules().score.min_judged * sum(could.values())


def _loss(finding: Finding, checks: Mapping[str, Check], *, shift_sd: float = 0.0) -> float:
    """How bad a measure is, from 0 (surely within the limit) to 1 (surely severe)."""
    sd = finding.measured.sd
    beyond = finding.distance + shift_sd * sd
    sure = 0.5 * (1.0 + erf(beyond / (sqrt(2.0) * max(sd, TINY))))
    present = load_rules().score.present_share
    further = float(np.clip(beyond / _span(checks[finding.check]), 0.0, 1.0))
    return sure * (present + (1.0 - present) * further)


def _tells(finding: Finding, check: Check) -> bool:
    """Whether a measure tells enough to count: more than that a fault may be there or not."""
    most = load_rules().score.max_sd_share * _span(check)
    return finding.measured.seen and finding.measured.sd <= most


def _span(check: Check) -> float:
    """From the limit to where it is severe."""
    return abs(check.severity[1] - check.limit)
