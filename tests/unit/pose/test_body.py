"""Lengths of the body in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.pose.body import body_length_px, middle_px, segment_lengths, typical_lengths
from tests.builders import BODY_M, Camera, Trouble, make_lifter
from tests.builders_sets import hinge, quiet


def test_the_body_is_trunk_thigh_and_shank() -> None:
    track = make_lifter(quiet(), Camera(px_per_m=200.0))
    assert body_length_px(track) == pytest.approx(200.0 * BODY_M, rel=1e-4)


@pytest.mark.parametrize("yaw_deg", [0.0, 45.0, 90.0])
def test_bending_and_turning_do_not_shorten_it(yaw_deg: float) -> None:
    track = make_lifter(hinge(2), Camera(yaw_deg=yaw_deg, px_per_m=200.0))
    assert body_length_px(track) == pytest.approx(200.0 * BODY_M, rel=0.02)


def test_the_middle_is_that_of_both_sides_or_of_the_one_seen() -> None:
    track = make_lifter(quiet(1.0), Camera(yaw_deg=90.0))
    left, right = track.keypoint("left_knee"), track.keypoint("right_knee")
    assert middle_px(track, "knee") == pytest.approx((left + right) / 2)
    position = track.position_px.copy()
    position[3, track.keypoints.index("right_knee")] = np.nan
    position[4] = np.nan
    object.__setattr__(track, "position_px", position)
    middle = middle_px(track, "knee")
    assert middle[3] == pytest.approx(left[3])
    assert np.isnan(middle[4]).all()


def test_lengths_are_those_between_neighbours() -> None:
    points = [np.array([[0.0, 0.0]]), np.array([[3.0, 4.0]]), np.array([[3.0, 14.0]])]
    assert segment_lengths(points) == pytest.approx(np.array([[5.0, 10.0]]))


def test_typical_is_what_nine_of_ten_frames_do_not_exceed() -> None:
    series = np.column_stack([np.arange(101.0), np.full(101, np.nan)])
    series[0, 0] = np.nan
    typical = typical_lengths(series)
    assert typical[0] == pytest.approx(90.1)
    assert np.isnan(typical[1])


def test_a_lifter_never_seen_has_no_length() -> None:
    track = make_lifter(quiet(1.0), trouble=Trouble(gaps_s=((0.0, 9.0),)))
    assert np.isnan(body_length_px(track))
