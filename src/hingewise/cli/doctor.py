"""``hingewise doctor``: what works on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from hingewise.app.doctor import DoctorCheck

EXIT_SOMETHING_MISSING = 4


def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the checks as JSON and nothing else.")
    ] = False,
) -> None:
    """Say what works here: codecs, models, cores, memory, folders, versions."""
    from hingewise.app.doctor import collect_checks, is_healthy

    checks = collect_checks()
    if as_json:
        typer.echo(_as_json(checks, ok=is_healthy(checks)))
    else:
        _show(checks, ok=is_healthy(checks))
    if not is_healthy(checks):
        raise typer.Exit(EXIT_SOMETHING_MISSING)


def _as_json(checks: tuple[DoctorCheck, ...], *, ok: bool) -> str:
    import json
    from dataclasses import asdict

    from hingewise import __version__

    rows = [asdict(check) for check in checks]
    return json.dumps({"hingewise_version": __version__, "ok": ok, "checks": rows}, indent=2)


def _show(checks: tuple[DoctorCheck, ...], *, ok: bool) -> None:
    from rich.console import Console

    console = Console()
    console.print(_as_table(checks))
    if ok:
        console.print("[green]Everything that an analysis needs is there.[/green]")
    else:
        console.print("[red]Something that an analysis needs is missing: see above.[/red]")


def _as_table(checks: tuple[DoctorCheck, ...]) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from hingewise import __version__

    table = Table(title=f"hingewise {__version__}", title_justify="left")
    table.add_column("check", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("found", overflow="fold")
    for check in checks:
        detail = check.detail if check.ok else f"{check.detail}\n{check.hint}"
        table.add_row(escape(check.name), _mark(check), escape(detail))
    return table


def _mark(check: DoctorCheck) -> str:
    if check.ok:
        return "[green]ok[/green]"
    return "[red]missing[/red]" if check.required else "[yellow]not here[/yellow]"
