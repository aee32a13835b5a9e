"""The annotated film keeps the true times, opens everywhere, and is never half there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from hingewise.errors import InputError, OutputError
from hingewise.render.film import film_size_px, write_film
from hingewise.render.sprites import ByteArray

Frames = Iterator[tuple[float, ByteArray]]


def make_frames(times_s: list[float], size: tuple[int, int] = (96, 64)) -> Frames:
    for index, time_s in enumerate(times_s):
        yield time_s, np.full((size[1], size[0], 3), (37 * index) % 256, dtype=np.uint8)


def read_times(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [float(frame.time or 0.0) for frame in container.decode(video=0)]


@pytest.mark.parametrize(
    "times_s",
    [
        [0.0, 1 / 30, 2 / 30, 3 / 30],
        [0.0, 0.033, 0.066, 0.2, 0.21, 0.5, 2.75],
        [i / 240 for i in range(30)],
        [0.4],
    ],
    ids=["steady", "variable", "slow motion", "one frame"],
)
def test_times_are_those_given(tmp_path: Path, times_s: list[float]) -> None:
    path = tmp_path / "annotated.mp4"
    assert write_film(path, make_frames(times_s)) == len(times_s)
    expected = np.array(times_s) - times_s[0]
    np.testing.assert_allclose(read_times(path), expected, atol=1 / 90_000)


def test_the_last_frame_lasts_as_long_as_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "annotated.mp4"
    write_film(path, make_frames([0.0, 0.1, 0.35]))
    with av.open(str(path)) as container:
        assert container.duration == pytest.approx(0.60e6, abs=2e3)


def test_the_format_is_one_that_every_player_opens(tmp_path: Path) -> None:
    path = tmp_path / "annotated.mp4"
    write_film(path, make_frames([0.0, 0.04, 0.08], size=(97, 65)))
    with av.open(str(path)) as container:
        assert [stream.type for stream in container.streams] == ["video"]
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert (stream.width, stream.height) == (96, 64)
    content = path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat"), "expected the index first (faststart)"


def test_colours_survive(tmp_path: Path) -> None:
    path = tmp_path / "annotated.mp4"
    colour = np.array([200, 60, 30], dtype=np.uint8)
    write_film(path, ((t / 10, np.tile(colour, (64, 64, 1))) for t in range(3)))
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0)).to_ndarray(format="rgb24")
    np.testing.assert_allclose(frame[32, 32], colour, atol=6)


def test_no_frames_is_an_input_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="frames"):
        write_film(tmp_path / "annotated.mp4", iter(()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_a_failure_leaves_the_old_film_and_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    path = tmp_path / "annotated.mp4"
    path.write_bytes(b"old")

    def break_off() -> Frames:
        yield from make_frames([0.0, 0.1])
        raise error

    with pytest.raises(error):
        write_film(path, break_off())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="annotated"):
        write_film(tmp_path / "missing" / "annotated.mp4", make_frames([0.0, 0.1]))


@pytest.mark.parametrize(
    "size, expected",
    [
        ((480, 640), (480, 640)),
        ((1920, 1080), (960, 540)),
        ((1080, 1920), (540, 960)),
        ((481, 641), (480, 640)),
        ((854, 480), (854, 480)),
        ((3, 3), (2, 2)),
    ],
)
def test_sizes_are_even_and_fit(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert film_size_px(size) == expected
