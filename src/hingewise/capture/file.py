"""Stored tracks in and out: the edge where track files meet the disk."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hingewise.errors import OptionError, OutputError, PoseFormatError
from hingewise.pose.exchange import ReadTrack, format_trc, parse_trc
from hingewise.pose.formats import PoseTrackWriter, read_pose_parquet, write_pose_parquet
from hingewise.pose.openpose import parse_openpose
from hingewise.pose.track import PoseTrack

MAX_TEXT_BYTES = 2_000_000_000
MAX_JSON_BYTES = 10_000_000

_KINDS = "a pose.parquet of ours, a folder of OpenPose JSON files, or a .trc marker file"


def load_pose_track(path: Path, *, rate_hz: float | None = None) -> ReadTrack:
    """Read a stored track, whatever it is.

    Parameters
    ----------
    path
        A Parquet file of ours, a folder of OpenPose JSON files, or a TRC file.
    rate_hz
        Frame rate of a format that holds none (OpenPose). [Hz]

    Raises
    ------
    PoseFormatError
        If it is none of these, or is broken.
    OptionError
        If ``rate_hz`` is no frame rate.
    """
    if rate_hz is not None and not 1 <= rate_hz <= 10_000:
        raise OptionError(
            f"rate: expected 1 to 10000 frames a second, got {rate_hz:g}.", hint="Try --rate 30."
        )
    if path.is_dir():
        return parse_openpose(_json_files(path), _folder_name(path), rate_hz=rate_hz)
    if not path.is_file():
        raise PoseFormatError(
            f"{path}: expected {_KINDS}, found nothing there.", hint="Check the path."
        )
    head = _head(path)
    if head.startswith(b"PAR1"):
        return ReadTrack(track=read_pose_parquet(path), remarks=())
    if head.lstrip(b"\xef\xbb\xbf").startswith(b"PathFileType"):
        return parse_trc(_text(path, MAX_TEXT_BYTES), path.name)
    kind = "an empty file" if not head else f"a file that begins with {head[:12]!r}"
    raise PoseFormatError(
        f"{path.name}: expected {_KINDS}, got {kind}.",
        hint="Give the film itself, or a track in one of these formats.",
    )


def save_pose_track(path: Path, track: PoseTrack) -> None:
    """Write a track as Parquet, whole or not at all.

    Raises
    ------
    OutputError
        If it cannot be written there.
    """
    with _whole(path) as part:
        write_pose_parquet(part, track)


@contextmanager
def open_pose_track_writer(path: Path) -> Iterator[PoseTrackWriter]:
    """Write a track block by block; the file appears when the block ends without an error.

    Raises
    ------
    OutputError
        If it cannot be written there.
    """
    with _whole(path) as part, PoseTrackWriter(part) as writer:
        yield writer


def save_trc(path: Path, track: PoseTrack, *, m_per_px: float | None = None) -> None:
    """Write a track as TRC, in metres where the scale is known, else in pixels."""
    with _whole(path) as part:
        part.write_text(format_trc(track, path.name, m_per_px=m_per_px), "utf-8", newline="\n")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    part = path.with_name(f".{path.stem}.{secrets.token_hex(4)}.part{path.suffix}")
    try:
        yield part
        os.replace(part, path)
    except OSError as error:
        raise OutputError(
            f"{path}: expected a place to write this file, got: {error.strerror or error}.",
            hint="Free some space, or name another folder with --out.",
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError as error:
        raise _unreadable(path, error) from error


def _text(path: Path, max_bytes: int) -> str:
    """Text of a file, as UTF-8 or else Latin-1."""
    try:
        if path.stat().st_size > max_bytes:
            raise PoseFormatError(
                f"{path.name}: expected at most {max_bytes} bytes, got {path.stat().st_size}.",
                hint="Cut it into pieces.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _folder_name(folder: Path) -> str:
    """Its name, also of the folder one is in."""
    return folder.name or folder.absolute().name or str(folder)


def _json_files(folder: Path) -> Iterator[tuple[str, str]]:
    paths = sorted(path for path in folder.glob("*.json") if path.is_file())
    if (folder / "pose.parquet").is_file():
        raise PoseFormatError(
            f"{_folder_name(folder)}: expected {_KINDS}, got a folder of results.",
            hint=f"Name the track in it: {folder / 'pose.parquet'}",
        )
    if not paths:
        raise PoseFormatError(
            f"{_folder_name(folder)}: expected {_KINDS}, got a folder without .json files.",
            hint="Name the folder that OpenPose's --write_json wrote.",
        )
    for path in paths:
        yield path.name, _text(path, MAX_JSON_BYTES)


def _unreadable(path: Path, error: OSError) -> PoseFormatError:
    return PoseFormatError(
        f"{path}: expected a readable track file, got: {error.strerror or error}.",
        hint="Check its permissions.",
    )


def hash_file(path: Path) -> str:
    """SHA-256 of a file, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
