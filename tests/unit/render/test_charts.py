"""The drawing is the data: what a path says can be read back from it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.render.charts import lay_out_timeline, trace_path
from hingewise.report.figures import ReportFigures, Trace, make_figures
from tests.builders_report import make_set

VALUES = st.one_of(st.floats(-180, 180), st.none())


def make_trace(values: list[float | None]) -> Trace:
    times = tuple(i / 29.97 for i in range(len(values)))
    return Trace(name="knee_flexion", unit="deg", time_s=times, value=tuple(values), sd=3.0)


def read_path(path: str) -> list[list[tuple[float, float]]]:
    """Follow a path as the page does (templates/report.js)."""
    pieces: list[list[tuple[float, float]]] = []
    x = y = 0
    for step, dx, dy in re.findall(r"([ml])(-?\d+) ?(-?\d+)", path):
        x, y = x + int(dx), y + int(dy)
        if step == "m":
            pieces.append([])
        elif (dx, dy) == ("0", "0"):
            continue
        pieces[-1].append((x / 1000, -y / 10))
    return pieces


@given(values=st.lists(VALUES, max_size=60))
def test_a_path_can_be_read_back(values: list[float | None]) -> None:
    trace = make_trace(values)
    read = [point for piece in read_path(trace_path(trace)) for point in piece]
    seen = [(t, v) for t, v in zip(trace.time_s, values, strict=True) if v is not None]
    assert len(read) == len(seen)
    for (time_s, value), (true_s, true_value) in zip(read, seen, strict=True):
        assert time_s == pytest.approx(true_s, abs=0.0006)
        assert value == pytest.approx(true_value, abs=0.051)


def test_a_gap_lifts_the_pen() -> None:
    pieces = read_path(trace_path(make_trace([1.0, 2.0, None, None, 3.0, None, 4.0, 5.0])))
    assert [len(piece) for piece in pieces] == [2, 1, 2]


def test_every_chart_has_the_same_scale() -> None:
    made = make_set(3)
    charts = lay_out_timeline(make_figures(made.kinematics, made.segmentation)).charts
    scale = {round(c.height_px / int(c.view_box.split()[3]), 2) for c in charts}
    assert len(scale) == 1


def test_marks_lie_on_the_chart_and_are_labelled_while_there_is_room() -> None:
    for n_repetitions, labelled in ((5, True), (60, False)):
        made = make_set(n_repetitions)
        chart = lay_out_timeline(make_figures(made.kinematics, made.segmentation)).charts[0]
        assert len(chart.marks) == n_repetitions
        assert all(bool(mark.label) is labelled for mark in chart.marks)
        assert all(
            0 < mark.left_percent < 100 and 0 < mark.top_percent < 100 for mark in chart.marks
        )


def test_what_was_never_seen_is_named_instead_of_drawn() -> None:
    made = make_set(2, observed=False)
    timeline = lay_out_timeline(make_figures(made.kinematics, made.segmentation))
    assert timeline.charts == ()
    assert timeline.unobserved[0] == "Hip fold"


@pytest.mark.parametrize("duration_s", [0.0, 3.0, 25.3, 610.0, 7200.0])
def test_the_time_axis_stays_legible(duration_s: float) -> None:
    empty = ReportFigures(duration_s=duration_s, traces=(), repetitions=(), phases=(), rejected=())
    ticks = lay_out_timeline(empty).time_ticks
    assert 1 <= len(ticks) <= 8
    assert all(0 <= tick.at_percent <= 100 for tick in ticks)


def test_spans_outside_the_film_are_cut() -> None:
    made = make_set(2)
    figures = make_figures(made.kinematics, made.segmentation, duration_s=3.0)
    for span in lay_out_timeline(figures).repetitions:
        assert 0 <= span.left_percent <= 100
        assert span.left_percent + span.width_percent <= 100.001
