"""``hingewise plan``: eight questions, an explained plan, today's session, and what was changed."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hingewise.cli.machine import AsJson, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hingewise.app.plan_answers import Asker
    from hingewise.app.plan_use import Desk
    from hingewise.report.page import Page
    from hingewise.training.changes import Change
    from hingewise.training.names import LibraryNames

plan = typer.Typer(
    help="The plan: eight questions, explained sessions, and what comes next.",
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Sources = Annotated[bool, typer.Option("--sources", help="Say where each line comes from.")]
Slot = Annotated[str, typer.Argument(metavar="PLACE", show_default=False)]


@plan.callback()
def _bare(context: typer.Context) -> None:
    """The plan: eight questions, explained sessions, and what comes next."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@plan.command(short_help="Answer eight questions and get a plan.")
def new(
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            metavar="FILE",
            show_default=False,
            help="Answers as TOML or JSON instead of questions: hingewise plan questions.",
        ),
    ] = None,
    weeks: Annotated[int, typer.Option(min=1, max=52, help="How many weeks.")] = 12,
    start: Annotated[str, typer.Option(metavar="DAY", help="today or 2026-11-30.")] = "today",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show it, but do not keep it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a plan of eight answers; from now on it is the one that counts."""
    from datetime import datetime

    from hingewise.app.journal_use import load_names
    from hingewise.app.plan_answers import ask_answers, effects, read_answers
    from hingewise.app.plan_use import make
    from hingewise.planner.build import build_plan
    from hingewise.report.plan_pages import effects_page, plan_page
    from hingewise.training.days import parse_coming_day

    names = load_names(None)
    library = names.library()
    begins = parse_coming_day(start, datetime.now().astimezone().date())
    given = (
        ask_answers(_asker(names, to_errors=as_json))
        if answers is None
        else read_answers(answers, library, names)
    )
    if dry_run:
        made = build_plan(given, library, weeks=weeks)
    else:  # nothing is opened before the answers can be read
        with _desk() as desk:
            made = make(given, desk, weeks=weeks, start=begins).plan
    if as_json:
        _print_record(made)
        return
    _print(effects_page(effects(given, library)))
    typer.echo()
    _print(plan_page(made, names, library))
    typer.echo()
    if made.sessions and not dry_run:
        typer.echo("Kept. Today's session: hingewise plan next")
    elif made.sessions:
        typer.echo("Not kept: that was a try.")


@plan.command(short_help="Write the eight questions as a file to fill in.")
def questions() -> None:
    """Print the eight questions as a TOML file, every choice beside its question."""
    from hingewise.app.plan_answers import template

    typer.echo(template(), nl=False)


@plan.command(short_help="Show the plan as it stands.")
def show(sources: Sources = False, as_json: AsJson = False) -> None:
    """Show the plan as it stands, after all that was changed."""
    from hingewise.app.plan_use import follow
    from hingewise.report.plan_pages import plan_page

    with _desk() as desk:
        followed = follow(desk)
        if as_json:
            _print_record(followed.plan)
            return
        _print(plan_page(followed.plan, desk.names, desk.library), with_sources=sources)


@plan.command("next", short_help="Show today's session, and why it is what it is.")
def next_session(as_json: AsJson = False) -> None:
    """Show the session that comes next, what changed since the last one, and why or why not."""
    from hingewise.app.plan_use import whats_next
    from hingewise.report.plan_pages import Coming, next_page
    from hingewise.training.changes import states_now
    from hingewise.training.days import write_day

    with _desk() as desk:
        coming = whats_next(desk)
        followed = coming.followed
        if as_json:
            _print_next(coming)
            return
        if coming.finished:
            typer.echo("Today's session is done. The one after it:")
        if desk.today < followed.kept.started_on:
            begins = write_day(followed.kept.started_on)
            typer.echo(f"The plan begins on {begins}; what is done before is not of it.")
        page = next_page(
            Coming(
                answers=followed.kept.plan.answers,
                number=coming.number,
                week=coming.week,
                session=coming.session,
                decisions=coming.decisions,
                states=states_now(followed.kept.plan, followed.changes),
                fresh=coming.fresh,
                done=coming.done,
            ),
            desk.names,
            desk.library,
        )
        _print(page)


@plan.command(short_help="Say why a line is there: rule, answer, source.")
def explain(
    line: Annotated[str, typer.Argument(metavar="[LINE]", show_default=False)] = "",
    as_json: AsJson = False,
) -> None:
    """Say of one line, or of all, by which rule it is there, by which answer, and from where."""
    from hingewise.app.plan_use import explained, follow
    from hingewise.report.plan_pages import explain_page

    with _desk() as desk:
        followed = follow(desk)
        found = explained(followed.plan, line)
        if as_json:
            print_json(found)
            return
        page = explain_page(followed.plan, line, desk.names, desk.library)
        _print(page, with_sources=True)


@plan.command(short_help="Show everything that was changed, and why.")
def history(as_json: AsJson = False) -> None:
    """Show every change of the plan, the latest last, with its reason."""
    from hingewise.app.plan_use import follow
    from hingewise.report.plan_pages import history_page

    with _desk() as desk:
        changes = follow(desk).changes
        if as_json:
            print_json([_plain(change) for change in changes])
            return
        _print(history_page(changes, desk.names))


@plan.command(short_help="Take a change back.")
def undo(change: Annotated[str, typer.Argument(metavar="[ID]", show_default=False)] = "") -> None:
    """Take the latest change back, or the one whose id begins like this."""
    from hingewise.app.plan_change import undo as undo_change

    with _desk() as desk:
        _print_change(undo_change(desk, change), desk)


@plan.command("set", short_help="Set a load or an exercise as you want it.")
def set_line(
    slot: Slot,
    value: Annotated[list[str], typer.Argument(metavar="LOAD|EXERCISE", show_default=False)],
) -> None:
    """Set what stands in a place: "primer 45 kg", or "legs goblet squat"."""
    from hingewise.app.plan_change import set_by_words

    with _desk() as desk:
        _print_change(set_by_words(desk, slot, " ".join(value)), desk)


@plan.command(short_help="Bring an exercise back that rested for pain.")
def resume(slot: Slot) -> None:
    """Bring an exercise back whose pain is gone; it starts one step lower."""
    from hingewise.app.plan_change import resume as resume_slot

    with _desk() as desk:
        _print_change(resume_slot(desk, slot), desk)


@plan.command(short_help="Write the plan for a calendar, for paper, for other programs.")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            show_default="by the name of FILE",
            help="ics, html (to print), pdf, json (all of it), jsonld (schema.org) or md.",
        ),
    ] = "",
    at: Annotated[
        str,
        typer.Option(
            metavar="HH:MM", show_default="18:00", help="When a session begins, in a calendar."
        ),
    ] = "",
) -> None:
    """Write the plan as it stands into a new file: plan.ics, plan.html, plan.pdf, plan.json."""
    from hingewise.app.plan_export import export_plan
    from hingewise.report.naming import plural

    with _desk() as desk:
        written = export_plan(desk, file, form, at)
    typer.echo(f"{plural(written.n_coming, 'session')} to come, in {file}")


@contextmanager
def _desk() -> Iterator[Desk]:
    import os
    from datetime import datetime

    from hingewise.app.journal_use import load_names, open_journal
    from hingewise.app.plan_use import Desk
    from hingewise.store.plans import Plans

    names = load_names(None)
    with open_journal(os.environ, Path.home()) as journal:
        yield Desk(
            journal=journal,
            plans=Plans(engine=journal.engine),
            library=names.library(),
            names=names,
            now=datetime.now().astimezone(),
        )


def _asker(names: LibraryNames, *, to_errors: bool) -> Asker:
    """Somebody who asks in this terminal; beside JSON, questions go to the errors."""
    from hingewise.app.plan_answers import Asker
    from hingewise.cli.stop import is_asked_to_stop
    from hingewise.errors import AnswersError

    def say(text: str) -> None:
        typer.echo(text, err=to_errors)

    def ask(text: str) -> str:
        suffix = " " if text.endswith("?") else ": "
        try:
            said: str = typer.prompt(
                text, default="", show_default=False, prompt_suffix=suffix, err=to_errors
            )
        except typer.Abort:
            if is_asked_to_stop():
                raise
            raise AnswersError(
                f"{text}: expected an answer, got the end of what was written.",
                hint="Nothing was kept. Say hingewise plan new again.",
            ) from None
        return said

    return Asker(library=names.library(), names=names, say=say, ask=ask)


def _print(page: Page, *, with_sources: bool = False) -> None:
    from hingewise.render.page_terminal import format_page, terminal_width

    typer.echo(format_page(page, width=terminal_width(), with_sources=with_sources))


def _print_change(change: Change, desk: Desk) -> None:
    from hingewise.report.plan_pages import change_item

    item = change_item(change, desk.names)
    typer.echo(f"{item.head}: {item.text}")


def _print_next(coming: Any) -> None:
    print_json(
        {
            "number": coming.number,
            "week": _plain(coming.week),
            "session": _plain(coming.session),
            "decisions": {slot: _plain(each) for slot, each in coming.decisions.items()},
            "changes": [_plain(change) for change in coming.fresh],
            "finished": coming.finished,
        }
    )


def _print_record(record: Any) -> None:
    print_json(_plain(record))


def _plain(record: Any) -> Any:
    import json

    from hingewise.plain import to_text

    return json.loads(to_text(record))
