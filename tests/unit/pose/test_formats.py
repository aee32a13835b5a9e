"""Track files: ours comes back bit for bit, those of other programs come back right way up."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from hingewise.capture.file import (
    is_pose_track,
    load_pose_track,
    open_pose_track_writer,
    save_pose_track,
    save_trc,
)
from hingewise.errors import OptionError, OutputError, PoseFormatError, ShapeError
from hingewise.pose.exchange import PIXELS_PER_M, format_csv, format_mot, format_trc, parse_trc
from hingewise.pose.formats import slice_track
from hingewise.pose.markers import (
    COCO17_KEYPOINTS,
    OPENPOSE_COCO18_KEYPOINTS,
    READ_KEYPOINTS,
    keypoint_name,
)
from hingewise.pose.skeletons import (
    BLAZEPOSE_KEYPOINTS,
    HALPE26_KEYPOINTS,
    OPENPOSE_BODY25_KEYPOINTS,
)
from hingewise.pose.track import EstimatorInfo, PoseTrack, TrackNotes
from hingewise.units import FloatArray

ESTIMATOR = EstimatorInfo(name="test", version="2", model_sha256="ab" * 32)
NOTES = TrackNotes(n_people=2, cut_s=(1.25, 3.1), camera_travel=0.125, n_frames_lost=4)

STANDING = {
    "ear": (0.05, 1.65),
    "shoulder": (0.0, 1.45),
    "elbow": (0.02, 1.15),
    "wrist": (0.05, 0.9),
    "hip": (0.0, 0.95),
    "knee": (0.03, 0.5),
    "ankle": (0.0, 0.08),
    "heel": (-0.06, 0.02),
    "foot_index": (0.18, 0.02),
}
"""A lifter who faces right: forward and up. [m]"""


def make_track(n_frames: int = 50, *, world: bool = True, silhouette: bool = True) -> PoseTrack:
    rng = np.random.default_rng(11)
    k = len(BLAZEPOSE_KEYPOINTS)
    position = rng.normal(500, 200, (n_frames, k, 2)).astype(np.float32)
    position[rng.random((n_frames, k)) < 0.1] = np.nan
    return PoseTrack(
        time_s=np.cumsum(rng.uniform(0.01, 0.05, n_frames)),
        position_px=position,
        confidence=rng.random((n_frames, k)).astype(np.float32),
        keypoints=BLAZEPOSE_KEYPOINTS,
        image_size_px=(1080, 1920),
        estimator=ESTIMATOR,
        world_m=rng.normal(size=(n_frames, k, 3)).astype(np.float32) if world else None,
        silhouette_px=_outline(rng, n_frames) if silhouette else None,
        notes=NOTES,
    )


def _outline(rng: np.random.Generator, n_frames: int) -> np.ndarray:
    outline = rng.normal(size=(n_frames, 2, 25, 2)).astype(np.float32)
    outline[:, :, 3:5] = np.nan
    return outline


def assert_same(found: PoseTrack, expected: PoseTrack) -> None:
    for name in ("time_s", "position_px", "confidence", "world_m", "silhouette_px"):
        mine, its = getattr(found, name), getattr(expected, name)
        if its is None:
            assert mine is None
            continue
        assert mine.dtype == its.dtype
        assert mine.shape == its.shape
        assert mine.tobytes() == its.tobytes(), name
    for name in ("keypoints", "image_size_px", "estimator", "notes"):
        assert getattr(found, name) == getattr(expected, name)


@pytest.mark.parametrize("world", [True, False])
@pytest.mark.parametrize("silhouette", [True, False])
def test_a_track_comes_back_bit_for_bit(tmp_path: Path, world: bool, silhouette: bool) -> None:
    track = make_track(world=world, silhouette=silhouette)
    save_pose_track(tmp_path / "pose.parquet", track)
    found = load_pose_track(tmp_path / "pose.parquet")
    assert_same(found.track, track)
    assert found.remarks == ()


@pytest.mark.parametrize("n_frames", [0, 1, 4096, 4097, 9000])
def test_tracks_of_any_length_come_back(tmp_path: Path, n_frames: int) -> None:
    track = make_track(n_frames)
    save_pose_track(tmp_path / "pose.parquet", track)
    assert_same(load_pose_track(tmp_path / "pose.parquet").track, track)


def test_blocks_make_the_same_track_as_the_whole(tmp_path: Path) -> None:
    track = make_track(100)
    parts = ((0, 7), (7, 8), (8, 60), (60, 100))
    write_blocks(tmp_path / "pose.parquet", *(slice_track(track, *part) for part in parts))
    assert_same(load_pose_track(tmp_path / "pose.parquet").track, track)


def test_the_columns_are_plain_for_other_programs(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    track = make_track(10)
    assert track.silhouette_px is not None
    save_pose_track(tmp_path / "pose.parquet", track)
    table = pq.read_table(tmp_path / "pose.parquet")
    assert table.num_rows == 10
    assert table["left_hip_y_px"].to_numpy() == pytest.approx(
        track.keypoint("left_hip")[:, 1], nan_ok=True
    )
    outline = table["silhouette_2_x_px"].combine_chunks().flatten().to_numpy().reshape(10, 25)
    assert outline[3] == pytest.approx(track.silhouette_px[3, 1, :, 0], nan_ok=True)
    assert {"time_s", "left_hip_confidence", "left_hip_world_z_m"} <= set(table.column_names)


def write_blocks(path: Path, *blocks: PoseTrack, error: BaseException | None = None) -> None:
    with open_pose_track_writer(path) as writer:
        for block in blocks:
            writer.write(block)
        if error is not None:
            raise error


def test_a_block_out_of_order_or_of_another_film_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pose.parquet"
    track, other = make_track(20), make_track(20, world=False)
    with pytest.raises(ShapeError, match="time_s"):
        write_blocks(path, slice_track(track, 10, 20), slice_track(track, 0, 10))
    with pytest.raises(ShapeError, match="has_world"):
        write_blocks(path, slice_track(track, 0, 10), slice_track(other, 10, 20))
    assert list(tmp_path.iterdir()) == []


def test_an_error_half_way_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "pose.parquet"
    save_pose_track(path, make_track(5))
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        write_blocks(path, make_track(10), error=KeyboardInterrupt())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="expected a place to write"):
        save_pose_track(tmp_path / "nowhere" / "pose.parquet", make_track(5))


def _rewrite(path: Path, change: dict[str, object]) -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    header = {**json.loads(table.schema.metadata[b"hingewise"]), **change}
    pq.write_table(table.replace_schema_metadata({b"hingewise": json.dumps(header)}), path)


@pytest.mark.parametrize(
    "change, said",
    [
        ({"format": "other"}, "format is not"),
        ({"version": 99}, "version is 99"),
        ({"keypoints": ["a", "a"]}, "different names"),
        ({"keypoints": ["unheard_of"]}, "column unheard_of_x_px is missing"),
        ({"image_size_px": [0, 5]}, "image_size_px"),
        ({"image_size_px": None}, "image_size_px"),
        ({"n_contour_points": -1}, "n_contour_points"),
        ({"n_contour_points": 24}, "silhouette_1_x_px: expected"),
        ({"has_world": 1}, "has_world"),
        ({"estimator": {}}, "estimator"),
        ({"notes": {"n_people": 1, "cut_s": 3, "camera_travel": 0, "n_frames_lost": 0}}, "cut_s"),
    ],
)
def test_damaged_metadata_is_told_in_one_line(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    path = tmp_path / "pose.parquet"
    save_pose_track(path, make_track(5))
    _rewrite(path, change)
    with pytest.raises(PoseFormatError, match=said) as caught:
        load_pose_track(path)
    assert "\n" not in caught.value.one_line()
    assert caught.value.hint


def test_rows_out_of_order_are_told(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    path = tmp_path / "pose.parquet"
    save_pose_track(path, make_track(5))
    table = pq.read_table(path)
    pq.write_table(table.take([0, 2, 1, 3, 4]), path)
    with pytest.raises(PoseFormatError, match="does not increase"):
        load_pose_track(path)


def test_a_parquet_file_of_somebody_else_is_told(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"a": [1, 2]}), tmp_path / "a.parquet")
    with pytest.raises(PoseFormatError, match="no hingewise metadata"):
        load_pose_track(tmp_path / "a.parquet")


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("empty.trc", b"", "an empty file"),
        ("film.mp4", b"\0\0\0\x18ftypmp42", "begins with"),
        ("cut.parquet", b"PAR1" + b"\0" * 100, "cannot be read"),
    ],
)
def test_other_files_are_told(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PoseFormatError, match=said) as caught:
        load_pose_track(tmp_path / name)
    assert "\n" not in caught.value.one_line()


def test_nothing_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(PoseFormatError, match="found nothing there"):
        load_pose_track(tmp_path / "nothing")
    with pytest.raises(PoseFormatError, match=r"without \.json files"):
        load_pose_track(tmp_path)
    assert not is_pose_track(tmp_path)
    assert is_pose_track(tmp_path / "a.trc")
    assert not is_pose_track(tmp_path / "a.mp4")


def write_openpose(
    folder: Path,
    frames: dict[int, list[FloatArray]],
    *,
    pattern: str = "set_{:012d}_keypoints.json",
) -> Path:
    folder.mkdir(exist_ok=True)
    for number, people in frames.items():
        body = {
            "version": 1.3,
            "people": [{"pose_keypoints_2d": p.ravel().tolist()} for p in people],
        }
        (folder / pattern.format(number)).write_text(json.dumps(body))
    return folder


def standing_points(keypoints: tuple[str, ...], x_px: float, height_px: float = 400) -> FloatArray:
    """Points (K, 3) of somebody standing at ``x_px``, y down; unknown points are not seen."""
    points = np.zeros((len(keypoints), 3))
    for row, name in enumerate(keypoints):
        landmark = name.partition("_")[2]
        if landmark in STANDING:
            forward, up = STANDING[landmark]
            points[row] = (x_px + forward * height_px / 1.7, 600 - up * height_px / 1.7, 0.9)
    return points


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


def make_trc(
    unit: str = "m",
    *,
    yaw_deg: float = 0.0,
    names: dict[str, str] | None = None,
    y_up: bool = True,
    planar: bool = False,
    n_frames: int = 4,
) -> str:
    """Somebody standing who faces x at yaw zero, with the left side at z = -0.15 m."""
    scale = {"m": 1.0, "cm": 100.0, "mm": 1000.0, "px": 300.0}[unit]
    cos, sin = np.cos(np.radians(yaw_deg)), np.sin(np.radians(yaw_deg))
    names = names or {
        f"{s}_{m}": f"{s[0].upper()}{_CAMEL[m]}" for s in ("left", "right") for m in STANDING
    }
    rows: list[str] = []
    for frame in range(n_frames):
        cells = [str(frame + 1), f"{2 + frame / 100:.4f}"]
        for name in names:
            side, _, landmark = name.partition("_")
            forward, up = STANDING[landmark]
            z = 0.0 if planar else (0.15 if side == "right" else -0.15)
            point = np.array(
                [forward * cos + z * sin, up if y_up else 2 - up, z * cos - forward * sin]
            )
            point[0] += 0.01 * frame
            cells += [f"{value * scale:.5f}" for value in point]
        rows.append("\t".join(cells))
    head = [
        "PathFileType\t4\t(X/Y/Z)\tset.trc",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame"
        "\tOrigNumFrames",
        f"100\t100\t{n_frames}\t{len(names)}\t{unit}\t100\t1\t{n_frames}",
        "Frame#\tTime\t" + "\t\t\t".join(names.values()) + "\t\t",
        "\t\t" + "\t".join(f"X{i}\tY{i}\tZ{i}" for i in range(1, len(names) + 1)),
        "",
    ]
    return "\n".join(head + rows) + "\n"


_CAMEL = {
    "ear": "Ear",
    "shoulder": "Shoulder",
    "elbow": "Elbow",
    "wrist": "Wrist",
    "hip": "Hip",
    "knee": "Knee",
    "ankle": "Ankle",
    "heel": "Heel",
    "foot_index": "BigToe",
}


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
    names = {f"right_{m}": f"R{_CAMEL[m]}" for m in ("shoulder", "hip", "ankle")}
    with pytest.raises(PoseFormatError, match="no marker for right_knee among RShoulder"):
        parse_trc(make_trc(names=names), "set.trc")


def test_one_side_is_enough() -> None:
    names = {f"right_{m}": f"R{_CAMEL[m]}" for m in ("shoulder", "hip", "knee", "ankle")}
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
