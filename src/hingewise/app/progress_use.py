"""Looking back: from the journal to the report of how training goes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from hingewise.errors import OptionError
from hingewise.report.progress_build import Asked, ask, make_progress
from hingewise.report.progress_report import Panel, ProgressReport
from hingewise.store.history import count_told, read_history
from hingewise.store.journal import Journal
from hingewise.training.days import parse_day, write_day
from hingewise.training.history import weeks_between
from hingewise.training.names import LibraryNames


def ask_for(since: str, exercise: str, *, today: date, page: Path | None = None) -> Asked:
    """Check what is asked for before anything is read.

    Parameters
    ----------
    since
        A day as people write it, "" for a year ago.
    exercise
        Its id, "" for all.
    today
        The day of the report.
    page
        The file that would be written, None for none.

    Raises
    ------
    OptionError
        If the day is yet to come.
    OutputError
        If the file is there already.
    TrainingError
        If the day is none.
    """
    first = parse_day(since, today) if since else None
    if first is not None and first > today:
        raise OptionError(f"--since: expected a day up to today, got {first}.")
    if page is not None:
        from hingewise.render.files import check_free

        check_free(page)
    return ask(today, since=first, exercise=exercise)


def look_back(journal: Journal, names: LibraryNames, asked: Asked) -> ProgressReport:
    """Read what the journal says of a time, and put it together."""
    history = read_history(journal.engine, since=asked.read_since, exercise=asked.exercise)
    return make_progress(history, names.index, asked, _plan_panels(journal, names, asked))


def _plan_panels(journal: Journal, names: LibraryNames, asked: Asked) -> list[Panel]:
    """What films and the plan tell; where there are none of both, nothing of them is loaded."""
    if not any(count_told(journal.engine)):
        return []
    from hingewise.report.progress_technique import Looked, make_gates_panel, make_technique_panel
    from hingewise.store.plans import Plans

    plans = Plans(engine=journal.engine)
    weeks = weeks_between(asked.since, asked.until)
    told = plans.looked(since=asked.since, exercise=asked.exercise)
    looked = [Looked(on=on, exercise=exercise, technique=each) for on, exercise, each in told]
    panels = []
    if looked:
        faults = {key: fault.name for key, fault in names.library().faults.items()}
        panels.append(make_technique_panel(looked, names, faults, weeks))
    plan = None if asked.exercise else plans.latest_id()
    if plan is not None:
        gates = make_gates_panel(plans.changes(plan), names, asked.since, weeks)
        panels += [gates] if gates is not None else []
    return panels


def explain_nothing(report: ProgressReport, title: str, example: str) -> str:
    """Say why a report is empty; ``title`` of the exercise that was asked for, "" of all."""
    what = f"Nothing of {title}" if title else "Nothing"
    if report.last_on is None:
        return f"{what} is written down yet. Write for example: {example}"
    same = f' --exercise "{title}"' if title else ""
    return (
        f"{what} is written down since {write_day(report.since)}, but on "
        f"{write_day(report.last_on)}. "
        f"Write: hingewise log progress --since {report.last_on}{same}"
    )


def save_page(report: ProgressReport, file: Path) -> None:
    """Write the report as a page.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    from hingewise.render.progress_page import render_progress, save_progress

    save_progress(render_progress(report), file)


def to_plain(report: ProgressReport) -> dict[str, Any]:
    """Return the report for other programs: days in ISO 8601, null where nothing tells a value."""
    plain: dict[str, Any] = _plain(asdict(report))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
