"""Films in: what a file holds, and the true times of its pictures.

Times are the container's own presentation timestamps, so variable frame rate, slow motion and edit
lists come out right.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from hingewise.capture.filmfile import decode, decode_packet, find_stream, open_film, reason
from hingewise.capture.orientation import read_orientation, rotation_deg, upright_size_px
from hingewise.errors import VideoError
from hingewise.units import BoolArray, FloatArray, IntArray

VARIABLE_RATE_FRACTION = 0.1
"""A frame interval that differs this much from the median one makes the rate variable."""

_CAPTURE_RATE_KEYS = ("com.android.capture.fps", "com.apple.quicktime.camera.framerate")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VideoInfo:
    """What a film file holds.

    ``time_s`` (T,) starts at zero; ``pts`` (T,) are the same times in ticks of ``time_base_s``;
    ``keyframe`` (T,) marks pictures that decode on their own; ``orientation`` is the 2 x 2 matrix
    that turns stored axes into upright ones (entries -1, 0, 1). ``numbered`` films carry the
    times of decoding instead of those of presentation: their n-th picture has the n-th time.
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
    stream_index: int = 0
    numbered: bool = False

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
        """Usual time between pictures: the mean of those near the median, which may be rounded."""
        interval = np.diff(self.time_s)
        median = float(np.median(interval))
        limit = max(VARIABLE_RATE_FRACTION * median, 1.5 * self.time_base_s)
        return float(interval[np.abs(interval - median) <= limit].mean())

    @property
    def nominal_rate_hz(self) -> float:
        """One over the usual frame interval."""
        return 1.0 / self.frame_interval_s

    @property
    def variable_rate(self) -> bool:
        """Whether intervals differ by more than a tenth from the median one."""
        interval = np.diff(self.time_s)
        tick = 1.5 * self.time_base_s
        limit = max(VARIABLE_RATE_FRACTION * self.frame_interval_s, tick)
        return bool(np.any(np.abs(interval - self.frame_interval_s) > limit))

    @property
    def lost_fraction(self) -> float:
        """Share of the pictures that the file promises but does not hold. Range 0-1."""
        return max(0.0, 1.0 - self.n_frames / max(self.n_frames_promised, self.n_frames))


def probe_video(path: Path) -> VideoInfo:
    """Read everything about a film but its pictures.

    The file is read through once, without decoding, because only the packets tell the true times.

    Raises
    ------
    VideoError
        If the file is missing, is not a film, or holds fewer than two pictures.
    """
    with open_film(path) as container:
        stream = find_stream(container, path)
        scan = _scan(container, stream, path)
        pts = scan.pts
        if pts.size < 2:
            raise VideoError(
                f"{path.name}: expected a film of several pictures, found {pts.size}.",
                hint="A still image shows no movement: film the whole set.",
            )
        orientation = read_orientation(scan.first)
        stored = (scan.first.width, scan.first.height)
        aspect = float(stream.sample_aspect_ratio or 1) or 1.0
        time_base_s = float(stream.time_base or 0) or 1e-6
        time_s = np.asarray((pts - pts[0]) * time_base_s, dtype=np.float64)
        return VideoInfo(
            path=path,
            size_px=upright_size_px(stored, aspect, orientation),
            stored_size_px=stored,
            orientation=orientation,
            rotation_deg=rotation_deg(orientation),
            time_s=time_s,
            pts=pts,
            time_base_s=time_base_s,
            keyframe=scan.keyframe,
            seekable=scan.seekable,
            codec=stream.codec_context.name,
            container=container.format.name,
            n_frames_promised=_count_promised(container, stream, path, time_s),
            capture_rate_hz=_capture_rate(container.metadata, stream.metadata),
            stream_index=stream.index,
            numbered=scan.numbered,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Scan:
    """First picture, and presentation times and keyframes of all."""

    first: VideoFrame
    pts: IntArray
    keyframe: BoolArray
    seekable: bool
    numbered: bool


def _scan(container: Any, stream: VideoStream, path: Path) -> _Scan:
    stream.codec_context.thread_count = 1
    first: VideoFrame | None = None
    failure: Exception | None = None
    # Plain numbers: lists of an hour's times would stay in memory, broken up, after their use.
    pts, key, timed = array("q"), bytearray(), True
    try:
        for packet in container.demux(stream):
            if first is None:
                frames, error = decode_packet(packet)
                first, failure = (frames[0] if frames else None), error or failure
            if packet.size == 0 or packet.is_discard or packet.is_corrupt:
                continue
            timed = timed and packet.pts is not None
            pts.append(packet.pts or 0)
            key.append(packet.is_keyframe)
    except (av.FFmpegError, OSError) as problem:
        failure = problem
    if first is None:
        why = f"none can be decoded ({reason(failure)})" if failure else "found none"
        raise VideoError(
            f"{path.name}: expected pictures, {why}.",
            hint="Copy the film again, or convert it to H.264.",
        )
    if not timed:
        return _scan_decoded(path, stream.index, first)
    values, index = np.unique(np.frombuffer(pts, np.int64), return_index=True)
    # AVI stores no presentation times: those of B-frames would be guessed wrong.
    numbered = container.format.name == "avi" and bool(stream.codec_context.has_b_frames)
    return _Scan(
        first=first,
        pts=values,
        keyframe=np.frombuffer(key, np.bool_)[index],
        seekable=not numbered,
        numbered=numbered,
    )


def _scan_decoded(path: Path, stream_index: int, first: VideoFrame) -> _Scan:
    """Times by decoding everything once: for containers whose packets carry none."""
    with open_film(path) as container:
        stream = container.streams[stream_index]
        ticks = [frame.pts for frame in decode(container, stream, None) if frame.pts is not None]
    pts = np.unique(np.asarray(ticks, dtype=np.int64))
    keyframe = np.arange(pts.size) == 0
    return _Scan(first=first, pts=pts, keyframe=keyframe, seekable=False, numbered=False)


def _count_promised(container: Any, stream: VideoStream, path: Path, time_s: FloatArray) -> int:
    """Pictures that an intact file would hold, as far as its head tells."""
    name = container.format.name
    if name.startswith("mov") and time_s.size < stream.frames:
        return sum(1 for entry in stream.index_entries if not entry.is_discard)
    if name.startswith("matroska") and _is_cut_off_matroska(path) and container.duration:
        missing_s = float(container.duration) / 1e6 - float(time_s[-1])
        interval_s = float(np.median(np.diff(time_s)))
        return int(time_s.size) - 1 + max(1, round(missing_s / interval_s))
    return int(stream.frames)


def _is_cut_off_matroska(path: Path) -> bool:
    """Whether the segment of a Matroska file ends beyond the end of the file."""
    with path.open("rb") as file:
        head = file.read(4096)
    start = head.find(b"\x18\x53\x80\x67") + 4
    if start < 4 or start + 8 > len(head):
        return False
    n_bytes = 9 - head[start].bit_length()
    mask = (1 << 7 * n_bytes) - 1
    size = int.from_bytes(head[start : start + n_bytes], "big") & mask
    return size != mask and start + n_bytes + size > path.stat().st_size


def _capture_rate(*metadata: dict[str, str]) -> float | None:
    """Frame rate at capture that phones note for slow motion."""
    for table in metadata:
        for key in _CAPTURE_RATE_KEYS:
            try:
                rate = float(table[key])
            except (KeyError, ValueError):
                continue
            if math.isfinite(rate) and rate > 0:
                return rate
    return None
