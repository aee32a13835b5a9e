"""Weeks of random training: the plan keeps its word and changes nothing silently."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from hingewise.app.plan_change import resume, set_by_words, undo
from hingewise.app.plan_use import Next, follow
from hingewise.errors import PlanError
from hingewise.planner.allow import allow
from hingewise.planner.decide import current_plan, standing
from hingewise.planner.loads import implement, kit_item
from hingewise.planner.written import written
from hingewise.training.answers import Answers
from hingewise.training.journal import new_entry
from hingewise.training.load import BODY, Load
from hingewise.training.plan import Line
from hingewise.training.sets import PerformedSet
from tests.builders_plans import (
    GYM,
    HOME,
    LIBRARY,
    NAMES,
    Follower,
    coming_day,
    following,
    make_answers,
    make_technique,
    moment,
    quick_url,
)

WALKS = {
    "a newcomer": make_answers(goal="learn", experience="none"),
    "strong, with little time": make_answers(goal="strength", experience="deadlift", minutes=30),
    "muscle, four days": make_answers(days=4, minutes=45),
    "at home, with a knee": make_answers(
        goal="health", experience="unsure", equipment=HOME, conditions=("knee_pain",)
    ),
    "a back that was looked at": make_answers(
        goal="power",
        experience="swing",
        conditions=("low_back_recent",),
        cleared=("low_back_recent",),
    ),
    "one day a week": make_answers(goal="health", days=1, minutes=40, equipment=GYM),
}
WORDS = ("20 kg", "light band", "goblet squat", "hip thrust", "glute bridge", "back squat", "no")


def load_of(line: Line, answers: Answers, dice: random.Random) -> Load:
    """What is on: the plan's, else one of the lightest, now and then a slip."""
    hangs_on = implement(LIBRARY.exercises[line.exercise])
    if hangs_on is None:
        return BODY
    loads = kit_item(hangs_on.equipment, answers).loads(hangs_on.count)
    if dice.random() < 0.03:
        return loads[-1]
    return line.load or dice.choice(loads[:3])


def do(one: Follower, line: Line, day: int, answers: Answers, dice: random.Random) -> None:
    """One line of a session, or something instead of it, well or badly, and said or not."""
    exercise = line.exercise
    if line.alternatives and dice.random() < 0.1:
        exercise = dice.choice(line.alternatives)
    low, high = line.repetitions
    count = dice.choice((high, high, high, low, max(1, low - 2)))
    load = load_of(line, answers, dice) if exercise == line.exercise else BODY
    rir = dice.choice((line.rir, line.rir, None, 0.0))
    done = PerformedSet(exercise=exercise, repetitions=count, load=load, rir=rir)
    late = dice.random() < 0.05
    entry = new_entry(
        [done] * max(1, line.sets - dice.choice((0, 0, 0, 1))),
        on=coming_day(day),
        now=moment(day + 2 if late else day),
        pain=dice.choice((None, 0, 0, 0, 0, 0, 0, 1, 5)) if dice.random() < 0.3 else None,
    )
    faults = LIBRARY.exercises[exercise].mistakes
    wrong = (dice.choice(faults),) if dice.random() < 0.15 else ()
    told = make_technique(*wrong, entry=entry.id, at=moment(day))
    one.journal.add([entry], [told] if dice.random() < 0.8 else [])


def meddle(one: Follower, day: int, dice: random.Random) -> None:
    """Changes of the lifter's own; what cannot be is refused in a sentence, and changes nothing."""
    desk = one.desk(day, 7)
    followed = follow(desk)
    slot = dice.choice(followed.plan.lines).slot
    for state in standing(followed.kept.plan, followed.changes, followed.plan).items():
        if state[1].paused and dice.random() < 0.4:
            with suppress(PlanError):
                resume(desk, state[0])
    if dice.random() < 0.1:
        with suppress(PlanError):
            undo(desk, "")
    if dice.random() < 0.1:
        with suppress(PlanError):
            set_by_words(desk, slot, dice.choice(WORDS))


def check(coming: Next, before: tuple[str, ...]) -> None:
    """What must hold on every day."""
    followed = coming.followed
    plan, kept = followed.plan, followed.kept.plan
    assert plan == current_plan(kept, followed.changes, LIBRARY)
    lines = written(plan, NAMES)
    assert lines == (followed.changes[-1].lines if followed.changes else before)
    assert coming.fresh or lines == before
    allowed = allow(kept.answers, LIBRARY)
    for session in plan.sessions:
        assert session.minutes <= kept.answers.minutes + 1e-6
        names = [line.exercise for line in session.lines]
        assert len(set(names)) == len(names)
        assert set(names) <= allowed.exercises
    assert {line.slot for line in coming.session.lines} <= coming.decisions.keys()
    for change in coming.fresh:
        assert change.because.rule in LIBRARY.rules
        assert change.because.sources
        _check_step(coming, change.slot)


def _check_step(coming: Next, slot: str) -> None:
    """A load goes up by one step; what hurts comes back by the lifter's word alone."""
    for change in coming.fresh:
        if change.slot != slot:
            continue
        assert not (change.before.paused and not change.after.paused)
        if change.kind == "load_up":
            hangs_on = implement(LIBRARY.exercises[change.after.exercise])
            assert hangs_on is not None
            assert change.before.load is not None
            item = kit_item(hangs_on.equipment, coming.followed.kept.plan.answers)
            assert change.after.load == item.up(change.before.load)
            assert replace(change.after, load=None) == replace(change.before, load=None)


@pytest.mark.parametrize("name", WALKS)
def test_whatever_is_done_the_plan_keeps_its_word(name: str, tmp_path: Path) -> None:
    dice = random.Random(name)
    answers = WALKS[name]
    with following(quick_url(tmp_path)) as one:
        one.begin(answers)
        day = 0
        for _ in range(14):
            meddle(one, day, dice)
            before = written(follow(one.desk(day)).plan, NAMES)
            coming = one.next(day)
            check(coming, before)
            for line in coming.session.lines:
                if dice.random() < 0.9:
                    do(one, line, day, answers, dice)
            if dice.random() < 0.5:
                before = written(follow(one.desk(day, 20)).plan, NAMES)
                check(one.next(day, 20), before)
            day += dice.choice((1, 2, 3, 3, 4, 20))
