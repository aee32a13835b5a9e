"""Working on the chunks of a film with several processes.

A film is cut into chunks of equal length; each chunk is a pure function of the film, so the result
is the same bit for bit whichever process works on it. Neighbouring chunks go out together, as a
span, because a worker must decode from the keyframe before its first picture.
"""

from __future__ import annotations

import ctypes
import math
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2

from hingewise.capture.decoding import read_pictures
from hingewise.capture.estimator import PeopleTracker, PoseEstimator, Progress
from hingewise.capture.holding import hold_signals
from hingewise.capture.picture import Picture
from hingewise.capture.scene import SceneNotes, SceneWatch
from hingewise.capture.video import VideoInfo
from hingewise.errors import EstimatorError
from hingewise.pose.tracklets import Tracklet

CHUNK_FRAMES = 192
"""About so long is a chunk: what starts each anew costs two pictures' time."""

OUTLINE_RATE_HZ = 10.0
"""Enough to follow how a back bends; the mask takes two fifths of the network's time."""

MAX_SPAN_CHUNKS = 8
"""The results of a span lie in memory until it is done; each span begins with a seek."""
POLL_S = 0.1

OnProgress = Callable[[Progress], None]
MakeTracker = Callable[[], PeopleTracker]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChunkResult:
    """Everybody seen in one chunk, and its scene."""

    start: int
    n_pictures: int
    tracklets: list[Tracklet]
    scene: SceneNotes | None


class _Worker:
    """One process's networks and its line to the parent."""

    def __init__(self, make_tracker: MakeTracker, info: VideoInfo, done: Any) -> None:
        cv2.setNumThreads(1)
        self._tracker = make_tracker()
        self._info = info
        self._done = done

    def work(self, bounds: list[int]) -> Iterator[ChunkResult]:
        """Work on neighbouring chunks between these frames, decoding once."""
        pictures = _Lookahead(
            self._counted(read_pictures(self._info, bounds[0], bounds[-1], draft=True))
        )
        for start, end in pairwise(bounds):
            yield self._chunk(pictures, start, end)

    def _chunk(self, pictures: _Lookahead, start: int, end: int) -> ChunkResult:
        watch = SceneWatch()
        before = pictures.n_taken
        tracklets = self._tracker.track(
            watch.watch(pictures.until(end)), outline_every=outline_every(self._info)
        )
        for _ in pictures.until(end):
            pass
        return ChunkResult(
            start=start,
            n_pictures=pictures.n_taken - before,
            tracklets=tracklets,
            scene=watch.notes(),
        )

    def _counted(self, pictures: Iterator[tuple[int, Picture]]) -> Iterator[tuple[int, Picture]]:
        for item in pictures:
            yield item
            with self._done.get_lock():
                self._done.value += 1


class _Lookahead:
    """A stream of pictures that can be taken up to a frame index."""

    def __init__(self, pictures: Iterator[tuple[int, Picture]]) -> None:
        self._pictures = pictures
        self._held: tuple[int, Picture] | None = None
        self.n_taken = 0

    def until(self, end: int) -> Iterator[tuple[int, Picture]]:
        """Yield the pictures whose index is below ``end``."""
        while True:
            item = self._held or next(self._pictures, None)
            self._held = None
            if item is None:
                return
            if item[0] >= end:
                self._held = item
                return
            self.n_taken += 1
            yield item


def track_chunks(
    info: VideoInfo, estimator: PoseEstimator, *, n_workers: int, on_progress: OnProgress
) -> Generator[ChunkResult, None, None]:
    """Yield the result of every chunk of a film, in order.

    Close it when you stop taking results: then the workers end at once.

    Raises
    ------
    EstimatorError
        If a worker dies.
    """
    bounds = cut_into_chunks(info.n_frames)
    n_chunks = len(bounds) - 1
    if min(n_workers, n_chunks) <= 1:
        yield from _alone(info, estimator, on_progress)
        return
    method, make_tracker = _prepare(estimator)
    context = multiprocessing.get_context(method)
    done = context.Value("q", 0)
    executor = ProcessPoolExecutor(
        min(n_workers, n_chunks),
        mp_context=context,
        initializer=_start_worker,
        initargs=(make_tracker, info, done),
    )
    try:
        spans = plan_spans(n_chunks, n_workers)
        with hold_signals():  # an exception raised while a process is forked would be lost
            futures = [executor.submit(_work, bounds[first : first + n + 1]) for first, n in spans]
        yield from _in_order(
            futures, lambda: on_progress(Progress(n_done=done.value, n_total=info.n_frames))
        )
    except BrokenProcessPool as error:
        raise EstimatorError(
            "A worker process ended unexpectedly, as when memory runs out.",
            hint="Try --workers 1, or close other programs.",
        ) from error
    finally:
        # Whatever ended it, Ctrl-C included: the workers hold nothing that needs a farewell.
        for process in list((executor._processes or {}).values()):
            process.kill()
        executor.shutdown(wait=True, cancel_futures=True)


def _prepare(estimator: PoseEstimator) -> tuple[str, MakeTracker]:
    """Choose how to start processes, and how each gets its networks.

    A fork is quickest, but only safe while there is no other thread: a forked child would wait for
    ever for what a thread of its parent held at that moment. Networks that are loaded before the
    fork lie in memory once, and what is wrong with their files is told by this process.
    """
    # A pool of OpenCV's threads, which this process never needs, would be such threads.
    cv2.setNumThreads(1)
    tasks = Path("/proc/self/task")
    if sys.platform != "linux" or not tasks.is_dir():
        return "spawn", estimator.make_tracker
    if len(list(tasks.iterdir())) == 1:
        tracker = estimator.make_tracker()
        if len(list(tasks.iterdir())) == 1:
            return "fork", lambda: tracker
    return "forkserver", estimator.make_tracker


def outline_every(info: VideoInfo) -> int:
    """In one of how many pictures the outline of the back is taken."""
    return max(1, math.floor(info.nominal_rate_hz / OUTLINE_RATE_HZ))


def cut_into_chunks(n_frames: int) -> list[int]:
    """Return where the chunks of a film begin, and its end.

    An even number of equal chunks of about ``CHUNK_FRAMES``: it depends on the film alone, and two
    workers finish together.

    Examples
    --------
    >>> cut_into_chunks(400)
    [0, 100, 200, 300, 400]
    """
    n_chunks = min(n_frames, 2 * max(1, round(n_frames / (2 * CHUNK_FRAMES))))
    return [number * n_frames // n_chunks for number in range(n_chunks + 1)]


def plan_spans(n_chunks: int, n_workers: int) -> list[tuple[int, int]]:
    """Share chunks out: long spans first (few seeks), short ones last (all finish together).

    Returns ``(first chunk, count)`` pairs that cover all chunks in order.
    """
    spans: list[tuple[int, int]] = []
    first = 0
    while first < n_chunks:
        left = n_chunks - first
        count = max(1, min(MAX_SPAN_CHUNKS, left // (2 * n_workers)))
        spans.append((first, count))
        first += count
    return spans


def usable_cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _alone(
    info: VideoInfo, estimator: PoseEstimator, on_progress: OnProgress
) -> Iterator[ChunkResult]:
    done = multiprocessing.Value("q", 0)
    worker = _Worker(estimator.make_tracker, info, done)
    for result in worker.work(cut_into_chunks(info.n_frames)):
        yield result
        on_progress(Progress(n_done=done.value, n_total=info.n_frames))


def _in_order(
    futures: list[Future[list[ChunkResult]]], tick: Callable[[], None]
) -> Iterator[ChunkResult]:
    """Yield the results of the futures in their order, ticking while they are waited for."""
    for position, future in enumerate(futures):
        while not future.done():
            wait([future], timeout=POLL_S, return_when=FIRST_COMPLETED)
            tick()
        results = future.result()
        futures[position] = Future()
        yield from results
    tick()


_worker: _Worker | None = None


def _start_worker(make_tracker: MakeTracker, info: VideoInfo, done: Any) -> None:
    # One worker per process, made once by the pool.
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with_parent()
    _worker = _Worker(make_tracker, info, done)


def _die_with_parent() -> None:
    """End this process when the parent is killed outright (Linux tells so)."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def _work(bounds: list[int]) -> list[ChunkResult]:
    if _worker is None:
        raise EstimatorError("The worker was not started.")
    return list(_worker.work(bounds))
