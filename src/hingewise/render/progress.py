"""Progress in the terminal while frames are worked on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

Advance = Callable[[int], None]


class _FramesPerSecond(ProgressColumn):
    """Speed of the work."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.0f} frames/s")


def _ignore(n_frames: int) -> None:
    """Nobody watches."""
    del n_frames


@contextmanager
def frame_progress(title: str, n_frames: int, *, quiet: bool = False) -> Iterator[Advance]:
    """Show a bar with frames/s and the time left on stderr while the body runs.

    Parameters
    ----------
    title
        What is being done.
    n_frames
        How many frames there are.
    quiet
        Show nothing (as with ``--json``); nothing is shown either where stderr is no terminal.

    Yields
    ------
    A function to call with the number of frames that were finished since the last call.
    """
    console = Console(file=sys.stderr)
    if quiet or not console.is_terminal:
        yield _ignore
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        _FramesPerSecond(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, expand=True) as progress:
        task = progress.add_task(escape(title), total=n_frames)
        yield lambda n: progress.advance(task, n)
