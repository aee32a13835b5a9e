"""What shows a fault in a picture: lines of an angle with its limit, or a mark of a distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hingewise.assessment.checks import Check
from hingewise.assessment.metrics.front import OFFSET, SLOPE
from hingewise.assessment.technique import Technique, checks_by_id
from hingewise.assessment.types import Finding, Verdict
from hingewise.report.findings import unit_of, write_measure

UP = "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """An angle in the picture: at ``vertex``, from a base to the line that ends at ``end``.

    The base is ``UP``, or the landmark whose line to the vertex goes on beyond it; ``towards`` says
    that it runs to that landmark instead, as from the shoulder down the trunk.
    ``limit_of_hips`` says that the limit is a share of how far the hips are bent. ``at_limit`` is
    False where the limit is no angle from the base.
    """

    vertex: str
    end: str
    base: str
    limit_of_hips: bool = False
    at_limit: bool = True
    towards: bool = False


LINES = {
    "trunk_inclination_at_lockout": Lines(vertex="hip", end="shoulder", base=UP),
    "hip_flexion_at_lockout": Lines(vertex="hip", end="shoulder", base="knee"),
    "knee_to_hip_ratio": Lines(vertex="knee", end="ankle", base="hip", limit_of_hips=True),
    "trunk_minus_shank": Lines(vertex="hip", end="shoulder", base=UP, at_limit=False),
    "hip_flexion_at_bottom": Lines(vertex="hip", end="shoulder", base="knee"),
    "thigh_inclination_at_bottom": Lines(vertex="knee", end="hip", base=UP),
    "knee_flexion_at_bottom": Lines(vertex="knee", end="ankle", base="hip"),
    "elbow_bend": Lines(vertex="elbow", end="wrist", base="shoulder", at_limit=False),
    "shank_inclination_at_lockout": Lines(vertex="ankle", end="knee", base=UP),
    "shank_travel": Lines(vertex="ankle", end="knee", base=UP, at_limit=False),
    "trunk_drop": Lines(vertex="hip", end="shoulder", base=UP, at_limit=False),
    "arm_at_lockout": Lines(vertex="shoulder", end="wrist", base="hip", towards=True),
    "arm_lift_at_half": Lines(vertex="shoulder", end="wrist", base="hip", towards=True),
}
"""By metric. What is no angle in the picture has no lines."""

Mark = Literal["", "back", "hand", "height", "knees", "weight"]

MARKS: dict[str, Mark] = {
    "lumbar_flexion_at_bottom": "back",
    "hand_to_leg": "hand",
    "hip_height_at_bottom": "height",
    "knee_separation": "knees",
    "knee_distance_kept": "knees",
    "weight_shift": "weight",
}
"""By metric, what is drawn instead of lines; what has neither is shown by the picture alone."""

UNMARKED = ("knee_distance_kept", "weight_shift")
"""Measured against the lockout, which another picture shows: there is no limit to mark in this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What to show of a fault: when, which lines (None: none) or mark, and the words beside."""

    check: str
    start_s: float
    end_s: float
    lines: Lines | None
    mark: Mark
    limit: float
    label: str

    @property
    def at_s(self) -> float:
        """The moment that shows it best."""
        return (self.start_s + self.end_s) / 2.0


def choose_proofs(technique: Technique) -> tuple[Proof, ...]:
    """One for each fault of the set that a moment of the film shows."""
    return tuple(
        _prove(finding)
        for finding in technique.assessment.of_set
        if finding.verdict is Verdict.PRESENT and finding.n_judged > 0
    )


def prove_repetitions(technique: Technique) -> tuple[Proof, ...]:
    """Every moment in which a repetition shows a fault of the set, the fault to mend first."""
    of_set = {f.check for f in technique.assessment.of_set if f.verdict is Verdict.PRESENT}
    top = technique.advice.finding
    shown = [
        finding
        for finding in technique.assessment.of_repetitions
        if finding.verdict is Verdict.PRESENT and finding.check in of_set
    ]
    shown.sort(key=lambda f: top is None or f.check != top.check)
    return tuple(_prove(finding) for finding in shown)


def _drawn_limit(check: Check) -> float:
    """The limit as it lies in the picture; NaN where a mark has none there."""
    if check.metric == "knee_separation":
        return (check.limit - OFFSET) / SLOPE  # the network sees knees where it sees them
    return float("nan") if check.metric in UNMARKED else check.limit


def _prove(finding: Finding) -> Proof:
    check = checks_by_id()[finding.check]
    unit = unit_of(check.metric)
    way = -1.0 if check.limit < 0 else 1.0
    measured, limit = (
        write_measure(way * value, unit) for value in (finding.measured.value, check.limit)
    )
    return Proof(
        check=check.id,
        start_s=finding.measured.start_s,
        end_s=finding.measured.end_s,
        lines=LINES.get(check.metric),
        mark=MARKS.get(check.metric, ""),
        limit=_drawn_limit(check),
        label=f"{measured} (limit {limit})",
    )
