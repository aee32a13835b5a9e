"""``hingewise backup`` and ``hingewise restore``: the whole journal in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Copy = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


def backup(file: Copy) -> None:
    """Write the whole journal into a new file: journal.json."""
    import os
    from datetime import datetime

    from hingewise.app.journal_files import back_up
    from hingewise.app.journal_use import open_journal
    from hingewise.report.naming import plural

    with open_journal(os.environ, Path.home()) as journal:
        n_entries = back_up(journal, file, now=datetime.now().astimezone())
    typer.echo(f"{plural(n_entries, 'entry', 'entries')} in {file}")


def restore(file: Copy) -> None:
    """Add what a backup holds to the journal; what is there already stays as it is."""
    import os
    from datetime import datetime

    from hingewise.app.journal_files import read_copy
    from hingewise.app.journal_use import open_journal
    from hingewise.report.naming import plural

    kept = read_copy(file, today=datetime.now().astimezone().date())
    with open_journal(os.environ, Path.home()) as journal:
        n_new = journal.bring_back(kept)
    there = len(kept) - n_new
    typer.echo(
        f"{plural(n_new, 'entry', 'entries')} brought back"
        + (f", {there} {'was' if there == 1 else 'were'} there already" if there else "")
    )
