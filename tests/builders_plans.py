"""Answers, bouts, changes and cases with just the values that a test is about."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hingewise.library.collection import Library
from hingewise.library.load import load_library
from hingewise.planner.bouts import Bout
from hingewise.planner.build import build_plan
from hingewise.planner.case import Case
from hingewise.planner.decide import cases
from hingewise.planner.tables import load_questions
from hingewise.training.answers import Answers
from hingewise.training.changes import Change, Kind, SlotState
from hingewise.training.load import BODY, Load
from hingewise.training.names import names_of
from hingewise.training.plan import Because, Plan
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
