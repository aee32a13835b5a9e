"""The set in the terminal: a short table, one line of advice, and progress while working."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import box
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
from rich.table import Table
from rich.text import Text

from hingewise.report.document import Analysis, Repetition
from hingewise.report.naming import (
    DASH,
    as_sentence,
    exercise_name,
    format_clock,
    format_value,
    name_of,
)
from hingewise.report.wording import summarise_set, view_headline

Advance = Callable[[int], None]

_N_MEASURES = 2


def print_summary(analysis: Analysis, console: Console | None = None) -> None:
    """Print the set as a table and one line of advice; plain text where colour is not wanted."""
    console = console or Console(highlight=False)
    console.print()
    console.print(Text(exercise_name(analysis.exercise.id), style="bold"))
    console.print(Text(summarise_set(analysis)))
    if analysis.repetitions:
        console.print(_table(analysis.repetitions))
    for rejected in analysis.rejected:
        span = f"{format_clock(rejected.start_s)}{DASH}{format_clock(rejected.end_s)}"
        console.print(Text(f"Not counted  {span}  {as_sentence(rejected.reason)}", style="dim"))
    console.print(Text(f"View  {view_headline(analysis.view)}.", style="dim"))
    console.print(Text(f"→ {advice_line(analysis)}", style="bold"))


def advice_line(analysis: Analysis) -> str:
    """Return the one thing to do next: the cue, else the camera, else what went wrong."""
    candidates = (
        analysis.summary.top_cue,
        *analysis.view.advice,
        analysis.summary.next_step,
        *analysis.quality.warnings,
    )
    return next(
        (as_sentence(text) for text in candidates if text), "The film is good: keep filming so."
    )


def _table(repetitions: tuple[Repetition, ...]) -> Table:
    measures = _telling_measures(repetitions)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("Rep", justify="right", style="bold")
    table.add_column("Tempo")
    for name in ("Down", "Up"):
        table.add_column(name, justify="right")
    for name in measures:
        table.add_column(name_of(name), justify="right", max_width=16)
    table.add_column("Note", overflow="fold")
    for repetition in repetitions:
        table.add_row(
            str(repetition.number),
            repetition.tempo,
            format_value(repetition.eccentric_s, "s"),
            format_value(repetition.concentric_s, "s"),
            *(_measure_text(repetition, name) for name in measures),
            escape(_note(repetition)),
        )
    return table


def _telling_measures(repetitions: tuple[Repetition, ...]) -> list[str]:
    """The first measures that at least one repetition shows."""
    seen = (name for r in repetitions for name, m in r.measures.items() if m.value is not None)
    return list(dict.fromkeys(seen))[:_N_MEASURES]


def _measure_text(repetition: Repetition, name: str) -> str:
    measure = repetition.measures.get(name)
    return DASH if measure is None else format_value(measure.value, measure.unit, sd=measure.sd)


def _note(repetition: Repetition) -> str:
    if not repetition.partial:
        return ""
    return f"partial: {repetition.partial_reason}" if repetition.partial_reason else "partial"


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
