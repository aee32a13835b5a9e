"""Films cut together from the example: the same lifter in other circumstances.

Pictures are RGB arrays (height, width, 3); times are in seconds. Everything is kept small and short
so that a film is analysed in a second or two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from tests.films import ByteArray

EXAMPLE = Path(__file__).parents[2] / "examples" / "cable_pull_through.mp4"
SIZE_PX = (240, 320)
TWO_REPETITIONS_S = 12.6
"""The second repetition of the example is over at 12.3 s."""

ONE_REPETITION_S = 7.5
LIFTER_COLUMNS = (0.44, 0.97)
"""Where the lifter is in the picture, as shares of its width, the cable left out."""

FAST = {"preset": "ultrafast", "crf": "18"}
_TIME_BASE = Fraction(1, 90_000)


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """Pictures with their times."""

    pictures: tuple[ByteArray, ...]
    time_s: tuple[float, ...]

    def map(self, change: Callable[[ByteArray, float], ByteArray]) -> Shot:
        """Change every picture, knowing how far the shot is (0 to 1)."""
        n = max(1, len(self.pictures) - 1)
        return Shot(tuple(change(p, i / n) for i, p in enumerate(self.pictures)), self.time_s)

    def keep(self, indexes: Iterable[int]) -> Shot:
        """Only these pictures, at their own times."""
        chosen = tuple(indexes)
        return Shot(tuple(self.pictures[i] for i in chosen), tuple(self.time_s[i] for i in chosen))

    def between(self, start_s: float, end_s: float) -> Shot:
        """Only the pictures of ``[start, end)``."""
        return self.keep(i for i, t in enumerate(self.time_s) if start_s <= t < end_s)

    def then(self, other: Shot) -> Shot:
        """Another shot cut to the end of this one."""
        start = self.time_s[-1] + self.time_s[1] - self.time_s[0]
        later = tuple(start + t - other.time_s[0] for t in other.time_s)
        return Shot(self.pictures + other.pictures, self.time_s + later)


@cache
def example(
    *, end_s: float = TWO_REPETITIONS_S, every: int = 2, size_px: tuple[int, int] = SIZE_PX
) -> Shot:
    """The beginning of the example, every ``every``-th picture, at this size."""
    pictures: list[ByteArray] = []
    times: list[float] = []
    with av.open(str(EXAMPLE)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if frame.time >= end_s:
                break
            if number % every == 0:
                pictures.append(
                    resized(np.asarray(frame.to_ndarray(format="rgb24"), np.uint8), size_px)
                )
                times.append(frame.time)
    return Shot(tuple(pictures), tuple(times))


def write_shot(
    path: Path,
    shot: Shot,
    *,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    stretch: float = 1.0,
) -> Path:
    """Encode a shot with its own times, ``stretch`` times slower."""
    height, width = shot.pictures[0].shape[:2]
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=30, options=dict(options or FAST))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = _TIME_BASE
        stream.codec_context.thread_count = 2
        for picture, time_s in zip(shot.pictures, shot.time_s, strict=True):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
            frame.pts = round((time_s - shot.time_s[0]) * stretch / _TIME_BASE)
            frame.time_base = _TIME_BASE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def resized(picture: ByteArray, size_px: tuple[int, int]) -> ByteArray:
    """The same picture at another size."""
    if (picture.shape[1], picture.shape[0]) == size_px:
        return picture
    smaller = picture.shape[1] > size_px[0]
    how = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, size_px, interpolation=how), np.uint8)


def empty_room(picture: ByteArray) -> ByteArray:
    """The room without the lifter: a strip of wall beside them, drawn wide."""
    left, right = _columns(picture)
    width = picture.shape[1]
    strip = picture[:, width - width // 40 :]
    room = picture.copy()
    room[:, left:right] = cv2.resize(strip, (right - left, picture.shape[0]))
    return room


def shrunk(picture: ByteArray, factor: float) -> ByteArray:
    """The lifter far away: the whole picture small, amid its own wall colour."""
    height, width = picture.shape[:2]
    small = resized(picture, (int(width * factor), int(height * factor)))
    canvas = np.full_like(picture, picture[height // 4, width // 8 :].mean(axis=0).astype(np.uint8))
    y, x = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    canvas[y : y + small.shape[0], x : x + small.shape[1]] = small
    return canvas


def without_feet(picture: ByteArray, share: float) -> ByteArray:
    """The picture cut off at the bottom, this share of its height kept."""
    height, width = picture.shape[:2]
    kept = picture[: int(height * share) // 2 * 2]
    return kept[:, : width // 2 * 2]


def lifter_moved(picture: ByteArray, share: float) -> ByteArray:
    """The lifter moved to the right through a room that stays, by this share of the width."""
    left, right = _columns(picture)
    width = picture.shape[1]
    room = empty_room(picture)
    shift = int(share * width)
    end = min(width, right + shift)
    if left + shift < width:
        room[:, left + shift : end] = picture[:, left : end - shift]
    return room


def passed_by(picture: ByteArray, passer: ByteArray, share: float) -> ByteArray:
    """Somebody cut out of another picture, a little larger than the lifter, in front of it.

    ``share`` says how far they are on their way from the left edge to the right (0 to 1).
    """
    left, right = _columns(passer)
    height, width = picture.shape[:2]
    walker = resized(passer[:, right:left:-1], (int(1.1 * (right - left)), int(1.1 * height)))
    x = int(share * (width + walker.shape[1])) - walker.shape[1]
    start, end = max(0, x), min(width, x + walker.shape[1])
    hidden = picture.copy()
    if start < end:
        hidden[:, start:end] = walker[:height, start - x : end - x]
    return hidden


def beside(picture: ByteArray, other: ByteArray) -> ByteArray:
    """Two pictures side by side: two people in one room."""
    return np.hstack([picture, other])


def panned(picture: ByteArray, share: float, *, zoom: float = 1.6) -> ByteArray:
    """What a camera sees that turned by this share of the width (-1 to 1), edges mirrored."""
    height, width = picture.shape[:2]
    shift = np.array([[1 / zoom, 0, width * (share + (1 - 1 / zoom) / 2)], [0, 1 / zoom, 0]])
    shift[1, 2] = height * (1 - 1 / zoom) / 2
    return np.asarray(
        cv2.warpAffine(
            picture,
            shift,
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT,
        ),
        np.uint8,
    )


def rolled(picture: ByteArray, degrees: float) -> ByteArray:
    """What a camera sees that is tilted sideways (counter-clockwise positive)."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def still(picture: ByteArray, *, n: int, rate_hz: float = 15.0) -> Shot:
    """One picture held."""
    return Shot((picture,) * n, tuple(i / rate_hz for i in range(n)))


def other_room(picture: ByteArray) -> ByteArray:
    """Another shot: mirrored, in other light."""
    return np.asarray(255 - 0.6 * picture[:, ::-1], np.uint8)


def drop_randomly(shot: Shot, *, share: float, seed: int = 3) -> Shot:
    """Leave out pictures at random, so that the rate varies; the first stays."""
    chance = np.random.default_rng(seed).random(len(shot.pictures))
    return shot.keep(i for i, c in enumerate(chance) if i == 0 or c > share)


def _columns(picture: ByteArray) -> tuple[int, int]:
    width = picture.shape[1]
    return int(LIFTER_COLUMNS[0] * width), int(LIFTER_COLUMNS[1] * width)


def write_nothing(path: Path) -> Path:
    """Write a film that holds no picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height = 64, 64
        container.start_encoding()
    return path
