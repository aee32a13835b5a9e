"""Metres per pixel from the body's own length."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.pose.body import CHAIN, middle_px, segment_lengths
from hingewise.pose.scale import estimate_scale
from hingewise.pose.track import PoseTrack
from hingewise.units import FloatArray
from tests.builders import BODY_M, STATURE_M, Camera, make_lifter
from tests.builders_sets import hinge


def lengths(track: PoseTrack) -> FloatArray:
    return segment_lengths([middle_px(track, name) for name in CHAIN])


@pytest.mark.parametrize("px_per_m", [40.0, 250.0, 900.0])
def test_a_given_stature_gives_the_scale(px_per_m: float) -> None:
    scale = estimate_scale(lengths(make_lifter(hinge(2), Camera(px_per_m=px_per_m))), STATURE_M)
    assert 1.0 / scale.m_per_px == pytest.approx(px_per_m, rel=0.002)
    assert scale.method == "stature"


@pytest.mark.parametrize("px_per_m", [40.0, 900.0])
def test_the_length_of_the_body_does_not_depend_on_the_picture(px_per_m: float) -> None:
    series = lengths(make_lifter(hinge(2), Camera(px_per_m=px_per_m)))
    assert estimate_scale(series, STATURE_M).body_m == pytest.approx(BODY_M, rel=1e-3)
    assert estimate_scale(series, 2 * STATURE_M).body_m == pytest.approx(2 * BODY_M, rel=1e-3)
    assert estimate_scale(series, None).body_m == estimate_scale(series, 1.70).body_m


def test_without_a_stature_one_is_assumed_and_that_is_told() -> None:
    track_lengths = lengths(make_lifter(hinge(2)))
    assumed, given = estimate_scale(track_lengths, None), estimate_scale(track_lengths, 1.70)
    assert assumed.m_per_px == given.m_per_px
    assert assumed.method == "assumed"
    assert assumed.sd_fraction > given.sd_fraction


def test_single_wrong_frames_do_not_matter() -> None:
    series = lengths(make_lifter(hinge(2)))
    wrong = series.copy()
    wrong[::20] *= 3.0
    assert estimate_scale(wrong, 1.75).m_per_px == pytest.approx(
        estimate_scale(series, 1.75).m_per_px, rel=0.005
    )


def test_a_segment_never_seen_leaves_no_scale() -> None:
    series = lengths(make_lifter(hinge(1)))
    series[:, 2] = np.nan
    assert np.isnan(estimate_scale(series, 1.75).m_per_px)
