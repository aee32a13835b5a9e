"""The annotated film: RGB frames with their true times to an H.264 file that every player opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from av.container.output import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, VideoReformatter
from av.video.stream import VideoStream

from hingewise.errors import InputError, OutputError
from hingewise.render.files import whole_file
from hingewise.render.sprites import ByteArray

MAX_SIDE_PX = 960
"""Longer side of the annotated film: sharp on a phone, quick to encode."""

_TIME_BASE = Fraction(1, 90_000)
_QUALITY = "23"
_BT709 = 1
_LIMITED_RANGE = 1


def film_size_px(size_px: tuple[int, int], *, max_side_px: int = MAX_SIDE_PX) -> tuple[int, int]:
    """Even width and height that fit into ``max_side_px``, never larger than the picture.

    Examples
    --------
    >>> film_size_px((1920, 1080)), film_size_px((481, 641))
    ((960, 540), (480, 640))
    """
    factor = min(1.0, max_side_px / max(size_px))
    width, height = (max(2, 2 * int(side * factor / 2 + 0.25)) for side in size_px)
    return width, height


def write_film(path: Path, frames: Iterable[tuple[float, ByteArray]]) -> int:
    """Encode a film, whole or not at all, and return the number of frames.

    Parameters
    ----------
    path
        Where the MP4 goes; replaced if it exists.
    frames
        Times and RGB pictures (H, W, 3), upright and all of one size; odd sides lose one pixel.
        Times increase; uneven intervals are kept as they are. [s]

    Raises
    ------
    InputError
        If there is no frame to write.
    OutputError
        If the file cannot be written.
    """
    with whole_file(path) as part:
        try:
            return _encode(part, iter(frames))
        except av.FFmpegError as error:
            raise OutputError(
                f"{path}: expected to write the annotated film, got: {error.strerror}.",
                hint="Free some space, or name another folder with --out.",
            ) from error


def _encode(path: Path, frames: Iterator[tuple[float, ByteArray]]) -> int:
    first = next(frames, None)
    if first is None:
        raise InputError("Expected frames for the annotated film, got none.")
    start_s, rgb = first
    size = film_size_px((rgb.shape[1], rgb.shape[0]), max_side_px=max(rgb.shape))
    options = {"movflags": "+faststart", "video_track_timescale": str(_TIME_BASE.denominator)}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = _open_stream(container, size)
        reformatter = VideoReformatter()
        durations: dict[int, int] = {}
        n_frames = 0
        for (time_s, picture), duration in _with_durations(first, frames):
            n_frames += 1
            frame = _to_frame(reformatter, picture, size)
            frame.pts = _ticks(time_s - start_s)
            frame.time_base = _TIME_BASE
            durations[frame.pts] = duration
            _mux(container, stream.encode(frame), durations)
        _mux(container, stream.encode(None), durations)
    return n_frames


def _mux(
    container: OutputContainer, packets: list[Packet[VideoStream]], durations: dict[int, int]
) -> None:
    """Write packets with the true length of their frames, which the encoder only guesses."""
    for packet in packets:
        if packet.pts is not None:
            packet.duration = durations.pop(packet.pts)
        container.mux(packet)


def _with_durations(
    first: tuple[float, ByteArray], rest: Iterator[tuple[float, ByteArray]]
) -> Iterator[tuple[tuple[float, ByteArray], int]]:
    """Every frame with the ticks until the next; the last lasts as long as the one before."""

    def all_frames() -> Iterator[tuple[float, ByteArray] | None]:
        yield first
        yield from rest
        yield None

    duration = _TIME_BASE.denominator // 30
    for frame, following in pairwise(all_frames()):
        if frame is None:
            continue
        if following is not None:
            duration = max(1, _ticks(following[0]) - _ticks(frame[0]))
        yield frame, duration


def _ticks(time_s: float) -> int:
    return round(time_s * _TIME_BASE.denominator)


def _open_stream(container: OutputContainer, size: tuple[int, int]) -> VideoStream:
    stream = container.add_stream("libx264", rate=30)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.time_base = _TIME_BASE
    context = stream.codec_context
    context.time_base = _TIME_BASE
    # With macroblock-tree rate control the same pictures give other bits in some runs.
    context.options = {
        "preset": "veryfast",
        "crf": _QUALITY,
        "bf": "0",
        "x264-params": "mbtree=0",
    }
    context.thread_type = "FRAME"
    for attribute in ("color_primaries", "color_trc", "colorspace"):
        setattr(context, attribute, _BT709)
    context.color_range = _LIMITED_RANGE
    return stream


def _to_frame(reformatter: VideoReformatter, rgb: ByteArray, size: tuple[int, int]) -> VideoFrame:
    whole = VideoFrame.from_ndarray(np.ascontiguousarray(rgb[: size[1], : size[0]]), format="rgb24")
    return reformatter.reformat(whole, format="yuv420p", dst_colorspace=Colorspace.ITU709)
