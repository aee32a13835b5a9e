"""``hingewise log``: what was done, in one line for each exercise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hingewise.cli.machine import AsJson, Own, print_json
from hingewise.cli.technique import describe, film, technique
from hingewise.cli.usage import EXAMPLE

if TYPE_CHECKING:
    from datetime import datetime

    from hingewise.training.journal import Entry
    from hingewise.training.names import LibraryNames
    from hingewise.training.technique import Technique

log = typer.Typer(
    help="The journal: write down what was done, and read it.",
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

log.command(short_help="Attach a filmed set to an entry.")(film)
log.command(short_help="Say how the sets looked.")(technique)


@log.callback()
def _bare(context: typer.Context) -> None:
    """The journal: write down what was done, and read it."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@log.command(short_help="Write sets of one exercise down.")
def add(
    line: Annotated[list[str], typer.Argument(metavar="LINE", show_default=False)],
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="today, yesterday or 2026-11-28.")
    ] = "today",
    pain: Annotated[
        int | None, typer.Option(metavar="N", show_default=False, help="0 (none) to 10.")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", show_default=False)] = "",
    looked: Annotated[
        str,
        typer.Option(
            "--technique",
            metavar="clean|MISTAKES",
            show_default=False,
            help="How it looked: clean, or what went wrong.",
        ),
    ] = "",
    filmed: Annotated[
        Path | None,
        typer.Option(
            "--film",
            metavar="FILM",
            show_default=False,
            help="A filmed set that hingewise analyze has judged.",
        ),
    ] = None,
    as_json: AsJson = False,
    own: Own = None,
) -> None:
    """Write down what was done: "pull-through 3x12 @ 40 kg, 2 RIR"."""
    import os
    from datetime import datetime

    from hingewise.app.journal_use import (
        as_document,
        load_names,
        open_journal,
        write_down,
    )
    from hingewise.training.days import parse_day

    now = datetime.now().astimezone()
    names = load_names(own)
    day = parse_day(on, now.date())
    entry = write_down(" ".join(line), names, on=day, now=now, pain=pain, note=note)
    told = _told(entry, looked, filmed, names, now)
    with open_journal(os.environ, Path.home()) as journal:
        journal.add([entry], told)
        before = journal.last(entry.exercise, before=entry.on)
    if as_json:
        print_json(as_document(entry, names))
        return
    from hingewise.render.console import page_console
    from hingewise.render.journal import print_written

    print_written(entry, before, names, page_console())
    for each in told:
        typer.echo(describe(each, names.library()).capitalize())


@log.command("list", short_help="Read the journal.")
def list_entries(
    since: Annotated[
        str, typer.Option(metavar="DAY", show_default=False, help="From this day on.")
    ] = "",
    exercise: Annotated[str, typer.Option(metavar="NAME", show_default=False)] = "",
    as_json: AsJson = False,
    own: Own = None,
) -> None:
    """Read what was done, the oldest day first."""
    import os
    from datetime import datetime

    from hingewise.app.journal_use import as_document, load_names, open_journal
    from hingewise.training.days import parse_day

    names = load_names(own)
    first = parse_day(since, datetime.now().astimezone().date()) if since else None
    wanted = _find(names, exercise) if exercise else ""
    with open_journal(os.environ, Path.home()) as journal:
        entries = journal.entries(since=first, exercise=wanted)
    if as_json:
        print_json([as_document(entry, names) for entry in entries])
        return
    if not entries:
        typer.echo(f"Nothing is written down yet. Write for example: {EXAMPLE}")
        return
    from hingewise.render.console import page_console
    from hingewise.render.journal import print_entries

    print_entries(entries, names, page_console())


@log.command(short_help="Say how training goes, week by week.")
def progress(
    exercise: Annotated[str, typer.Option(metavar="NAME", show_default=False)] = "",
    since: Annotated[
        str,
        typer.Option(
            metavar="DAY", show_default=False, help="From the week of this day on, not a year."
        ),
    ] = "",
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Write a page, print nothing."),
    ] = None,
    as_json: AsJson = False,
    own: Own = None,
) -> None:
    """Sum the last year up: sets, loads and estimated maxima of exercises, sets of muscles."""
    import os
    from datetime import datetime

    from hingewise.app.journal_use import load_names, open_journal
    from hingewise.app.progress_use import ask_for, explain_nothing, look_back, save_page, to_plain

    names = load_names(own)
    wanted = _find(names, exercise) if exercise else ""
    asked = ask_for(since, wanted, today=datetime.now().astimezone().date(), page=html)
    with open_journal(os.environ, Path.home()) as journal:
        report = look_back(journal, names, asked)
    if html is not None and report.panels:
        save_page(report, html)
    if as_json:
        print_json(to_plain(report))
    elif not report.panels:
        typer.echo(explain_nothing(report, names.title(wanted), EXAMPLE))
    elif html is not None:
        typer.echo(f"How training goes: {html}")
    else:
        from hingewise.render.console import page_console
        from hingewise.render.progress_terminal import print_progress

        print_progress(report, page_console())


@log.command(short_help="Take an entry out that was a slip.")
def remove(
    entry: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    own: Own = None,
) -> None:
    """Take an entry out, by the first letters of its id, and say what it was."""
    import os
    from datetime import datetime

    from hingewise.app.journal_use import load_names, open_journal
    from hingewise.training.days import write_day
    from hingewise.training.notation import format_performed

    names = load_names(own)
    with open_journal(os.environ, Path.home()) as journal:
        removed = journal.remove(entry, datetime.now().astimezone())
    typer.echo(f"Taken out, {write_day(removed.on)}: {format_performed(removed.sets, names)}")


@log.command("import", short_help="Bring in what another program wrote.")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    unit: Annotated[
        str, typer.Option(metavar="kg|lb", show_default=False, help="Where the file has none.")
    ] = "",
    columns: Annotated[
        str,
        typer.Option(
            metavar="FIELD=COLUMN,...",
            show_default=False,
            help="Of any other table: date=Day,exercise=Lift,repetitions=Reps,weight_kg=Load.",
        ),
    ] = "",
    exercise_names: Annotated[
        Path | None,
        typer.Option(
            "--names",
            metavar="FILE",
            show_default=False,
            help="Of wger's exercises: what it answers at /api/v2/exerciseinfo/?limit=10000.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    own: Own = None,
) -> None:
    """Read a CSV of Hevy, Strong or FitNotes, JSON of wger or FIT, show it, ask, and write it down.

    All of it or nothing; what is there already is not written twice.
    """
    import os
    import sys
    from datetime import datetime

    from hingewise.app.journal_import import Asked, read_import
    from hingewise.app.journal_use import load_names, open_journal
    from hingewise.render.console import page_console
    from hingewise.render.journal import print_import
    from hingewise.training.journal import Kept

    today = datetime.now().astimezone().date()
    asked = Asked(columns=columns, unit=unit, names=exercise_names)
    read = read_import(file, load_names(own), asked, today=today)
    entries = read.imported.entries
    with open_journal(os.environ, Path.home()) as journal:
        there = journal.ids()
        n_new = sum(entry.id not in there for entry in entries)
        print_import(read.title, read.imported, n_new, page_console())
        if not n_new:
            typer.echo("Nothing to write.")
        elif not yes and not sys.stdin.isatty():
            typer.echo("Nothing was written. Add --yes to write it down.")
        elif yes or typer.confirm("Write it down?"):
            n_written = journal.bring_back([Kept(entry=entry) for entry in entries])
            typer.echo(f"Written: {n_written}.")


@log.command("export", short_help="Write the journal for other programs.")
def export_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            show_default="by the name of FILE: fit, else csv",
            help="csv or fit (read back exactly), hevy or strong.",
        ),
    ] = "",
    own: Own = None,
) -> None:
    """Write every entry into a new file; hevy and strong have no columns for bands, tempo, pain."""
    import os
    from datetime import datetime

    from hingewise.app.journal_files import export
    from hingewise.app.journal_use import load_names, open_journal
    from hingewise.report.naming import plural

    with open_journal(os.environ, Path.home()) as journal:
        entries = journal.entries()
    export(entries, file, form, load_names(own), now=datetime.now().astimezone())
    typer.echo(f"{plural(len(entries), 'entry', 'entries')} in {file}")


def _told(
    entry: Entry, looked: str, filmed: Path | None, names: LibraryNames, now: datetime
) -> list[Technique]:
    """What a film and the lifter say of what is being written down."""
    if not looked and filmed is None:
        return []
    from hingewise.app.technique_use import of_film, own_answer

    library = names.library()
    said = [own_answer(entry, looked, library, now=now)] if looked else []
    shown = [of_film(entry, filmed, library, now=now)] if filmed is not None else []
    return [*said, *shown]


def _find(names: LibraryNames, exercise: str) -> str:
    from hingewise.errors import OptionError

    found = names.find(exercise)
    if found is None:
        near = names.nearest(exercise)
        raise OptionError(
            f"--exercise: expected the name of an exercise, got {exercise!r}.",
            hint=f"Did you mean {near}?" if near else "See: hingewise library list",
        )
    return found
