"""Everything drawn from the film's own pictures: the annotated film and the key frames."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hingewise.app.measure_set import MeasuredSet
from hingewise.capture.decoding import group_by_entry, read_pictures, read_some_pictures
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
    keyframe_size_px,
    prove_key_moments,
)
from hingewise.render.overlay import draw_frame
from hingewise.render.proof import draw_proof
from hingewise.report.proof import Proof
from hingewise.units import BoolArray

MAX_KEYFRAME_REPETITIONS = 60
"""A set has fewer; a film of an hour must not make a report of hundreds of pictures."""

LEAD_S = 0.15
"""A fault is shown from a little before the moment in which it is measured."""

N_AHEAD = 4
"""Pictures decoded before they are drawn."""

LET_GO_EVERY_FRAMES = 4096
"""So often the part of the track that was drawn is forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sketchbook:
    """What is needed to make key frames: ``moments`` by frame index.

    ``forward`` is 1 where the lifter faces right, -1 where left.
    """

    film: FilmData
    moments: dict[int, list[KeyMoment]]
    crop: Crop
    max_bytes: int
    forward: float

    def sketch(self, index: int, picture: Picture) -> list[KeyFrame]:
        """Make the key frames of one picture."""
        frames = []
        for moment in self.moments.get(index, ()):
            box = (self.crop.x0, self.crop.y0, self.crop.x1, self.crop.y1)
            jpeg = encode_keyframe(
                picture.cut_rgb(box, *keyframe_size_px(self.crop)),
                overlay_at(self.film, index, picture.upright_size_px, with_hud=False),
                crop=self.crop,
                proof=moment.proof,
                forward=self.forward,
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
    *,
    proofs: Sequence[Proof] = (),
    moments: Sequence[Proof] = (),
) -> list[KeyFrame]:
    """Write the annotated film, if a path is given, and return the key frames and the proofs.

    With a film all pictures are decoded once for both; without, only those around key frames.
    ``moments`` are shown in the film while they last, the first of several at once.
    """
    film = gather_film_data(
        measured.track,
        measured.kinematics,
        measured.segmentation,
        near_side=measured.view.near_side,
        facing=measured.view.facing,
        back=measured.sagittal.back,
    )
    book = _open_sketchbook(info, film, measured, proofs)
    if film_path is None:
        return _sketch_selected(info, book)
    key_frames: list[KeyFrame] = []
    size = film_size_px(info.size_px)

    def frames() -> Iterator[tuple[float, ByteArray]]:
        for index, picture in _ahead(read_pictures(info, 0, info.n_frames)):
            key_frames.extend(book.sketch(index, picture))
            now_s, overlay = float(film.time_s[index]), overlay_at(film, index, size)
            rgb = draw_frame(picture.to_rgb(*size), overlay)
            proof = next((p for p in moments if p.start_s - LEAD_S <= now_s <= p.end_s), None)
            if proof is not None:
                rgb = draw_proof(rgb, overlay, proof, forward=book.forward)
            yield now_s, rgb
            tell(Progress(n_done=index + 1, n_total=info.n_frames))
            if index % LET_GO_EVERY_FRAMES == 0:
                measured.track.let_go()

    write_film(film_path, frames())
    return key_frames


def _ahead(pictures: Iterator[tuple[int, Picture]]) -> Iterator[tuple[int, Picture]]:
    """The same pictures, decoded by a thread of their own while those before are drawn."""
    with ThreadPoolExecutor(1) as pool:
        waiting = deque(pool.submit(next, pictures, None) for _ in range(N_AHEAD))
        while (item := waiting.popleft().result()) is not None:
            waiting.append(pool.submit(next, pictures, None))
            yield item


def _sketch_selected(info: VideoInfo, book: _Sketchbook) -> list[KeyFrame]:
    """Decode little but the key frames, several at once: decoders and coders need no Python."""

    def sketch(indexes: list[int]) -> list[KeyFrame]:
        return [
            frame
            for index, picture in read_some_pictures(info, indexes)
            for frame in book.sketch(index, picture)
        ]

    n_threads = min(4, usable_cores())
    shares = share_out(info.keyframe, group_by_entry(info, book.moments), n_threads)
    with ThreadPoolExecutor(n_threads) as pool:
        found = pool.map(sketch, shares)
        return [frame for frames in found for frame in frames]


def share_out(
    keyframe: BoolArray, groups: Sequence[Sequence[int]], n_shares: int
) -> list[list[int]]:
    """Share frames out, in their order, so that each share takes about as long to decode.

    Parameters
    ----------
    keyframe
        Pictures that decode on their own. Shape (T,).
    groups
        Frames that are decoded from the same keyframe.
    n_shares
        How many shares, some perhaps empty.
    """
    keys = [int(np.flatnonzero(keyframe[: group[0] + 1]).max(initial=0)) for group in groups]
    costs = [group[-1] + 1 - key for group, key in zip(groups, keys, strict=True)]
    middles = np.cumsum(costs) - np.array(costs) / 2
    owner = (middles * n_shares // max(sum(costs), 1)).astype(int)
    return [
        [
            index
            for group, mine in zip(groups, owner, strict=True)
            if mine == share
            for index in group
        ]
        for share in range(n_shares)
    ]


def _open_sketchbook(
    info: VideoInfo, film: FilmData, measured: MeasuredSet, proofs: Sequence[Proof]
) -> _Sketchbook:
    repetitions = measured.segmentation.repetitions[:MAX_KEYFRAME_REPETITIONS]
    moments: dict[int, list[KeyMoment]] = {}
    chosen = (
        *choose_key_moments(film.time_s, repetitions, info.keyframe),
        *prove_key_moments(film.time_s, repetitions, proofs),
    )
    for moment in chosen:
        moments.setdefault(moment.index, []).append(moment)
    return _Sketchbook(
        film=film,
        moments=moments,
        crop=crop_to_lifter(film.cloud_px, info.size_px),
        max_bytes=frame_budget_bytes(len(chosen)),
        forward=-1.0 if measured.view.facing == "left" else 1.0,
    )
