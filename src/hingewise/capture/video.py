"""Films in: what a file holds, and its pictures with their true times.

Times are the container's own presentation timestamps, so variable frame rate, slow motion and edit
lists come out right. Rotation metadata and non-square pixels become part of each picture's map from
upright pixels to stored samples.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from hingewise.capture.picture import ByteArray, Picture
from hingewise.errors import VideoError
from hingewise.units import BoolArray, FloatArray, IntArray

MAX_STORED_SIDE_PX = 1920
"""Pictures larger than this are scaled down by the decoder; the networks see at most 256 pixels."""

VARIABLE_RATE_FRACTION = 0.1
"""A frame interval that differs this much from the median one makes the rate variable."""

_FULL_RANGE = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VideoInfo:
    """What a film file holds.

    ``time_s`` (T,) starts at zero; ``pts`` (T,) are the same times in ticks of ``time_base_s``;
    ``keyframe`` (T,) marks pictures that decode on their own; ``orientation`` is the 2 x 2 matrix
    that turns stored axes into upright ones (entries -1, 0, 1).
    """

    path: Path
    size_px: tuple[int, int]
    stored_size_px: tuple[int, int]
    orientation: FloatArray
    rotation_deg: int
    time_s: FloatArray
    pts: IntArray
    time_base_s: float
    keyframe: BoolArray
    seekable: bool
    codec: str
    container: str
    n_frames_promised: int
    capture_rate_hz: float | None

    @property
    def n_frames(self) -> int:
        """Number of pictures that can be read."""
        return int(self.time_s.size)

    @property
    def duration_s(self) -> float:
        """From the first picture to the end of the last."""
        return float(self.time_s[-1] + self.frame_interval_s)

    @property
    def frame_interval_s(self) -> float:
        """Median time between pictures."""
        return float(np.median(np.diff(self.time_s)))

    @property
    def nominal_rate_hz(self) -> float:
        """One over the median frame interval."""
        return 1.0 / self.frame_interval_s

    @property
    def variable_rate(self) -> bool:
        """Whether intervals differ by more than a tenth from the median one."""
        interval = np.diff(self.time_s)
        tick = 1.5 * self.time_base_s
        limit = np.maximum(VARIABLE_RATE_FRACTION * self.frame_interval_s, tick)
        return bool(np.any(np.abs(interval - self.frame_interval_s) > limit))

    @property
    def lost_fraction(self) -> float:
        """Share of the pictures that the file promises but does not hold. Range 0-1."""
        return max(0.0, 1.0 - self.n_frames / max(self.n_frames_promised, self.n_frames))


def probe_video(path: Path) -> VideoInfo:
    """Read everything about a film but its pictures.

    Raises
    ------
    VideoError
        If the file is missing, is not a film, or holds fewer than two pictures.
    """
    _check_file(path)
    with _open(path) as container:
        stream = _video_stream(container, path)
        first = _first_frame(container, stream, path)
        orientation = _orientation(first)
        size = _upright_size(first, stream, orientation)
        promised = int(stream.frames)
        capture_rate = _capture_rate(container.metadata, stream.metadata)
        time_base = float(stream.time_base or 0) or 1.0 / 90000
        codec, name = stream.codec_context.name, container.format.name
    pts, keyframe, seekable = _scan_times(path)
    if pts.size < 2:
        raise VideoError(
            f"{path.name}: expected a film of several pictures, found {pts.size}.",
            hint="A still image shows no movement: film the whole set.",
        )
    return VideoInfo(
        path=path,
        size_px=size,
        stored_size_px=(first.width, first.height),
        orientation=orientation,
        rotation_deg=_rotation_deg(orientation),
        time_s=(pts - pts[0]) * time_base,
        pts=pts,
        time_base_s=time_base,
        keyframe=keyframe,
        seekable=seekable,
        codec=codec,
        container=name,
        n_frames_promised=promised,
        capture_rate_hz=capture_rate,
    )


def read_pictures(info: VideoInfo, start: int, end: int) -> Iterator[tuple[int, Picture]]:
    """Yield ``(index, picture)`` for the frames ``[start, end)`` that can be decoded."""
    reader = _PictureReader(info)
    with _open(info.path) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        first_key = _seek(container, stream, info, start)
        skipping = first_key < start
        if skipping:
            stream.codec_context.skip_frame = "NONREF"
        for frame in _decode(container, stream, info, start if skipping else None):
            index = _index_of(info, frame)
            if index is None or index < start:
                continue
            if index >= end:
                return
            yield index, reader.read(frame)


def hash_file(path: Path) -> str:
    """SHA-256 of a file, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _PictureReader:
    """Turns decoded frames into pictures, scaling and converting only where it must."""

    def __init__(self, info: VideoInfo) -> None:
        self._info = info
        self._reformatter = VideoReformatter()
        width, height = info.stored_size_px
        factor = max(1.0, max(width, height) / MAX_STORED_SIDE_PX)
        self._size = (_even(width / factor), _even(height / factor))

    def read(self, frame: VideoFrame) -> Picture:
        size = self._size
        ready = frame.format.name == "yuv420p" and frame.color_range != _FULL_RANGE
        if not ready or (frame.width, frame.height) != size:
            frame = self._reformatter.reformat(
                frame, size[0], size[1], "yuv420p", interpolation="AREA"
            )
        luma, u, v = (_plane(plane) for plane in frame.planes)
        return Picture(
            luma=luma,
            chroma_u=u,
            chroma_v=v,
            stored_from_upright=stored_from_upright(
                self._info.orientation, self._info.size_px, (frame.width, frame.height)
            ),
            upright_size_px=self._info.size_px,
        )


def stored_from_upright(
    orientation: FloatArray, upright_px: tuple[int, int], stored_px: tuple[int, int]
) -> FloatArray:
    """Affine (2, 3) from upright pixels to stored samples.

    ``orientation`` turns a stored direction into an upright one; both pictures fill their frames.
    """
    inverse = orientation.T
    upright = np.asarray(upright_px, dtype=np.float64)
    stored = np.asarray(stored_px, dtype=np.float64)
    scale = stored / np.abs(inverse @ upright)
    linear = scale[:, np.newaxis] * inverse
    offset = stored / 2.0 - linear @ (upright / 2.0)
    return np.column_stack([linear, offset])


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise VideoError(
            f"{path}: expected a film file, got a folder.",
            hint="Name the film itself; several films can be given in one call.",
        )
    if not path.exists():
        raise VideoError(f"{path}: expected a film file, found nothing there.", hint="Check the path.")
    if not path.is_file():
        raise VideoError(f"{path}: expected a film file, got a device or pipe.", hint="Save it first.")
    if path.stat().st_size == 0:
        raise VideoError(
            f"{path.name}: expected a film, got an empty file (0 bytes).",
            hint="Copy it from the phone again.",
        )


def _open(path: Path) -> Any:
    try:
        return av.open(str(path), metadata_errors="replace")
    except PermissionError as error:
        raise VideoError(
            f"{path}: expected a readable film, got a file without read permission.",
            hint="Change its permissions.",
        ) from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise VideoError(
            f"{path.name}: expected a film (MP4, MOV, MKV, WebM, AVI, GIF), got something that cannot "
            f"be opened ({_reason(error)}).",
            hint=_open_hint(path),
        ) from error


def _open_hint(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(64)
    if head[4:8] in (b"ftyp", b"mdat", b"moov", b"wide", b"free"):
        return "Its index is missing, as when a recording or a copy was cut off: copy it again."
    return "Check that it plays in another program."


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return str(text).strip().rstrip(".") or type(error).__name__


def _video_stream(container: Any, path: Path) -> VideoStream:
    streams = [s for s in container.streams.video if not s.disposition & _ATTACHED_PICTURE]
    if not streams:
        kind = "only sound" if container.streams.audio else "no pictures"
        raise VideoError(
            f"{path.name}: expected a film, got a file with {kind}.", hint="Export it with its video."
        )
    stream: VideoStream = streams[0]
    if stream.codec_context is None:
        raise VideoError(
            f"{path.name}: its video codec is not known here.", hint="Convert it to H.264 first."
        )
    return stream


_ATTACHED_PICTURE = 0x0400


def _first_frame(container: Any, stream: VideoStream, path: Path) -> VideoFrame:
    try:
        for frame in container.decode(stream):
            return frame  # type: ignore[no-any-return]
    except (av.FFmpegError, OSError) as error:
        raise VideoError(
            f"{path.name}: expected pictures, but none can be decoded ({_reason(error)}).",
            hint="Copy the film again, or convert it to H.264.",
        ) from error
    raise VideoError(f"{path.name}: expected pictures, found none.", hint="Film the set again.")


def _scan_times(path: Path) -> tuple[IntArray, BoolArray, bool]:
    """Presentation times and keyframes of all pictures, from the packets where they tell."""
    pts: list[int] = []
    key: list[bool] = []
    complete = True
    with _open(path) as container:
        stream = container.streams.video[0]
        try:
            for packet in container.demux(stream):
                if packet.size == 0 or packet.is_discard or packet.is_corrupt:
                    continue
                if packet.pts is None:
                    complete = False
                    break
                pts.append(packet.pts)
                key.append(packet.is_keyframe)
        except (av.FFmpegError, OSError):
            pass
    if not complete:
        return _decoded_times(path)
    values, first = np.unique(np.asarray(pts, dtype=np.int64), return_index=True)
    return values, np.asarray(key, dtype=np.bool_)[first], True


def _decoded_times(path: Path) -> tuple[IntArray, BoolArray, bool]:
    """Times by decoding everything once: for containers whose packets carry none."""
    pts: list[int] = []
    with _open(path) as container:
        stream = container.streams.video[0]
        try:
            pts.extend(frame.pts for frame in container.decode(stream) if frame.pts is not None)
        except (av.FFmpegError, OSError):
            pass
    values = np.unique(np.asarray(pts, dtype=np.int64))
    keyframe = np.zeros(values.size, dtype=np.bool_)
    keyframe[:1] = True
    return values, keyframe, False


def _seek(container: Any, stream: VideoStream, info: VideoInfo, start: int) -> int:
    """Place the reader on the last keyframe at or before ``start``; return its index."""
    keys = np.flatnonzero(info.keyframe[: start + 1])
    key = int(keys[-1]) if keys.size and info.seekable else 0
    if key > 0:
        container.seek(int(info.pts[key]), stream=stream, backward=True, any_frame=False)
    return key


def _decode(
    container: Any, stream: VideoStream, info: VideoInfo, exact_from: int | None
) -> Iterator[VideoFrame]:
    """Decode, skipping unreferenced pictures until shortly before ``exact_from``.

    Broken packets are passed over: what can be decoded is.
    """
    limit = None if exact_from is None else info.pts[max(exact_from - 1, 0)]
    try:
        for packet in container.demux(stream):
            if limit is not None and (packet.pts is None or packet.pts >= limit):
                stream.codec_context.skip_frame = "DEFAULT"
                limit = None
            try:
                yield from packet.decode()
            except av.FFmpegError:
                continue
    except (av.FFmpegError, OSError):
        return


def _index_of(info: VideoInfo, frame: VideoFrame) -> int | None:
    if frame.pts is None:
        return None
    index = int(np.searchsorted(info.pts, frame.pts))
    return index if index < info.pts.size and info.pts[index] == frame.pts else None


def _plane(plane: Any) -> ByteArray:
    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]


def _even(length: float) -> int:
    return max(2, 2 * round(length / 2))


def _orientation(frame: VideoFrame) -> FloatArray:
    """Nearest quarter turn or mirror image that the display matrix asks for."""
    for data in frame.side_data:
        if data.type.name == "DISPLAYMATRIX":
            raw = np.frombuffer(data, np.int32)[:9].reshape(3, 3).astype(np.float64)
            linear = raw[:2, :2].T
            if abs(np.linalg.det(linear)) > 0:
                signs = np.where(np.abs(linear) >= np.abs(linear).max() / 2, np.sign(linear), 0.0)
                if abs(np.linalg.det(signs)) == 1:
                    return signs
    return np.eye(2)


def _rotation_deg(orientation: FloatArray) -> int:
    """Clockwise turn of the upright picture against the stored one: 0, 90, 180 or 270."""
    return round(float(np.degrees(np.arctan2(orientation[1, 0], orientation[0, 0])))) % 360


def _upright_size(
    frame: VideoFrame, stream: VideoStream, orientation: FloatArray
) -> tuple[int, int]:
    aspect = float(stream.sample_aspect_ratio or 1) or 1.0
    square = np.array([frame.width * aspect, float(frame.height)])
    width, height = np.abs(orientation @ square)
    return round(float(width)), round(float(height))


def _capture_rate(*metadata: dict[str, str]) -> float | None:
    """Frame rate at capture that phones note for slow motion."""
    for table in metadata:
        for key in ("com.android.capture.fps", "com.apple.quicktime.camera.framerate"):
            try:
                rate = float(table[key])
            except (KeyError, ValueError):
                continue
            if rate > 0:
                return rate
    return None
