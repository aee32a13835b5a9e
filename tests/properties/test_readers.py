"""Readers against broken files: whatever comes, the answer is a result or a HingewiseError."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hingewise.capture.decoding import read_pictures
from hingewise.capture.file import load_pose_track, save_pose_track
from hingewise.capture.video import probe_video
from hingewise.errors import HingewiseError
from hingewise.pose.exchange import parse_trc
from hingewise.pose.openpose import parse_openpose
from tests.builders_tracks import make_track, make_trc
from tests.films import OPEN_GOP_OPTIONS, FilmSpec, write_film

FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

FILM_SPECS = {
    "film.mp4": FilmSpec(n_frames=10, options=OPEN_GOP_OPTIONS),
    "film.mkv": FilmSpec(n_frames=10),
    "film.avi": FilmSpec(n_frames=10, codec="mpeg4"),
    "film.webm": FilmSpec(n_frames=10, codec="libvpx-vp9"),
    "film.gif": FilmSpec(n_frames=10, codec="gif", pixel_format="rgb8"),
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@cache
def _film(folder: Path, name: str) -> bytes:
    return write_film(folder / name, FILM_SPECS[name]).read_bytes()


@cache
def _parquet(folder: Path) -> bytes:
    save_pose_track(folder / "pose.parquet", make_track(20))
    return (folder / "pose.parquet").read_bytes()


def _damage(data: bytes, seed: int, n_bytes: int, cut: float) -> bytes:
    """Overwrite some bytes, mostly near the ends where the heads are, and cut the rest off."""
    rng = random.Random(seed)
    damaged = bytearray(data[: max(1, int(len(data) * cut))])
    for _ in range(n_bytes):
        near_end = rng.random() < 0.5
        place = rng.randrange(min(len(damaged), 400)) if near_end else rng.randrange(len(damaged))
        place = len(damaged) - 1 - place if rng.random() < 0.5 else place
        damaged[place] = rng.randrange(256)
    return bytes(damaged)


def _check_line(error: HingewiseError) -> None:
    assert error.one_line()
    assert not set("\n\r") & set(error.one_line())


def _read_film(path: Path) -> None:
    """Read a film as the program does: what comes out must make sense, or be a HingewiseError."""
    try:
        info = probe_video(path)
        if info.size_px[0] * info.size_px[1] > 4_000_000 or info.n_frames > 1000:
            return
        indexes = [index for index, _ in read_pictures(info, 0, info.n_frames)]
        later = [index for index, _ in read_pictures(info, info.n_frames // 2, info.n_frames)]
    except HingewiseError as error:
        _check_line(error)
        return
    assert indexes == sorted(set(indexes))
    assert all(info.n_frames // 2 <= index < info.n_frames for index in later)
    assert 0 <= info.lost_fraction <= 1


def _load(path: Path) -> None:
    try:
        track = load_pose_track(path, rate_hz=30).track
    except HingewiseError as error:
        _check_line(error)
        return
    assert track.position_px.shape == (track.n_frames, len(track.keypoints), 2)


@FUZZ
@given(
    name=st.sampled_from(list(FILM_SPECS)),
    seed=st.integers(0, 10**9),
    n_bytes=st.integers(0, 40),
    cut=st.floats(0.05, 1.0),
)
def test_damaged_films(folder: Path, name: str, seed: int, n_bytes: int, cut: float) -> None:
    path = folder / f"damaged_{name}"
    path.write_bytes(_damage(_film(folder, name), seed, n_bytes, cut))
    _read_film(path)


@FUZZ
@given(content=st.binary(max_size=2000), name=st.sampled_from(["a.mp4", "a.txt", "a.avi", "a"]))
def test_random_bytes_as_films(folder: Path, content: bytes, name: str) -> None:
    (folder / name).write_bytes(content)
    _read_film(folder / name)


@settings(FUZZ, max_examples=25)
@given(seed=st.integers(0, 10**9), n_bytes=st.integers(0, 40), cut=st.floats(0.05, 1.0))
def test_damaged_parquet(folder: Path, seed: int, n_bytes: int, cut: float) -> None:
    path = folder / "damaged.parquet"
    path.write_bytes(_damage(_parquet(folder), seed, n_bytes, cut if seed % 2 else 1.0))
    _load(path)


@FUZZ
@given(content=st.binary(max_size=500), head=st.sampled_from([b"", b"PAR1", b"PathFileType\t"]))
def test_random_bytes_as_tracks(folder: Path, content: bytes, head: bytes) -> None:
    (folder / "random").write_bytes(head + content)
    _load(folder / "random")


@FUZZ
@given(data=st.data())
def test_shuffled_and_shortened_trc(data: st.DataObject) -> None:
    lines = make_trc().splitlines()
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=12))
    cells = [cell for line in kept for cell in line.split("\t")]
    order = data.draw(st.permutations(cells[:30]))
    for text in ("\n".join(kept), "\n".join([*lines[:3], "\t".join(order), *lines[4:]])):
        try:
            parse_trc(text, "set.trc")
        except HingewiseError as error:
            _check_line(error)


@FUZZ
@given(seed=st.integers(0, 10**9), n_bytes=st.integers(1, 60))
def test_damaged_trc(seed: int, n_bytes: int) -> None:
    text = _damage(make_trc().encode(), seed, n_bytes, 1.0).decode("latin-1")
    try:
        track = parse_trc(text, "set.trc").track
    except HingewiseError as error:
        _check_line(error)
        return
    assert track.n_frames >= 2


NAME_LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=5)
    | st.lists(st.floats(), min_size=51, max_size=54),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["people", "pose_keypoints_2d", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@FUZZ
@given(
    bodies=st.lists(JSON, min_size=1, max_size=4),
    wrapped=st.booleans(),
    names=st.lists(st.text(NAME_LETTERS, max_size=8), min_size=4, max_size=4),
)
def test_any_json_as_openpose(bodies: list[object], wrapped: bool, names: list[str]) -> None:
    if wrapped:
        bodies = [{"people": [{"pose_keypoints_2d": body}]} for body in bodies]
    files = [
        (f"{name}{number}.json", json.dumps(body))
        for number, (name, body) in enumerate(zip(names, bodies, strict=False))
    ]
    try:
        track = parse_openpose(files, "folder", rate_hz=30).track
    except HingewiseError as error:
        _check_line(error)
        return
    assert track.observed.any()


@FUZZ
@given(text=st.text(max_size=300))
def test_any_text_as_openpose(text: str) -> None:
    with pytest.raises(HingewiseError):
        parse_openpose([("a_1.json", text), ("a_2.json", text)], "folder")
