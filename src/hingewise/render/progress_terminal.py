"""How training goes, in a terminal: one line of letters for each series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hingewise.report.progress_report import Panel, ProgressReport, Series
from hingewise.training.days import write_day

CHART_WEEKS = 26
"""So many fit beside their words into 80 columns; the page shows them all."""

MAX_ITEMS = 10

BLOCKS = "▁▂▃▄▅▆▇█"
LETTERS = ".:-=+*#@"
"""What stands for blocks where a stream cannot write them."""

NOTHING = " "
ZERO = "_"


def print_progress(report: ProgressReport, console: Console) -> None:
    """Print a report; charts show the last weeks of it."""
    for text in report.says:
        console.print(Text(text))
    if any(panel.series for panel in report.panels):
        said = f"Charts: a letter a week, up to {CHART_WEEKS}; the last one is this week."
        console.print(Text(said, style="dim"))
    for panel in report.panels:
        console.print()
        _print_panel(panel, console)
    if report.notes:
        console.print()
    for text in report.notes:
        console.print(Text(text, style="dim"))


def draw_line(series: Series, levels: str = BLOCKS) -> str:
    """Draw a series as one letter for each week.

    Bars begin at zero; a line goes from its lowest to its highest value.

    Examples
    --------
    >>> bars = Series(name="Sets", unit="", values=(0.0, 4.0, None, 8.0), kind="bars", says="")
    >>> draw_line(bars, LETTERS)
    '_= @'
    """
    known = series.known
    bottom = 0.0 if series.kind == "bars" else min(known, default=0.0)
    top = max(known, default=0.0)
    return "".join(
        NOTHING if value is None else _letter(value, bottom, top, levels) for value in series.values
    )


def can_write(text: str, encoding: str) -> bool:
    """Whether a stream of this encoding can write a text."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _letter(value: float, bottom: float, top: float, levels: str) -> str:
    if value <= 0.0:
        return ZERO
    share = (value - bottom) / (top - bottom) if top > bottom else 0.5
    return levels[ceil(share * len(levels)) - 1 if share else 0]


def _print_panel(panel: Panel, console: Console) -> None:
    console.print(Text(panel.title, style="bold"))
    for text in panel.says:
        console.print(Text(text))
    latest = (replace(each, values=each.values[-CHART_WEEKS:]) for each in panel.series)
    drawn = [each for each in latest if any(each.values)]
    if drawn:
        console.print(_chart(drawn, console.encoding))
    for item in panel.items[:MAX_ITEMS]:
        console.print(Text(f"{write_day(item.on)}  {item.text}"))
    if len(panel.items) > MAX_ITEMS:
        console.print(Text(f"and {len(panel.items) - MAX_ITEMS} more before", style="dim"))
    for text in panel.notes:
        console.print(Text(text, style="dim"))


def _chart(series: Sequence[Series], encoding: str) -> Table:
    levels = BLOCKS if can_write(BLOCKS, encoding) else LETTERS
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for each in series:
        grid.add_row(Text(each.name), Text(draw_line(each, levels)), Text(each.says))
    return grid
