"""Running the real command line and looking at everything it leaves."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SOURCES = Path(__file__).parents[2] / "src"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The JSON on standard output."""
        document: dict[str, Any] = json.loads(self.out)
        return document

    @property
    def said(self) -> list[str]:
        """The lines of advice and the notes of a summary."""
        lines = [line.strip() for line in self.out.splitlines()]
        return [line for line in lines if line.startswith(("→", "Note "))]


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a command: our sources, a wide terminal, no colour wishes."""
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TMPDIR")}
    path = os.pathsep.join([str(SOURCES), *kept.get("PYTHONPATH", "").split(os.pathsep)])
    return kept | {"PYTHONPATH": path, "COLUMNS": "1000"} | dict(changes or {})


def start(
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start ``hingewise`` in a session of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-m", "hingewise", *arguments],
        cwd=cwd,
        env=environment(env),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_heed_interrupts,
    )


def finish(
    process: subprocess.Popen[bytes], *, timeout_s: float = 400.0, typed: str | None = None
) -> Run:
    """Wait for a command to end, with what is typed into it."""
    given = None if typed is None else typed.encode()
    out, err = process.communicate(given, timeout=timeout_s)
    return Run(code=process.returncode, out=out.decode(), err=err.decode())


def hingewise(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, typed: str | None = None
) -> Run:
    """Run ``hingewise`` to its end; ``typed`` is what it reads."""
    stdin = subprocess.DEVNULL if typed is None else subprocess.PIPE
    return finish(start(*arguments, cwd=cwd, env=env, stdin=stdin), typed=typed)


def analysis(film: Path, *options: str) -> dict[str, Any]:
    """Analyse a film without drawing it and return the document."""
    result = hingewise(
        "analyze", str(film), "--no-film", "--json", "--workers", "1", *options, cwd=film.parent
    )
    assert (result.code, result.err) == (0, "")
    return result.document


def everything_in(folder: Path) -> set[str]:
    """Every file and folder, hidden ones too."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def made_once(base: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that is filled once, however many processes run the tests."""
    root = base.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / f"e2e_{name}"
    with (root.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            part = Path(tempfile.mkdtemp(dir=root))
            make(part)
            part.rename(folder)
    return folder


@contextmanager
def small_disk(folder: Path, *, size_kb: int, read_only: bool = False) -> Iterator[Path]:
    """A disk of a few kilobytes (needs root)."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_kb}k", "none", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        if read_only:
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def can_mount() -> bool:
    """Whether this process may mount a disk; in CI it must."""
    return os.geteuid() == 0


def _heed_interrupts() -> None:
    # A shell starts background jobs with Ctrl-C ignored, and so would be this command.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
