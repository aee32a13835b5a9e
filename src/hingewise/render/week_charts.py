"""Geometry of series by weeks: paths in weeks and thousandths of the height, ticks in percent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import floor, log10

from hingewise.render.charts import Tick
from hingewise.report.progress_report import Panel, Series, format_amount

HEIGHT = 1000
"""Of a chart, in units of its paths."""

WEEK = 10
"""Width of a week, in the same."""

_BAR = (1, 8)
"""Where a bar begins in its week, and how wide it is."""

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MAX_STEPS = 3
_MAX_DATES = 5
_ROOM = 1.08
"""So much higher than its highest value a chart is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekChart:
    """One series over weeks, ready for the page; ``limit_percent`` from the top."""

    name: str
    unit: str
    kind: str
    says: str
    description: str
    view_box: str
    path: str
    points: str
    ticks: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    limit_percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTable:
    """The numbers behind the charts of a panel, the latest week first."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def lay_out_series(series: Series, weeks: Sequence[date]) -> WeekChart:
    """Place one series; ``weeks`` are its Mondays."""
    low, high = _limits(series)

    def down(value: float) -> int:
        return round(HEIGHT * (high - value) / (high - low))

    bars = series.kind == "bars"
    return WeekChart(
        name=series.name,
        unit=series.unit,
        kind=series.kind,
        says=series.says,
        description=_describe(series, weeks),
        view_box=f"0 0 {WEEK * len(weeks)} {HEIGHT}",
        path=(_bars if bars else _line)(series, down),
        points="" if bars else _points(series, down),
        ticks=tuple(
            Tick(at_percent=_percent((high - value) / (high - low)), label=format_amount(value))
            for value in _round_values(low, high)
        ),
        dates=_dates(weeks),
        limit_percent=None
        if series.limit is None
        else _percent((high - series.limit) / (high - low)),
    )


def make_table(panel: Panel) -> WeekTable:
    """Write every number of a panel down, with a dash where nothing tells one."""
    names = (f"{each.name} ({each.unit})" if each.unit else each.name for each in panel.series)
    columns = [
        ["–" if value is None else format_amount(value) for value in each.values]
        for each in panel.series
    ]
    weeks = [f"{monday.day} {monday:%b %Y}" for monday in panel.weeks]
    rows = tuple(zip(weeks, *columns, strict=True))
    return WeekTable(header=("Week of", *names), rows=rows[::-1])


def _limits(series: Series) -> tuple[float, float]:
    """Range of the values: from zero for bars, around its values for a line."""
    top = max((*series.known, series.limit or 0.0))
    if series.kind == "bars":
        return 0.0, top * _ROOM or 1.0
    bottom = min(series.known, default=0.0)
    spread = (top - bottom) or top or 1.0
    return max(0.0, bottom - 0.35 * spread), top + 0.15 * spread


def _round_values(low: float, high: float) -> list[float]:
    """A few round values to draw lines at."""
    wanted = (high - low) / _MAX_STEPS
    power = 10.0 ** floor(log10(wanted))
    step = next(power * each for each in _STEPS if power * each >= wanted)
    first = floor(low / step) + (low > 0.0)
    count = floor(high / step) - first + 1
    return [step * (first + n) for n in range(count)]


def _bars(series: Series, down: Callable[[float], int]) -> str:
    begin, width = _BAR
    return "".join(
        f"M{WEEK * n + begin} {HEIGHT}V{down(value)}h{width}V{HEIGHT}z"
        for n, value in enumerate(series.values)
        if value
    )


def _line(series: Series, down: Callable[[float], int]) -> str:
    """Through all known values: a week without one is a gap in what is known, not in strength."""
    places = _places(series, down)
    return "M" + "L".join(f"{x} {y}" for x, y in places) if len(places) > 1 else ""


def _points(series: Series, down: Callable[[float], int]) -> str:
    """Lines of no length, which round caps make visible."""
    return "".join(f"M{x} {y}h0" for x, y in _places(series, down))


def _places(series: Series, down: Callable[[float], int]) -> list[tuple[int, int]]:
    return [
        (WEEK * n + WEEK // 2, down(value))
        for n, value in enumerate(series.values)
        if value is not None
    ]


def _dates(weeks: Sequence[date]) -> tuple[Tick, ...]:
    """The first weeks of months or years, as many as can be read."""
    starts = [0] + [n + 1 for n, (a, b) in enumerate(pairwise(weeks)) if a.month != b.month]
    if len(starts) > 2 and starts[1] < 3:  # else the first two would lie on each other
        del starts[0]
    step = -(-len(starts) // _MAX_DATES)
    return tuple(
        Tick(at_percent=_percent(n / len(weeks)), label=f"{weeks[n]:%b %Y}") for n in starts[::step]
    )


def _percent(fraction: float) -> float:
    return round(100.0 * fraction, 2)


def _describe(series: Series, weeks: Sequence[date]) -> str:
    """Words for those who cannot see the chart."""
    first = weeks[0]
    ends = ""
    if series.known:
        low, high = (format_amount(end(series.known), series.unit) for end in (min, max))
        ends = f", from {low} to {high}"
    return f"{series.name} by weeks since {first.day} {first:%B %Y}{ends}: {series.says}"
