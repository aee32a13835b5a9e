"""The spread of an angle: its parts add as squares, and each grows with what it stands for."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.kinematics.conventions import JOINTS, REPORTED, SEGMENTS, Joint
from hingewise.kinematics.spread import (
    LEG,
    NO_ZERO_FACTOR,
    Spread,
    compute_sd,
    leg_doubt,
    load_spreads,
)
from hingewise.pose.roll import Vertical
from hingewise.units import FloatArray

LEVEL = Vertical(tilt_deg=0.0, sd_deg=2.0, found=True)
DOUBTFUL = Vertical(tilt_deg=0.0, sd_deg=4.0, found=False)
SPREAD = Spread(base_deg=3.0, by_flexion_deg=4.0, by_yaw_deg=12.0)
HIP_DEG = np.array([0.0, 45.0, 90.0])
BY_TABLE = set(REPORTED) - {"lumbar_flexion"}
"""The back's own rule tells how sure it is."""


def sd_of(
    name: str = "knee_flexion",
    hip_deg: FloatArray = HIP_DEG,
    *,
    spread: Spread = SPREAD,
    yaw_deg: float = 0.0,
    vertical: Vertical = LEVEL,
    standing_found: bool = True,
) -> FloatArray:
    return compute_sd(
        {name: spread},
        hip_deg,
        yaw_deg=yaw_deg,
        vertical=vertical,
        standing_found=standing_found,
    )[name]


def test_the_parts_add_as_squares() -> None:
    """3, 4 and 12 make 13: a right angle at the hips, seen at 45 degrees."""
    assert sd_of(yaw_deg=45.0)[2] == pytest.approx(13.0)
    assert sd_of(yaw_deg=45.0)[0] == pytest.approx(np.hypot(3.0, 12.0))
    assert sd_of()[2] == pytest.approx(5.0)
    assert sd_of()[0] == pytest.approx(3.0)


def test_it_grows_with_the_bend_of_the_hips_in_proportion_and_either_way() -> None:
    part = np.sqrt(sd_of() ** 2 - 9.0)
    assert part == pytest.approx([0.0, 2.0, 4.0])
    assert sd_of(hip_deg=-HIP_DEG) == pytest.approx(sd_of())
    assert sd_of(hip_deg=np.array([135.0]))[0] == pytest.approx(np.hypot(3.0, 6.0))


@pytest.mark.parametrize(
    "yaw_deg,part_deg", [(0.0, 0.0), (15.0, 12 / 9), (22.5, 3.0), (45.0, 12.0), (90.0, 48.0)]
)
def test_it_grows_with_the_square_of_the_yaw(yaw_deg: float, part_deg: float) -> None:
    assert sd_of(yaw_deg=yaw_deg)[0] == pytest.approx(np.hypot(3.0, part_deg))


@pytest.mark.parametrize("doubt", [0.0, 0.5, 2.0])
def test_it_grows_with_the_doubt_in_the_legs(doubt: float) -> None:
    spread = Spread(base_deg=3.0, by_flexion_deg=0.0, by_yaw_deg=0.0, by_doubt_deg=8.0)
    sd = compute_sd(
        {"knee_flexion": spread},
        HIP_DEG,
        yaw_deg=0.0,
        vertical=LEVEL,
        standing_found=True,
        doubt=doubt,
    )
    assert sd["knee_flexion"] == pytest.approx(np.hypot(3.0, 8.0 * doubt))


def test_legs_are_in_doubt_by_the_least_sure_of_their_points_where_somebody_is_seen() -> None:
    confidence = np.full((6, 4), 0.95, np.float32)
    assert leg_doubt(confidence, LEG) == 0.0
    confidence[:, 2] = 0.8
    assert leg_doubt(confidence, LEG) == pytest.approx(1.0, abs=1e-5)
    confidence[3:] = 0.0
    assert leg_doubt(confidence, LEG) == pytest.approx(1.0, abs=1e-5)
    assert leg_doubt(np.zeros((6, 4), np.float32), LEG) == 0.0


def test_an_unknown_yaw_counts_as_45_degrees() -> None:
    assert sd_of(yaw_deg=float("nan")) == pytest.approx(sd_of(yaw_deg=45.0))


def test_hips_that_are_not_seen_count_as_a_right_angle_in_their_frames_only() -> None:
    sd = sd_of(hip_deg=np.array([0.0, np.nan, 90.0]))
    assert sd[1] == sd[2]
    assert sd[0] == pytest.approx(3.0)


@pytest.mark.parametrize("joint", JOINTS, ids=lambda joint: joint.name)
def test_without_standing_joints_that_have_a_zero_are_less_sure(joint: Joint) -> None:
    """Only what is always there widens: the part of the posture has no zero."""
    factor = NO_ZERO_FACTOR if joint.zeroed else 1.0
    got = sd_of(joint.name, standing_found=False)
    assert got == pytest.approx(np.hypot(3.0 * factor, [0.0, 2.0, 4.0]))


@pytest.mark.parametrize("segment", [s.name for s in SEGMENTS])
def test_a_vertical_that_the_film_does_not_tell_makes_segments_less_sure(segment: str) -> None:
    assert sd_of(segment, vertical=DOUBTFUL) == pytest.approx(np.hypot(sd_of(segment), 4.0))
    assert sd_of(segment, vertical=LEVEL) == pytest.approx(np.hypot(3.0, [0.0, 2.0, 4.0]))
    assert sd_of(segment, standing_found=False) == pytest.approx(sd_of(segment))


@pytest.mark.parametrize("name", [joint.name for joint in JOINTS])
def test_no_vertical_changes_nothing_between_segments(name: str) -> None:
    assert sd_of(name, vertical=DOUBTFUL) == pytest.approx(sd_of(name))


@pytest.mark.parametrize("estimator", ["blazepose-full", "exact", ""])
def test_every_reported_angle_has_a_spread(estimator: str) -> None:
    spreads = load_spreads(estimator)
    assert set(spreads) == BY_TABLE
    for spread in spreads.values():
        assert 1.0 <= spread.base_deg <= 15.0
        assert 0.0 <= spread.by_flexion_deg <= 30.0
        assert 0.0 <= spread.by_yaw_deg <= 30.0
        assert 0.0 <= spread.by_doubt_deg <= 20.0


def test_an_estimator_without_a_table_has_that_of_any_view() -> None:
    assert load_spreads("openpose") == load_spreads("exact")
    assert load_spreads("openpose") != load_spreads("blazepose-full")


@pytest.mark.parametrize("estimator", ["blazepose-full", "exact"])
def test_every_angle_has_a_value_in_every_frame(estimator: str) -> None:
    hip = np.array([0.0, np.nan, 100.0, -5.0])
    sd = compute_sd(
        load_spreads(estimator),
        hip,
        yaw_deg=float("nan"),
        vertical=DOUBTFUL,
        standing_found=False,
    )
    assert set(sd) == BY_TABLE
    for series in sd.values():
        assert series.shape == hip.shape
        assert (np.isfinite(series) & (series > 0.0)).all()
