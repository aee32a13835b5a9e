"""Two sets side by side: what got better or worse, beyond what a film can be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

from hingewise.assessment.checks import Check
from hingewise.assessment.technique import checks_by_id
from hingewise.report.document import Analysis, Finding, MeasureValue

Change = Literal["better", "worse", "same", "fine", "unknown"]

BEYOND_SD = 1.96
"""A difference is one where 95 % of what error alone would make lies below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One check in both sets; ``before`` and ``after`` are None where it was not measured.

    ``sd`` is that of the difference.
    """

    check: str
    title: str
    unit: str
    limit: float
    before: float | None
    after: float | None
    sd: float | None
    change: Change


def compare_analyses(before: Analysis, after: Analysis) -> tuple[Compared, ...]:
    """Compare every check that was made in both sets, in the order of the first.

    A repetition's measure is taken as the set's median: of several repetitions the error is the
    film's and the body's, so it does not shrink with their number.
    """
    first, second = (_by_check(analysis) for analysis in (before, after))
    checks = checks_by_id()
    return tuple(
        _compare(before, second[check], check=checks[check])
        for check, before in first.items()
        if check in second and check in checks
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What one set says of a check."""

    title: str
    measure: MeasureValue | None
    limit: float


def _compare(first: _Entry, second: _Entry, *, check: Check) -> Compared:
    before, after, limit = first.measure, second.measure, second.limit
    values = [None if m is None else m.value for m in (before, after)]
    sd = None
    change: Change = "unknown"
    if before and after and before.value is not None and after.value is not None:
        sd = float(((before.sd or 0.0) ** 2 + (after.sd or 0.0) ** 2) ** 0.5)
        change = _change(*(check.sign * (m - limit) for m in (before.value, after.value)), sd=sd)
    known = before or after
    return Compared(
        check=check.id,
        title=first.title,
        unit=known.unit if known else "",
        limit=limit,
        before=values[0],
        after=values[1],
        sd=sd,
        change=change,
    )


def _change(before: float, after: float, *, sd: float) -> Change:
    """From how far both lie beyond the limit; what is within it in both sets is fine."""
    if before < 0.0 and after < 0.0:
        return "fine"
    if abs(after - before) <= BEYOND_SD * sd:
        return "same"
    return "better" if after < before else "worse"


def _by_check(analysis: Analysis) -> dict[str, _Entry]:
    """What a set says of every check."""
    return {
        finding.check: _Entry(
            title=finding.title, measure=_measure(finding, analysis), limit=finding.limit
        )
        for finding in analysis.findings
        if finding.repetition is None
    }


def _measure(finding: Finding, analysis: Analysis) -> MeasureValue | None:
    seen = list(_of_repetitions(finding.check, analysis))
    if not seen:
        return finding.measure
    values = [m.value for m in seen if m.value is not None]
    sds = [m.sd for m in seen if m.sd is not None]
    return MeasureValue(value=median(values), unit=seen[0].unit, sd=median(sds) if sds else None)


def _of_repetitions(check: str, analysis: Analysis) -> Iterator[MeasureValue]:
    for finding in analysis.findings:
        told = finding.check == check and finding.repetition is not None
        if told and finding.measure is not None and finding.measure.value is not None:
            yield finding.measure
