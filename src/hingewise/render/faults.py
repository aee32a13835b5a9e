"""What the report says of the faults: one block for each, with the picture that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hingewise.library.load import load_library
from hingewise.render.keyframes import FAULT, KeyFrame
from hingewise.render.page import SHOWN_PHASES, FrameView, frame_view
from hingewise.report.document import Analysis, Finding
from hingewise.report.naming import as_sentence, format_clock

NO_BREAK = "\N{NO-BREAK SPACE}"

SEVERITIES = ("mild", "clear", "severe")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultView:
    """One fault of the set; ``first`` is the one to mend in the next set."""

    title: str
    badge: str
    severity: str
    because: str
    correction: str
    drill: str
    start_s: float
    clock: str
    frame: FrameView | None
    first: bool


def make_faults(analysis: Analysis, frames: Sequence[KeyFrame]) -> tuple[FaultView, ...]:
    """The faults of the set, the one that matters most before the others; each fault once."""
    present = [f for f in analysis.findings if f.repetition is None and f.verdict == "present"]
    top = analysis.summary.top_fault
    ordered = sorted(
        present, key=lambda f: (f.fault != top, -SEVERITIES.index(f.severity or "mild"))
    )
    worst: dict[str, Finding] = {}
    for finding in ordered:
        worst.setdefault(finding.fault, finding)
    return tuple(_fault_view(f, frames, first=f.fault == top) for f in worst.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultMark:
    """Where on the timeline a repetition shows a fault of the set."""

    title: str
    start_s: float
    left_percent: float


def mark_faults(analysis: Analysis, duration_s: float) -> tuple[FaultMark, ...]:
    """Every moment that shows a fault of the set, in the order of the film; each once."""
    of_set = {f.check for f in analysis.findings if f.repetition is None and f.verdict == "present"}
    shown = {
        (round(f.evidence_s[0], 2), f.title)
        for f in analysis.findings
        if f.repetition is not None
        and f.verdict == "present"
        and f.check in of_set
        and f.evidence_s
    }
    return tuple(
        FaultMark(
            title=title,
            start_s=start_s,
            left_percent=round(100.0 * start_s / max(duration_s, 1e-6), 2),
        )
        for start_s, title in sorted(shown)
    )


def _fault_view(finding: Finding, frames: Sequence[KeyFrame], *, first: bool) -> FaultView:
    library = load_library()
    fault = library.faults[finding.fault]
    drill = library.drills[fault.drills[0]].name if fault.drills else ""
    start_s = finding.evidence_s[0] if finding.evidence_s else 0.0
    return FaultView(
        title=finding.title,
        badge=_badge(finding),
        severity=finding.severity or "mild",
        because=_keep_units(as_sentence(finding.because)),
        correction=fault.correction.text,
        drill=drill,
        start_s=start_s,
        clock=format_clock(start_s),
        frame=_nearest(finding, frames),
        first=first,
    )


def _keep_units(text: str) -> str:
    """No line breaks between a number and its unit."""
    return re.sub(r"(?<=\d) (?=(%|cm|s)\b|%)", NO_BREAK, text)


def _badge(finding: Finding) -> str:
    words = {"mild": "slightly", "clear": "clearly", "severe": "strongly"}
    how = words[finding.severity or "mild"]
    if finding.n_judged == 0:
        return f"{how}, over the set"
    return f"{how}, in {finding.n_present} of {finding.n_judged}"


def _nearest(finding: Finding, frames: Sequence[KeyFrame]) -> FrameView | None:
    proof = next((f for f in frames if f.kind == f"{FAULT}{finding.check}"), None)
    if proof is not None:
        return frame_view(proof)
    shown = [frame for frame in frames if frame.kind in SHOWN_PHASES]
    if not shown or not finding.evidence_s or finding.n_judged == 0:
        return None
    middle_s = sum(finding.evidence_s) / len(finding.evidence_s)
    return frame_view(min(shown, key=lambda frame: abs(frame.time_s - middle_s)))
