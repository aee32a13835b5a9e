"""What is taken for a stored track, and what for a film."""

from __future__ import annotations

from pathlib import Path

from hingewise.app.request import is_pose_track


def test_tracks_are_told_from_films(tmp_path: Path) -> None:
    assert is_pose_track(tmp_path / "a.trc")
    assert is_pose_track(tmp_path / "pose.PARQUET")
    assert not is_pose_track(tmp_path / "a.mp4")


def test_a_folder_is_a_track_when_it_holds_pose_files(tmp_path: Path) -> None:
    assert not is_pose_track(tmp_path)
    (tmp_path / "a_keypoints.json").touch()
    assert is_pose_track(tmp_path)
