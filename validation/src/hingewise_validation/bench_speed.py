"""Frames per second, end to end and against the raw speed of the network, on a machine that is never quiet."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Barrier
from pathlib import Path

import numpy as np

from hingewise_validation.bench_process import Duration

N_WARM_UP_CALLS = 10
BARRIER_TIMEOUT_S = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """Calls of the landmark model: per second by the clock, and per second of one processor."""

    rate_hz: float
    per_processor_hz: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One film analysed once, between two measurements of the ceiling."""

    n_frames: int
    duration: Duration
    before: Ceiling
    after: Ceiling
    decoding_hz: float
    network_hz: float

    @property
    def rate_hz(self) -> float:
        """Frames per second by the clock, start-up and report included."""
        return self.n_frames / self.duration.wall_s

    @property
    def ceiling_hz(self) -> float:
        """Mean of the two ceilings."""
        return (self.before.rate_hz + self.after.rate_hz) / 2

    @property
    def limit_ratio(self) -> float:
        """The ratio of a program that does nothing but decode the film and run the network as often as it must."""
        return 1 / (self.ceiling_hz / self.network_hz + self.ceiling_hz / self.decoding_hz)

    @property
    def processor_ratio(self) -> float:
        """Share of the processor time that the bare network would need: blind to what else the machine does."""
        ceiling = (self.before.per_processor_hz + self.after.per_processor_hz) / 2
        return self.n_frames / self.duration.processor_s / ceiling


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Medians over the runs of one film."""

    rate_hz: float
    marginal_hz: float
    ceiling_hz: float
    ratio: float
    marginal_ratio: float
    processor_ratio: float
    limit_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is done with one film: analysed (number of frames, time), only decoded, and only shown to the network (both
    in frames/s)."""

    analyse: Callable[[], tuple[int, Duration]]
    decode: Callable[[], float]
    call: Callable[[], float]


def summarise(runs: Sequence[Run], *, fixed_s: float) -> Speed:
    """Medians over runs; ``fixed_s`` is the part of the wall clock time that any film costs."""
    marginal = [run.n_frames / max(run.duration.wall_s - fixed_s, 1e-9) for run in runs]
    return Speed(
        rate_hz=statistics.median(run.rate_hz for run in runs),
        marginal_hz=statistics.median(marginal),
        ceiling_hz=statistics.median(run.ceiling_hz for run in runs),
        ratio=statistics.median(run.rate_hz / run.ceiling_hz for run in runs),
        marginal_ratio=statistics.median(rate / run.ceiling_hz for rate, run in zip(marginal, runs, strict=True)),
        processor_ratio=statistics.median(run.processor_ratio for run in runs),
        limit_ratio=statistics.median(run.limit_ratio for run in runs),
    )


def estimate_fixed_cost(n_short: int, short_s: float, n_long: int, long_s: float) -> float:
    """Time that a film of no length would take, from a short and a long one. [s]

    Examples
    --------
    >>> estimate_fixed_cost(100, 3.0, 900, 11.0)
    2.0
    """
    per_frame_s = (long_s - short_s) / (n_long - n_short)
    return max(0.0, short_s - n_short * per_frame_s)


def interleave(
    films: Sequence[Job],
    ceiling: Callable[[], Ceiling],
    n_rounds: int,
) -> list[list[Run]]:
    """Measure ceiling, film, ceiling, film, ... for some rounds; each film gets the ceilings beside it."""
    runs: list[list[Run]] = [[] for _ in films]
    before = ceiling()
    for _ in range(n_rounds):
        for film, done in zip(films, runs, strict=True):
            n_frames, duration = film.analyse()
            decoding_hz, network_hz = film.decode(), film.call()
            after = ceiling()
            run = Run(
                n_frames=n_frames,
                duration=duration,
                before=before,
                after=after,
                decoding_hz=decoding_hz,
                network_hz=network_hz,
            )
            done.append(run)
            before = after
    return runs


def measure_ceiling(n_processes: int, n_calls: int) -> Ceiling:
    """Time processes that do nothing but run the landmark model on a fixed picture."""
    elapsed, used = _time_together(n_processes, _call_often, n_calls)
    n_all = n_processes * n_calls
    return Ceiling(rate_hz=n_all / elapsed, per_processor_hz=n_all / used)


def measure_network(film: Path, n_processes: int, n_calls: int) -> float:
    """Time processes that do nothing but run the landmark model as for a film, mostly without its mask. [frames/s]"""
    elapsed, _ = _time_together(n_processes, _call_as_for_film, film, n_calls)
    return n_processes * n_calls / elapsed


def measure_decoding(film: Path, n_processes: int, n_frames: int) -> float:
    """Time processes that do nothing but decode the beginning of a film, as the program does it. [frames/s]"""
    elapsed, _ = _time_together(n_processes, _decode, film, n_frames)
    return n_processes * n_frames / elapsed


def _time_together(n_processes: int, work: Callable[..., None], *arguments: object) -> tuple[float, float]:
    """Seconds by the clock, and of all processors, that some processes need for the same work at once."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(n_processes + 1)
    used = context.Value("d", 0.0)
    workers = [context.Process(target=work, args=(barrier, used, *arguments)) for _ in range(n_processes)]
    for worker in workers:
        worker.start()
    barrier.wait(timeout=BARRIER_TIMEOUT_S)
    begin = time.perf_counter()
    for worker in workers:
        worker.join()
    elapsed = time.perf_counter() - begin
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("A process that measures a ceiling failed.")
    return elapsed, used.value


def _call_often(barrier: Barrier, used: Synchronized[float], n_calls: int) -> None:
    from ai_edge_litert.interpreter import Interpreter
    from hingewise.capture.interpreter import LANDMARK_MODEL

    interpreter = Interpreter(str(LANDMARK_MODEL.path), num_threads=1)
    interpreter.allocate_tensors()
    place = interpreter.get_input_details()[0]
    picture = np.random.default_rng(0).random(place["shape"], dtype=np.float32)
    interpreter.set_tensor(place["index"], picture)
    for _ in range(N_WARM_UP_CALLS):
        interpreter.invoke()
    barrier.wait(timeout=BARRIER_TIMEOUT_S)
    begin = time.process_time()
    for _ in range(n_calls):
        interpreter.invoke()
    with used.get_lock():
        used.value += time.process_time() - begin


def _call_as_for_film(barrier: Barrier, used: Synchronized[float], film: Path, n_calls: int) -> None:
    from hingewise.capture.interpreter import LANDMARK_MODEL, Network
    from hingewise.capture.reading import INPUT_SIZE_PX, MASK
    from hingewise.capture.video import probe_video
    from hingewise.capture.workers import outline_every

    every = outline_every(probe_video(film))
    whole, brief = Network(LANDMARK_MODEL), Network(LANDMARK_MODEL, without=MASK)
    picture = np.random.default_rng(0).integers(0, 256, (INPUT_SIZE_PX, INPUT_SIZE_PX, 3), dtype=np.uint8)
    for _ in range(N_WARM_UP_CALLS):
        whole.run(picture)
        brief.run(picture)
    barrier.wait(timeout=BARRIER_TIMEOUT_S)
    begin = time.process_time()
    for number in range(n_calls):
        (brief if number % every else whole).run(picture)
    with used.get_lock():
        used.value += time.process_time() - begin


def _decode(barrier: Barrier, used: Synchronized[float], film: Path, n_frames: int) -> None:
    from hingewise.capture.decoding import read_pictures
    from hingewise.capture.video import probe_video

    info = probe_video(film)
    barrier.wait(timeout=BARRIER_TIMEOUT_S)
    begin = time.process_time()
    for _ in read_pictures(info, 0, n_frames, draft=True):
        pass
    with used.get_lock():
        used.value += time.process_time() - begin
