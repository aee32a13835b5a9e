"""OpenPose folders: the right person, the right points, all problems told at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hingewise.capture.file import (
    load_pose_track,
)
from hingewise.errors import OptionError, PoseFormatError
from hingewise.pose.markers import (
    COCO17_KEYPOINTS,
    OPENPOSE_COCO18_KEYPOINTS,
    READ_KEYPOINTS,
)
from hingewise.pose.skeletons import (
    HALPE26_KEYPOINTS,
    OPENPOSE_BODY25_KEYPOINTS,
)
from hingewise.units import FloatArray
from tests.builders_tracks import (
    standing_points,
    write_openpose,
)


@pytest.mark.parametrize(
    "keypoints",
    [COCO17_KEYPOINTS, OPENPOSE_COCO18_KEYPOINTS, OPENPOSE_BODY25_KEYPOINTS, HALPE26_KEYPOINTS],
)
def test_openpose_points_get_their_names(tmp_path: Path, keypoints: tuple[str, ...]) -> None:
    frames = {n: [standing_points(keypoints, 300 + n)] for n in range(10)}
    found = load_pose_track(write_openpose(tmp_path / "json", frames), rate_hz=60)
    assert found.track.keypoints == READ_KEYPOINTS
    np.testing.assert_allclose(found.track.time_s, np.arange(10) / 60)
    for name in ("left_hip", "right_ankle", "left_shoulder"):
        expected = standing_points(keypoints, 305)[keypoints.index(name), :2]
        np.testing.assert_allclose(found.track.keypoint(name)[5], expected, rtol=1e-6)
    assert np.isfinite(found.track.keypoint("left_heel")).all() == ("left_heel" in keypoints)
    assert found.remarks == ()


def test_openpose_without_a_rate_says_what_is_assumed(tmp_path: Path) -> None:
    frames = {n: [standing_points(COCO17_KEYPOINTS, 300)] for n in range(3)}
    found = load_pose_track(write_openpose(tmp_path / "json", frames))
    np.testing.assert_allclose(found.track.time_s, [0, 1 / 30, 2 / 30])
    assert any("30 frames a second are assumed" in remark for remark in found.remarks)


@pytest.mark.parametrize("pattern", ["set_{:012d}_keypoints.json", "set2_{:06d}.json", "{}.json"])
def test_openpose_frames_are_ordered_by_number_and_gaps_are_nan(
    tmp_path: Path, pattern: str
) -> None:
    frames = {n: [standing_points(COCO17_KEYPOINTS, 300 + n)] for n in (8, 9, 10, 12)}
    frames[11] = []
    folder = write_openpose(tmp_path / "json", frames, pattern=pattern)
    track = load_pose_track(folder, rate_hz=30).track
    x = track.keypoint("left_hip")[:, 0] - 300
    np.testing.assert_allclose(x, [8, 9, 10, np.nan, 12])
    np.testing.assert_array_equal(track.observed, [True, True, True, False, True])


def test_openpose_follows_the_person_seen_longest_whatever_the_order(tmp_path: Path) -> None:
    def people(n: int) -> list[FloatArray]:
        lifter = standing_points(OPENPOSE_BODY25_KEYPOINTS, 300 + n)
        passer = standing_points(OPENPOSE_BODY25_KEYPOINTS, 900 - 40 * n)
        if n >= 20:
            return [lifter]
        return [lifter, passer] if n % 2 else [passer, lifter]

    folder = write_openpose(tmp_path / "json", {n: people(n) for n in range(30)})
    found = load_pose_track(folder, rate_hz=30)
    np.testing.assert_allclose(found.track.keypoint("left_hip")[:, 0], 300 + np.arange(30))
    assert any("Several people" in remark for remark in found.remarks)


def test_openpose_points_not_seen_are_nan(tmp_path: Path) -> None:
    points = standing_points(COCO17_KEYPOINTS, 300)
    points[COCO17_KEYPOINTS.index("left_wrist")] = 0
    folder = write_openpose(tmp_path / "json", {0: [points], 1: [points]})
    track = load_pose_track(folder, rate_hz=30).track
    assert np.isnan(track.keypoint("left_wrist")).all()
    assert (track.confidence[:, track.keypoints.index("left_wrist")] == 0).all()


def test_all_problems_of_openpose_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write_openpose(tmp_path / "json", {0: [standing_points(COCO17_KEYPOINTS, 300)]})
    (folder / "set_000001.json").write_text("{")
    (folder / "set_000002.json").write_text('{"people": 3}')
    (folder / "unnumbered.json").write_text('{"people": []}')
    (folder / "set_000003.json").write_text('{"people": [{"pose_keypoints_2d": [1, 2]}]}')
    (folder / "a_000000.json").write_text('{"people": []}')
    with pytest.raises(PoseFormatError) as caught:
        load_pose_track(folder, rate_hz=30)
    line = caught.value.one_line()
    for name in ("set_000001.json", "set_000002.json", "set_000003.json", "unnumbered.json"):
        assert name in line
    assert "twice" in line
    assert "\n" not in line


def test_openpose_files_that_show_nobody_say_so(tmp_path: Path) -> None:
    unseen = np.zeros((17, 3))
    folder = write_openpose(tmp_path / "json", {0: [unseen], 1: [unseen], 2: []})
    with pytest.raises(PoseFormatError, match="nobody is seen in any of its 3 frames"):
        load_pose_track(folder, rate_hz=30)


def test_openpose_with_another_number_of_points_says_which_are_known(tmp_path: Path) -> None:
    points = np.linspace(1, 45, 45).reshape(15, 3)
    folder = write_openpose(tmp_path / "json", {0: [points], 1: [points]})
    with pytest.raises(PoseFormatError, match="17, 18, 25, 26 keypoints, got 15"):
        load_pose_track(folder, rate_hz=30)


@pytest.mark.parametrize("rate_hz", [0.0, -3.0, float("nan"), 1e9])
def test_a_rate_that_is_none_is_refused(tmp_path: Path, rate_hz: float) -> None:
    with pytest.raises(OptionError, match="frames a second"):
        load_pose_track(tmp_path, rate_hz=rate_hz)
