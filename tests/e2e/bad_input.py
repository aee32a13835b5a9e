"""A bad input, how it is tried, and what came of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.e2e import scenes
from tests.e2e.command import Run, everything_in, hingewise

ANALYZE = ("analyze", "set.mp4", "--no-film", "--workers", "1")
"""The quickest way to analyse ``set.mp4``."""

Prepare = Callable[[Path], object]
Around = Callable[[Path], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadInput:
    """One bad input: how it is made and what it must bring about.

    ``says`` are pieces of the answer; ``prepare`` fills the folder where the command then runs;
    ``around`` holds while it runs, and needs root. ``points_at`` is the word under which the answer
    puts its mark, "" where it points at none; ``lists`` are mistakes that stand before the answer,
    each on a line; ``leaves`` are files that others leave behind.
    """

    title: str
    command: Sequence[str]
    says: Sequence[str]
    code: int = 2
    prepare: Prepare = field(default=lambda _: None)
    around: Around | None = None
    env: dict[str, str] = field(default_factory=dict)
    points_at: str = ""
    lists: Sequence[str] = ()
    leaves: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a bad input."""

    run: Run
    text: str
    left: set[str]


def try_input(bad: BadInput, folder: Path) -> Answer:
    """Run the command on a bad input in an empty folder."""
    bad.prepare(folder)
    with ExitStack() as stack:
        if bad.around is not None:
            stack.enter_context(bad.around(folder))
        before = everything_in(folder)
        env = {key: value.format(folder=folder) for key, value in bad.env.items()}
        run = hingewise(*bad.command, cwd=folder, env=env)
        left = everything_in(folder) - before
    told = [line for line in run.said if any(piece in line for piece in bad.says)]
    text = run.err.strip().split("\n")[-1] if bad.code else " ".join(told)
    return Answer(run=run, text=text.replace(f"{folder}{os.sep}", ""), left=left)


@cache
def _encoded_example() -> bytes:
    """The example as a small film, encoded once."""
    with tempfile.TemporaryDirectory() as folder:
        return scenes.write_shot(Path(folder) / "set.mp4", scenes.example()).read_bytes()


def write_good_film(folder: Path) -> Path:
    path = folder / "set.mp4"
    path.write_bytes(_encoded_example())
    return path
