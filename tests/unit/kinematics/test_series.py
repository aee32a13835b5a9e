"""Kinematics refuses series of other lengths and cannot be changed."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.errors import ShapeError
from hingewise.kinematics.series import Kinematics, StandingZero
from hingewise.pose.roll import Vertical
from hingewise.units import BoolArray, FloatArray

NO_ZERO = StandingZero(start_s=float("nan"), end_s=float("nan"), angle_deg={})


def make(angle: FloatArray, rate: FloatArray, sd: FloatArray, filled: BoolArray) -> Kinematics:
    return Kinematics(
        time_s=np.arange(3.0),
        angle_deg={"knee_flexion": angle},
        rate_deg_s={"knee_flexion": rate},
        sd_deg={"knee_flexion": sd},
        filled=filled,
        standing=NO_ZERO,
        upright=filled,
        vertical=Vertical(tilt_deg=0.0, sd_deg=4.0, found=False),
        cutoff_hz=5.0,
    )


@pytest.mark.parametrize("wrong", [0, 1, 2, 3])
def test_every_series_has_one_value_for_each_time(wrong: int) -> None:
    angle, rate, sd, filled = (np.zeros(4 if i == wrong else 3) for i in range(4))
    with pytest.raises(ShapeError, match="series of 3 samples"):
        make(angle, rate, sd, filled > 0.0)


def test_values_cannot_be_changed() -> None:
    kinematics = make(np.zeros(3), np.zeros(3), np.ones(3), np.zeros(3, dtype=np.bool_))
    tables = (kinematics.angle_deg, kinematics.rate_deg_s, kinematics.sd_deg)
    in_tables = [table["knee_flexion"] for table in tables]
    for series in (*in_tables, kinematics.time_s, kinematics.filled):
        with pytest.raises(ValueError, match="read-only"):
            series[0] = 1


def test_no_zero_is_told() -> None:
    assert not NO_ZERO.found


def test_a_zero_is_found_even_where_no_joint_was_seen_in_it() -> None:
    assert StandingZero(start_s=0.0, end_s=1.0, angle_deg={}).found
