"""From a measure and a limit to a verdict; from the repetitions' verdicts to that of the set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from hingewise.assessment.checks import Check
from hingewise.assessment.rules import load_rules
from hingewise.assessment.types import Finding, Measured, Severity, Verdict


def judge(check: Check, measured: Measured, *, repetition: int | None) -> Finding:
    """Judge one measure. Too near to the limit, nothing is said."""
    distance = check.sign * (measured.value - check.limit)
    sure_sd = load_rules().verdicts.sure_sd
    if not measured.seen:
        verdict, reason = Verdict.UNDETERMINED, measured.reason
    elif -measured.sd <= distance <= sure_sd * measured.sd:
        verdict, reason = Verdict.UNDETERMINED, "too near to the limit for what a film can tell"
    else:
        verdict, reason = (Verdict.PRESENT if distance > 0 else Verdict.ABSENT), ""
    return Finding(
        check=check.id,
        fault=check.fault,
        repetition=repetition,
        verdict=verdict,
        severity=_severity(check, measured.value) if verdict is Verdict.PRESENT else None,
        measured=measured,
        limit=check.limit,
        distance=float(distance),
        reason=reason,
    )


def judge_set(check: Check, findings: Sequence[Finding]) -> Finding:
    """Say of the set what enough of its repetitions show.

    The measure is that of the repetition in the middle of those that bear the verdict out.
    """
    present, absent, unsure = (
        [f for f in findings if f.verdict is verdict]
        for verdict in (Verdict.PRESENT, Verdict.ABSENT, Verdict.UNDETERMINED)
    )
    rules = load_rules().verdicts
    n_judged = len(present) + len(absent)
    enough_judged = rules.enough_judged * len(findings)
    needed = min(rules.min_present, len(findings))
    reason = ""
    enough = max(n_judged, enough_judged)
    if len(present) >= needed and len(present) >= check.share * enough:
        verdict, those = Verdict.PRESENT, present
    elif n_judged < enough_judged or not absent:
        verdict, those = Verdict.UNDETERMINED, unsure or list(findings)
        reason = Counter(f.reason for f in those).most_common(1)[0][0]
    elif present:
        verdict, those = Verdict.UNDETERMINED, present
        reason = f"it shows in {len(present)} of {n_judged} repetitions"
    else:
        verdict, those = Verdict.ABSENT, absent
    typical = _middle(those)
    return Finding(
        check=check.id,
        fault=check.fault,
        repetition=None,
        verdict=verdict,
        severity=_severity(check, typical.measured.value) if verdict is Verdict.PRESENT else None,
        measured=typical.measured,
        limit=check.limit,
        distance=typical.distance,
        reason=reason,
        n_present=len(present),
        n_judged=n_judged,
    )


def _middle(findings: Sequence[Finding]) -> Finding:
    seen = [f for f in findings if np.isfinite(f.distance)] or list(findings)
    return sorted(seen, key=lambda f: f.distance)[len(seen) // 2]


def _severity(check: Check, value: float) -> Severity:
    clear, severe = (check.sign * (value - limit) for limit in check.severity)
    if severe >= 0:
        return Severity.SEVERE
    return Severity.CLEAR if clear >= 0 else Severity.MILD
