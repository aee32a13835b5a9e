"""Opening a film file and decoding it; saying what is wrong with one that is no film."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from hingewise.errors import VideoError

FORMATS = (
    "mov,mp4,matroska,webm,avi,gif,mpegts,mpeg,flv,asf,ogg,"
    "image2,png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe"
)
"""What may be opened: films, stills (to say so), but no playlists, which name other files."""

_ATTACHED_PICTURE = 0x0400
_MP4_BOXES = (b"ftyp", b"mdat", b"moov", b"wide", b"free")


def open_film(path: Path) -> Any:
    """Open a film as a context manager.

    Raises
    ------
    VideoError
        If the file is missing or is no film.
    """
    _check_file(path)
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    try:
        # An absolute path, because FFmpeg takes "10:30.mp4" for an address.
        return av.open(str(path.absolute()), options=options, metadata_errors="replace")
    except PermissionError as error:
        raise VideoError(
            f"{path}: expected a readable film, got a file without read permission.",
            hint="Change its permissions.",
        ) from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise VideoError(
            f"{path.name}: expected a film (MP4, MOV, MKV, WebM, AVI, GIF), got something that "
            f"cannot be opened ({reason(error)}).",
            hint=_open_hint(path),
        ) from error


def find_stream(container: Any, path: Path) -> VideoStream:
    """Return the largest video stream that is no cover art.

    Raises
    ------
    VideoError
        If there is none, or its codec is not known.
    """
    streams = [s for s in container.streams.video if not s.disposition & _ATTACHED_PICTURE]
    if not streams:
        kind = "only sound" if container.streams.audio else "no pictures"
        raise VideoError(
            f"{path.name}: expected a film, got a file with {kind}.",
            hint="Export it with its video.",
        )
    known = [s for s in streams if s.codec_context is not None]
    if not known:
        raise VideoError(
            f"{path.name}: expected a known video codec, got one that is not known here.",
            hint="Convert it to H.264 first.",
        )
    best: VideoStream = max(known, key=lambda s: (s.width or 0) * (s.height or 0))
    return best


def reason(error: Exception) -> str:
    """Return what an FFmpeg or system error says, without its number."""
    text = getattr(error, "strerror", None) or str(error)
    return str(text).strip().rstrip(".") or type(error).__name__


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise VideoError(
            f"{path}: expected a film file, got a folder.",
            hint="Name the film itself; several films can be given in one call.",
        )
    if not path.exists():
        raise VideoError(
            f"{path}: expected a film file, found nothing there.", hint="Check the path."
        )
    if not path.is_file():
        raise VideoError(
            f"{path}: expected a film file, got a device or pipe.", hint="Save it first."
        )
    if path.stat().st_size == 0:
        raise VideoError(
            f"{path.name}: expected a film, got an empty file (0 bytes).",
            hint="Copy it from the phone again.",
        )


def _open_hint(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        return "Check that the file can be read."
    if head[4:8] in _MP4_BOXES:
        return "Its index is missing, as when a recording or a copy was cut off: copy it again."
    return "Check that it plays in another program."


def decode(
    container: Any, stream: Any, is_wanted: Callable[[int | None], bool] | None
) -> Iterator[VideoFrame]:
    """Decode, passing over broken packets: what can be decoded is.

    Pictures that are not wanted, by the times of their packets, are left out if no other depends
    on them.
    """
    whole = True
    stream.codec_context.skip_frame = "DEFAULT"
    try:
        for packet in container.demux(stream):
            if is_wanted is not None and is_wanted(packet.pts) != whole:
                whole = not whole
                stream.codec_context.skip_frame = "DEFAULT" if whole else "NONREF"
            yield from decode_packet(packet)[0]
    except (av.FFmpegError, OSError):
        return


def decode_packet(packet: Any) -> tuple[list[VideoFrame], Exception | None]:
    """Return the pictures that a packet brings out, or what went wrong."""
    try:
        return packet.decode(), None
    except av.FFmpegError as error:
        return [], error
