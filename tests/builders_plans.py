"""Answers, bouts, changes and cases with just the values that a test is about."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hingewise.app.plan_use import Desk, Next, make, whats_next
from hingewise.app.technique_use import own_answer
from hingewise.library.collection import Library
from hingewise.library.load import load_library
from hingewise.planner.bouts import Bout
from hingewise.planner.build import build_plan
from hingewise.planner.case import Case
from hingewise.planner.decide import cases
from hingewise.planner.loads import implement, kit_item
from hingewise.planner.tables import load_questions
from hingewise.store.database import open_database
from hingewise.store.journal import Journal
from hingewise.store.plans import Plans
from hingewise.training.answers import Answers
from hingewise.training.changes import Change, Kind, SlotState
from hingewise.training.journal import Entry, new_entry
from hingewise.training.load import BODY, Load
from hingewise.training.names import names_of
from hingewise.training.notation import parse_performed
from hingewise.training.plan import Because, KeptPlan, Plan
from hingewise.training.sets import PerformedSet
from hingewise.training.technique import How, Technique

LIBRARY: Library = load_library()
NAMES = names_of(LIBRARY)

FIRST_DAY = date(2026, 1, 5)
"""A Monday, on which every plan here begins."""

PLAN_ID = "0" * 32

PLACES = next(asked.places for asked in load_questions() if asked.id == "equipment")
GYM = PLACES["gym"]
HOME = PLACES["home"]

WHY = Because(rule="your_word", text="For a test.", sources=("product",))


def kg(value: float, count: int = 1) -> Load:
    """A load in kilograms, of one of them where there are several."""
    return Load(kind="mass", value=value, count=count)


def band(name: str) -> Load:
    """A band by its name."""
    return Load(kind="band", band=name)


def make_answers(**changed: Any) -> Answers:
    """Somebody who trains for muscle in a gym, two days a week, and knows the hinge."""
    usual: dict[str, Any] = {
        "goal": "muscle",
        "experience": "hinge",
        "days": 2,
        "minutes": 60,
        "equipment": GYM,
    }
    return Answers(**{**usual, **changed})


def moment(day: int, hour: int = 18) -> datetime:
    """A time on a day of training, 0 the first."""
    on = FIRST_DAY + timedelta(days=day)
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


def new_id() -> str:
    """An id that nobody else has."""
    return uuid.uuid4().hex


def make_technique(
    *present: str, entry: str = PLAN_ID, how: How = "own", at: datetime | None = None, **said: Any
) -> Technique:
    """How it looked: by the lifter's word unless said otherwise, clean without names of faults."""
    return Technique(
        id=new_id(),
        entry=entry,
        told_at=at or moment(0),
        how=how,
        present=present,
        **said,
    )


CLEAN = (make_technique(),)
"""The lifter says that nothing was wrong."""


def make_bout(
    exercise: str,
    day: int,
    counts: Sequence[int] = (10, 10, 10),
    *,
    load: Load = BODY,
    rir: float | None = 2.0,
    **changed: Any,
) -> Bout:
    """What was done of an exercise on a day, written down at six in the evening."""
    sets = [PerformedSet(exercise=exercise, repetitions=n, load=load, rir=rir) for n in counts]
    bout = Bout(
        exercise=exercise,
        on=FIRST_DAY + timedelta(days=day),
        entered_at=moment(day),
        sets=tuple(sets),
        entries=(f"{exercise}-{day}",),
    )
    return replace(bout, **changed)


def make_change(
    slot: str,
    kind: Kind,
    before: SlotState,
    after: SlotState,
    *,
    at: datetime | None = None,
    **said: Any,
) -> Change:
    """A change of a plan, on the evening of its first day."""
    return Change(
        id=new_id(),
        plan=PLAN_ID,
        at=at or moment(0),
        slot=slot,
        kind=kind,
        before=before,
        after=after,
        because=said.pop("because", WHY),
        **said,
    )


def make_plan(answers: Answers | None = None, **states: SlotState) -> Plan:
    """The plan of some answers, with what stands in some slots by now."""
    return build_plan(answers or make_answers(), LIBRARY, states=states)


def make_case(
    slot: str,
    state: SlotState | None = None,
    bouts: Sequence[Bout] = (),
    *,
    answers: Answers | None = None,
    changes: Sequence[Change] = (),
    day: int = 30,
) -> Case:
    """A slot on some day: as the answers make it, or as it stands since before the first day."""
    base = make_plan(answers)
    if state is not None:
        first = make_change(slot, "own", state, state, at=moment(-1, 6))
        changes = (first, *changes)
    today = FIRST_DAY + timedelta(days=day)
    found = cases(base, changes, bouts, LIBRARY, today=today)
    return next(case for case in found if case.slot.id == slot)


def learning(exercise: str, load: Load | None = None) -> SlotState:
    """An exercise that is still learnt."""
    return SlotState(exercise=exercise, stage="learning", load=load)


def trained(exercise: str, load: Load | None = None, **said: Any) -> SlotState:
    """An exercise that is trained."""
    return SlotState(exercise=exercise, stage="training", load=load, **said)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Follower:
    """Somebody who follows a plan: on any day, at any hour, in one database."""

    journal: Journal
    plans: Plans

    def desk(self, day: int, hour: int = 8) -> Desk:
        """Sit down on a day of training, 0 the first."""
        return Desk(
            journal=self.journal,
            plans=self.plans,
            library=LIBRARY,
            names=NAMES,
            now=moment(day, hour),
        )

    def begin(self, answers: Answers | None = None, *, day: int = 0) -> KeptPlan:
        """Make a plan at six in the morning."""
        desk = self.desk(day, 6)
        return make(answers or make_answers(), desk, weeks=12, start=desk.today)

    def do(
        self,
        text: str,
        day: int,
        *,
        hour: int = 18,
        pain: int | None = None,
        looked: str | None = "clean",
        on: int | None = None,
    ) -> Entry:
        """Write a line down, done that day unless said otherwise, and how it looked."""
        done_on = FIRST_DAY + timedelta(days=day if on is None else on)
        entry = new_entry(
            parse_performed(text, NAMES), on=done_on, now=moment(day, hour), pain=pain
        )
        told = own_answer(entry, looked, LIBRARY, now=moment(day, hour)) if looked else None
        self.journal.add([entry], [told] if told else [])
        return entry

    def next(self, day: int, hour: int = 8) -> Next:
        """Ask what comes next."""
        return whats_next(self.desk(day, hour))

    def train(self, day: int, *, but: str = "", looked: str | None = "clean") -> Next:
        """Ask in the morning, and do all of it but one place at six, at the top of the range."""
        coming = self.next(day)
        for line in coming.session.lines:
            if line.slot == but:
                continue
            hangs_on = implement(LIBRARY.exercises[line.exercise])
            load = line.load
            if hangs_on is not None and load is None:
                load = kit_item(hangs_on.equipment, coming.followed.kept.plan.answers).loads(
                    hangs_on.count
                )[1]
            sets = [
                PerformedSet(
                    exercise=line.exercise,
                    repetitions=line.repetitions[1],
                    load=load or BODY,
                    rir=line.rir,
                )
            ] * line.sets
            entry = new_entry(sets, on=coming_day(day), now=moment(day))
            told = own_answer(entry, looked, LIBRARY, now=moment(day)) if looked else None
            self.journal.add([entry], [told] if told else [])
        return coming


def coming_day(day: int) -> date:
    """The date of a day of training, 0 the first."""
    return FIRST_DAY + timedelta(days=day)


@cache
def _empty_journal() -> bytes:
    """A journal without an entry, made once: making its tables takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "journal.sqlite"
        open_database(f"sqlite:///{file}").dispose()
        return file.read_bytes()


def quick_url(folder: Path) -> str:
    """The address of an empty journal on SQLite."""
    file = folder / "journal.sqlite"
    file.write_bytes(_empty_journal())
    return f"sqlite:///{file}"


@contextmanager
def following(url: str) -> Iterator[Follower]:
    """Open a database for somebody who follows a plan."""
    engine = open_database(url)
    try:
        yield Follower(journal=Journal(engine=engine), plans=Plans(engine=engine))
    finally:
        engine.dispose()
