"""The journal in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hingewise.report.naming import plural
from hingewise.training.days import write_day
from hingewise.training.imported import Imported
from hingewise.training.journal import Entry
from hingewise.training.notation import Names, format_performed

if TYPE_CHECKING:
    from hingewise.training.imported import Imported

MAX_LEFT_OUT = 12

ID_LETTERS = 8
"""So much of an id is shown; it is enough to tell entries apart."""


def print_entries(entries: Sequence[Entry], names: Names, console: Console) -> None:
    """Print entries, day by day."""
    for day, group in groupby(entries, key=lambda entry: entry.on):
        mine = list(group)
        console.print(Text(write_day(day), style="bold"))
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for entry in mine:
            table.add_row(Text(entry.id[:ID_LETTERS]), _describe(entry, names))
        console.print(table)


def print_written(entry: Entry, before: Entry | None, names: Names, console: Console) -> None:
    """Print what was just written down, and what was done the last time."""
    print_entries([entry], names, console)
    moved_kg = sum(each.volume_kg for each in entry.sets)
    if moved_kg:
        console.print(Text(f"{moved_kg:.0f} kg moved in {plural(len(entry.sets), 'set')}."))
    if before is not None:
        said = format_performed(before.sets, names)
        console.print(Text(f"The last time, {write_day(before.on)}: {said}.", style="dim"))


def print_import(title: str, imported: Imported, n_new: int, console: Console) -> None:
    """Print what a file of another program holds."""
    n_sets = sum(len(entry.sets) for entry in imported.entries)
    n_entries = len(imported.entries)
    said = f"{title}: {plural(n_entries, 'entry', 'entries')}, {plural(n_sets, 'set')}"
    if imported.entries:
        first, last = imported.entries[0].on, imported.entries[-1].on
        days = f"from {write_day(first)} to {write_day(last)}"
        said += f", {days if first != last else f'of {write_day(first)}'}"
    if n_new < n_entries:
        said += f"; {n_entries - n_new} of them are in the journal already"
    console.print(Text(f"{said}."))
    _print_left_out("the library does not know them", imported.left_out, console)
    _print_left_out("they are no sets as the journal has them", imported.unusable, console)


def _print_left_out(why: str, left_out: Mapping[str, int], console: Console) -> None:
    if not left_out:
        return
    console.print(Text(f"Left out, for {why}:", style="dim"))
    shown = list(left_out.items())[:MAX_LEFT_OUT]
    for name, count in shown:
        console.print(Text(f"  {name}: {plural(count, 'set')}", style="dim"))
    if len(left_out) > len(shown):
        console.print(Text(f"  and {len(left_out) - len(shown)} more", style="dim"))


def _describe(entry: Entry, names: Names) -> Text:
    text = Text(format_performed(entry.sets, names))
    if entry.pain is not None:
        text.append(f"  pain {entry.pain} of 10", style="yellow" if entry.pain else "dim")
    if entry.note:
        text.append(f"\n{entry.note}", style="dim")
    return text
