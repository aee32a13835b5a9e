"""A film in, the lifter's PoseTrack out."""

from __future__ import annotations

import errno
import os
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import IO

import numpy as np

from hingewise.capture.estimator import PoseEstimator
from hingewise.capture.mapped import make_mapped_arrays
from hingewise.capture.scene import SceneJoin
from hingewise.capture.video import VideoInfo
from hingewise.capture.workers import ChunkResult, OnProgress, track_chunks
from hingewise.errors import NoLifterError, OutputError
from hingewise.pose.dorsal import N_CONTOUR_POINTS
from hingewise.pose.people import Person, Piece, find_people, pick_lifter
from hingewise.pose.track import PoseTrack, TrackNotes, let_go
from hingewise.pose.tracklets import Trail, trace

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOENT)
"""Disk full, quota full, file too large, no folder for temporary files at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """Where a tracklet lies in the spool."""

    offset: int
    trail: Trail


def track_film(
    info: VideoInfo, estimator: PoseEstimator, *, n_workers: int, on_progress: OnProgress
) -> PoseTrack:
    """Follow the lifter through a film.

    Tracks are kept on disk, everybody's until it is known who the lifter is and then the lifter's,
    so memory does not grow with the number of people or the length of the film.

    Raises
    ------
    NoLifterError
        If nobody is seen in any picture.
    OutputError
        If the folder for temporary files is full.
    """
    with _spool_file() as spool:
        # Closed at once when something fails, so that no worker goes on.
        with closing(
            track_chunks(info, estimator, n_workers=n_workers, on_progress=on_progress)
        ) as chunks:
            stored, scene, n_pictures = _spool(chunks, spool)
        if not stored:
            raise _nobody(info)
        cut_frames = tuple(scene.cut_frames)
        people = find_people([s.trail for s in stored], info.time_s, cut_frames)
        lifter = pick_lifter(people)
        notes = TrackNotes(
            n_people=_n_people_beside(people, lifter),
            cut_s=tuple(float(info.time_s[f]) for f in cut_frames),
            camera_travel=scene.camera_travel,
            n_frames_lost=max(info.n_frames_promised, info.n_frames) - n_pictures,
        )
        pieces = [(stored[piece.tracklet].offset, piece) for piece in lifter.pieces]
        return _assemble(info, estimator, pieces, spool, notes)


def _spool(chunks: Iterable[ChunkResult], spool: IO[bytes]) -> tuple[list[_Stored], SceneJoin, int]:
    stored: list[_Stored] = []
    scene = SceneJoin()
    n_pictures = 0
    for chunk in chunks:
        for tracklet in chunk.tracklets:
            stored.append(_Stored(offset=spool.tell(), trail=trace(tracklet)))
            pickle.dump(tracklet, spool, protocol=pickle.HIGHEST_PROTOCOL)
        scene.add(chunk.scene, chunk.start)
        n_pictures += chunk.n_pictures
    return stored, scene, n_pictures


@contextmanager
def _spool_file() -> Iterator[IO[bytes]]:
    """A file without a name, which is gone however the work ends."""
    try:
        with tempfile.TemporaryFile(prefix="hingewise-") as spool:
            yield spool
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise OutputError(
            f"{tempfile.tempdir or os.environ.get('TMPDIR', '/tmp')}: expected room for temporary "
            f"files (5 MB for a minute of film), got: {error.strerror or error}.",
            hint="Free some space, or set TMPDIR to another folder.",
        ) from error


def _assemble(
    info: VideoInfo,
    estimator: PoseEstimator,
    pieces: list[tuple[int, Piece]],
    spool: IO[bytes],
    notes: TrackNotes,
) -> PoseTrack:
    n, k = info.n_frames, len(estimator.keypoints)
    nan = np.nan
    position, confidence, world, silhouette = make_mapped_arrays(
        ((n, k, 2), nan), ((n, k), 0.0), ((n, k, 3), nan), ((n, 2, N_CONTOUR_POINTS, 2), nan)
    )
    for offset, piece in pieces:
        spool.seek(offset)
        tracklet = pickle.load(spool)
        part = slice(*np.searchsorted(tracklet.frame, (piece.first_frame, piece.last_frame + 1)))
        rows = tracklet.frame[part]
        position[rows] = tracklet.position_px[part]
        confidence[rows] = tracklet.confidence[part]
        world[rows] = tracklet.world_m[part]
        silhouette[rows] = tracklet.silhouette_px[part]
        let_go(position)  # and with it the others, which lie in the same file
    return PoseTrack(
        time_s=info.time_s.copy(),
        position_px=position,
        confidence=confidence,
        keypoints=estimator.keypoints,
        image_size_px=info.size_px,
        estimator=estimator.info,
        world_m=world,
        silhouette_px=silhouette,
        notes=notes,
    )


def _n_people_beside(people: list[Person], lifter: Person) -> int:
    """The lifter, and whoever else is seen for long enough to matter."""
    others = [p for p in people if p is not lifter and p.n_frames >= 0.1 * lifter.n_frames]
    return 1 + len(others)


def _nobody(info: VideoInfo) -> NoLifterError:
    return NoLifterError(
        f"{info.path.name}: expected a lifter in the picture, found nobody: looked from the first "
        f"picture (0.00 s) to the last (number {info.n_frames}, {info.time_s[-1]:.2f} s).",
        hint="Film from the side with the whole body in the frame, 3 to 5 m away, in good light.",
    )
