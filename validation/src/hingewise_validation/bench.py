"""``make bench``: how fast, how much memory, how soon; writes docs/performance.md.

Speed is judged against the raw ceiling, as many processes as cores doing nothing but run the landmark model,
measured between the films of the same run, because no machine is quiet. ``--memory`` also measures the long films
(an hour of film takes a quarter of an hour on two cores); what it measured is kept in build/bench/ and shown by
later runs, together with the state of the code it was measured on.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from hingewise_validation.bench_document import format_table, write_section
from hingewise_validation.bench_films import PHONE_RATE_HZ, cached, count_frames, make_phone_film, repeat_film
from hingewise_validation.bench_process import Duration, hingewise_command, time_command, watch_memory
from hingewise_validation.bench_speed import (
    Job,
    Speed,
    estimate_fixed_cost,
    interleave,
    measure_ceiling,
    measure_decoding,
    measure_network,
    summarise,
)

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "cable_pull_through.mp4"
MEMORY_MINUTES = (1, 10, 60)
N_SHORT_FRAMES = 192
"""Two chunks, so that the short film also starts two workers."""

N_DECODED_FRAMES = 600
N_HELP_RUNS = 10
MIN_RATIO = {"480x640": 0.80, "1080p": 0.65}
MAX_PSS_MB = 700.0
MAX_HELP_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryRow:
    """Peak memory over one film, and the code it was measured on."""

    minutes: int
    n_workers: int
    pss_mb: float
    rss_mb: float
    code: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything asked for and write the document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often each film is analysed")
    parser.add_argument("--calls", type=int, default=200, help="calls of each process that measures the ceiling")
    parser.add_argument("--memory", action="store_true", help="measure memory over 1, 10 and 60 minutes of film")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "bench", help="where films are kept")
    parser.add_argument("--document", type=Path, default=ROOT / "docs" / "performance.md")
    options = parser.parse_args(arguments)
    options.build.mkdir(parents=True, exist_ok=True)
    n_cores = len(os.sched_getaffinity(0))
    if options.memory:
        measure_memory(options.build, n_cores)
    start = measure_help()
    _say(f"hingewise --help: {start.wall_s:.3f} s ({start.processor_s:.3f} s of processor time)")
    speeds = measure_speed(options.build, n_cores, n_rounds=options.rounds, n_calls=options.calls)
    body = describe(format_speeds(speeds), format_memory(load_memory(options.build)), start, n_cores=n_cores)
    write_section(options.document, "bench", body, title="Performance")
    _say(body)
    return 0


def measure_help() -> Duration:
    """Median times from ``hingewise --help`` to its end."""
    runs = [time_command([*hingewise_command(), "--help"]) for _ in range(N_HELP_RUNS)]
    return Duration(
        wall_s=statistics.median(run.wall_s for run in runs),
        processor_s=statistics.median(run.processor_s for run in runs),
    )


def measure_speed(build: Path, n_cores: int, *, n_rounds: int, n_calls: int) -> dict[str, tuple[int, Speed]]:
    """Speed over the example and over a film as a phone writes it, by name, with their lengths in frames."""
    films = {"480x640": EXAMPLE, "1080p": cached(build / "phone_1080p.mp4", partial(make_phone_film, EXAMPLE))}
    short = cached(build / "short.mp4", lambda path: repeat_film(EXAMPLE, path, N_SHORT_FRAMES))
    n_short, short_s = min((n_frames, duration.wall_s) for n_frames, duration in (_analyse(short) for _ in range(3)))
    jobs = [
        Job(
            analyse=partial(_analyse, film),
            decode=partial(measure_decoding, film, n_cores, N_DECODED_FRAMES),
            call=partial(measure_network, film, n_cores, n_calls),
        )
        for film in films.values()
    ]
    runs = interleave(jobs, lambda: measure_ceiling(n_cores, n_calls), n_rounds)
    example = runs[0]
    fixed_s = estimate_fixed_cost(n_short, short_s, example[0].n_frames, min(run.duration.wall_s for run in example))
    return {name: (done[0].n_frames, summarise(done, fixed_s=fixed_s)) for name, done in zip(films, runs, strict=True)}


def measure_memory(build: Path, n_cores: int) -> None:
    """Measure each length that was not yet measured on this code; each is kept as soon as it is known."""
    code = fingerprint()
    for minutes in MEMORY_MINUTES:
        rows = load_memory(build)
        if minutes in rows and rows[minutes].code == code:
            continue
        n_frames = minutes * 60 * PHONE_RATE_HZ
        film = cached(build / f"minutes_{minutes}.mp4", partial(repeat_film, EXAMPLE, n_frames=n_frames))
        with tempfile.TemporaryDirectory(dir=build) as out:
            memory = watch_memory(_analyse_command(film, out), build / f"minutes_{minutes}.log")
        rows[minutes] = MemoryRow(minutes=minutes, n_workers=n_cores, code=code, **asdict(memory))
        table = [asdict(row) for row in rows.values()]
        (build / "memory.json").write_text(json.dumps(table, indent=1), encoding="utf-8")
        _say(f"{minutes} min: {memory.pss_mb:.0f} MB (PSS), {memory.rss_mb:.0f} MB (RSS)")


def load_memory(build: Path) -> dict[int, MemoryRow]:
    """What was measured so far, by minutes of film."""
    path = build / "memory.json"
    if not path.exists():
        return {}
    rows = [MemoryRow(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
    return {row.minutes: row for row in sorted(rows, key=lambda row: row.minutes)}


def fingerprint() -> str:
    """Short hash of the program's code."""
    digest = sha256()
    for path in sorted((ROOT / "src" / "hingewise").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def describe(speeds: str, memory: str, start: Duration, *, n_cores: int) -> str:
    """The document's section, around its two tables."""
    return f"""Made by `make bench`; memory by `python -m hingewise_validation.bench --memory`.

Machine: {describe_machine(n_cores)}

## Speed

`hingewise analyze FILM --no-film` by the clock, from the start of the process to its end, with {n_cores} workers; the
ceiling is {n_cores} processes that do nothing but run the landmark model, measured between the films. Medians.
*480x640* is the example; *1080p* is a minute of 30 frames/s at about 10 Mbit/s with a keyframe every second.
*Processor time* is the same ratio by the processor time of all processes, which other programs disturb less. *Limit* is
the ratio of a program that does nothing but decode the film and run the network as hingewise does: the ceiling runs the
whole model in every frame; for two frames of three at 30 frames/s hingewise leaves the body mask out (decision 0015).

{speeds}

## Memory

Largest sum over all processes, sampled every 50 ms, over films of 480x640 at 30 frames/s. PSS counts a page that
several processes share once. *Code* says on which state of the program it was measured (now: {fingerprint()}).

{memory}

## Start-up

`hingewise --help` takes {start.wall_s:.3f} s by the clock, {start.processor_s:.3f} s of processor time (medians of
{N_HELP_RUNS}; bar: {MAX_HELP_S:.2f} s by the clock)."""


def format_speeds(speeds: dict[str, tuple[int, Speed]]) -> str:
    """The table of speeds."""
    header = ["film", "frames", "frames/s", "no start-up", "ceiling", "ratio"]
    header += ["no start-up", "processor time", "limit", "bar"]
    rows = [
        [
            name,
            str(n_frames),
            *(f"{rate:.1f}" for rate in (speed.rate_hz, speed.marginal_hz, speed.ceiling_hz)),
            *(f"{ratio:.2f}" for ratio in (speed.ratio, speed.marginal_ratio, speed.processor_ratio)),
            f"{speed.limit_ratio:.2f}",
            f"ratio >= {MIN_RATIO[name]:.2f}",
        ]
        for name, (n_frames, speed) in speeds.items()
    ]
    return format_table(header, rows)


def format_memory(memory: dict[int, MemoryRow]) -> str:
    """The table of peak memory, or how to get it."""
    if not memory:
        return "Not measured here: run it with `--memory`."
    rows = [
        [f"{row.minutes} min", f"{row.pss_mb:.0f} MB", f"{row.rss_mb:.0f} MB", f"PSS <= {MAX_PSS_MB:.0f} MB", row.code]
        for row in memory.values()
    ]
    return format_table(["film", "PSS", "RSS", "bar", "code"], rows)


def describe_machine(n_cores: int) -> str:
    """One line about the machine and the versions that matter."""
    names = [line.partition(":")[2].strip() for line in _read_lines("/proc/cpuinfo") if line.startswith("model name")]
    sizes = [int(line.split()[1]) for line in _read_lines("/proc/meminfo") if line.startswith("MemTotal")]
    memory = f"{sizes[0] / 1024**2:.0f} GB" if sizes else "memory unknown"
    packages = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("ai-edge-litert", "av", "numpy"))
    processor = names[0] if names else platform.processor()
    return (
        f"{processor}, {n_cores} usable processors, {memory}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {packages}; "
        f"load {os.getloadavg()[2]:.1f} over the last quarter of an hour."
    )


def _analyse(film: Path) -> tuple[int, Duration]:
    with tempfile.TemporaryDirectory() as out:
        duration = time_command(_analyse_command(film, out))
    _say(f"{film.name}: {duration.wall_s:.2f} s ({duration.processor_s:.2f} s of processor time)")
    return count_frames(film), duration


def _analyse_command(film: Path, out: str) -> list[str]:
    return [*hingewise_command(), "analyze", str(film), "--no-film", "--out", f"{out}/report"]


def _read_lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
