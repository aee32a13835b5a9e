"""The low-pass filter does what its formula says, on any timestamps; spikes go, the rest stays."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.errors import ShapeError
from hingewise.signal.filtering import MIN_SAMPLES, remove_spikes, smooth
from hingewise.units import FloatArray

RNG = np.random.default_rng(5)


def uneven_times(duration_s: float, rate_hz: float, seed: int = 0) -> FloatArray:
    step = np.random.default_rng(seed).uniform(0.4, 1.6, int(duration_s * rate_hz)) / rate_hz
    return np.cumsum(step)


@pytest.mark.parametrize("cutoff_hz", [2.0, 5.0, 10.0])
@pytest.mark.parametrize("of_cutoff", [0.25, 0.5, 1.0, 1.5, 2.0])
def test_frequency_response(cutoff_hz: float, of_cutoff: float) -> None:
    """Amplitude 1 / (1 + (f / cutoff)^4) and no shift in time."""
    time_s = np.arange(0, 60 / cutoff_hz, 1 / (50 * cutoff_hz))
    wave = np.sin(2 * np.pi * of_cutoff * cutoff_hz * time_s)
    expected = wave / (1 + of_cutoff**4)
    inner = slice(time_s.size // 4, -time_s.size // 4)
    got = smooth(time_s, wave, cutoff_hz=cutoff_hz)
    assert got[inner] == pytest.approx(expected[inner], abs=0.006)


def test_the_cutoff_is_in_hertz_whatever_the_frame_rate() -> None:
    """The same movement at 30 and at 240 frames a second comes out the same."""
    slow, fast = np.arange(0, 4, 1 / 30), np.arange(0, 4, 1 / 240)
    move = [np.sin(2 * np.pi * 1.5 * t) for t in (slow, fast)]
    at_30, at_240 = (smooth(t, m, cutoff_hz=5.0) for t, m in zip((slow, fast), move, strict=True))
    assert at_30[15:-15] == pytest.approx(at_240[::8][15 : at_30.size - 15], abs=0.01)


def test_straight_lines_pass_unchanged_at_uneven_times_and_at_the_ends() -> None:
    time_s = uneven_times(5.0, 30.0)
    line = 7.0 - 40.0 * time_s
    assert smooth(time_s, line, cutoff_hz=3.0) == pytest.approx(line, abs=1e-6)


@pytest.mark.parametrize("of_cutoff", [0.5, 1.0])
def test_uneven_times_are_not_treated_as_even(of_cutoff: float) -> None:
    """The response is that of the formula also where one half is filmed thrice as densely."""
    time_s = np.concatenate([np.arange(0, 5, 1 / 40), np.arange(5, 10, 1 / 120)])
    time_s = time_s + np.random.default_rng(1).uniform(-0.003, 0.003, time_s.size)
    wave = np.sin(2 * np.pi * 3.0 * of_cutoff * time_s)
    got = smooth(time_s, wave, cutoff_hz=3.0)
    expected = wave / (1 + of_cutoff**4)
    assert got[40:-100] == pytest.approx(expected[40:-100], abs=0.025)


def test_a_step_keeps_its_place() -> None:
    """No phase shift: the middle of a step stays where it was."""
    time_s = np.arange(201) / 100
    got = smooth(time_s, np.where(time_s < 1.0, 0.0, 1.0) + 0.5 * (time_s == 1.0), cutoff_hz=4.0)
    assert float(np.interp(0.5, got[80:121], time_s[80:121])) == pytest.approx(1.0, abs=0.011)


def test_noise_is_reduced_as_the_bandwidth_says() -> None:
    time_s = np.arange(4000) / 100
    got = smooth(time_s, RNG.normal(0, 1, time_s.size), cutoff_hz=5.0)
    # Integral of the squared response: 0.833 of the cut-off, of a band of 50 Hz.
    assert got.std() == pytest.approx(np.sqrt(0.833 * 5.0 / 50.0), rel=0.1)


def test_runs_without_gap_are_filtered_alone() -> None:
    """What is missing stays missing, and nothing leaks across it."""
    time_s = np.arange(60) / 30
    series = np.concatenate([np.zeros(30), np.full(30, 100.0)])
    series[28:32] = np.nan
    got = smooth(time_s, series, cutoff_hz=2.0)
    assert np.isnan(got[28:32]).all()
    assert got[:28] == pytest.approx(0.0, abs=1e-9)
    assert got[32:] == pytest.approx(100.0)


def test_columns_with_gaps_of_their_own() -> None:
    time_s = np.arange(90) / 30
    block = RNG.normal(0, 1, (90, 3))
    block[10:20, 1] = np.nan
    block[50, 2] = np.nan
    got = smooth(time_s, block, cutoff_hz=4.0)
    for column in range(3):
        alone = smooth(time_s, block[:, column], cutoff_hz=4.0)
        np.testing.assert_allclose(got[:, column], alone, equal_nan=True)


def test_runs_too_short_to_filter_stay_as_they_are() -> None:
    series = np.full(20, np.nan)
    series[3 : 3 + MIN_SAMPLES - 1] = [1.0, 5.0, 2.0, 7.0]
    np.testing.assert_array_equal(smooth(np.arange(20) / 30, series, cutoff_hz=1.0), series)


@pytest.mark.parametrize("cutoff_hz,n", [(0.0, 10), (-1.0, 10), (5.0, 9)])
def test_wrong_arguments_are_our_bug(cutoff_hz: float, n: int) -> None:
    with pytest.raises(ShapeError, match="positive cut-off"):
        smooth(np.arange(10.0), np.zeros(n), cutoff_hz=cutoff_hz)


def test_a_spike_is_replaced_by_its_neighbours() -> None:
    series = np.sin(np.arange(60) / 10)
    spiked = series.copy()
    spiked[[20, 41]] += [5.0, -4.0]
    got = remove_spikes(spiked, half_width=3)
    assert got[[20, 41]] == pytest.approx(series[[20, 41]], abs=0.15)
    others = np.setdiff1d(np.arange(60), [20, 41])
    assert got[others] == pytest.approx(series[others], abs=0.02)


def test_steady_movement_and_turning_points_are_no_spikes() -> None:
    """A quick swing sampled at 30 frames a second must keep its extremes."""
    time_s = np.arange(90) / 30
    swing = 50 * np.cos(2 * np.pi * time_s)
    assert remove_spikes(swing, half_width=3) == pytest.approx(swing, abs=1.5)


def test_two_wrong_frames_running_are_removed_too() -> None:
    series = np.linspace(0, 10, 40)
    spiked = series.copy()
    spiked[20:22] += 30
    assert remove_spikes(spiked, half_width=3) == pytest.approx(series, abs=1.0)


def test_missing_samples_stay_missing_and_short_series_stay_as_they_are() -> None:
    series = np.array([0.0, np.nan, 0.0, 9.0])
    np.testing.assert_array_equal(remove_spikes(series, half_width=2), series)
    longer = np.concatenate([np.zeros(10), [np.nan], np.zeros(10)])
    np.testing.assert_array_equal(remove_spikes(longer, half_width=3), longer)
