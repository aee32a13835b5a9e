"""How good the technique of a set is, 0-100, from what its checks found.

It is that of the set, whatever the phone and its place. So what a film knows too roughly is no part
of it; and checks that read otherwise from other places, the back above all, which a film tells of
some lifters, in some clothes, from some places, are a part only where they surely find a fault
(``scored``). What is said of these stands beside the score, and both gate what comes next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np

from hingewise.assessment.checks import Check
from hingewise.assessment.metrics.metric import Need
from hingewise.assessment.metrics.registry import METRICS
from hingewise.assessment.rules import load_rules
from hingewise.assessment.types import Finding, Verdict

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
    findings: Sequence[Finding],
    checks: Mapping[str, Check],
    risk: Mapping[str, str],
    *,
    repetitions: Sequence[Finding] = (),
) -> Score | None:
    """Score a set, or None where too little of it could be measured.

    A fault costs half of its share for being there, as surely as it is, and the rest by how far its
    measure lies beyond the limit: no step, so that an error of measurement moves the score a
    little. It costs as much as in the mean repetition. Each fault counts once, by the worst of its
    checks, and together with the fault that it is a part of (``counts_with``); the shares multiply,
    so that no number of small faults falls below nothing.

    Parameters
    ----------
    findings
        Those of the set.
    checks
        By id.
    risk
        Of each fault: high, medium or low.
    repetitions
        The findings of the repetitions, of the checks that judge these.
    """
    readings: dict[str, list[Finding]] = {}
    for each in repetitions:
        readings.setdefault(each.check, []).append(each)
    costs = {
        finding.check: _cost(finding, readings.get(finding.check, [finding]), checks, risk)
        for finding in findings
    }
    told = [f for f in findings if costs[f.check] is not None]
    if not told or not _enough(findings, told, checks, risk):
        return None
    worst: dict[str, _Cost] = {}
    for finding in told:
        group, cost = checks[finding.check].counts_with or finding.fault, costs[finding.check]
        if cost is not None and (group not in worst or cost.share > worst[group].share):
            worst[group] = cost
    whole = 100.0 * float(np.prod([1.0 - cost.share for cost in worst.values()]))
    parts = [_part(cost, rest=whole / (1.0 - cost.share)) for cost in worst.values()]
    return Score(
        value=whole,
        sd=float(np.sqrt(sum(part.sd**2 for part in parts))),
        parts=tuple(sorted(parts, key=lambda part: -part.points)),
        without=tuple(f.check for f in findings if costs[f.check] is None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cost:
    """Which share of the score a check takes away, and its sd."""

    finding: Finding
    share: float
    sd: float


def _cost(
    finding: Finding,
    readings: Sequence[Finding],
    checks: Mapping[str, Check],
    risk: Mapping[str, str],
) -> _Cost | None:
    """What a check costs in the mean of its readings; None where they do not tell."""
    rules, check = load_rules(), checks[finding.check]
    telling = [reading for reading in readings if _tells(reading, check)]
    if not check.scored and finding.verdict is Verdict.ABSENT:
        return _Cost(finding=finding, share=0.0, sd=0.0)
    if not check.scored and finding.verdict is Verdict.UNDETERMINED:
        return None
    if not telling or len(telling) < rules.verdicts.enough_judged * len(readings):
        return None
    weight = rules.score.weight[risk[finding.fault]]
    losses = np.array([[_loss(r, check, shift_sd=d) for d in (-1.0, 0.0, 1.0)] for r in telling])
    less, here, more = weight * losses.mean(axis=0)
    return _Cost(finding=finding, share=float(here), sd=float(more - less) / 2.0)


def _part(cost: _Cost, *, rest: float) -> ScorePart:
    """``rest`` is what the score would be without it."""
    return ScorePart(
        check=cost.finding.check,
        fault=cost.finding.fault,
        points=rest * cost.share,
        sd=rest * cost.sd,
    )


def _enough(
    findings: Sequence[Finding],
    told: Sequence[Finding],
    checks: Mapping[str, Check],
    risk: Mapping[str, str],
) -> bool:
    """Whether enough of what could cost anything is judged; each fault counts once.

    What counts only where it is surely there makes no score, nor hinders one; nor does what only a
    view from the front shows: without the side there is no score.
    """
    rules = load_rules().score
    could, does = (
        {
            checks[f.check].counts_with or f.fault: rules.weight[risk[f.fault]]
            for f in some
            if checks[f.check].scored and not _from_the_front(checks[f.check])
        }
        for some in (findings, told)
    )
    return bool(does) and sum(does.values()) >= rules.min_judged * sum(could.values())


def _from_the_front(check: Check) -> bool:
    needs = METRICS[check.metric].needs if check.metric in METRICS else frozenset[Need]()
    return bool(needs & {Need.FRONT_VIEW, Need.SQUARE_FRONT})


def _loss(finding: Finding, check: Check, *, shift_sd: float = 0.0) -> float:
    """How bad a measure is, from 0 (surely within the limit) to 1 (surely severe)."""
    sd = finding.measured.sd
    beyond = finding.distance + shift_sd * sd
    sure = 0.5 * (1.0 + erf(beyond / (sqrt(2.0) * max(sd, TINY))))
    present = load_rules().score.present_share
    further = float(np.clip(beyond / _span(check), 0.0, 1.0))
    return sure * (present + (1.0 - present) * further)


def _tells(finding: Finding, check: Check) -> bool:
    """Whether a measure tells enough to count: more than that a fault may be there or not.

    What counts only where it surely is there needs no more than to be seen.
    """
    most = load_rules().score.max_sd_share * _span(check)
    return finding.measured.seen and (not check.scored or finding.measured.sd <= most)


def _span(check: Check) -> float:
    """From the limit to where it is severe."""
    return abs(check.severity[1] - check.limit)
