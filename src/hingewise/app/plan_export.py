"""Writing a plan for calendars, paper and other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from hingewise.app.plan_use import Desk, Followed, follow
from hingewise.errors import OptionError, OutputUnavailable
from hingewise.render.files import check_free, whole_file
from hingewise.report.plan_sheets import PlanNow, make_sheets
from hingewise.training.changes import states_now
from hingewise.training.plan_document import PlanDocument, write_plan
from hingewise.training.schedule import coming

USUAL_TIME = time(18, 0)
CALENDAR = "ics"

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: the form, and how many sessions are still to come."""

    form: str
    n_coming: int


def export_plan(desk: Desk, file: Path, form: str, at: str) -> Exported:
    """Write the plan that counts, as it stands, into a new file; nothing in it is decided anew.

    Parameters
    ----------
    desk
        Journal, plans, library and time.
    file
        Its name tells the form where nobody says it.
    form
        One of ``FORMS``, "" for what the name says.
    at
        When a session begins, "18:30"; "" for the usual. Only in a calendar.

    Raises
    ------
    OptionError
        If the form or the time is not known.
    OutputError
        If the file is there already, or cannot be written.
    OutputUnavailable
        If what writes this form is not installed.
    PlanError
        If there is no plan.
    """
    form = _form(file, form)
    begins = _time(at, form)
    check_free(file)
    followed = follow(desk)
    now = plan_now(followed, desk)
    content = FORMS[form](_Makings(followed=followed, now=now, desk=desk, at=begins))
    with whole_file(file, hint="Free some space, or name another folder.") as part:
        part.write_bytes(content)
    return Exported(form=form, n_coming=len(now.coming))


def plan_now(followed: Followed, desk: Desk) -> PlanNow:
    """Return a plan as it stands, with the sessions that are to come."""
    kept, plan = followed.kept, followed.plan
    return PlanNow(
        kept=kept,
        plan=plan,
        states=states_now(kept.plan, followed.changes),
        n_changes=len(followed.changes),
        coming=coming(
            kept, plan, n_done=followed.n_days, today=desk.today, begun=bool(followed.done)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Makings:
    """What every form is made of."""

    followed: Followed
    now: PlanNow
    desk: Desk
    at: time

    @property
    def stamp(self) -> datetime:
        """When the plan was made or last changed."""
        followed = self.followed
        return max((followed.kept.made_at, *(each.at for each in followed.changes)))


def _ics(makings: _Makings) -> bytes:
    from hingewise.render.plan_ics import format_calendar
    from hingewise.report.plan_calendar import make_appointments

    desk = makings.desk
    stamp = makings.stamp.astimezone(UTC)
    appointments = make_appointments(makings.now, desk.names, desk.library, stamp=stamp)
    return format_calendar(appointments, at=makings.at).encode("utf-8")


def _html(makings: _Makings) -> bytes:
    from hingewise.render.plan_html import render_plan

    sheets = make_sheets(makings.now, makings.desk.names, makings.desk.library)
    return render_plan(sheets).encode("utf-8")


def _pdf(makings: _Makings) -> bytes:
    try:
        from hingewise.render.plan_pdf import print_plan
    except ModuleNotFoundError as error:
        raise OutputUnavailable(
            f"expected {error.name} to write a PDF, which is not installed.",
            hint="Install it: pip install 'hingewise[pdf]', or print the page: plan.html.",
        ) from error
    sheets = make_sheets(makings.now, makings.desk.names, makings.desk.library)
    return print_plan(sheets)


def _json(makings: _Makings) -> bytes:
    followed = makings.followed
    document = PlanDocument(
        kept=followed.kept,
        changes=followed.changes,
        states=makings.now.states,
        now=followed.plan,
    )
    return write_plan(document).encode("utf-8")


def _json_ld(makings: _Makings) -> bytes:
    from hingewise.render.plan_jsonld import format_json_ld

    return format_json_ld(makings.now, makings.desk.names, makings.desk.library).encode("utf-8")


def _markdown(makings: _Makings) -> bytes:
    from hingewise.render.page_markdown import format_page
    from hingewise.report.page_parts import explain_sources
    from hingewise.report.plan_pages import plan_page

    library = makings.desk.library
    page = plan_page(makings.now.plan, makings.desk.names, library)
    text = format_page(page, link=lambda at: "/".join(at), explain=explain_sources(library))
    return text.encode("utf-8")


FORMS: Mapping[str, Callable[[_Makings], bytes]] = {
    CALENDAR: _ics,
    "html": _html,
    "pdf": _pdf,
    "json": _json,
    "jsonld": _json_ld,
    "md": _markdown,
}
"""What a plan can be written as, by the ending of the file."""


def _form(file: Path, form: str) -> str:
    known = ", ".join(FORMS)
    if form:
        if form not in FORMS:
            raise OptionError(f"--format: expected one of {known}, got {form!r}.")
        return form
    ending = file.suffix.lower().removeprefix(".")
    if ending not in FORMS:
        raise OptionError(
            f"{file}: expected a name that ends in one of {known}, got "
            f"{f'.{ending}' if ending else 'none of them'}.",
            hint="Or say which with --format.",
        )
    return ending


def _time(text: str, form: str) -> time:
    if not text:
        return USUAL_TIME
    if form != CALENDAR:
        raise OptionError(
            f"--at: expected a calendar (.{CALENDAR}) to put the time in, got {form}."
        )
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise OptionError(f"--at: expected a time such as 18:30, got {text!r}.")
    return time(int(found[1]), int(found[2]))
