"""Files that are no film: one line that says what came and what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hingewise.capture.video import probe_video
from hingewise.errors import VideoError
from tests import films
from tests.films import FilmSpec, write_film


def _bad_inputs(folder: Path) -> dict[str, Path]:
    cover = films.write_still(folder / "cover.jpg")
    text = folder / "text.mp4"
    text.write_text("no film at all\n" * 100)
    empty = folder / "empty.mp4"
    empty.touch()
    playlist = folder / "playlist.m3u8"
    playlist.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n")
    noise = folder / "noise.mp4"
    noise.write_bytes(np.random.default_rng(7).bytes(20_000))
    index_at_end = write_film(folder / "index_at_end.mp4")
    undecodable = write_film(folder / "whole.mp4", FilmSpec(n_frames=5))
    return {
        "nothing": folder / "nothing.mp4",
        "folder": folder,
        "text": text,
        "empty": empty,
        "playlist": playlist,
        "noise": noise,
        "sound": films.write_sound(folder / "sound.m4a"),
        "cover art": films.write_cover_art(folder / "cover_art.mp4", cover),
        "png": films.write_still(folder / "still.png"),
        "jpg": cover,
        "one picture": write_film(folder / "one.mp4", FilmSpec(n_frames=1)),
        "cut off": films.cut_off(index_at_end, folder / "cut_off.mp4", share=0.6),
        "undecodable": films.break_packets(undecodable, folder / "undecodable.mp4", range(5)),
    }


SAID = {
    "nothing": "found nothing there",
    "folder": "got a folder",
    "text": "cannot be opened",
    "empty": "empty file (0 bytes)",
    "playlist": "cannot be opened",
    "noise": "cannot be opened",
    "sound": "only sound",
    "cover art": "only sound",
    "png": "found 1. A still image",
    "jpg": "found 1. A still image",
    "one picture": "found 1. A still image",
    "cut off": "copy it again",
    "undecodable": "none can be decoded",
}


@pytest.fixture(scope="session")
def bad_inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return _bad_inputs(tmp_path_factory.mktemp("bad"))


@pytest.mark.parametrize("name", list(SAID))
def test_bad_input_is_one_line_that_says_what_came_and_what_to_do(
    bad_inputs: dict[str, Path], name: str
) -> None:
    with pytest.raises(VideoError) as caught:
        probe_video(bad_inputs[name])
    line = caught.value.one_line()
    assert SAID[name] in line
    assert "expected" in line
    assert caught.value.hint
    assert "\n" not in line


def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_film(tmp_path / "film.mp4")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("av.open", refuse)
    with pytest.raises(VideoError, match="read permission"):
        probe_video(path)


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(VideoError, match="device or pipe"):
        probe_video(tmp_path / "pipe.mp4")
