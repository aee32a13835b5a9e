"""A calibration holds what was measured of an estimator, and of others only what holds for all."""

from __future__ import annotations

import pytest

from hingewise.kinematics.calibration import Calibration, load_calibration
from hingewise.kinematics.conventions import REPORTED
from hingewise.kinematics.joint_centres import load_offsets
from hingewise.kinematics.leaning import load_leaning_rule
from hingewise.kinematics.spread import load_spreads

MEASURED = set(REPORTED) - {"lumbar_flexion"}


def test_of_the_network_that_was_measured_all_is_known() -> None:
    calibration = load_calibration("blazepose-full")
    assert calibration.offsets == load_offsets("blazepose-full") != {}
    assert set(calibration.spreads) == MEASURED
    assert calibration.spreads == load_spreads("blazepose-full")
    assert calibration.leaning is load_leaning_rule("blazepose-full")
    assert calibration.leaning is not None


@pytest.mark.parametrize("estimator", ["openpose", "exact", ""])
def test_of_another_network_only_general_spreads_are_known(estimator: str) -> None:
    calibration = load_calibration(estimator)
    assert calibration.offsets == {}
    assert calibration.leaning is None
    assert set(calibration.spreads) == MEASURED
    assert calibration.spreads == load_spreads("any")
    assert calibration.spreads != load_spreads("blazepose-full")


def test_a_calibration_needs_no_network() -> None:
    spreads = load_spreads("exact")
    assert Calibration(offsets={}, spreads=spreads).leaning is None
