"""Two sets side by side in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hingewise.report.comparison import Change, Compared
from hingewise.report.document import Analysis
from hingewise.report.findings import write_measure
from hingewise.report.naming import DASH, exercise_name, plural

SAID: dict[Change, str] = {
    "better": "better",
    "worse": "worse",
    "same": "no sure difference",
    "fine": "fine in both",
    "unknown": "not told",
}
STYLE: dict[Change, str] = {
    "better": "green",
    "worse": "red",
    "same": "",
    "fine": "dim",
    "unknown": "dim",
}


def print_comparison(
    before: Analysis,
    after: Analysis,
    compared: Sequence[Compared],
    console: Console | None = None,
) -> None:
    """Print what changed as a table, and what it comes to in one line."""
    console = console or Console(highlight=False)
    names = dict.fromkeys(exercise_name(each.exercise.id) for each in (before, after))
    console.print()
    console.print(Text(" and ".join(names), style="bold"))
    if len(names) > 1:
        console.print(Text("These are different exercises: only what both are judged by is shown."))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("Mistake", "Before", "After", "Limit", "Change"):
        table.add_column(name, justify="left" if name in ("Mistake", "Change") else "right")
    for each in compared:
        table.add_row(
            Text(each.title),
            _write(each.before, each.unit),
            _write(each.after, each.unit),
            _write(each.limit, each.unit),
            Text(SAID[each.change], style=STYLE[each.change]),
        )
    console.print(table)
    console.print(Text(f"→ {sum_up(before, after, compared)}", style="bold"))


def sum_up(before: Analysis, after: Analysis, compared: Sequence[Compared]) -> str:
    """Return what changed in one sentence, and the scores where both sets have one."""
    n = {change: sum(each.change == change for each in compared) for change in SAID}
    said = [
        f"{plural(n[change], 'measure')} {'is' if n[change] == 1 else 'are'} {change}"
        for change in ("better", "worse")
        if n[change]
    ]
    text = " and ".join(said) if said else "nothing changed beyond what films can be wrong"
    scores = [each.summary.technique_score for each in (before, after)]
    alike = before.exercise.id == after.exercise.id
    if alike and None not in scores:
        text += f"; technique {scores[0]:.0f}, then {scores[1]:.0f}"
    return f"{text[:1].upper()}{text[1:]}."


def _write(value: float | None, unit: str) -> str:
    return DASH if value is None else write_measure(value, unit)
