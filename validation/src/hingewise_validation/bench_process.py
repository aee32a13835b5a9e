"""Running a command by the clock, and the memory of all its processes together."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_EVERY_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Largest sums over a process tree. PSS shares pages among those who use them; RSS counts them for each."""

    pss_mb: float
    rss_mb: float


def hingewise_command() -> list[str]:
    """The program as a user starts it, or the same through this interpreter when it is not installed."""
    script = Path(sys.executable).with_name("hingewise")
    if script.exists():
        return [str(script)]
    return [sys.executable, "-m", "hingewise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """Time by the clock, and processor time of all processes together."""

    wall_s: float
    processor_s: float


def time_command(command: Sequence[str]) -> Duration:
    """Run a command to its end and return how long it took.

    Raises
    ------
    RuntimeError
        If the command fails.
    """
    begin, used = time.perf_counter(), _processor_time()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    duration = Duration(wall_s=time.perf_counter() - begin, processor_s=_processor_time() - used)
    _check(command, done.returncode, done.stderr)
    return duration


def watch_memory(command: Sequence[str], log: Path) -> Memory:
    """Run a command to its end and return its peak memory; what it says goes to ``log``.

    Raises
    ------
    RuntimeError
        If the command fails.
    """
    pss = rss = 0
    with log.open("w", encoding="utf-8") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        while process.poll() is None:
            sample = sum_memory(process.pid)
            pss, rss = max(pss, sample[0]), max(rss, sample[1])
            time.sleep(SAMPLE_EVERY_S)
    _check(command, process.returncode, log.read_text(encoding="utf-8", errors="replace"))
    return Memory(pss_mb=pss / 1024, rss_mb=rss / 1024)


def sum_memory(pid: int) -> tuple[int, int]:
    """PSS and RSS of a process and all its descendants. [KiB]"""
    pss = rss = 0
    for each in list_tree(pid):
        try:
            fields = parse_rollup(Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii"))
        except OSError:
            continue
        pss, rss = pss + fields.get("Pss", 0), rss + fields.get("Rss", 0)
    return pss, rss


def list_tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    tree = [pid]
    for parent in tree:
        try:
            tasks = list(Path(f"/proc/{parent}/task").iterdir())
        except OSError:
            continue
        for task in tasks:
            try:
                tree += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
            except OSError:
                continue
    return tree


def parse_rollup(text: str) -> dict[str, int]:
    """Sizes in a ``smaps_rollup``, by name. [KiB]

    Examples
    --------
    >>> parse_rollup("00400000-7fff rollup\\nRss:   900 kB\\nPss:   400 kB\\n")
    {'Rss': 900, 'Pss': 400}
    """
    sizes = {}
    for line in text.splitlines():
        name, colon, rest = line.partition(":")
        words = rest.split()
        if colon and len(words) == 2 and words[1] == "kB":
            sizes[name] = int(words[0])
    return sizes


def _processor_time() -> float:
    """What all finished children used so far. [s]"""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _check(command: Sequence[str], code: int, said: str) -> None:
    if code != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {code}: {said.strip()[-400:]}")
