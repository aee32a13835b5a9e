"""A PoseTrack refuses what does not fit together and cannot be changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.errors import ShapeError
from hingewise.pose.track import PoseTrack, TrackNotes
from tests.builders import Trouble, make_lifter
from tests.builders_sets import hinge


@pytest.fixture(scope="module")
def track() -> PoseTrack:
    return make_lifter(hinge(1), trouble=Trouble(gaps_s=((1.0, 2.0),)))


def test_frames_without_a_lifter_are_told(track: PoseTrack) -> None:
    gap = (track.time_s >= 1.0) & (track.time_s < 2.0)
    np.testing.assert_array_equal(track.observed, ~gap)
    assert track.n_frames == track.time_s.size


def test_keypoints_are_found_by_name(track: PoseTrack) -> None:
    hip = track.keypoint("left_hip")
    np.testing.assert_array_equal(hip, track.position_px[:, 23])
    assert hip.dtype == np.float64
    assert track.has("left_hip")
    assert not track.has("tail")


def test_arrays_cannot_be_changed(track: PoseTrack) -> None:
    for name in ("time_s", "position_px", "confidence", "world_m", "silhouette_px"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(track, name)[0] = 0


def test_every_wrong_shape_is_named_at_once(track: PoseTrack) -> None:
    assert track.silhouette_px is not None
    with pytest.raises(ShapeError) as caught:
        replace(
            track,
            confidence=track.confidence[:-1],
            world_m=track.position_px,
            silhouette_px=track.silhouette_px[:, :1],
        )
    for name in ("confidence", "world_m", "silhouette_px"):
        assert f"{name}: expected" in str(caught.value)
    assert "position_px" not in str(caught.value)


@pytest.mark.parametrize("change_s", [0.0, -0.5])
def test_time_must_increase(track: PoseTrack, change_s: float) -> None:
    time_s = track.time_s.copy()
    time_s[5] = time_s[4] + change_s
    with pytest.raises(ShapeError, match="increasing"):
        replace(track, time_s=time_s)


def test_a_film_notices_nothing_unless_told() -> None:
    assert TrackNotes() == TrackNotes(n_people=1, cut_s=(), camera_travel=0.0, n_frames_lost=0)
