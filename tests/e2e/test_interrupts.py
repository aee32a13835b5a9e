"""Ctrl-C and being told to end: at once, in one line, nothing left, nobody still working."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.command import everything_in, finish, start
from tests.e2e.scenes import EXAMPLE

STOPPED = "hingewise: Stopped; nothing half-written was left behind.\n"
MAX_STOP_S = 1.0
N_TRIES = 3
"""A busy machine may take longer once; ours may not take longer every time."""

STOPPED_WHILE_LOADED = """
import os, signal, sys, time
try:
    os.kill(os.getpid(), signal.{signal})
    time.sleep(60)
except KeyboardInterrupt:
    {answer}
"""
"""A package that is being loaded when the wish to stop comes."""

LOADED_SLOWLY = STOPPED_WHILE_LOADED.format(signal="SIGINT", answer="pass")
MADE_AN_ERROR = STOPPED_WHILE_LOADED.format(
    signal="SIGTERM", answer="raise ImportError('a part of it failed to import')"
)
SWALLOWED_AND_LOADED = (
    STOPPED_WHILE_LOADED.format(signal="SIGTERM", answer="pass")
    + """
sys.path.remove(os.path.dirname(os.path.abspath(__file__)))
del sys.modules["cv2"]
import cv2
"""
)


def _before_the_work(process: subprocess.Popen[bytes], folder: Path) -> bool:
    del process, folder
    return True


def _watching(process: subprocess.Popen[bytes], folder: Path) -> bool:
    del folder
    return len(_children(process.pid)) >= 2


def _drawing(process: subprocess.Popen[bytes], folder: Path) -> bool:
    del process
    return any("annotated" in name for name in everything_in(folder))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("moment", [_before_the_work, _watching])
def test_stop(
    moment: Callable[[subprocess.Popen[bytes], Path], bool], number: signal.Signals, tmp_path: Path
) -> None:
    _stop_soon(tmp_path, moment, lambda process: process.send_signal(number))


def test_ctrl_c_in_a_terminal_reaches_everybody(tmp_path: Path) -> None:
    _stop_soon(tmp_path, _watching, lambda process: os.killpg(process.pid, signal.SIGINT))


def test_stop_while_drawing(film: Path, tmp_path: Path) -> None:
    _stop_soon(tmp_path, _drawing, lambda process: process.send_signal(signal.SIGINT), film=film)


def test_ctrl_c_while_the_command_line_is_loaded(tmp_path: Path) -> None:
    """It comes with the import of a package that would swallow its exception."""
    (tmp_path / "typer.py").write_text(LOADED_SLOWLY)
    process = start("--help", cwd=tmp_path)
    run = finish(process, timeout_s=10)
    assert (run.code, run.out, run.err) == (130, "", STOPPED)


@pytest.mark.parametrize(
    "package, code", [("ai_edge_litert", MADE_AN_ERROR), ("cv2", SWALLOWED_AND_LOADED)]
)
def test_stop_while_a_package_is_loaded(package: str, code: str, tmp_path: Path) -> None:
    """It comes with the import of one that makes an error of its own of it, or swallows it."""
    (tmp_path / f"{package}.py").write_text(code)
    process = start("analyze", str(EXAMPLE), "--out", "results", "--no-film", cwd=tmp_path)
    run = finish(process, timeout_s=30)
    assert (run.code, run.out, run.err) == (130, "", STOPPED)
    assert not [name for name in everything_in(tmp_path) if "results" in name or "part" in name]


def test_workers_die_with_a_killed_parent(tmp_path: Path) -> None:
    process = start("analyze", str(EXAMPLE), "--out", "results", "--workers", "2", cwd=tmp_path)
    _await(lambda: _watching(process, tmp_path))
    workers = _children(process.pid)
    time.sleep(0.3)
    process.kill()
    process.communicate()
    _await(lambda: not any(_is_alive(worker) for worker in workers))


def _stop_soon(
    folder: Path,
    moment: Callable[[subprocess.Popen[bytes], Path], bool],
    stop: Callable[[subprocess.Popen[bytes]], None],
    film: Path = EXAMPLE,
) -> None:
    took_s = []
    for _ in range(N_TRIES):
        process = start("analyze", str(film), "--out", "results", "--workers", "2", cwd=folder)
        _await_moment(process, folder, moment)
        workers = _children(process.pid)
        begin = time.monotonic()
        stop(process)
        run = finish(process)
        took_s.append(time.monotonic() - begin)
        assert (run.code, run.out, run.err) == (130, "", STOPPED)
        assert everything_in(folder) == set()
        assert not any(_is_alive(worker) for worker in workers)
        if took_s[-1] < MAX_STOP_S:
            return
    pytest.fail(f"stopping took {took_s} s")


def _await_moment(
    process: subprocess.Popen[bytes],
    folder: Path,
    moment: Callable[[subprocess.Popen[bytes], Path], bool],
) -> None:
    _await(lambda: _heeds_signals(process) and moment(process, folder))
    time.sleep(0.25)


def _heeds_signals(process: subprocess.Popen[bytes]) -> bool:
    """Whether the command has come so far."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def _await(condition: Callable[[], bool], timeout_s: float = 60.0) -> None:
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def _children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True
    )
    return [int(word) for word in listed.stdout.split()]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").split()[2] != "Z"
    except OSError:
        return False
