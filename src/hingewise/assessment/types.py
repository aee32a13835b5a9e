"""What judging a set yields: measures, verdicts, findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np


class Verdict(StrEnum):
    """What can be said of a fault."""

    PRESENT = "present"
    ABSENT = "absent"
    UNDETERMINED = "undetermined"


class Severity(StrEnum):
    """How far beyond its limit a fault lies."""

    MILD = "mild"
    CLEAR = "clear"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A number that a check judges, with its standard deviation, in the unit of its metric.

    ``start_s`` and ``end_s`` say which part of the film shows it. Where nothing could be measured
    ``value`` is NaN and ``reason`` says why.
    """

    value: float
    sd: float
    start_s: float
    end_s: float
    reason: str = ""

    @property
    def seen(self) -> bool:
        """Whether there is a value."""
        return bool(np.isfinite(self.value) and np.isfinite(self.sd))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check of one repetition, or of the set (``repetition`` None), judged.

    ``distance`` is how far the value lies beyond the limit, in the unit of the measure: positive on
    the side of the fault. ``n_present`` of ``n_judged`` repetitions show it, for a set.
    """

    check: str
    fault: str
    repetition: int | None
    verdict: Verdict
    severity: Severity | None
    measured: Measured
    limit: float
    distance: float
    reason: str
    n_present: int = 0
    n_judged: int = 0


def missing(reason: str, start_s: float = float("nan"), end_s: float = float("nan")) -> Measured:
    """A measure that the film does not show."""
    nan = float("nan")
    return Measured(value=nan, sd=nan, start_s=start_s, end_s=end_s, reason=reason)
