"""Tables of other movement tools come back right way up, and ours are read by them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from hingewise.capture.file import (
    load_pose_track,
    save_trc,
)
from hingewise.errors import PoseFormatError, ShapeError
from hingewise.pose.exchange import PIXELS_PER_M, format_csv, format_mot, format_trc, parse_trc
from hingewise.pose.markers import (
    READ_KEYPOINTS,
    keypoint_name,
)
from hingewise.pose.skeletons import (
    BLAZEPOSE_KEYPOINTS,
    OPENPOSE_BODY25_KEYPOINTS,
)
from tests.builders_tracks import (
    CAMEL,
    STANDING,
    make_track,
    make_trc,
    standing_points,
    write_openpose,
)


@pytest.mark.parametrize("unit", ["m", "cm", "mm"])
@pytest.mark.parametrize("yaw_deg", [0.0, 37.0, 90.0, 180.0])
def test_metric_markers_are_seen_from_the_side_at_the_stated_scale(
    unit: str, yaw_deg: float
) -> None:
    found = parse_trc(make_trc(unit, yaw_deg=yaw_deg), "set.trc")
    track = found.track
    trunk = (track.keypoint("right_shoulder") - track.keypoint("right_hip"))[0]
    foot = (track.keypoint("right_foot_index") - track.keypoint("right_heel"))[0]
    np.testing.assert_allclose(trunk, [0, -0.5 * PIXELS_PER_M], atol=0.05)
    np.testing.assert_allclose(foot, [0.24 * PIXELS_PER_M, 0], atol=0.05)
    np.testing.assert_allclose(track.time_s, np.arange(4) / 100, atol=1e-9)
    assert any(f"{PIXELS_PER_M:g} px stand for one metre" in remark for remark in found.remarks)


def test_three_dimensional_markers_keep_their_depth() -> None:
    track = parse_trc(make_trc(yaw_deg=30), "set.trc").track
    assert track.world_m is not None
    right = track.world_m[0, READ_KEYPOINTS.index("right_knee")]
    left = track.world_m[0, READ_KEYPOINTS.index("left_knee")]
    np.testing.assert_allclose(right, [0.03, 0.45, -0.15], atol=1e-4)
    np.testing.assert_allclose(left, [0.03, 0.45, 0.15], atol=1e-4)


@pytest.mark.parametrize("y_up", [True, False])
def test_pixel_markers_come_out_with_the_head_up(y_up: bool) -> None:
    track = parse_trc(make_trc("px", y_up=y_up, planar=True), "set.trc").track
    trunk = (track.keypoint("right_shoulder") - track.keypoint("right_hip"))[0]
    np.testing.assert_allclose(trunk, [0, -150], atol=0.01)
    assert track.world_m is None
    x = track.keypoint("left_heel")[:, 0]
    np.testing.assert_allclose(x, 300 * (-0.06 + 0.01 * np.arange(4)), atol=0.01)


def test_an_empty_cell_is_not_seen() -> None:
    lines = make_trc(planar=True).splitlines()
    cells = lines[7].split("\t")
    column = 2 + 3 * [f"{s}_{m}" for s in ("left", "right") for m in STANDING].index("left_knee")
    cells[column : column + 3] = ["", "", ""]
    lines[7] = "\t".join(cells)
    track = parse_trc("\n".join(lines), "set.trc").track
    assert np.isnan(track.keypoint("left_knee")).all(axis=1).tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    "marker, expected",
    [
        ("RHip", "right_hip"),
        ("LBigToe", "left_foot_index"),
        ("r_knee_study", "right_knee"),
        ("L_ankle_study", "left_ankle"),
        ("LHJC_study", "left_hip"),
        ("r_shoulder_study", "right_shoulder"),
        ("left_foot_index", "left_foot_index"),
        ("RWrist", "right_wrist"),
        ("Nose", "nose"),
        ("Hip", None),
        ("r_mknee_study", None),
        ("RSmallToe", None),
        ("", None),
    ],
)
def test_marker_names_of_other_programs(marker: str, expected: str | None) -> None:
    assert keypoint_name(marker) == expected


def test_missing_markers_are_named() -> None:
    names = {f"right_{m}": f"R{CAMEL[m]}" for m in ("shoulder", "hip", "ankle")}
    with pytest.raises(PoseFormatError, match="no marker for right_knee among RShoulder"):
        parse_trc(make_trc(names=names), "set.trc")


def test_one_side_is_enough() -> None:
    names = {f"right_{m}": f"R{CAMEL[m]}" for m in ("shoulder", "hip", "knee", "ankle")}
    track = parse_trc(make_trc(names=names, planar=True), "set.trc").track
    assert np.isfinite(track.keypoint("right_knee")).all()
    assert np.isnan(track.keypoint("left_knee")).all()


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("PathFileType", "FileType", "does not start with PathFileType"),
        ("\tm\t", "\tinch\t", "expected one of m, cm, mm, px, got 'inch'"),
        ("2.0100", "1.9", "do not increase"),
        ("2.0100", "soon", "line 8: could not convert"),
    ],
)
def test_damaged_trc_files_are_told(old: str, new: str, said: str) -> None:
    with pytest.raises(PoseFormatError, match=said) as caught:
        parse_trc(make_trc().replace(old, new, 1), "set.trc")
    assert "\n" not in caught.value.one_line()


def test_a_trc_of_ours_comes_back(tmp_path: Path) -> None:
    frames = {n: [standing_points(OPENPOSE_BODY25_KEYPOINTS, 300 + n)] for n in range(9)}
    frames[4][0][:, 2] = 0
    track = load_pose_track(write_openpose(tmp_path / "json", frames), rate_hz=30).track
    save_trc(tmp_path / "set.trc", track)
    found = load_pose_track(tmp_path / "set.trc").track
    offset = found.keypoint("left_hip")[0] - track.keypoint("left_hip")[0]
    assert offset[0] == pytest.approx(0, abs=0.01)
    for name in ("left_hip", "right_ankle", "left_foot_index"):
        np.testing.assert_allclose(found.keypoint(name), track.keypoint(name) + offset, atol=0.02)
    np.testing.assert_allclose(found.time_s, track.time_s - track.time_s[0], atol=2e-6)
    assert not found.observed[4]


def test_a_trc_in_metres_is_scaled_with_y_up() -> None:
    track = make_track(3)
    cells = format_trc(track, "set.trc", m_per_px=0.002).splitlines()[6].split("\t")
    column = 2 + 3 * BLAZEPOSE_KEYPOINTS.index("left_hip")
    x, y = track.keypoint("left_hip")[0]
    assert float(cells[column]) == pytest.approx(0.002 * x, rel=1e-5)
    assert float(cells[column + 1]) == pytest.approx(0.002 * (1920 - y), rel=1e-5)


def test_a_motion_file_has_the_header_that_opensim_reads() -> None:
    series = {"knee_flexion": np.array([1.0, 2.5]), "hip": np.array([np.nan, -3.0])}
    lines = format_mot("set", np.array([0.0, 0.5]), series).splitlines()
    assert lines[1:5] == ["version=1", "nRows=2", "nColumns=3", "inDegrees=yes"]
    assert lines[lines.index("endheader") + 1].split("\t") == ["time", "knee_flexion", "hip"]
    assert lines[-2].split("\t") == ["0.000000", "1.000000", "nan"]


def test_a_csv_is_empty_where_nothing_was_observed() -> None:
    text = format_csv(np.array([0.0, 0.5]), {"knee_deg": np.array([np.nan, 2.25])})
    assert text == "time_s,knee_deg\n0.0,\n0.5,2.25\n"


def test_series_of_another_length_are_our_bug() -> None:
    for write in (format_csv, partial(format_mot, "set")):
        with pytest.raises(ShapeError, match="knee_deg"):
            write(np.zeros(2), {"knee_deg": np.zeros(3)})
