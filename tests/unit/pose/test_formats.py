"""Track files of ours come back bit for bit, damaged ones are told."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hingewise.capture.file import (
    load_pose_track,
    open_pose_track_writer,
    save_pose_track,
)
from hingewise.errors import OutputError, PoseFormatError, ShapeError
from hingewise.pose.dorsal import N_CONTOUR_POINTS
from hingewise.pose.track import PoseTrack
from tests.builders_tracks import (
    assert_same,
    make_track,
)


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
    write_blocks(tmp_path / "pose.parquet", *(track.take(slice(*part)) for part in parts))
    assert_same(load_pose_track(tmp_path / "pose.parquet").track, track)


def test_a_path_that_is_no_utf8_is_a_path(tmp_path: Path) -> None:
    """Folders of old disks: Arrow itself cannot name them."""
    folder = tmp_path / os.fsdecode(b"\xe4rger \xff")
    folder.mkdir()
    track = make_track(5)
    save_pose_track(folder / "pose.parquet", track)
    assert_same(load_pose_track(folder / "pose.parquet").track, track)


def test_a_name_that_looks_like_an_address_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save_pose_track(Path("s3:pose.parquet"), make_track(5))
    assert load_pose_track(Path("s3:pose.parquet")).track.n_frames == 5


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
    outline = (
        table["silhouette_2_x_px"]
        .combine_chunks()
        .flatten()
        .to_numpy()
        .reshape(10, N_CONTOUR_POINTS)
    )
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
        write_blocks(path, track.take(slice(10, 20)), track.take(slice(0, 10)))
    with pytest.raises(ShapeError, match="has_world"):
        write_blocks(path, track.take(slice(0, 10)), other.take(slice(10, 20)))
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
