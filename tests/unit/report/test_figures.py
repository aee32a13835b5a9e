"""Series for drawing: few points, yet every extreme and every gap of the measured ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.report.figures import make_figures, observed_fraction, thin_series, value_at
from tests.builders_report import DEEPEST_DEG, SD_DEG, make_set


@given(
    values=st.lists(st.one_of(st.floats(-200, 200), st.just(float("nan"))), min_size=1),
    max_points=st.integers(3, 40),
)
def test_thinning_keeps_extremes_and_gaps(values: list[float], max_points: int) -> None:
    series = np.array(values)
    index = thin_series(np.arange(series.size, dtype=np.float64), series, max_points)
    kept = series[index]
    assert index.size <= max(max_points, 3)
    assert np.all(np.diff(index) > 0)
    assert np.isnan(kept).any() == np.isnan(series).any()
    if np.isfinite(series).any():
        assert np.nanmin(kept) == np.nanmin(series)
        assert np.nanmax(kept) == np.nanmax(series)


def test_short_series_are_not_thinned() -> None:
    made = make_set(2)
    figures = make_figures(made.kinematics, made.segmentation)
    assert len(figures.traces[0].value) == made.kinematics.time_s.size


def test_a_long_film_stays_small() -> None:
    made = make_set(60, rate_hz=60.0)
    figures = make_figures(made.kinematics, made.segmentation)
    assert made.kinematics.time_s.size > 15_000
    assert all(len(trace.value) <= 4000 for trace in figures.traces)


def test_the_bottom_of_every_repetition_is_marked_with_its_value() -> None:
    made = make_set(3, partial=(2,))
    trace = make_figures(made.kinematics, made.segmentation).traces[0]
    bottoms = [mark.value for mark in trace.marks if mark.kind == "bottom"]
    deepest = DEEPEST_DEG[trace.name]
    assert bottoms == pytest.approx([deepest, deepest / 2, deepest], abs=0.1)


def test_the_spread_of_a_trace_is_the_usual_one_of_the_film() -> None:
    made = make_set(2)
    time_s = made.kinematics.time_s
    rising = {name: np.linspace(2.0, 10.0, time_s.size) for name in SD_DEG}
    some = replace(made.kinematics, sd_deg={**rising, "knee_flexion": np.full(time_s.size, np.nan)})
    sd = {trace.name: trace.sd for trace in make_figures(some, made.segmentation).traces}
    assert sd["trunk_inclination"] == pytest.approx(6.0, abs=0.05)
    assert sd["knee_flexion"] is None
    one = replace(made.kinematics, sd_deg={"trunk_inclination": np.full(time_s.size, 3.0)})
    sd = {trace.name: trace.sd for trace in make_figures(one, made.segmentation).traces}
    assert sd["trunk_inclination"] == 3.0
    assert sd["knee_flexion"] is None


def test_unobserved_series_hold_no_number() -> None:
    made = make_set(2, observed=False)
    for trace in make_figures(made.kinematics, made.segmentation).traces:
        assert trace.observed == ()
        assert trace.marks == ()
        assert observed_fraction(trace) == 0.0


def test_spans_carry_their_reasons() -> None:
    made = make_set(3, partial=(2,))
    figures = make_figures(made.kinematics, made.segmentation)
    assert [span.kind for span in figures.repetitions] == ["repetition", "partial", "repetition"]
    assert figures.repetitions[1].note == "it stopped half-way down"
    assert figures.rejected[0].note.startswith("reaching for the handle")
    assert len(figures.phases) == 3 * 4


def test_the_nearest_sample_is_read() -> None:
    time_s, series = np.array([0.0, 1.0, 2.0]), np.array([5.0, 7.0, np.nan])
    assert value_at(time_s, series, 0.4) == 5.0
    assert value_at(time_s, series, 0.6) == 7.0
    assert value_at(time_s, series, 9.0) is None
