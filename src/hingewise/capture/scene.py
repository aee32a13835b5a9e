"""Whether the camera holds still and the film is one shot, from tiny copies of the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import cv2
import numpy as np

from hingewise.capture.picture import ByteArray, Picture
from hingewise.units import SampleArray

LOOK_EVERY_FRAMES = 4
ANCHOR_EVERY_FRAMES = 32
"""A shift is measured against a thumbnail that is at most this old."""

THUMBNAIL_PX = (64, 48)
CHANGED_LEVEL = 24.0
"""A thumbnail sample that differs by this much (of 255) has changed."""

CUT_CHANGED_FRACTION = 0.5
"""A lifter who moves changes a small part of the picture; a new shot changes most of it."""

MIN_SHIFT_RESPONSE = 0.35
"""A shift of the whole picture is believed when this share of the correlation agrees."""

MIN_SHIFT_PX = 0.35
"""Shifts of the thumbnail below this are noise."""

VOTE_LEVEL = 2.0
"""A thumbnail sample speaks for or against a shift when it fits better by this much (of 255)."""

MIN_VOTES_RATIO = 1.5
"""This many samples must speak for a shift of the whole picture for each that speaks against."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SceneNotes:
    """One chunk's scene: frames after cuts, how the camera moved, its end thumbnails.

    ``path`` (N, 2) is the camera's place after each look since the start, in picture widths.
    """

    cut_frames: tuple[int, ...]
    path: SampleArray
    first: SampleArray
    last: SampleArray


@dataclass(slots=True)
class SceneWatch:
    """Looks at every few pictures that pass through it."""

    cut_frames: list[int] = field(default_factory=list)
    path: list[tuple[float, float]] = field(default_factory=lambda: [(0.0, 0.0)])
    first: SampleArray | None = None
    last: SampleArray | None = None
    anchor: SampleArray = field(default_factory=lambda: np.zeros(0, np.float32))

    def watch(self, pictures: Iterable[tuple[int, Picture]]) -> Iterator[tuple[int, Picture]]:
        """Pass the pictures on unchanged."""
        for index, picture in pictures:
            if index % LOOK_EVERY_FRAMES == 0:
                self._look(index, picture)
            yield index, picture

    def notes(self) -> SceneNotes | None:
        """What was seen, or None when no picture was looked at."""
        if self.first is None or self.last is None:
            return None
        return SceneNotes(
            cut_frames=tuple(self.cut_frames),
            path=np.asarray(self.path, dtype=np.float32),
            first=self.first,
            last=self.last,
        )

    def _look(self, index: int, picture: Picture) -> None:
        thumbnail = make_thumbnail(picture.luma)
        if self.last is None:
            self.first = self.anchor = thumbnail
        elif is_cut(self.last, thumbnail):
            self.cut_frames.append(index)
            self.anchor = thumbnail
        else:
            self._follow(index, thumbnail)
        self.last = thumbnail

    def _follow(self, index: int, thumbnail: SampleArray) -> None:
        """Compare with an older thumbnail, so that a slow drift is seen too."""
        dx, dy = camera_shift(self.anchor, thumbnail)
        self.path.append((self.path[-1][0] + dx, self.path[-1][1] + dy))
        if (dx, dy) != (0.0, 0.0) or index % ANCHOR_EVERY_FRAMES == 0:
            self.anchor = thumbnail


def make_thumbnail(luma: ByteArray) -> SampleArray:
    """Shrink a picture; of large ones every few samples are enough. Shape (48, 64)."""
    height, width = luma.shape
    step = max(1, min(width // (2 * THUMBNAIL_PX[0]), height // (2 * THUMBNAIL_PX[1])))
    thin = np.ascontiguousarray(luma[::step, ::step])
    return cv2.resize(thin, THUMBNAIL_PX, interpolation=cv2.INTER_AREA).astype(np.float32)


@cache
def _window() -> SampleArray:
    return np.asarray(cv2.createHanningWindow(THUMBNAIL_PX, cv2.CV_32F), dtype=np.float32)


def is_cut(before: SampleArray, after: SampleArray) -> bool:
    """Whether most of the picture is new."""
    return bool(np.mean(np.abs(after - before) > CHANGED_LEVEL) > CUT_CHANGED_FRACTION)


def camera_shift(before: SampleArray, after: SampleArray) -> tuple[float, float]:
    """How far the whole picture moved between two thumbnails (x, y), in picture widths."""
    # phaseCorrelate applies the window to its arguments in place: give it copies.
    (dx, dy), response = cv2.phaseCorrelate(before.copy(), after.copy(), _window())
    shift = float(np.hypot(dx, dy))
    if response < MIN_SHIFT_RESPONSE or not MIN_SHIFT_PX < shift < THUMBNAIL_PX[0] / 4:
        return 0.0, 0.0
    if not _all_moved(before, after, dx, dy):
        return 0.0, 0.0
    return dx / THUMBNAIL_PX[0], dy / THUMBNAIL_PX[0]


def _all_moved(before: SampleArray, after: SampleArray, dx: float, dy: float) -> bool:
    """Whether the shift explains most of what is in the picture, not only a lifter in it.

    A plain wall shows no shift; but where something is to be seen, it must fit better when shifted.
    """
    shift = np.array([[1.0, 0.0, dx], [0.0, 1.0, dy]])
    shifted = cv2.warpAffine(before, shift, THUMBNAIL_PX, borderMode=cv2.BORDER_REPLICATE)
    stayed, moved = np.abs(after - before), np.abs(after - shifted)
    for_it = np.count_nonzero(moved < stayed - VOTE_LEVEL)
    against = np.count_nonzero(stayed < moved - VOTE_LEVEL)
    return bool(for_it > MIN_VOTES_RATIO * against)


@dataclass(slots=True)
class SceneJoin:
    """Joins the scenes of chunks as they come, in order, and keeps little of each."""

    cut_frames: list[int] = field(default_factory=list)
    path: list[SampleArray] = field(default_factory=lambda: [np.zeros((1, 2), np.float32)])
    last: SampleArray | None = None

    def add(self, note: SceneNotes | None, start: int) -> None:
        """Add the chunk that begins with this frame; None when nothing was seen of it."""
        if note is None:
            return
        place = self.path[-1][-1]
        if self.last is not None and is_cut(self.last, note.first):
            self.cut_frames.append(start)
        elif self.last is not None:
            place = place + np.asarray(camera_shift(self.last, note.first), np.float32)
        self.cut_frames.extend(note.cut_frames)
        self.path.append(note.path + place)
        self.last = note.last

    @property
    def camera_travel(self) -> float:
        """How far the camera strayed from its usual place, in picture widths.

        A lifter who fills the picture shifts it to and fro; a camera that moves goes somewhere.
        """
        places = np.concatenate(self.path)
        stray = np.hypot(*(places - np.median(places, axis=0)).T)
        return float(np.percentile(stray, 95))
