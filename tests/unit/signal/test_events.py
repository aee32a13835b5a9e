"""Turning points, crossings and holds: the events that repetitions are built from."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.signal.events import find_crossing_s, find_holds, find_turning_points
from hingewise.units import FloatArray


def zigzag(*corners: float, steps: int = 5) -> FloatArray:
    """Straight lines from corner to corner."""
    at = np.arange(len(corners)) * steps
    return np.interp(np.arange(at[-1] + 1), at, corners)


def turning(values: FloatArray, min_swing: float) -> list[tuple[int, float, bool]]:
    return [(p.index, p.value, p.maximum) for p in find_turning_points(values, min_swing=min_swing)]


def test_each_large_swing_has_one_turning_point() -> None:
    values = zigzag(0, 90, 10, 80, 0)
    expected = [(0, 0.0, False), (5, 90.0, True), (10, 10.0, False), (15, 80.0, True)]
    assert turning(values, 30.0) == [*expected, (20, 0.0, False)]


def test_smaller_swings_belong_to_the_larger_ones_around_them() -> None:
    """A wobble on the way and at the top does not split a movement."""
    values = zigzag(0, 50, 40, 90, 70, 85, 0)
    assert turning(values, 30.0) == [(0, 0.0, False), (15, 90.0, True), (30, 0.0, False)]


def test_the_hysteresis_is_the_limit() -> None:
    """A swing of just the hysteresis counts, one a little smaller does not."""
    values = zigzag(0, 90, 60, 90, 0)
    assert len(turning(values, 30.0)) == 5
    assert len(turning(values, 30.1)) == 3


def test_upside_down_gives_the_same_places() -> None:
    values = zigzag(10, 90, 5, 70, 20, 95, 0)
    mirrored = [(i, -v, not m) for i, v, m in turning(-values, 25.0)]
    assert mirrored == turning(values, 25.0)


def test_a_signal_that_begins_at_its_extreme_begins_with_it() -> None:
    """A deadlift film begins at the bottom: that is the first turning point."""
    assert turning(zigzag(90, 0, 60), 20.0)[0] == (0, 90.0, True)


def test_the_last_unfinished_swing_ends_in_its_extreme() -> None:
    assert turning(zigzag(0, 90, 40), 20.0)[-1] == (10, 40.0, False)


def test_missing_samples_are_passed_over() -> None:
    values = zigzag(0, 90, 0, 90, 0)
    whole = turning(values, 30.0)
    values[[2, 3, 7, 8, 12]] = np.nan
    assert turning(values, 30.0) == whole


@pytest.mark.parametrize("values", [[], [np.nan, np.nan], [1.0, 2.0, 1.5]])
def test_nothing_that_swings_gives_nothing(values: list[float]) -> None:
    assert turning(np.array(values, dtype=np.float64), 5.0) == []


def test_crossings_are_interpolated_between_samples() -> None:
    time_s = np.array([0.0, 1.0, 3.0, 4.0])
    values = np.array([0.0, 10.0, 0.0, 10.0])
    first = find_crossing_s(time_s, values, 2.5, start=0, end=3, last=False)
    last = find_crossing_s(time_s, values, 2.5, start=0, end=3, last=True)
    assert first == pytest.approx(0.25)
    assert last == pytest.approx(3.25)


def test_crossings_are_searched_between_the_limits_only() -> None:
    time_s, values = np.arange(5.0), np.array([0.0, 10.0, 0.0, 10.0, 0.0])
    assert find_crossing_s(time_s, values, 5.0, start=1, end=2, last=False) == pytest.approx(1.5)
    assert find_crossing_s(time_s, values, 20.0, start=0, end=4, last=False) is None


def test_no_crossing_is_seen_across_a_gap() -> None:
    values = np.array([0.0, np.nan, 10.0])
    assert find_crossing_s(np.arange(3.0), values, 5.0, start=0, end=2, last=False) is None


def test_a_sample_on_the_level_is_the_crossing() -> None:
    values = np.array([5.0, 5.0, 9.0])
    assert find_crossing_s(np.arange(3.0), values, 5.0, start=0, end=2, last=False) == 0.0


def test_holds_last_long_enough_by_the_clock() -> None:
    time_s = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 1.4, 1.5])
    still = np.array([True, True, True, False, True, True, False])
    assert find_holds(time_s, still, min_duration_s=0.2) == [(0, 3), (4, 6)]
    assert find_holds(time_s, still, min_duration_s=0.5) == [(4, 6)]
