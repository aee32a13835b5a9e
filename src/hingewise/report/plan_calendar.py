"""A plan as appointments: what stands in a calendar on each day of training that is to come."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from hingewise.library.collection import Library
from hingewise.report.plan_pages import amount
from hingewise.report.plan_sheets import RESTS, PlanNow
from hingewise.training.notation import Names
from hingewise.training.schedule import Dated

HOST = "hingewise.local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One session in a calendar.

    Attributes
    ----------
    uid
        The same for the same session in every export, so that a calendar replaces it.
    on, minutes
        The day, and how long it takes.
    stamp
        When the plan was last changed, in its time zone.
    revision
        How often the plan was changed: what has more of them is newer.
    title, text
        Its name, and what is done in it, a line each.
    """

    uid: str
    on: date
    minutes: int
    stamp: datetime
    revision: int
    title: str
    text: tuple[str, ...]


def make_appointments(
    now: PlanNow, names: Names, library: Library, *, stamp: datetime
) -> tuple[Appointment, ...]:
    """Return an appointment for each session that is to come.

    Parameters
    ----------
    now
        The plan as it stands.
    names, library
        Of exercises and drills.
    stamp
        When the plan was made or last changed: never the time of the export.
    """
    return tuple(
        Appointment(
            uid=f"{now.kept.id}-{each.key}@{HOST}",
            on=each.on,
            minutes=max(1, math.ceil(each.session.minutes)),
            stamp=stamp,
            revision=now.n_changes,
            title=f"Training {each.number}: session {each.session.id}{_lighter(each)}",
            text=tuple(_text(each, now, names, library)),
        )
        for each in now.coming
    )


def _lighter(dated: Dated) -> str:
    return " (lighter week)" if dated.week.kind == "lighter" else ""


def _text(dated: Dated, now: PlanNow, names: Names, library: Library) -> Iterator[str]:
    yield f"Week {dated.week.number}, session {dated.session.id}"
    yield ""
    yield "Warm-up"
    for drill in dated.session.warm_up:
        yield f"- {library.drills[drill.drill].name}: {drill.dose}"
    yield ""
    yield "Exercises"
    for number, line in enumerate(dated.session.lines, start=1):
        title = names.title(line.exercise)
        said = f": {RESTS}" if now.rests(line) else f" {amount(line, dated.week.kind, names)}"
        yield f"{number}. {title}{said}"
