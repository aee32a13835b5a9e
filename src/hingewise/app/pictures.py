"""Everything drawn from the film's own pictures: the annotated film and the key frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hingewise.app.measure_set import MeasuredSet
from hingewise.capture.decoding import read_pictures, read_some_pictures
from hingewise.capture.estimator import Progress
from hingewise.capture.picture import ByteArray, Picture
from hingewise.capture.video import VideoInfo
from hingewise.capture.workers import usable_cores
from hingewise.render.film import film_size_px, write_film
from hingewise.render.film_data import FilmData, gather_film_data, overlay_at
from hingewise.render.keyframes import (
    Crop,
    KeyFrame,
    KeyMoment,
    choose_key_moments,
    crop_to_lifter,
    encode_keyframe,
    frame_budget_bytes,
)
from hingewise.render.overlay import draw_frame

KEYFRAME_SIDE_PX = 960
MAX_KEYFRAME_REPETITIONS = 60
"""A set has fewer; a film of an hour must not make a report of hundreds of pictures."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sketchbook:
    """What is needed to make key frames: ``moments`` by frame index."""

    film: FilmData
    moments: dict[int, list[KeyMoment]]
    size: tuple[int, int]
    crop: Crop
    max_bytes: int

    def sketch(self, index: int, picture: Picture) -> list[KeyFrame]:
        """Make the key frames of one picture."""
        frames = []
        for moment in self.moments.get(index, ()):
            jpeg = encode_keyframe(
                picture.to_rgb(*self.size),
                overlay_at(self.film, index, self.size, with_hud=False),
                crop=self.crop,
                max_bytes=self.max_bytes,
            )
            frames.append(
                KeyFrame(
                    repetition=moment.repetition,
                    kind=moment.kind,
                    time_s=float(self.film.time_s[index]),
                    jpeg=jpeg,
                )
            )
        return frames


def draw_pictures(
    info: VideoInfo,
    measured: MeasuredSet,
    film_path: Path | None,
    tell: Callable[[Progress], None],
) -> list[KeyFrame]:
    """Write the annotated film, if a path is given, and return the key frames.

    With a film all pictures are decoded once for both; without, only those around key frames.
    """
    film = gather_film_data(
        measured.track,
        measured.kinematics,
        measured.segmentation,
        near_side=measured.view.near_side,
        facing=measured.view.facing,
    )
    book = _open_sketchbook(info, film, measured)
    if film_path is None:
        return _sketch_selected(info, book)
    key_frames: list[KeyFrame] = []
    size = film_size_px(info.size_px)

    def frames() -> Iterator[tuple[float, ByteArray]]:
        for index, picture in read_pictures(info, 0, info.n_frames):
            key_frames.extend(book.sketch(index, picture))
            rgb = picture.to_rgb(*size)
            yield float(film.time_s[index]), draw_frame(rgb, overlay_at(film, index, size))
            tell(Progress(n_done=index + 1, n_total=info.n_frames))

    write_film(film_path, frames())
    return key_frames


def _sketch_selected(info: VideoInfo, book: _Sketchbook) -> list[KeyFrame]:
    """Decode little but the key frames."""
    return [
        frame
        for index, picture in read_some_pictures(info, book.moments, n_threads=usable_cores())
        for frame in book.sketch(index, picture)
    ]


def _open_sketchbook(info: VideoInfo, film: FilmData, measured: MeasuredSet) -> _Sketchbook:
    repetitions = measured.segmentation.repetitions[:MAX_KEYFRAME_REPETITIONS]
    moments: dict[int, list[KeyMoment]] = {}
    chosen = choose_key_moments(film.time_s, repetitions, info.keyframe)
    for moment in chosen:
        moments.setdefault(moment.index, []).append(moment)
    size = _fit(info.size_px, KEYFRAME_SIDE_PX)
    scale = np.array(size) / np.array(info.size_px)
    cloud = np.concatenate([film.near_px, film.far_px], axis=1).reshape(-1, 2) * scale
    return _Sketchbook(
        film=film,
        moments=moments,
        size=size,
        crop=crop_to_lifter(cloud, size),
        max_bytes=frame_budget_bytes(len(chosen)),
    )


def _fit(size_px: tuple[int, int], side_px: int) -> tuple[int, int]:
    factor = min(1.0, side_px / max(size_px))
    return max(2, round(size_px[0] * factor)), max(2, round(size_px[1] * factor))
