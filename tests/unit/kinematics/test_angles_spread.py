"""The stated spread follows the film: its standing, its camera, the posture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.conventions import JOINTS, REPORTED, SEGMENTS
from hingewise.kinematics.spread import NO_ZERO_FACTOR, Spread
from hingewise.pose.roll import load_roll_prior
from tests.builders import NO_TROUBLE, SIDE_VIEW, Camera, Script, Trouble, make_lifter
from tests.builders_kinematics import measure_kinematics
from tests.builders_sets import cable_visit, hinge, squat

PRIOR = load_roll_prior()
SEGMENT_ANGLES = tuple(s.name for s in SEGMENTS if s.name in REPORTED)
SPREADS = {
    name: Spread(base_deg=4.0 + row, by_flexion_deg=0.0, by_yaw_deg=9.5)
    for row, name in enumerate(REPORTED)
    if name != "lumbar_flexion"
}


def test_without_standing_every_angle_is_less_sure() -> None:
    """Joints lack their zero; segments, the vertical: how level cameras stand is all one knows."""
    with_zero = measure_kinematics(make_lifter(hinge(2)), spreads=SPREADS).sd_deg
    motion = hinge(2).at(np.arange(3.2, 8.5, 1 / 30))
    without = measure_kinematics(make_lifter(motion), spreads=SPREADS).sd_deg
    for joint in JOINTS:
        factor = NO_ZERO_FACTOR if joint.zeroed else 1.0
        base_deg = SPREADS[joint.name].base_deg
        assert with_zero[joint.name] == pytest.approx(base_deg, rel=1e-3)
        assert without[joint.name] == pytest.approx(factor * base_deg, rel=1e-3)
    for name in SEGMENT_ANGLES:
        base_deg = SPREADS[name].base_deg
        assert with_zero[name] == pytest.approx(base_deg, rel=1e-3)
        assert without[name] == pytest.approx(np.hypot(base_deg, PRIOR.level_sd_deg), rel=1e-3)


@pytest.mark.parametrize("yaw_deg,extra_deg", [(0.0, 0.0), (15.0, 1.06), (30.0, 4.2)])
def test_oblique_views_are_less_sure(yaw_deg: float, extra_deg: float) -> None:
    """The spread covers the error of an oblique view (BIOMECHANICS 1b)."""
    track = make_lifter(hinge(2), Camera(yaw_deg=yaw_deg))
    sd = measure_kinematics(track, spreads=SPREADS).sd_deg
    for name, spread in SPREADS.items():
        assert sd[name] == pytest.approx(np.hypot(spread.base_deg, extra_deg), rel=0.02)


def test_bent_hips_are_less_sure() -> None:
    """The posture of every frame counts: that of the measured hip, not that of the film."""
    spreads = {name: replace(spread, by_flexion_deg=8.0) for name, spread in SPREADS.items()}
    kinematics = measure_kinematics(make_lifter(hinge(2)), spreads=spreads)
    share = np.abs(kinematics.angle_deg["trunk_thigh_flexion"]) / 90.0
    assert share.max() > 0.9
    for name, spread in SPREADS.items():
        expected = np.hypot(spread.base_deg, 8.0 * share)
        assert kinematics.sd_deg[name] == pytest.approx(expected, rel=0.001)


@pytest.mark.parametrize(
    "script", [hinge(3), squat(3), cable_visit(3)], ids=["hinge", "squat", "cable"]
)
def test_noise_stays_within_the_stated_spread(script: Script) -> None:
    """Two pixels on a body of 350: the filtered hip stays within a third of its stated sd."""
    exact = measure_kinematics(make_lifter(script, SIDE_VIEW, NO_TROUBLE)).angle_deg[
        "trunk_thigh_flexion"
    ]
    noisy = measure_kinematics(make_lifter(script, trouble=Trouble(noise_px=2.0)))
    error = noisy.angle_deg["trunk_thigh_flexion"] - exact
    assert np.sqrt(np.nanmean(error**2)) < noisy.sd_deg["trunk_thigh_flexion"].min() / 3
