"""Half a year of training through the product: the plan, the journal, the steps, in a database."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hingewise.app.plan_change import resume
from hingewise.app.plan_use import Desk, Next, follow, make, whats_next
from hingewise.library.load import load_library
from hingewise.store.database import open_database
from hingewise.store.journal import Journal
from hingewise.store.plans import Plans
from hingewise.training.changes import Change, states_now
from hingewise.training.journal import Entry, new_entry
from hingewise.training.names import names_of
from hingewise.training.plan import KeptPlan, Line
from hingewise.training.technique import Technique

from hingewise_validation.lifters.models import Lifter, Told

WEEKS = 26
FIRST_DAY = date(2026, 1, 5)
REST_DAYS = 10
"""After so many days without pain a lifter says that it is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One line of a session, what was written down of it, and what else was told."""

    line: Line
    entry: Entry
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the program said on a day, and what was done."""

    on: date
    next: Next
    done: tuple[Done, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Half a year of one lifter."""

    lifter: Lifter
    kept: KeptPlan
    days: tuple[Day, ...]
    changes: tuple[Change, ...]


def file_of(lifter: Lifter, folder: Path) -> Path:
    """Return where the journal of a lifter lies."""
    return folder / f"{lifter.name.replace(' ', '_')}.sqlite"


def run(lifter: Lifter, folder: Path, *, weeks: int = WEEKS, first_day: date = FIRST_DAY) -> Run:
    """Let a lifter follow their plan from a Monday on, and return all that happened."""
    with _desk(file_of(lifter, folder)) as (journal, plans):
        library = load_library()
        names = names_of(library)

        def desk(on: date, hour: int) -> Desk:
            now = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
            return Desk(journal=journal, plans=plans, library=library, names=names, now=now)

        kept = make(lifter.answers, desk(first_day, 6), weeks=weeks, start=first_day)
        days = []
        for on in _training_days(kept, weeks, first_day):
            _wake(desk(on, 7), kept, on)
            coming = whats_next(desk(on, 8))
            done = _train(lifter, coming, desk(on, 9))
            days.append(Day(on=on, next=coming, done=done))
        changes = tuple(plans.changes(kept.id))
    return Run(lifter=lifter, kept=kept, days=tuple(days), changes=changes)


def _training_days(kept: KeptPlan, weeks: int, first_day: date) -> Iterator[date]:
    for week in range(weeks):
        for weekday in kept.plan.weekdays:
            yield first_day + timedelta(days=7 * week + weekday)


def _wake(desk: Desk, kept: KeptPlan, on: date) -> None:
    """Bring back what has rested long enough."""
    followed = follow(desk)
    for slot in {line.slot for line in followed.plan.lines}:
        mine = [change for change in followed.changes if change.slot == slot]
        rests = bool(mine) and mine[-1].after.paused
        if rests and (on - mine[-1].at.date()).days >= REST_DAYS:
            resume(desk, slot)


def _train(lifter: Lifter, coming: Next, desk: Desk) -> tuple[Done, ...]:
    done = []
    states = states_now(coming.followed.kept.plan, coming.followed.changes)
    for line in coming.session.lines:
        if states[line.slot].paused:
            continue
        exercise = desk.library.exercises[line.exercise]
        n_sets = line.sets if coming.week.kind == "build" else line.lighter_sets
        told = lifter.train(line, exercise, coming.number, n_sets)
        entry = new_entry(told.sets, on=desk.today, now=desk.now, pain=told.pain)
        desk.journal.add([entry])
        _tell(entry, told, desk)
        done.append(Done(line=line, entry=entry, told=told))
    return tuple(done)


def _tell(entry: Entry, told: Told, desk: Desk) -> None:
    if told.faults is None:
        return
    desk.plans.tell(
        [
            Technique(
                id=uuid.uuid4().hex,
                entry=entry.id,
                told_at=desk.now,
                how="own",
                present=told.faults,
            )
        ]
    )


@contextmanager
def _desk(file: Path) -> Iterator[tuple[Journal, Plans]]:
    engine = open_database(f"sqlite:///{file}")
    try:
        yield Journal(engine=engine), Plans(engine=engine)
    finally:
        engine.dispose()
