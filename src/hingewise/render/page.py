"""What the report page shows, decided before the template: cards, statistics, notes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from statistics import median

from hingewise.render.keyframes import KeyFrame
from hingewise.render.numbers import RowView, lay_out_numbers, observed
from hingewise.report.document import Analysis, Repetition, View
from hingewise.report.naming import (
    DASH,
    as_sentence,
    format_clock,
    format_value,
    name_of,
    phase_name,
)
from hingewise.report.wording import typical_tempo

_CAMERA_DISTANCE = 62

SHOWN_PHASES = ("bottom", "lockout")
"""Key frames that are called after what they show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameView:
    """A key frame as a picture with its caption."""

    caption: str
    clock: str
    time_s: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseView:
    """One phase of a repetition in its bar."""

    kind: str
    name: str
    duration_s: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """Everything about one repetition."""

    number: int
    partial: bool
    note: str
    tempo: str
    tempo_spoken: str
    start_s: float
    span: str
    frames: tuple[FrameView, ...]
    phases: tuple[PhaseView, ...]
    angles: tuple[RowView, ...]
    others: tuple[RowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatView:
    """A large number at the head of the page."""

    value: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraView:
    """Where the camera stood, seen from above; angles from straight beside the lifter."""

    x: float
    y: float
    turn_deg: float
    lifter_turn_deg: int
    known: bool


def make_cards(analysis: Analysis, frames: Sequence[KeyFrame]) -> tuple[CardView, ...]:
    """One card per repetition, in order."""
    by_place = {(frame.repetition, frame.kind): frame for frame in frames}
    cards = []
    for repetition in analysis.repetitions:
        own = [by_place.get((repetition.number, kind)) for kind in ("bottom", "lockout")]
        angles, others = lay_out_numbers(repetition, analysis.repetitions)
        cards.append(
            CardView(
                number=repetition.number,
                partial=repetition.partial,
                note=as_sentence(repetition.partial_reason),
                tempo=repetition.tempo,
                tempo_spoken=", ".join(
                    f"{phase.name} {phase.text}" for phase in phases_of(repetition)
                ),
                start_s=repetition.start_s,
                span=f"{format_clock(repetition.start_s)}{DASH}{format_clock(repetition.end_s)}",
                frames=tuple(frame_view(frame) for frame in own if frame is not None),
                phases=phases_of(repetition),
                angles=angles,
                others=others,
            )
        )
    return tuple(cards)


def make_strip(frames: Sequence[KeyFrame]) -> tuple[FrameView, ...]:
    """The series of pictures that stands in for the film on paper."""
    return tuple(frame_view(frame) for frame in frames if frame.kind == "strip")


def phases_of(repetition: Repetition) -> tuple[PhaseView, ...]:
    """Phases that the film shows, with their lengths."""
    durations = (
        ("eccentric", repetition.eccentric_s),
        ("bottom", repetition.bottom_hold_s),
        ("concentric", repetition.concentric_s),
        ("lockout", repetition.lockout_s),
        ("float", repetition.float_s),
    )
    return tuple(
        PhaseView(
            kind=kind,
            name=phase_name(kind),
            duration_s=round(duration, 3),
            text=format_value(duration, "s"),
        )
        for kind, duration in durations
        if duration is not None
    )


def make_stats(analysis: Analysis) -> tuple[StatView, ...]:
    """The few numbers that sum up a set."""
    summary = analysis.summary
    partial = f"and {summary.n_partial} partial" if summary.n_partial else "all complete"
    stats = [
        StatView(
            value=str(summary.n_repetitions),
            label="repetition" if summary.n_repetitions == 1 else "repetitions",
            detail=partial if analysis.repetitions else "",
        )
    ]
    tempo = typical_tempo(analysis.repetitions)
    if tempo:
        detail = "seconds down, bottom, up, top"
        stats.append(StatView(value=tempo, label="tempo", detail=detail))
    if summary.technique_score is not None:
        sd = summary.technique_score_sd or 0.0
        detail = f"of 100, give or take {max(sd, 1.0):.0f}"
        stats.append(
            StatView(value=f"{summary.technique_score:.0f}", label="technique", detail=detail)
        )
    return tuple(stats + _measure_stats(analysis.repetitions, room=1 if len(stats) > 2 else 2))


def make_camera(view: View) -> CameraView:
    """Place the camera in the sketch from above; straight below the lifter is a true side view."""
    yaw_deg = abs(view.yaw_deg or 0.0)
    side = -1 if view.facing == "left" else 1
    ahead = -1 if view.facing == "away" else side
    return CameraView(
        x=round(ahead * _CAMERA_DISTANCE * sin(radians(yaw_deg)), 1),
        y=round(_CAMERA_DISTANCE * cos(radians(yaw_deg)), 1),
        turn_deg=round(-ahead * yaw_deg, 1),
        lifter_turn_deg=180 if side < 0 else 0,
        known=view.yaw_deg is not None,
    )


def _measure_stats(repetitions: Sequence[Repetition], *, room: int) -> list[StatView]:
    """Typical value of the first measures, and how far the repetitions lie apart."""
    complete = [r for r in repetitions if not r.partial]
    names = list(dict.fromkeys(name for r in complete for name in r.measures))
    stats: list[StatView] = []
    for name in names:
        seen = observed(name, complete)
        if not seen or len(stats) == room:
            continue
        unit = seen[0].unit
        values = [m.value for m in seen if m.value is not None]
        low, high = (format_value(end, unit) for end in (min(values), max(values)))
        stats.append(
            StatView(
                value=format_value(median(values), unit),
                label=name_of(name).lower(),
                detail="in every repetition" if low == high else f"{low} to {high}",
            )
        )
    return stats


def frame_view(frame: KeyFrame) -> FrameView:
    """A key frame with its caption, as the page carries it."""
    encoded = b64encode(frame.jpeg).decode("ascii")
    return FrameView(
        caption=phase_name(frame.kind) if frame.kind in SHOWN_PHASES else "",
        clock=format_clock(frame.time_s),
        time_s=round(frame.time_s, 3),
        source=f"data:image/jpeg;base64,{encoded}",
    )
