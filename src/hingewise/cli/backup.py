"""``hingewise backup`` and ``hingewise restore``: the whole journal in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from hingewise.training.copies import Counts

Copy = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


def backup(file: Copy) -> None:
    """Write the whole journal into a new file: journal.json."""
    import os
    from datetime import datetime

    from hingewise.app.journal_files import back_up
    from hingewise.app.journal_use import open_journal

    with open_journal(os.environ, Path.home()) as journal:
        held = back_up(journal, file, now=datetime.now().astimezone())
    typer.echo(f"{_listed(held)} in {file}")


def restore(file: Copy) -> None:
    """Add what a backup holds to the journal; what is there already stays as it is."""
    import os
    from datetime import datetime

    from hingewise.app.journal_files import read_copy
    from hingewise.app.journal_use import open_journal
    from hingewise.store.copying import bring_back

    copy = read_copy(file, today=datetime.now().astimezone().date())
    with open_journal(os.environ, Path.home()) as journal:
        new = bring_back(journal.engine, copy)
    there = copy.counts - new
    typer.echo(
        f"{_listed(new)} brought back" + (f"; there already: {_listed(there)}" if there.all else "")
    )


def _listed(counts: Counts) -> str:
    """Entries, and the rest as far as there is some: ``12 entries, 1 plan with 8 changes``."""
    from hingewise.report.naming import plural

    said = [plural(counts.entries, "entry", "entries")]
    changes = plural(counts.changes, "change")
    if counts.plans:
        said.append(plural(counts.plans, "plan") + (f" with {changes}" if counts.changes else ""))
    elif counts.changes:
        said.append(changes)
    if counts.techniques:
        said.append(plural(counts.techniques, "judged set"))
    return ", ".join(said)
