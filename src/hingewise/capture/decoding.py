"""Pictures out of a film, as few decoded as can be.

Rotation metadata and non-square pixels become part of each picture's map from upright pixels to
stored samples.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from hingewise.capture.filmfile import decode, open_film
from hingewise.capture.orientation import stored_from_upright
from hingewise.capture.picture import ByteArray, Picture
from hingewise.capture.video import VideoInfo

MAX_STORED_SIDE_PX = 1920
"""Pictures larger than this are scaled down by the decoder; the networks see at most 256 pixels."""

DRAFT_SIDE_PX = 1280
"""Pictures from this size on are shrunk at least threefold for the networks."""

_FULL_RANGE = 2


def read_pictures(
    info: VideoInfo, start: int, end: int, *, draft: bool = False
) -> Iterator[tuple[int, Picture]]:
    """Yield ``(index, picture)`` for the frames ``[start, end)`` that can be decoded.

    The pictures are the same bits wherever the reading starts. A ``draft`` of a large picture is
    decoded without smoothing the edges of blocks, a quarter quicker: for eyes that shrink it.
    """
    reader = _PictureReader(info)
    with _OpenFilm(info, draft=draft and _may_be_draft(info)) as film:
        for index, frame in _frames(film, _Wanted(start=start, end=end)):
            yield index, reader.read(frame)


def read_some_pictures(info: VideoInfo, indexes: Iterable[int]) -> Iterator[tuple[int, Picture]]:
    """Yield ``(index, picture)`` for those of some frames, in order of time, that can be decoded.

    Quicker than reading all: what lies between them need not be decoded, if no other picture
    depends on it. Large pictures come as drafts.
    """
    reader = _PictureReader(info)
    with _OpenFilm(info, draft=_may_be_draft(info)) as film:
        for group in group_by_entry(info, indexes):
            wanted = _Wanted(start=group[0], end=group[-1] + 1, only=frozenset(group))
            for index, frame in _frames(film, wanted):
                if index in group:
                    yield index, reader.read(frame)
                if index == group[-1]:
                    break


def _may_be_draft(info: VideoInfo) -> bool:
    return max(info.stored_size_px) >= DRAFT_SIDE_PX


def group_by_entry(info: VideoInfo, indexes: Iterable[int]) -> list[list[int]]:
    """Group frames, in order of time, that are decoded from the same keyframe."""
    wanted = sorted(set(indexes))
    keys = [int(np.count_nonzero(info.keyframe[: index + 1])) for index in wanted]
    pairs = zip(wanted, keys, strict=True)
    groups = itertools.groupby(pairs, key=lambda pair: pair[1])
    return [[index for index, _ in group] for _, group in groups]


class _PictureReader:
    """Turns decoded frames into pictures, scaling and converting only where it must."""

    def __init__(self, info: VideoInfo) -> None:
        self._info = info
        self._reformatter = VideoReformatter()
        width, height = info.stored_size_px
        factor = max(width, height) / MAX_STORED_SIDE_PX
        scaled = (_even(width / factor), _even(height / factor))
        self._size = scaled if factor > 1 else (width, height)
        self._to_stored = stored_from_upright(info.orientation, info.size_px, self._size)

    def read(self, frame: VideoFrame) -> Picture:
        """Return the picture; its planes keep the frame they belong to alive."""
        ready = frame.format.name == "yuv420p" and frame.color_range != _FULL_RANGE
        if not ready or (frame.width, frame.height) != self._size:
            frame = self._reformatter.reformat(
                frame, *self._size, "yuv420p", interpolation="AREA", dst_color_range="MPEG"
            )
        luma, u, v = (_plane(plane) for plane in frame.planes)
        return Picture(
            luma=luma,
            chroma_u=u,
            chroma_v=v,
            stored_from_upright=self._to_stored,
            upright_size_px=self._info.size_px,
        )


def _plane(plane: Any) -> ByteArray:
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]


def _even(length: float) -> int:
    return max(2, 2 * round(length / 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """Frames ``[start, end)``, or only some of them."""

    start: int
    end: int
    only: frozenset[int] | None = None

    def packets(self, info: VideoInfo, key: int) -> Callable[[int | None], bool] | None:
        """Say by a packet's time whether its picture must come out; None if all must.

        Those on which others depend come out in any case.
        """
        if info.numbered or (self.only is None and self.start <= key):
            return None
        if self.only is None:
            # One earlier than the first: some decoders give a picture when the next one comes.
            since = int(info.pts[self.start - 1])
            return lambda pts: pts is None or pts >= since
        times = frozenset(int(info.pts[i]) for index in self.only for i in _around(info, index))
        return lambda pts: pts is None or pts in times


def _around(info: VideoInfo, index: int) -> range:
    return range(max(0, index - 1), min(info.n_frames, index + 2))


class _OpenFilm:
    """A film while it is read, from one keyframe or another.

    A ``draft`` leaves out the loop filter, which smooths the edges of blocks.
    """

    def __init__(self, info: VideoInfo, *, draft: bool) -> None:
        self.info = info
        self._draft = draft
        self._container: Any = None

    def __enter__(self) -> _OpenFilm:
        return self

    def __exit__(self, *_: object) -> None:
        if self._container is not None:
            self._container.close()

    def decode_from(self, key: int, wanted: _Wanted) -> Iterator[tuple[int, VideoFrame]]:
        """Frames from a keyframe on; some of those that are not wanted are left out."""
        info, stream = self.info, self._go_to(key)
        for number, frame in enumerate(decode(self._container, stream, wanted.packets(info, key))):
            index = number if info.numbered else _index_of(info, frame)
            if index is not None and index >= key:
                yield index, frame

    def _go_to(self, key: int) -> Any:
        """Stand before the packet of a keyframe; opening anew is the surest way to the first."""
        if self._container is None or key == 0:
            self.__exit__()
            self._container = open_film(self.info.path)
            decoder = self._container.streams[self.info.stream_index].codec_context
            decoder.thread_count = 1
            if self._draft:
                decoder.options = {"skip_loop_filter": "all"}
        stream = self._container.streams[self.info.stream_index]
        if key > 0:
            ticks = int(self.info.pts[key])
            self._container.seek(ticks, stream=stream, backward=True, any_frame=False)
        return stream


def _frames(film: _OpenFilm, wanted: _Wanted) -> Iterator[tuple[int, VideoFrame]]:
    """Decoded frames with their indexes.

    Decoding begins at the last keyframe up to the first frame that is wanted. If that keyframe does
    not come out (a refresh spread over several pictures, an inexact seek, a broken packet), it
    begins one earlier.
    """
    *later, earliest = _entry_points(film.info, wanted.start)
    for key in later:
        found = film.decode_from(key, wanted)
        head = next(found, None)
        if head is not None and head[0] == key:
            break
    else:
        head, found = None, film.decode_from(earliest, wanted)
    expected = wanted.start
    for index, frame in itertools.chain([head] if head else [], found):
        if index >= wanted.end:
            return
        # A broken film may give a picture late: then it is lost, for times only increase.
        if index >= expected:
            expected = index + 1
            yield index, frame


def _entry_points(info: VideoInfo, start: int) -> list[int]:
    """Pictures to begin decoding at, best first."""
    keys = np.flatnonzero(info.keyframe[: start + 1]) if info.seekable else np.zeros(1, np.int64)
    latest = [int(key) for key in keys[-1:-3:-1] if key > 0]
    return latest if len(latest) == 2 else [*latest, 0]


def _index_of(info: VideoInfo, frame: VideoFrame) -> int | None:
    if frame.pts is None:
        return None
    index = int(np.searchsorted(info.pts, frame.pts))
    return index if index < info.pts.size and info.pts[index] == frame.pts else None
