"""Somebody followed for a while, and the trail that this leaves."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS, HALPE26_KEYPOINTS
from hingewise.pose.tracklets import TRAIL_EVERY_FRAMES, trace
from tests.made_tracklets import make_tracklet


@pytest.mark.parametrize("keypoints", [BLAZEPOSE_KEYPOINTS, HALPE26_KEYPOINTS])
def test_a_trail_holds_torso_feet_and_the_size_of_trunk_and_leg(
    keypoints: tuple[str, ...],
) -> None:
    trail = trace(make_tracklet(0, 5, 300, seen_by=(keypoints, True)))
    np.testing.assert_allclose(trail.torso_px[0], [300, 420])
    np.testing.assert_allclose(trail.feet_px[0], [300, 740])
    assert trail.size_px[0] == pytest.approx(400)


@pytest.mark.parametrize("depth", [True, False])
@pytest.mark.parametrize("keypoints", [BLAZEPOSE_KEYPOINTS, HALPE26_KEYPOINTS])
def test_the_bend_is_found_with_and_without_depth(depth: bool, keypoints: tuple[str, ...]) -> None:
    trail = trace(make_tracklet(0, 200, 300, bend_deg=60, seen_by=(keypoints, depth)))
    low, high = np.percentile(trail.bend_deg, [5, 95])
    assert high == pytest.approx(180, abs=1)
    assert low == pytest.approx(120, abs=1.5)


@pytest.mark.parametrize("n_frames", [1, 2, 3, 4, 7, 100])
def test_a_trail_has_the_first_and_the_last_frame(n_frames: int) -> None:
    trail = trace(make_tracklet(10, 9 + n_frames, 300))
    assert (trail.first_frame, trail.last_frame) == (10, 9 + n_frames)
    assert trail.n_frames == n_frames
    assert np.all(np.diff(trail.frame) > 0)
    assert np.all(np.diff(trail.frame) <= TRAIL_EVERY_FRAMES)


def test_a_part_of_a_trail_keeps_its_frames() -> None:
    trail = trace(make_tracklet(0, 99, (100, 500)))
    part = trail.cut(10, 20)
    assert (part.first_frame, part.last_frame) == (30, 57)
    np.testing.assert_array_equal(part.torso_px, trail.torso_px[10:20])
