"""Plans: real ones of answers, and any that hypothesis can draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from hingewise.library.load import load_library
from hingewise.planner.build import build_plan
from hingewise.planner.decide import current_plan
from hingewise.report.plan_sheets import PlanNow
from hingewise.training.answers import Answers
from hingewise.training.changes import Change, SlotState, states_now
from hingewise.training.kit import KitItem
from hingewise.training.names import names_of
from hingewise.training.plan import (
    Because,
    DrillLine,
    KeptPlan,
    Line,
    Note,
    Plan,
    Ramp,
    Session,
    Week,
)
from hingewise.training.schedule import coming
from hingewise.training.sets import PerformedSet
from hingewise.training.technique import Technique
from tests.builders_journal import LOADS, NOW, WORDS

MONDAY = date(2026, 3, 2)
PLAN_ID = "5" * 32
GYM = (
    "cable_machine", "rope_handle", "resistance_band", "anchor", "barbell", "rack", "bench",
    "bar_pad", "dumbbell", "kettlebell", "wall", "step", "foam_roller", "dowel",
)  # fmt: skip
ANSWERS = Answers(
    goal="muscle",
    experience="hinge",
    days=3,
    minutes=60,
    weekdays=(0, 2, 4),
    equipment=GYM,
    mistakes=("rounding_back",),
)

LIBRARY = load_library()
NAMES = names_of(LIBRARY)

IDS = st.uuids().map(lambda each: each.hex)
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(UTC)
)
SHORT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
NUMBERS = st.floats(min_value=0.0, max_value=500.0)
SLOTS = ("primer", "thrust", "legs")


def kept_plan(answers: Answers = ANSWERS, *, weeks: int = 4, start: date = MONDAY) -> KeptPlan:
    """A plan as ``hingewise plan new`` makes it."""
    plan = build_plan(answers, LIBRARY, weeks=weeks)
    return KeptPlan(id=PLAN_ID, made_at=NOW, started_on=start, plan=plan)


def change(kept: KeptPlan, number: int, after: SlotState, *, slot: str = "primer") -> Change:
    """A change of the lifter's own; ``number`` makes its id and its hour."""
    before = states_now(kept.plan, ())[slot]
    return Change(
        id=f"{number:032x}",
        plan=kept.id,
        at=kept.made_at + timedelta(hours=number),
        slot=slot,
        kind="own",
        before=before,
        after=after,
        because=Because(rule="your_word", text="You have set this load.", sources=()),
    )


def told(entry: str, number: int = 1) -> Technique:
    """What a lifter says of an entry."""
    return Technique(id=f"{number:032x}", entry=entry, told_at=NOW, how="own", present=("shallow",))


def plan_now(
    kept: KeptPlan,
    changes: Sequence[Change] = (),
    *,
    n_done: int = 0,
    today: date = MONDAY,
    begun: bool = False,
) -> PlanNow:
    """A plan as it is followed on a day."""
    plan = current_plan(kept.plan, changes, LIBRARY)
    return PlanNow(
        kept=kept,
        plan=plan,
        states=states_now(kept.plan, changes),
        n_changes=len(changes),
        coming=coming(kept, plan, n_done=n_done, today=today, begun=begun),
    )


def paused(kept: KeptPlan, slot: str = "primer") -> Change:
    """A change that takes a slot out for pain."""
    return change(kept, 1, replace(states_now(kept.plan, ())[slot], paused=True), slot=slot)


reasons = st.builds(
    Because,
    rule=SHORT,
    text=WORDS,
    sources=st.lists(SHORT, max_size=2).map(tuple),
    question=st.sampled_from(["", "goal", "time"]),
    answer=SHORT,
)
several_reasons = st.lists(reasons, min_size=1, max_size=2).map(tuple)
notes = st.builds(Note, text=WORDS, because=several_reasons)
kits = st.sampled_from(
    [
        KitItem(equipment="barbell", least=20.0, most=140.0, step=2.5),
        KitItem(equipment="kettlebell", unit="lb", values=(18.0, 26.5)),
        KitItem(equipment="resistance_band", bands=("light", "red one")),
    ]
)
answers = st.builds(
    lambda kit, load, minutes: replace(
        ANSWERS,
        minutes=minutes,
        kit=(kit,),
        loads=(PerformedSet(exercise="glute_bridge", repetitions=8, load=load, rir=1.5),),
    ),
    kits,
    LOADS,
    st.integers(min_value=15, max_value=120),
)
states = st.builds(
    SlotState,
    exercise=SHORT,
    stage=st.sampled_from(["learning", "training"]),
    load=st.none() | LOADS,
    paused=st.booleans(),
)


def lines(line_id: str) -> st.SearchStrategy[Line]:
    """Any line of this id."""
    return st.builds(
        Line,
        id=st.just(line_id),
        role=st.sampled_from(["primer", "main"]),
        exercise=SHORT,
        stage=st.sampled_from(["learning", "training"]),
        sets=st.integers(min_value=2, max_value=5),
        lighter_sets=st.integers(min_value=1, max_value=2),
        repetitions=st.tuples(st.integers(1, 8), st.integers(9, 30)),
        load=st.none() | LOADS,
        loaded=st.booleans(),
        rir=st.none() | st.sampled_from([0.5, 2.0]),
        tempo=st.sampled_from(["", "3-0-x-1"]),
        rest_s=st.integers(0, 300),
        minutes=NUMBERS,
        because=several_reasons,
        one_sided=st.booleans(),
        ramp=st.none() | st.just(Ramp(sets=2, repetitions=6, rest_s=60)),
        ladder=SHORT,
        alternatives=st.lists(SHORT, max_size=2).map(tuple),
    )


drills = st.builds(
    DrillLine,
    id=SHORT,
    phase=SHORT,
    drill=SHORT,
    dose=WORDS,
    seconds=st.integers(1, 300),
    because=several_reasons,
)


def _sessions(slots: Sequence[str]) -> st.SearchStrategy[Session]:
    return st.builds(
        Session,
        id=st.just("A"),
        warm_up=st.lists(drills, max_size=1).map(tuple),
        lines=st.tuples(*(lines(f"A.{slot}") for slot in slots)),
        minutes=NUMBERS,
    )


plans = st.builds(
    Plan,
    answers=answers,
    sessions=st.tuples(_sessions(SLOTS)),
    weeks=st.just((Week(number=1, kind="build", sessions=("A", "A")),)),
    weekdays=st.just((0, 3)),
    notes=st.lists(notes, max_size=1).map(tuple),
    left_out=st.lists(notes, max_size=1).map(tuple),
)
kept_plans = st.builds(KeptPlan, id=IDS, made_at=MOMENTS, started_on=st.dates(), plan=plans)


def changes_of(plan: str) -> st.SearchStrategy[Change]:
    """Any change of a plan."""
    return st.builds(
        Change,
        id=IDS,
        plan=st.just(plan),
        at=MOMENTS,
        slot=st.sampled_from(SLOTS),
        kind=st.sampled_from(["load_up", "paused", "own"]),
        before=states,
        after=states,
        because=reasons,
        evidence=st.lists(IDS, max_size=2).map(tuple),
        also=st.lists(WORDS, max_size=1).map(tuple),
        lines=st.lists(WORDS, max_size=2).map(tuple),
    )


def techniques_of(entry: str) -> st.SearchStrategy[Technique]:
    """Any word about an entry."""
    return st.builds(
        Technique,
        id=IDS,
        entry=st.just(entry),
        told_at=MOMENTS,
        how=st.sampled_from(["film", "own"]),
        present=st.just(("shallow",)),
        absent=st.sampled_from([(), ("soft_lockout",)]),
        score=st.none() | st.floats(0.0, 100.0),
        n_repetitions=st.integers(0, 20),
        film=WORDS,
        sha256=st.sampled_from(["", "ab" * 32]),
        results=WORDS,
    )
