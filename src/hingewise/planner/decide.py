"""What comes next: every slot held against what was done, and why it changes or does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date

from hingewise.library.collection import Library
from hingewise.planner.allow import allow
from hingewise.planner.bouts import Bout
from hingewise.planner.build import build_plan, preferred
from hingewise.planner.case import WEEK, Case, Decision, by_slot, learnt_of
from hingewise.planner.steps_down import (
    lighter,
    on_faults,
    on_misses,
    on_pain,
    on_slip,
    on_stall,
    on_time_away,
)
from hingewise.planner.steps_up import gate_words, on_learnt, on_load_found, on_load_up, on_rung
from hingewise.planner.tables import load_patterns
from hingewise.training.changes import Change, SlotState, states_at_first, states_now
from hingewise.training.plan import Because, Line, Plan, Session

FIRST = (on_pain, on_slip, on_faults)
"""These settle it, even where they leave all as it is."""

THEN = (
    on_rung,
    on_learnt,
    on_time_away,
    on_load_found,
    on_misses,
    on_load_up,
    on_stall,
)
"""Of these the first that changes something, else the first that asks, else the first reason."""


def current_plan(base: Plan, changes: Sequence[Change], library: Library) -> Plan:
    """Return a plan as it stands after its changes; all of it still fits into its bounds.

    What a newer library has no longer, or asks care for, gives its place to what stands there else.
    """
    if not base.sessions:
        return base
    states = states_now(base, changes)
    may = allow(base.answers, library).exercises
    kept = {slot: state for slot, state in states.items() if state.exercise in may}
    if not changes and len(kept) == len(states):
        return base
    return build_plan(base.answers, library, weeks=len(base.weeks), states=kept)


def standing(base: Plan, changes: Sequence[Change], plan: Plan) -> Mapping[str, SlotState]:
    """Return what stands in each slot of a plan as it stands, in those that came in later too."""
    states = dict(states_now(base, changes))
    for slot, first in states_at_first(plan).items():
        if slot not in states or states[slot].exercise != first.exercise:
            states[slot] = first
    return states


def cases(
    base: Plan,
    changes: Sequence[Change],
    bouts: Sequence[Bout],
    library: Library,
    *,
    today: date,
) -> tuple[Case, ...]:
    """Return every slot of a plan with all that a decision about it goes by."""
    plan = current_plan(base, changes, library)
    states = standing(base, changes, plan)
    of_slot = by_slot(changes)
    allowed = allow(base.answers, library)
    learnt = learnt_of(changes)
    lines = {line.slot: line for line in sorted(plan.lines, key=_by_sets)}
    order = dict.fromkeys(line.slot for line in plan.lines)
    return tuple(
        Case(
            line=lines[slot],
            slot=preferred(load_patterns().slots[slot], base.answers, library),
            state=states[slot],
            changes=of_slot.get(slot, ()),
            bouts=tuple(bouts),
            answers=base.answers,
            allowed=allowed,
            library=library,
            learnt=learnt,
            taken=_beside(slot, plan),
            today=today,
            elsewhere=_elsewhere(slot, plan, bouts),
            every_days=_every_days(slot, plan),
        )
        for slot in order
    )


def decide(case: Case) -> Decision:
    """Say what comes next in a slot, and why."""
    if case.state.paused:
        return case.hold(
            "pain_stops", f"It rests. Is the pain gone? hingewise plan resume {case.slot.id}"
        )
    for step in FIRST:
        settled = step(case)
        if settled is not None:
            return settled
    found = [each for step in THEN if (each := step(case)) is not None]
    changes = [each for each in found if each.after is not None]
    asking = [each for each in found if each.asks]
    return next(iter((*changes, *asking, *found)), None) or _as_before(case)


def resumed(case: Case) -> tuple[SlotState, Because]:
    """Return what stands in a slot that comes back after pain: the same, one step lower.

    Where there is no lighter load it comes back as something to learn: light and slow.
    """
    load = lighter(case)
    if load is not None:
        text = "You say that the pain is gone: it comes back, one step lower."
        return replace(case.state, load=load, paused=False), case.why("pain_stops", text)
    text = "You say that the pain is gone: it comes back as if it were new, light and slow."
    state = replace(case.state, stage="learning", paused=False)
    return state, case.why("pain_stops", text)


def _as_before(case: Case) -> Decision:
    """Nothing asks for a change: what was done last, and what is to come."""
    bouts = case.since_load
    gate = gate_words(case)
    behind = f" {gate}." if gate else ""
    least, most = case.line.repetitions
    if not bouts:
        done = any(bout.exercise == case.state.exercise for bout in case.bouts)
        first = "" if done else "The first time."
        return case.hold("double_progression", f"{first}{behind}".strip() or "As it was.")
    last = bouts[-1]
    counts = ", ".join(str(each.repetitions) for each in last.sets)
    if case.state.stage == "learning":
        text = f"Last time {counts}. Still learning: light, and every repetition the same.{behind}"
        return case.hold("learn_then_train", text, evidence=last.entries)
    aim = f"up to {most} in every set" if most > least else "the same again"
    text = f"Last time {counts}: {aim}.{behind}"
    return case.hold("double_progression", text, evidence=last.entries)


def _by_sets(line: Line) -> tuple[int, str]:
    """The line with the fewest sets comes last: what it asks for can be done in every session."""
    return -line.sets, line.id


def _every_days(slot: str, plan: Plan) -> float:
    """How many days lie between two sessions of a slot, if all is done as it is planned."""
    has_it = {s.id for s in plan.sessions if any(line.slot == slot for line in s.lines)}
    weeks = plan.weeks[:2]  # sessions take turns: after two weeks it is the same again
    n_times = sum(name in has_it for week in weeks for name in week.sessions)
    return WEEK * len(weeks) / max(n_times, 1)


def _elsewhere(slot: str, plan: Plan, bouts: Sequence[Bout]) -> frozenset[date]:
    """Days on which the exercise of a slot was done in a session that has it in another slot."""
    (exercise,) = {line.exercise for line in plan.lines if line.slot == slot}
    slots = {line.slot for line in plan.lines if line.exercise == exercise}
    if len(slots) == 1:
        return frozenset()
    days: dict[date, set[str]] = {}
    for bout in bouts:
        days.setdefault(bout.on, set()).add(bout.exercise)
    return frozenset(
        on
        for number, (on, done) in enumerate(sorted(days.items()))
        if exercise in done
        and not any(line.slot == slot for line in _session_of(done, number, plan).lines)
    )


def _session_of(done: Set[str], number: int, plan: Plan) -> Session:
    """Which session a day was: the one of which most was done, else the one that was its turn."""
    turn = plan.at(number)[1]
    return max(
        plan.sessions,
        key=lambda session: (
            len(done & {line.exercise for line in session.lines}),
            session.id == turn.id,
        ),
    )


def _beside(slot: str, plan: Plan) -> frozenset[str]:
    """The exercises that stand in a session together with a slot."""
    return frozenset(
        line.exercise
        for session in plan.sessions
        if any(line.slot == slot for line in session.lines)
        for line in session.lines
        if line.slot != slot
    )
