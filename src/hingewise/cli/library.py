"""``hingewise library``: look exercises up, search, check and export the library."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hingewise.cli.machine import AsJson, Own, print_json
from hingewise.library.kinds import PAGE_KINDS

library = typer.Typer(
    help="Look up exercises, mistakes, drills, ladders and warm-ups.",
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@library.callback()
def _bare(context: typer.Context) -> None:
    """Look up exercises, mistakes, drills, ladders and warm-ups."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@library.command("list", short_help="List exercises, or records of another kind.")
def list_records(
    kind: Annotated[
        str, typer.Argument(metavar="[KIND]", help=f"One of {', '.join(PAGE_KINDS)}.")
    ] = "exercises",
    muscle: Annotated[str, typer.Option(metavar="NAME", show_default=False)] = "",
    equipment: Annotated[str, typer.Option(metavar="NAME", show_default=False)] = "",
    pattern: Annotated[str, typer.Option(metavar="NAME", show_default=False)] = "",
    difficulty: Annotated[str, typer.Option(metavar="NAME", show_default=False)] = "",
    fault: Annotated[str, typer.Option(metavar="NAME", show_default=False)] = "",
    as_json: AsJson = False,
    own: Own = None,
) -> None:
    """List exercises that have all that is asked for, or all records of another kind."""
    from hingewise.app.library_use import facets, open_library
    from hingewise.errors import OptionError
    from hingewise.library.query import Wanted, choose_exercises

    opened = open_library(own)
    wanted = Wanted(
        muscle=muscle, equipment=equipment, pattern=pattern, difficulty=difficulty, fault=fault
    )
    if kind not in PAGE_KINDS:
        raise OptionError(f"KIND: expected one of {', '.join(PAGE_KINDS)}, got {kind!r}.")
    if kind == "exercises":
        rows = [(e.id, e.name, facets(opened, e.id)) for e in choose_exercises(opened, wanted)]
    elif wanted != Wanted():
        raise OptionError(f"Expected filters only with exercises, got them with {kind}.")
    else:
        rows = [(key, _name(record), "") for key, record in getattr(opened, kind).items()]
    _print_rows(rows, as_json=as_json)


@library.command(short_help="Show the page of an exercise, a mistake, a drill ...")
def show(
    name: Annotated[list[str], typer.Argument(metavar="NAME", show_default=False)],
    sources: Annotated[
        bool, typer.Option("--sources", help="Say behind each sentence where it stands.")
    ] = False,
    as_json: AsJson = False,
    own: Own = None,
) -> None:
    """Show a page by its id or by what people call it: pull-through, RDL, booty band."""
    from hingewise.app.library_use import find_page, open_library
    from hingewise.render.page_terminal import format_page, terminal_width

    opened = open_library(own)
    page = find_page(opened, " ".join(name))
    if as_json:
        print_json(asdict(getattr(opened, page.kind)[page.id]))
        return
    typer.echo(format_page(page, width=terminal_width(), with_sources=sources))


@library.command(short_help="Search by words; typing mistakes are forgiven.")
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", show_default=False)],
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=100)] = 8,
    as_json: AsJson = False,
    own: Own = None,
) -> None:
    """Search everything: "my back rounds", "booty band", "kettelbell"."""
    from rich.padding import Padding
    from rich.text import Text

    from hingewise.app.library_use import describe_hit, open_library, search_library
    from hingewise.render.console import page_console

    opened = open_library(own)
    hits = search_library(opened, " ".join(words), limit=limit)
    if as_json:
        print_json([{"kind": hit.kind, "id": hit.id, "name": hit.name} for hit in hits])
        return
    if not hits:
        typer.echo("Nothing found. hingewise library list shows every exercise.")
        return
    console = page_console()
    for hit in hits:
        head = Text(hit.name, style="bold").append(f"  {hit.id}", style="dim")
        console.print(head)
        for line in describe_hit(opened, hit.kind, hit.id):
            console.print(Padding(Text(line), (0, 0, 0, 2)))


@library.command(short_help="Find everything that is wrong with records.")
def check(own: Own = None) -> None:
    """Check the library, or with --library a folder of your own; exit code 3 on any problem."""
    from hingewise.app.library_use import check_library_files
    from hingewise.errors import LibraryError

    problems, checked = check_library_files(own)
    if problems:
        raise LibraryError(
            f"Expected records without mistakes, found {len(problems)}.",
            problems=tuple(str(problem) for problem in problems),
        )
    typer.echo(f"{checked.count()} records, no problem.")


@library.command(short_help="Write the library for other programs, or as pages.")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", show_default=False)],
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", help="json, markdown, json-ld or free-exercise-db."
        ),
    ] = "json",
    own: Own = None,
) -> None:
    """Export every record, into a folder that is made if it is not there."""
    from hingewise.app.library_use import export_to, open_library

    n_files = export_to(folder, open_library(own), form)
    typer.echo(f"{n_files} {'file' if n_files == 1 else 'files'} in {folder}")


def _name(record: object) -> str:
    return str(getattr(record, "name", "") or getattr(record, "title", ""))


def _print_rows(rows: list[tuple[str, str, str]], *, as_json: bool) -> None:
    if as_json:
        print_json([{"id": key, "name": name, "about": about} for key, name, about in rows])
        return
    from rich.table import Table
    from rich.text import Text

    from hingewise.render.console import page_console

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(style="bold", overflow="fold")
    table.add_column(style="dim", overflow="fold")
    for key, name, about in rows:
        table.add_row(Text(key), Text(name), Text(about))
    page_console().print(table)
