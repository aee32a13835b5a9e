"""Only short gaps are filled, by straight lines, and every filled sample is told."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.signal.gaps import bridge_gaps, find_runs

NAN = float("nan")


@pytest.mark.parametrize(
    "mask,runs",
    [
        ([], []),
        ([False, False], []),
        ([True], [(0, 1)]),
        ([True, True, False, True], [(0, 2), (3, 4)]),
        ([False, True, True], [(1, 3)]),
    ],
)
def test_runs_are_half_open_and_reach_the_ends(
    mask: list[bool], runs: list[tuple[int, int]]
) -> None:
    assert find_runs(np.array(mask, dtype=np.bool_)) == runs


def test_a_gap_is_bridged_along_the_true_times() -> None:
    time_s = np.array([0.0, 0.1, 0.2, 0.4, 0.5])
    values, filled = bridge_gaps(time_s, np.array([0.0, 1.0, NAN, NAN, 5.0]), max_gap_s=0.5)
    assert values == pytest.approx([0.0, 1.0, 2.0, 4.0, 5.0])
    assert filled.tolist() == [False, False, True, True, False]


def test_a_gap_is_measured_between_the_observed_samples_around_it() -> None:
    time_s = np.arange(0.0, 0.5, 0.1)
    series = np.array([0.0, NAN, NAN, 3.0, 4.0])
    just_long_enough, _ = bridge_gaps(time_s, series, max_gap_s=0.3001)
    too_short, filled = bridge_gaps(time_s, series, max_gap_s=0.2999)
    assert np.isfinite(just_long_enough).all()
    assert np.isnan(too_short[1:3]).all()
    assert not filled.any()


def test_the_ends_stay_missing() -> None:
    """Nothing is known beyond the first and the last sample; the last value is not held."""
    values, filled = bridge_gaps(np.arange(4.0), np.array([NAN, 1.0, 2.0, NAN]), max_gap_s=9.0)
    assert np.isnan(values[[0, 3]]).all()
    assert not filled.any()


def test_columns_are_bridged_alone_and_the_input_is_left_as_it_was() -> None:
    series = np.array([[0.0, 0.0], [NAN, 1.0], [2.0, NAN], [3.0, 3.0]])
    values, filled = bridge_gaps(np.arange(4.0), series, max_gap_s=2.0)
    assert values == pytest.approx(np.array([[0, 0], [1, 1], [2, 2], [3, 3]], dtype=float))
    assert filled.tolist() == [False, True, True, False]
    assert np.isnan(series[1, 0])
