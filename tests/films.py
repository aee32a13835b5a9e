"""Small films with known pictures, made on the spot with PyAV.

Every picture carries its own index as twelve black or white cells and one colour in each corner
(red, green, blue, yellow: clockwise from the top left red, green, yellow, blue), so that a test can
read from the pixels which picture came out and which way up it stands. Behind them a pattern moves,
so that pictures depend on one another as in a real film.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

ByteArray = npt.NDArray[np.uint8]

CORNERS: dict[str, tuple[int, int, int]] = {
    "red": (220, 30, 30),
    "green": (30, 200, 30),
    "yellow": (220, 220, 30),
    "blue": (30, 30, 220),
}
UPRIGHT_CORNERS = ("red", "green", "yellow", "blue")
"""Clockwise from the top left, in a picture that stands upright."""

N_CODE_BITS = 12
_CODE_COLUMNS, _CODE_ROWS = 4, 3

OPEN_GOP_OPTIONS = {
    "x264-params": "keyint=12:min-keyint=12:scenecut=0:open-gop=1:bframes=3:b-adapt=0"
}
NO_B_FRAMES_OPTIONS = {"x264-params": "keyint=24:min-keyint=24:scenecut=0:bframes=0"}
INTRA_REFRESH_OPTIONS = {"x264-params": "keyint=12:intra-refresh=1:bframes=0"}
QUIET_HEVC_OPTIONS = {"x265-params": "log-level=none:keyint=12:min-keyint=12:bframes=3:open-gop=1"}

IDENTITY = (1.0, 0.0, 0.0, 1.0)
TURN_90 = (0.0, 1.0, -1.0, 0.0)
TURN_180 = (-1.0, 0.0, 0.0, -1.0)
TURN_270 = (0.0, -1.0, 1.0, 0.0)
MIRROR = (-1.0, 0.0, 0.0, 1.0)
TURN_90_MIRRORED = (0.0, 1.0, 1.0, 0.0)
"""Display matrices (a, b, c, d): a stored point (x, y) is shown at (a x + c y, b x + d y)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSpec:
    """What a film is made of; ``pts`` in ticks of ``time_base`` overrides an even ``rate_hz``."""

    n_frames: int = 24
    size_px: tuple[int, int] = (96, 64)
    codec: str = "libx264"
    pixel_format: str = "yuv420p"
    rate_hz: int = 30
    pts: Sequence[int] | None = None
    time_base: Fraction = Fraction(1, 1000)
    options: dict[str, str] = field(default_factory=dict)
    container_options: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    pixel_aspect: Fraction | None = None
    full_range: bool = False
    sound: bool = False
    first_index: int = 0
    display_matrix: tuple[float, float, float, float] | None = None


def paint(index: int, size_px: tuple[int, int]) -> ByteArray:
    """Return the upright picture with this index. Shape (height, width, 3)."""
    width, height = size_px
    x, y = np.arange(width)[np.newaxis, :], np.arange(height)[:, np.newaxis]
    wave = np.sin(0.21 * x + 0.4 * index) + np.cos(0.17 * y - 0.3 * index)
    grey = (128 + 40 * wave).astype(np.uint8)
    picture = np.repeat(grey[..., np.newaxis], 3, axis=2)
    code = np.array([index >> bit & 1 for bit in range(N_CODE_BITS)], dtype=np.uint8) * 255
    picture[_middle(height), _middle(width)] = _enlarge(code, size_px)[..., np.newaxis]
    w, h = width // 4, height // 4
    for rows, columns, name in (
        (slice(0, h), slice(0, w), "red"),
        (slice(0, h), slice(width - w, width), "green"),
        (slice(height - h, height), slice(width - w, width), "yellow"),
        (slice(height - h, height), slice(0, w), "blue"),
    ):
        picture[rows, columns] = CORNERS[name]
    return picture


def read_index(picture: ByteArray) -> int:
    """Return the index that is painted into an upright RGB picture."""
    height, width = picture.shape[:2]
    code = picture[_middle(height), _middle(width)].mean(axis=2)
    rows = np.array_split(np.arange(code.shape[0]), _CODE_ROWS)
    columns = np.array_split(np.arange(code.shape[1]), _CODE_COLUMNS)
    bits = [float(np.median(code[np.ix_(row, column)])) > 128 for row in rows for column in columns]
    return sum(1 << bit for bit, is_set in enumerate(bits) if is_set)


def read_corners(picture: ByteArray) -> tuple[str, ...]:
    """Return the names of the corner colours, clockwise from the top left."""
    height, width = picture.shape[:2]
    h, w = max(1, height // 8), max(1, width // 8)
    patches = (picture[:h, :w], picture[:h, -w:], picture[-h:, -w:], picture[-h:, :w])
    names = tuple(CORNERS)
    table = np.array([CORNERS[name] for name in names], dtype=np.float64)
    means = [patch.reshape(-1, 3).mean(axis=0) for patch in patches]
    return tuple(names[int(np.argmin(np.abs(table - mean).sum(axis=1)))] for mean in means)


def write_film(path: Path, spec: FilmSpec | None = None) -> Path:
    """Write a film; the container follows from the ending of the path."""
    spec = spec or FilmSpec()
    ticks = list(spec.pts) if spec.pts is not None else list(range(spec.n_frames))
    time_base = spec.time_base if spec.pts is not None else Fraction(1, spec.rate_hz)
    with av.open(str(path), "w", container_options=dict(spec.container_options)) as container:
        container.metadata.update(spec.metadata)
        stream: Any = container.add_stream(
            spec.codec, rate=spec.rate_hz, options=dict(spec.options)
        )
        stream.width, stream.height = spec.size_px
        stream.pix_fmt = spec.pixel_format
        stream.codec_context.time_base = time_base
        if spec.pixel_aspect is not None:
            stream.codec_context.sample_aspect_ratio = spec.pixel_aspect
        if spec.full_range:
            stream.codec_context.color_range = 2
        sound = container.add_stream("aac", rate=44100) if spec.sound else None
        for number, tick in enumerate(ticks):
            frame = _to_frame(_stored_picture(spec, number), spec)
            frame.pts, frame.time_base = tick, time_base
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if sound is not None:
            _write_silence(container, sound, seconds=float(ticks[-1] * time_base))
    return path if spec.display_matrix is None else set_display_matrix(path, spec.display_matrix)


def write_sound(path: Path, *, seconds: float = 1.0) -> Path:
    """Write a file that holds only sound."""
    with av.open(str(path), "w") as container:
        _write_silence(container, container.add_stream("aac", rate=44100), seconds=seconds)
    return path


def write_still(path: Path, size_px: tuple[int, int] = (96, 64)) -> Path:
    """Write a still picture (PNG or JPEG, by its ending)."""
    codec, pixel_format = ("png", "rgb24") if path.suffix == ".png" else ("mjpeg", "yuvj420p")
    context: Any = av.CodecContext.create(codec, "w")
    context.width, context.height = size_px
    context.pix_fmt = pixel_format
    context.time_base = Fraction(1, 30)
    frame = av.VideoFrame.from_ndarray(paint(0, size_px), "rgb24").reformat(format=pixel_format)
    frame.pts = 0
    packets = [*context.encode(frame), *context.encode(None)]
    path.write_bytes(b"".join(bytes(packet) for packet in packets))
    return path


def write_cover_art(path: Path, cover: Path, film: Path | None = None) -> Path:
    """Write an MP4 whose first video stream is cover art, with a film or only sound beside it."""
    with av.open(str(path), "w") as out, av.open(str(cover)) as art:
        art_stream: Any = out.add_stream_from_template(art.streams.video[0])
        art_stream.disposition = 0x0400
        packet = next(iter(art.demux(art.streams.video[0])))
        packet.stream = art_stream
        if film is None:
            sound = out.add_stream("aac", rate=44100)
            out.mux(packet)
            _write_silence(out, sound, seconds=0.5)
            return path
        with av.open(str(film)) as source:
            stream = out.add_stream_from_template(source.streams.video[0])
            out.mux(packet)
            for piece in source.demux(source.streams.video[0]):
                if piece.dts is not None:
                    piece.stream = stream
                    out.mux(piece)
    return path


def join_streams(path: Path, sources: Sequence[Path]) -> Path:
    """Write a film whose video streams are those of other films, in this order."""
    with av.open(str(path), "w") as out, ExitStack() as stack:
        opened = [stack.enter_context(av.open(str(source))) for source in sources]
        streams = [out.add_stream_from_template(c.streams.video[0]) for c in opened]
        for container, stream in zip(opened, streams, strict=True):
            for packet in container.demux(container.streams.video[0]):
                if packet.pts is not None:
                    packet.stream = stream
                    out.mux(packet)
    return path


def repeat_film(source: Path, path: Path, *, n_times: int) -> Path:
    """Write a film over and over by copying its packets (fast: nothing is encoded)."""
    with av.open(str(path), "w") as out:
        stream = None
        shift = 0
        for _ in range(n_times):
            with av.open(str(source)) as container:
                video = container.streams.video[0]
                stream = stream or out.add_stream_from_template(video)
                length = int(video.duration or 0)
                for packet in container.demux(video):
                    if packet.dts is None or packet.pts is None:
                        continue
                    packet.pts += shift
                    packet.dts += shift
                    packet.stream = stream
                    out.mux(packet)
                shift += length
    return path


def set_display_matrix(path: Path, matrix: tuple[float, float, float, float]) -> Path:
    """Patch the display matrix of the first track of an MP4 or MOV."""
    data = bytearray(path.read_bytes())
    start = data.index(b"tkhd") + 4
    offset = start + (52 if data[start] == 1 else 40)
    a, b, c, d = (round(value * 65536) for value in matrix)
    struct.pack_into(">9i", data, offset, a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    return path


def drop_start(path: Path, *, ticks: int) -> Path:
    """Patch the edit list of an MP4 so that its first ``ticks`` (of the media) are not shown."""
    data = bytearray(path.read_bytes())
    start = data.index(b"elst") + 12
    if data[start - 8] == 1:
        (media_time,) = struct.unpack_from(">q", data, start + 8)
        struct.pack_into(">q", data, start + 8, media_time + ticks)
    else:
        (media_time,) = struct.unpack_from(">i", data, start + 4)
        struct.pack_into(">i", data, start + 4, media_time + ticks)
    path.write_bytes(data)
    return path


def cut_off(source: Path, path: Path, *, share: float) -> Path:
    """Copy the first ``share`` of the bytes of a film."""
    data = source.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def break_packets(source: Path, path: Path, numbers: Iterable[int]) -> Path:
    """Copy a film with the payload of some packets (by decoding order) overwritten."""
    data = bytearray(source.read_bytes())
    wanted = set(numbers)
    with av.open(str(source)) as container:
        for number, packet in enumerate(container.demux(container.streams.video[0])):
            if number in wanted and packet.pos is not None:
                data[packet.pos + 4 : packet.pos + packet.size] = b"\xff" * (packet.size - 4)
    path.write_bytes(data)
    return path


def _stored_picture(spec: FilmSpec, number: int) -> ByteArray:
    """Return the picture as it must be stored, so that the display matrix shows it upright."""
    index = spec.first_index + number
    if spec.display_matrix is None:
        return paint(index, spec.size_px)
    a, b, c, d = spec.display_matrix
    width, height = spec.size_px
    upright = paint(index, (height, width) if b else (width, height))
    stored = upright.transpose(1, 0, 2) if b else upright
    return np.ascontiguousarray(stored[:: int(c or d), :: int(b or a)])


def _to_frame(picture: ByteArray, spec: FilmSpec) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(picture, "rgb24")
    if not spec.full_range:
        return frame.reformat(format=spec.pixel_format)
    return frame.reformat(format=spec.pixel_format, dst_color_range="JPEG")


def _write_silence(container: Any, stream: Any, *, seconds: float) -> None:
    silence = np.zeros((1, 1024), dtype=np.float32)
    for number in range(max(1, int(seconds * 44100 / 1024))):
        frame = av.AudioFrame.from_ndarray(silence, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 44100, number * 1024
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _middle(length: int) -> slice:
    return slice(length // 4, length - length // 4)


def _enlarge(code: ByteArray, size_px: tuple[int, int]) -> ByteArray:
    width, height = size_px
    n_columns = width - 2 * (width // 4)
    n_rows = height - 2 * (height // 4)
    column = np.empty(n_columns, dtype=np.int64)
    row = np.empty(n_rows, dtype=np.int64)
    for number, part in enumerate(np.array_split(np.arange(n_columns), _CODE_COLUMNS)):
        column[part] = number
    for number, part in enumerate(np.array_split(np.arange(n_rows), _CODE_ROWS)):
        row[part] = number
    return np.asarray(code[row[:, np.newaxis] * _CODE_COLUMNS + column[np.newaxis, :]], np.uint8)
