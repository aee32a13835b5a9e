"""Geometry of the charts: from series in seconds and degrees to paths and percentages.

A path is written in milliseconds and tenths of a degree, so the drawing is the data: the page reads
values back from it instead of carrying them twice. All charts share one scale, so that a degree is
as high in each of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from hingewise.report.figures import ReportFigures, Span, Trace
from hingewise.report.naming import explain_angle, format_value, name_of, phase_name

_MS_PER_S = 1000
_STEPS_PER_DEG = 10
_PX_PER_DEG = 1.3
_MIN_HEIGHT_PX = 68
_TICK_STEP_DEG = 30
_FINE_TICK_STEP_DEG = 15
_TICK_CLEARANCE_DEG = 5
_FINE_BELOW_DEG = 60
_MAX_LABELLED_MARKS = 10
_MAX_TIME_TICKS = 7
_TIME_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled line at a share of the chart's height or width."""

    at_percent: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """A dot on a trace."""

    left_percent: float
    top_percent: float
    label: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """One angle over time, ready for the page."""

    name: str
    title: str
    explanation: str
    sd: str
    path: str
    view_box: str
    height_px: int
    ticks: tuple[Tick, ...]
    marks: tuple[MarkView, ...]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanView:
    """A stretch of time as shares of the chart's width."""

    kind: str
    label: str
    left_percent: float
    width_percent: float
    start_s: float
    end_s: float
    repetition: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """All charts of a set and the spans behind them."""

    duration_s: float
    charts: tuple[ChartView, ...]
    unobserved: tuple[str, ...]
    repetitions: tuple[SpanView, ...]
    phases: tuple[SpanView, ...]
    rejected: tuple[SpanView, ...]
    time_ticks: tuple[Tick, ...]


def lay_out_timeline(figures: ReportFigures) -> TimelineView:
    """Place every trace and span of a set."""
    seen = [trace for trace in figures.traces if trace.observed]
    duration_s = max(figures.duration_s, 1 / _MS_PER_S)
    return TimelineView(
        duration_s=duration_s,
        charts=tuple(_lay_out_chart(trace, duration_s) for trace in seen),
        unobserved=tuple(name_of(trace.name) for trace in figures.traces if not trace.observed),
        repetitions=tuple(_place(span, duration_s) for span in figures.repetitions),
        phases=tuple(_place(span, duration_s) for span in figures.phases),
        rejected=tuple(_place(span, duration_s) for span in figures.rejected),
        time_ticks=_time_ticks(duration_s),
    )


def trace_path(trace: Trace) -> str:
    """SVG path of a trace in milliseconds and tenths of a degree, broken at gaps.

    Relative steps keep it short; rounding does not add up, since every step starts from the rounded
    point before. A lone point becomes a line of no length, which round caps make visible.
    """
    parts: list[str] = []
    here, pen_down = (0, 0), False
    for time_s, value in zip(trace.time_s, trace.value, strict=True):
        if value is None:
            pen_down = False
            continue
        point = (round(time_s * _MS_PER_S), -round(value * _STEPS_PER_DEG))
        step = f"{point[0] - here[0]} {point[1] - here[1]}"
        parts.append(f"l{step}" if pen_down else f"m{step}l0 0")
        here, pen_down = point, True
    return "".join(parts).replace(" -", "-")


def _lay_out_chart(trace: Trace, duration_s: float) -> ChartView:
    low, high = _limits(trace)
    labelled = sum(mark.kind == "bottom" for mark in trace.marks) <= _MAX_LABELLED_MARKS
    return ChartView(
        name=trace.name,
        title=name_of(trace.name),
        explanation=explain_angle(trace.name),
        sd="" if trace.sd is None else f"± {round(trace.sd)}°",
        path=trace_path(trace),
        view_box=(
            f"0 {-round(high * _STEPS_PER_DEG)} {round(duration_s * _MS_PER_S)} "
            f"{round((high - low) * _STEPS_PER_DEG)}"
        ),
        height_px=round((high - low) * _PX_PER_DEG),
        ticks=_value_ticks(low, high),
        marks=tuple(
            MarkView(
                left_percent=_percent(mark.time_s / duration_s),
                top_percent=_percent((high - mark.value) / (high - low)),
                label=format_value(mark.value, trace.unit) if labelled else "",
                kind=mark.kind,
            )
            for mark in trace.marks
            if mark.kind == "bottom"
        ),
        description=_describe(trace),
    )


def _limits(trace: Trace) -> tuple[float, float]:
    """Range of the value axis: the data and zero, with room for labels, never too flat."""
    low = min(0.0, *trace.observed) - 4.0
    high = max(0.0, *trace.observed) + 14.0
    missing = _MIN_HEIGHT_PX / _PX_PER_DEG - (high - low)
    return low, high + max(0.0, missing)


def _value_ticks(low: float, high: float) -> tuple[Tick, ...]:
    fine = high - low < _FINE_BELOW_DEG
    step = _FINE_TICK_STEP_DEG if fine else _TICK_STEP_DEG
    first = -(int(-low) // step) * step
    values = range(first, int(high - _TICK_CLEARANCE_DEG) + 1, step)
    return tuple(
        Tick(at_percent=_percent((high - v) / (high - low)), label=format_value(v, "deg"))
        for v in values
    )


def _time_ticks(duration_s: float) -> tuple[Tick, ...]:
    step = next((s for s in _TIME_STEPS_S if duration_s / s <= _MAX_TIME_TICKS), _TIME_STEPS_S[-1])
    return tuple(
        Tick(at_percent=_percent(t / duration_s), label=f"{t // 60}:{t % 60:02d}")
        for t in range(0, int(duration_s) + 1, step)
    )


def _place(span: Span, duration_s: float) -> SpanView:
    start_s = min(max(span.start_s, 0.0), duration_s)
    end_s = min(max(span.end_s, start_s), duration_s)
    return SpanView(
        kind=span.kind,
        label=phase_name(span.kind),
        left_percent=_percent(start_s / duration_s),
        width_percent=_percent((end_s - start_s) / duration_s),
        start_s=round(span.start_s, 3),
        end_s=round(span.end_s, 3),
        repetition=span.repetition,
        note=span.note,
    )


def _percent(fraction: float) -> float:
    return round(100 * fraction, 3)


def _describe(trace: Trace) -> str:
    """Words for those who cannot see the line."""
    low, high = min(trace.observed), max(trace.observed)
    ends = f"{format_value(low, trace.unit)} to {format_value(high, trace.unit)}"
    return f"{name_of(trace.name)} over time, from {ends}"
