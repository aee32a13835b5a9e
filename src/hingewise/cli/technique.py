"""``hingewise log film`` and ``hingewise log technique``: how the sets looked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from hingewise.library.collection import Library
    from hingewise.training.technique import Technique

Which = Annotated[
    str,
    typer.Argument(
        metavar="EXERCISE", show_default=False, help="Its latest entry; or the id of an entry."
    ),
]


def film(
    entry: Which,
    results: Annotated[
        Path,
        typer.Argument(
            metavar="FILM", show_default=False, help="The film, or the folder of its results."
        ),
    ],
) -> None:
    """Attach a filmed set, judged by hingewise analyze, to what was written down."""
    import os
    from datetime import datetime

    from hingewise.app.journal_use import load_names, open_journal
    from hingewise.app.technique_use import find_entry, of_film
    from hingewise.store.plans import Plans

    names = load_names(None)
    with open_journal(os.environ, Path.home()) as journal:
        meant = find_entry(entry, journal, names)
        told = of_film(meant, results, names.library(), now=datetime.now().astimezone())
        Plans(engine=journal.engine).tell([told])
    typer.echo(f"{names.title(meant.exercise)}: {describe(told, names.library())}")


def technique(
    entry: Which,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="clean|MISTAKES", show_default=False, help="With commas between mistakes."
        ),
    ],
) -> None:
    """Say how the sets looked: clean, or what went wrong."""
    import os
    from datetime import datetime

    from hingewise.app.journal_use import load_names, open_journal
    from hingewise.app.technique_use import find_entry, own_answer
    from hingewise.store.plans import Plans

    names = load_names(None)
    with open_journal(os.environ, Path.home()) as journal:
        meant = find_entry(entry, journal, names)
        now = datetime.now().astimezone()
        told = own_answer(meant, " ".join(words), names.library(), now=now)
        Plans(engine=journal.engine).tell([told])
    typer.echo(f"{names.title(meant.exercise)}: {describe(told, names.library())}")


def describe(told: Technique, library: Library) -> str:
    """Say in one line what is known of how it looked."""
    found = ", ".join(library.faults[each].name.lower() for each in told.present)
    if told.how == "own":
        return f"you say: {found or 'clean'}."
    score = f", technique {told.score:.0f} of 100" if told.score is not None else ""
    return f"film of {told.n_repetitions} repetitions: {found or 'nothing wrong seen'}{score}."
