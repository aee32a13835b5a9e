"""Journals as they are before a program writes: none, one of the first version, one with a plan that is followed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from hingewise.store.database import open_database, parse_url
from hingewise.store.journal import Journal
from hingewise.store.plans import Plans
from hingewise.training.answers import Answers
from hingewise.training.journal import Entry, Kept, new_entry
from hingewise.training.load import Load
from hingewise.training.plan import KeptPlan
from hingewise.training.sets import PerformedSet
from hingewise.training.technique import Technique
from sqlalchemy import Engine, create_engine

from hingewise_validation.lifters.models import Lifter
from hingewise_validation.lifters.run import run

OLDER = "0001"
"""The first version of the tables: entries and their sets, no plans."""

FIRST = datetime(2020, 1, 1, 18, tzinfo=UTC)
LIFTS = ("romanian_deadlift", "glute_bridge", "kettlebell_swing", "cable_pull_through")
SETS_OF_AN_ENTRY = 3
SLIPS = 7
"""Of so many entries one was taken out."""

EQUIPMENT = ("cable_machine", "rope_handle", "barbell", "bar_pad", "rack", "bench", "dumbbell", "kettlebell")
ANSWERS = Answers(goal="muscle", experience="hinge", days=3, minutes=60, equipment=EQUIPMENT)
WEEKS = 3

COLUMNS = "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps,RPE,Seconds,Notes"
STRONG_LIFTS = ("Deadlift", "Glute Bridge", "Kettlebell Swing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A plan and some weeks of what was done, of which nothing has been decided yet: many changes are due."""

    plan: KeptPlan
    kept: tuple[Kept, ...]
    techniques: tuple[Technique, ...]

    @property
    def now(self) -> datetime:
        """The day after the last of them."""
        return max(each.entry.entered_at for each in self.kept) + timedelta(days=1)


def gather_evidence(folder: Path) -> Evidence:
    """Let a lifter train for some weeks, and forget what the program has decided about it."""
    done = run(Lifter(name="killed", what="", answers=ANSWERS), folder, weeks=WEEKS)
    with opened(f"sqlite:///{folder / 'killed.sqlite'}") as (journal, plans):
        return Evidence(plan=done.kept, kept=tuple(journal.everything()), techniques=tuple(plans.techniques()))


def make_followed(url: str, evidence: Evidence) -> None:
    """Make a journal with a plan, and entries by which it will be changed."""
    with opened(url) as (journal, plans):
        plans.add(evidence.plan)
        journal.bring_back(evidence.kept)
        plans.tell(evidence.techniques)


def make_older(url: str, kept: list[Kept]) -> None:
    """Make a journal as the first version of the program has left it."""
    engine = create_engine(parse_url(url))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        config = Config()
        config.set_main_option("script_location", "hingewise.store:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, OLDER)
    Journal(engine=engine).bring_back(kept)
    engine.dispose()


def many_entries(n_entries: int) -> list[Kept]:
    """Make entries, of which some were taken out."""
    return [
        Kept(entry=made, removed_at=FIRST if n % SLIPS == 0 else None)
        for n, made in enumerate(new_entries(n_entries), start=1)
    ]


def new_entries(n_entries: int) -> list[Entry]:
    """Make entries with ids of their own."""
    made = []
    for n in range(n_entries):
        load = Load(kind="mass", value=40.0 + n % 60, unit="kg")
        one = PerformedSet(exercise=LIFTS[n % len(LIFTS)], repetitions=5 + n % 8, load=load, rir=2.0, note="é; ü")
        now = FIRST + timedelta(hours=12 * n)
        made.append(new_entry([one] * SETS_OF_AN_ENTRY, on=now.date(), now=now, pain=n % 11, note=f"entry {n}"))
    return made


def strong_table(n_days: int) -> str:
    """Write what Strong exports."""
    lines = [
        f"{FIRST.date() + timedelta(days=day)} 18:00:00,L,{lift},{number},{60 + number},kg,5,,0,"
        for day in range(n_days)
        for lift in STRONG_LIFTS
        for number in range(1, SETS_OF_AN_ENTRY + 1)
    ]
    return "\n".join([COLUMNS, *lines]) + "\n"


@contextmanager
def opened(url: str) -> Iterator[tuple[Journal, Plans]]:
    """Open a journal as the program does."""
    engine: Engine = open_database(url)
    try:
        yield Journal(engine=engine), Plans(engine=engine)
    finally:
        engine.dispose()
