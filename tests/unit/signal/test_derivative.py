"""Rates are those of the true times and never cross a gap."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.signal.derivative import differentiate


def test_parabola_on_uneven_times_is_exact_up_to_the_ends() -> None:
    time_s = np.array([0.0, 0.1, 0.15, 0.4, 0.45, 0.9])
    assert differentiate(time_s, 3 * time_s**2 - time_s) == pytest.approx(6 * time_s - 1)


def test_runs_are_differentiated_alone() -> None:
    time_s = np.arange(9.0)
    series = np.array([0.0, 1, 2, np.nan, 100, 102, 104, np.nan, 5])
    rate = differentiate(time_s, series)
    assert rate[:3] == pytest.approx(1.0)
    assert rate[4:7] == pytest.approx(2.0)
    assert np.isnan(rate[[3, 7, 8]]).all()
