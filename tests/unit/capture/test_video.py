"""Films in: exact times, exact orientation, the same bits wherever the reading starts."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hingewise.capture import decoding
from hingewise.capture.decoding import read_pictures, read_some_pictures
from hingewise.capture.file import hash_file
from hingewise.capture.picture import Picture
from hingewise.capture.video import VideoInfo, probe_video
from tests import films
from tests.films import FilmSpec, read_corners, read_index, write_film

N_LONG = 60

SPECS: dict[str, FilmSpec] = {
    "h264.mp4": FilmSpec(),
    "hevc_open_gop.mov": FilmSpec(codec="libx265", options=films.QUIET_HEVC_OPTIONS),
    "h264_open_gop.mkv": FilmSpec(options=films.OPEN_GOP_OPTIONS),
    "vp9.webm": FilmSpec(codec="libvpx-vp9"),
    "vp8.webm": FilmSpec(codec="libvpx"),
    "mpeg4.avi": FilmSpec(codec="mpeg4"),
    "mpeg4_b_frames.avi": FilmSpec(codec="mpeg4", options={"bf": "2"}),
    "h264_open_gop.avi": FilmSpec(options=films.OPEN_GOP_OPTIONS),
    "motion_jpeg.avi": FilmSpec(codec="mjpeg", pixel_format="yuvj420p"),
    "prores.mov": FilmSpec(codec="prores_ks", pixel_format="yuv422p10le"),
    "transport.ts": FilmSpec(options=films.OPEN_GOP_OPTIONS),
    "fragmented.mp4": FilmSpec(container_options={"movflags": "frag_keyframe+empty_moov"}),
    "animation.gif": FilmSpec(codec="gif", pixel_format="rgb8", rate_hz=25),
    "rate_120.mp4": FilmSpec(rate_hz=120),
    "rate_240.mp4": FilmSpec(rate_hz=240),
    "odd_size.mp4": FilmSpec(size_px=(479, 641), pixel_format="yuv444p", n_frames=4),
    "odd_size.webm": FilmSpec(size_px=(479, 641), codec="libvpx-vp9", n_frames=4),
    "ten_bit.mp4": FilmSpec(pixel_format="yuv420p10le"),
    "full_range.mp4": FilmSpec(pixel_format="yuvj420p", full_range=True),
    "full_chroma.mp4": FilmSpec(pixel_format="yuv444p"),
    "tiny.mp4": FilmSpec(size_px=(32, 32)),
    "large.mp4": FilmSpec(size_px=(3840, 2160), n_frames=2, options={"preset": "ultrafast"}),
    "with_sound.mp4": FilmSpec(sound=True),
}

LONG_SPECS: dict[str, FilmSpec] = {
    "open_gop.mp4": FilmSpec(n_frames=N_LONG, options=films.OPEN_GOP_OPTIONS),
    "open_gop.mkv": FilmSpec(n_frames=N_LONG, options=films.OPEN_GOP_OPTIONS),
    "open_gop.ts": FilmSpec(n_frames=N_LONG, options=films.OPEN_GOP_OPTIONS),
    "open_gop.avi": FilmSpec(n_frames=N_LONG, options=films.OPEN_GOP_OPTIONS),
    "long_gop.mp4": FilmSpec(n_frames=N_LONG),
    "no_b_frames.mp4": FilmSpec(n_frames=N_LONG, options=films.NO_B_FRAMES_OPTIONS),
    "intra_refresh.mp4": FilmSpec(n_frames=N_LONG, options=films.INTRA_REFRESH_OPTIONS),
    "hevc.mov": FilmSpec(n_frames=N_LONG, codec="libx265", options=films.QUIET_HEVC_OPTIONS),
    "vp9.webm": FilmSpec(n_frames=N_LONG, codec="libvpx-vp9", options={"g": "12"}),
    "mpeg4.avi": FilmSpec(n_frames=N_LONG, codec="mpeg4", options={"g": "12", "bf": "2"}),
    "mpeg4.mp4": FilmSpec(n_frames=N_LONG, codec="mpeg4", options={"g": "12", "bf": "2"}),
    "animation.gif": FilmSpec(n_frames=N_LONG, codec="gif", pixel_format="rgb8", rate_hz=25),
    "edit_list.mp4": FilmSpec(n_frames=N_LONG, options=films.OPEN_GOP_OPTIONS),
}

DISPLAY_MATRICES = {
    "none": (films.IDENTITY, 0, False),
    "90": (films.TURN_90, 90, True),
    "180": (films.TURN_180, 180, False),
    "270": (films.TURN_270, 270, True),
    "mirror": (films.MIRROR, 180, False),
    "90 mirrored": (films.TURN_90_MIRRORED, 90, True),
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(params=list(SPECS))
def named_film(request: pytest.FixtureRequest, folder: Path) -> tuple[FilmSpec, VideoInfo]:
    return SPECS[request.param], probe_video(_made(folder / request.param, SPECS[request.param]))


def _made(path: Path, spec: FilmSpec) -> Path:
    return path if path.exists() else write_film(path, spec)


@cache
def _long_film(folder: Path, name: str) -> tuple[VideoInfo, tuple[tuple[int, str], ...]]:
    """Probe a long film, with every index and checksum as read from the start in one go."""
    path = _made(folder / f"long_{name}", LONG_SPECS[name])
    if name == "edit_list.mp4":
        films.drop_start(path, ticks=15360)
    info = probe_video(path)
    return info, tuple(_checksums(info, 0, info.n_frames))


def _checksums(info: VideoInfo, start: int, end: int) -> Iterator[tuple[int, str]]:
    for index, picture in read_pictures(info, start, end):
        yield index, _checksum(picture)


def _checksum(picture: Picture) -> str:
    planes = (picture.luma, picture.chroma_u, picture.chroma_v)
    return hashlib.sha1(b"".join(plane.tobytes() for plane in planes)).hexdigest()


def _upright(info: VideoInfo, picture: Picture) -> films.ByteArray:
    return picture.to_rgb(*info.size_px)


def _read_all(info: VideoInfo) -> list[tuple[int, films.ByteArray]]:
    return [(i, _upright(info, p)) for i, p in read_pictures(info, 0, info.n_frames)]


def test_every_container_and_codec_gives_each_picture_once_and_in_order(
    named_film: tuple[FilmSpec, VideoInfo],
) -> None:
    spec, info = named_film
    pictures = _read_all(info)
    assert info.n_frames == spec.n_frames
    assert [index for index, _ in pictures] == list(range(spec.n_frames))
    assert [read_index(picture) for _, picture in pictures] == list(range(spec.n_frames))
    assert info.lost_fraction == 0.0


def test_every_container_and_codec_stands_upright_with_true_colours(
    named_film: tuple[FilmSpec, VideoInfo],
) -> None:
    spec, info = named_film
    assert info.size_px == spec.size_px
    for _, picture in _read_all(info):
        assert read_corners(picture) == films.UPRIGHT_CORNERS


def test_every_container_and_codec_has_true_times(named_film: tuple[FilmSpec, VideoInfo]) -> None:
    spec, info = named_film
    tick = 0.0005 + 1e-9  # Matroska rounds to milliseconds
    np.testing.assert_allclose(info.time_s, np.arange(spec.n_frames) / spec.rate_hz, atol=tick)
    assert info.time_s[0] == 0
    assert not info.variable_rate
    assert info.duration_s == pytest.approx(spec.n_frames / spec.rate_hz, rel=0.01, abs=0.002)


def test_full_range_and_limited_range_films_look_alike(folder: Path) -> None:
    means = []
    for name in ("h264.mp4", "full_range.mp4"):
        info = probe_video(_made(folder / name, SPECS[name]))
        means.append(_read_all(info)[0][1].astype(float))
    assert np.abs(means[0] - means[1]).mean() < 4


def test_times_of_a_variable_rate_film_are_those_of_the_container(tmp_path: Path) -> None:
    ticks = [0, 33, 66, 70, 133, 140, 200, 500, 533, 1000]
    info = probe_video(write_film(tmp_path / "vfr.mp4", FilmSpec(pts=ticks)))
    np.testing.assert_allclose(info.time_s, np.array(ticks) / 1000, atol=1e-9)
    assert info.variable_rate
    assert [read_index(picture) for _, picture in _read_all(info)] == list(range(len(ticks)))


def test_times_that_are_rounded_do_not_change_the_rate(tmp_path: Path) -> None:
    """Matroska keeps milliseconds: of 30 pictures a second, most are 33 ms apart."""
    info = probe_video(_made(tmp_path / "film.mkv", FilmSpec(n_frames=N_LONG)))
    assert info.nominal_rate_hz == pytest.approx(30.0, abs=0.02)
    assert not info.variable_rate


def test_a_film_that_starts_late_starts_at_zero(tmp_path: Path) -> None:
    ticks = list(range(5000, 6000, 40))
    info = probe_video(write_film(tmp_path / "late.mkv", FilmSpec(pts=ticks)))
    np.testing.assert_allclose(info.time_s, np.arange(25) * 0.04, atol=1e-9)
    assert [index for index, _ in read_pictures(info, 20, 25)] == list(range(20, 25))


@pytest.mark.parametrize("options", [films.OPEN_GOP_OPTIONS, films.NO_B_FRAMES_OPTIONS])
def test_an_edit_list_drops_pictures_without_calling_them_lost(
    tmp_path: Path, options: dict[str, str]
) -> None:
    path = write_film(tmp_path / "cut.mp4", FilmSpec(n_frames=60, options=options))
    info = probe_video(films.drop_start(path, ticks=15360))
    np.testing.assert_allclose(info.time_s, np.arange(30) / 30, atol=1e-6)
    assert [read_index(picture) for _, picture in _read_all(info)] == list(range(30, 60))
    assert info.lost_fraction == 0.0


@pytest.mark.parametrize("name", list(DISPLAY_MATRICES))
def test_turned_and_mirrored_films_stand_upright(tmp_path: Path, name: str) -> None:
    matrix, rotation, swapped = DISPLAY_MATRICES[name]
    path = write_film(tmp_path / "turned.mp4", FilmSpec(display_matrix=matrix, n_frames=3))
    info = probe_video(path)
    assert info.size_px == ((64, 96) if swapped else (96, 64))
    assert info.rotation_deg == rotation
    for index, picture in _read_all(info):
        assert read_corners(picture) == films.UPRIGHT_CORNERS
        assert read_index(picture) == index


@pytest.mark.parametrize("name", list(DISPLAY_MATRICES))
def test_turning_is_exact_to_the_pixel(tmp_path: Path, name: str) -> None:
    matrix, _, _ = DISPLAY_MATRICES[name]
    path = write_film(tmp_path / "film.mp4", FilmSpec(display_matrix=matrix, n_frames=2))
    info = probe_video(path)
    _, picture = next(read_pictures(info, 0, 1))
    width, height = info.size_px
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    at = picture.stored_from_upright @ np.stack([x.ravel(), y.ravel(), np.ones(x.size)])
    np.testing.assert_array_equal(at, np.round(at))
    upright = picture.luma[at[1].astype(int), at[0].astype(int)].reshape(height, width)
    a, b, c, d = matrix
    stored = np.asarray(picture.luma)[:: int(c or d), :: int(b or a)]
    np.testing.assert_array_equal(upright, stored.T if b else stored)


def test_a_matrix_that_is_no_quarter_turn_is_left_out(tmp_path: Path) -> None:
    half = 0.7071
    for matrix in ((half, half, -half, half), (0.0, 0.0, 0.0, 0.0)):
        path = films.set_display_matrix(write_film(tmp_path / "odd.mp4"), matrix)
        assert probe_video(path).rotation_deg == 0


def test_pixels_that_are_not_square_become_square(tmp_path: Path) -> None:
    spec = FilmSpec(pixel_aspect=Fraction(4, 3))
    info = probe_video(write_film(tmp_path / "wide.mp4", spec))
    assert info.size_px == (128, 64)
    assert info.stored_size_px == (96, 64)
    assert all(read_corners(p) == films.UPRIGHT_CORNERS for _, p in _read_all(info))


def test_non_square_pixels_of_a_turned_film_are_wide_along_the_stored_row(tmp_path: Path) -> None:
    spec = FilmSpec(pixel_aspect=Fraction(4, 3), display_matrix=films.TURN_90, n_frames=2)
    assert probe_video(write_film(tmp_path / "turned.mp4", spec)).size_px == (64, 128)


def test_large_pictures_are_kept_small_and_keep_their_upright_size(folder: Path) -> None:
    info = probe_video(_made(folder / "large.mp4", SPECS["large.mp4"]))
    _, picture = next(read_pictures(info, 0, 1))
    assert max(picture.luma.shape) <= decoding.MAX_STORED_SIDE_PX
    assert picture.upright_size_px == (3840, 2160)
    assert picture.chroma_u.shape == (picture.luma.shape[0] // 2, picture.luma.shape[1] // 2)


@pytest.mark.parametrize("name", list(LONG_SPECS))
def test_all_pictures_of_a_long_film_are_found(folder: Path, name: str) -> None:
    info, whole = _long_film(folder, name)
    assert [index for index, _ in whole] == list(range(info.n_frames))
    assert info.n_frames == (N_LONG // 2 if name == "edit_list.mp4" else N_LONG)


@pytest.mark.parametrize("name", list(LONG_SPECS))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(start=st.integers(0, N_LONG - 1), length=st.integers(1, 20))
def test_reading_from_anywhere_gives_the_same_bits(
    folder: Path, name: str, start: int, length: int
) -> None:
    """What makes results independent of how a film is shared out among workers."""
    info, whole = _long_film(folder, name)
    start = min(start, info.n_frames - 1)
    end = min(start + length, info.n_frames)
    assert tuple(_checksums(info, start, end)) == whole[start:end]


@pytest.mark.parametrize("name", list(LONG_SPECS))
@pytest.mark.parametrize("indexes", [[0], [3, 4, 29], [17, 18, 19, 40, 71], [55]])
def test_some_pictures_are_the_same_bits_as_among_all(
    folder: Path, name: str, indexes: list[int]
) -> None:
    info, whole = _long_film(folder, name)
    inside = [index for index in indexes if index < info.n_frames]
    found = [(index, _checksum(picture)) for index, picture in read_some_pictures(info, inside)]
    assert found == [whole[index] for index in inside]


@pytest.mark.parametrize("name", ["open_gop.mp4", "vp9.webm", "animation.gif"])
def test_pictures_stay_valid_as_long_as_they_are_kept(folder: Path, name: str) -> None:
    """The planes are views into the decoder's memory: it must not be used again meanwhile."""
    info, whole = _long_film(folder, name)
    kept = [picture for _, picture in read_pictures(info, 0, info.n_frames)]
    gc.collect()
    list(read_pictures(info, 0, info.n_frames))
    for picture, (_, checksum) in zip(kept, whole, strict=True):
        assert _checksum(picture) == checksum


def test_an_empty_range_reads_nothing(folder: Path) -> None:
    info, _ = _long_film(folder, "open_gop.mp4")
    assert list(read_pictures(info, 10, 10)) == []


def test_broken_packets_leave_gaps_and_shift_nothing(tmp_path: Path) -> None:
    intra = {"x264-params": "keyint=1:bframes=0"}
    whole = write_film(tmp_path / "whole.mp4", FilmSpec(n_frames=30, options=intra))
    info = probe_video(films.break_packets(whole, tmp_path / "broken.mp4", [5, 6, 20]))
    pictures = _read_all(info)
    assert [index for index, _ in pictures] == [i for i in range(30) if i not in (5, 6, 20)]
    assert all(read_index(picture) == index for index, picture in pictures)


def test_reading_that_starts_at_a_broken_packet_goes_on_after_it(tmp_path: Path) -> None:
    intra = {"x264-params": "keyint=1:bframes=0"}
    whole = write_film(tmp_path / "whole.mp4", FilmSpec(n_frames=30, options=intra))
    info = probe_video(films.break_packets(whole, tmp_path / "broken.mp4", [0, 10]))
    assert [index for index, _ in read_pictures(info, 10, 14)] == [11, 12, 13]
    assert [index for index, _ in read_pictures(info, 0, 4)] == [1, 2, 3]


@pytest.mark.parametrize(
    "name, spec",
    [
        ("h264.mp4", FilmSpec(n_frames=60, container_options={"movflags": "faststart"})),
        ("h264.mkv", FilmSpec(n_frames=60)),
        ("vp9.webm", FilmSpec(n_frames=60, codec="libvpx-vp9", options={"g": "12"})),
        ("mpeg4.avi", FilmSpec(n_frames=60, codec="mpeg4")),
    ],
)
def test_a_truncated_film_gives_what_is_there_and_tells_what_is_lost(
    tmp_path: Path, name: str, spec: FilmSpec
) -> None:
    whole = write_film(tmp_path / name, spec)
    info = probe_video(films.cut_off(whole, tmp_path / f"cut_{name}", share=0.6))
    pictures = _read_all(info)
    assert 2 <= info.n_frames < 60
    assert info.lost_fraction == pytest.approx(1 - info.n_frames / 60, abs=0.02)
    found = {index: read_index(picture) for index, picture in pictures}
    # Pictures are stored before those that they are made from, so the last ones may have gaps.
    assert found == {index: round(info.time_s[index] * 30) for index in found}
    assert len(pictures) >= info.n_frames - 3


def test_the_capture_rate_of_slow_motion_is_read(tmp_path: Path) -> None:
    tags = {"movflags": "use_metadata_tags"}
    for text, expected in (("240", 240.0), ("119.88", 119.88), ("nan", None), ("fast", None)):
        spec = FilmSpec(metadata={"com.android.capture.fps": text}, container_options=tags)
        assert probe_video(write_film(tmp_path / "slow.mp4", spec)).capture_rate_hz == expected
    assert probe_video(write_film(tmp_path / "plain.mp4")).capture_rate_hz is None


def test_cover_art_is_not_taken_for_the_film(tmp_path: Path) -> None:
    cover = films.write_still(tmp_path / "cover.jpg", (320, 320))
    film = write_film(tmp_path / "film.mp4")
    info = probe_video(films.write_cover_art(tmp_path / "both.mp4", cover, film))
    assert info.size_px == (96, 64)
    assert [read_index(picture) for _, picture in _read_all(info)] == list(range(24))


def test_the_larger_of_two_video_streams_is_the_film(tmp_path: Path) -> None:
    preview = write_film(tmp_path / "preview.mkv", FilmSpec(size_px=(32, 32), first_index=100))
    film = write_film(tmp_path / "film.mkv", FilmSpec(options=films.OPEN_GOP_OPTIONS))
    info = probe_video(films.join_streams(tmp_path / "both.mkv", [preview, film]))
    assert info.size_px == (96, 64)
    assert [read_index(picture) for _, picture in _read_all(info)] == list(range(24))
    assert [index for index, _ in read_pictures(info, 15, 20)] == list(range(15, 20))


def test_a_name_that_looks_like_an_address_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_film(tmp_path / "film.mp4").rename(tmp_path / "http:30.mp4")
    monkeypatch.chdir(tmp_path)
    assert probe_video(Path("http:30.mp4")).n_frames == 24


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(b"hinge" * 100_000)
    assert hash_file(path) == hashlib.sha256(b"hinge" * 100_000).hexdigest()
