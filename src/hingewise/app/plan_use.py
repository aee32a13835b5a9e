"""What the command line does with a plan: make it, and say what is next in it and why."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from hingewise.errors import PlanError
from hingewise.library.collection import Library
from hingewise.planner.bouts import Bout, gather
from hingewise.planner.build import build_plan
from hingewise.planner.case import Case, Decision
from hingewise.planner.decide import cases, current_plan, decide, standing
from hingewise.planner.ladders import variants
from hingewise.planner.reasons import because
from hingewise.planner.tables import load_patterns
from hingewise.planner.written import differences, written
from hingewise.store.journal import Journal
from hingewise.store.plans import Plans
from hingewise.training.answers import Answers
from hingewise.training.changes import Change, Kind, SlotState, states_now
from hingewise.training.journal import Entry
from hingewise.training.notation import Names
from hingewise.training.plan import Because, DrillLine, KeptPlan, Line, Plan, Session, Week

UP: tuple[Kind, ...] = ("trained", "rung_up", "groundwork_done")
"""Changes that are not made where there is no room for what they bring."""

_NO_ROOM = (
    "It does not fit into your minutes and sets, so all stays as it is. More minutes make room."
)

RECENT = 160
"""So many entries are looked at: more than any rule asks for, in any number of years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every step needs: journal, plans, library, the names of its exercises, and the time."""

    journal: Journal
    plans: Plans
    library: Library
    names: Names
    now: datetime

    @property
    def today(self) -> date:
        """The day where the lifter is."""
        return self.now.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A plan that is followed.

    ``kept`` as it was made, ``plan`` as it stands after its ``changes``; ``bouts`` what was done
    before today, on ``n_days`` days of it; ``done`` what was done today.
    """

    kept: KeptPlan
    plan: Plan
    changes: tuple[Change, ...]
    bouts: tuple[Bout, ...]
    n_days: int
    done: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What comes next.

    Attributes
    ----------
    followed
        The plan, with what was just changed in it.
    number
        Of the session since the plan began, from 1.
    week, session
        Which ones they are.
    decisions
        Of each slot what was decided, and why.
    fresh
        What was changed just now.
    finished
        Whether today's session is done, so that this is the one after it.
    done
        The exercises of its lines that are done today, these or something instead of them.
    """

    followed: Followed
    number: int
    week: Week
    session: Session
    decisions: Mapping[str, Decision]
    fresh: tuple[Change, ...]
    finished: bool
    done: frozenset[str]


def make(answers: Answers, desk: Desk, *, weeks: int, start: date) -> KeptPlan:
    """Make a plan and keep it, if it has sessions; from now on it is the one that counts."""
    plan = build_plan(answers, desk.library, weeks=weeks)
    kept = KeptPlan(
        id=uuid.uuid4().hex, made_at=desk.now.astimezone(UTC), started_on=start, plan=plan
    )
    if plan.sessions:
        desk.plans.add(kept)
    return kept


def follow(desk: Desk) -> Followed:
    """Read the plan that counts, and what was done since it began.

    Raises
    ------
    PlanError
        If there is none.
    """
    kept = desk.plans.latest()
    if kept is None:
        raise PlanError("expected a plan, found none.", hint="Make one: hingewise plan new")
    changes = tuple(desk.plans.changes(kept.id))
    plan = current_plan(kept.plan, changes, desk.library)
    used = _exercises((kept.plan, plan), changes)
    telling = used | _that_may_stand(plan, desk.library)
    read = desk.journal.recent(since=kept.started_on, most=RECENT, of=telling)
    entries = [e for e in read if e.on > kept.started_on or e.entered_at >= kept.made_at]
    known = desk.plans.techniques([entry.id for entry in entries])
    return Followed(
        kept=kept,
        plan=plan,
        changes=changes,
        bouts=gather([each for each in entries if each.on < desk.today], known),
        n_days=desk.journal.n_days(
            used, since=kept.started_on, before=desk.today, told_after=kept.made_at
        ),
        done=tuple(each for each in entries if each.on == desk.today and each.exercise in used),
    )


def whats_next(desk: Desk) -> Next:
    """Decide what comes next, write down what changes in the plan, and return both.

    A session that was begun today stays as it is until it is done; pain alone is answered at once.
    """
    found = follow(desk)
    followed = _read_anew(found, desk)
    if not followed.plan.sessions:
        raise PlanError(
            "expected a plan with something in it, but nothing of yours can be planned any more.",
            hint="Answer the questions anew: hingewise plan new",
        )
    _, session = followed.plan.at(followed.n_days)
    resting = _resting(followed)
    wanted = {line.exercise for line in session.lines if line.slot not in resting}
    done = {entry.exercise for entry in followed.done}
    settled = _settled(session, done)
    finished = bool(done) and wanted <= settled
    telling = [e for e in followed.done if finished or (e.pain is not None and e.pain > 0)]
    known = desk.plans.techniques([entry.id for entry in telling])
    bouts = (*followed.bouts, *gather(telling, known))
    busy = (done | settled) - {entry.exercise for entry in telling}
    decisions, changes = _decide_all(followed, bouts, desk, busy=busy)
    desk.plans.change(changes[len(found.changes) :], known=len(found.changes))
    plan = current_plan(followed.kept.plan, changes, desk.library)
    number = followed.n_days + finished
    week, session = plan.at(number)
    return Next(
        followed=replace(followed, plan=plan, changes=changes),
        number=number + 1,
        week=week,
        session=session,
        decisions=decisions,
        fresh=changes[len(found.changes) :],
        finished=finished,
        done=frozenset() if finished else settled,
    )


def explained(plan: Plan, line: str) -> list[dict[str, Any]]:
    """Return every line of a plan, or one, with all reasons for it.

    Raises
    ------
    PlanError
        If there is no such line.
    """
    drills = [drill for session in plan.sessions for drill in session.warm_up]
    lines: list[DrillLine | Line] = [*drills, *plan.lines]
    found = [
        {"line": each.id, "because": [asdict(reason) for reason in each.because]}
        for each in lines
        if not line or line in (each.id, each.id.split(".", 1)[1])
    ]
    if not found:
        known = ", ".join(each.id for each in plan.lines)
        raise PlanError(
            f"expected a line of the plan ({known}), got {line!r}.",
            hint="hingewise plan show has them.",
        )
    return found


def all_cases(followed: Followed, desk: Desk) -> dict[str, Case]:
    """Return every slot of a plan with all that is known about it, by its name."""
    known = desk.plans.techniques([entry.id for entry in followed.done])
    bouts = (*followed.bouts, *gather(followed.done, known))
    found = cases(followed.kept.plan, followed.changes, bouts, desk.library, today=desk.today)
    return {case.slot.id: case for case in found}


def made_change(
    followed: Followed, desk: Desk, kind: Kind, slot: str, after: SlotState, reason: Because
) -> Change:
    """Return a change of a slot with all that is different by it; nothing is written yet."""
    before = written(followed.plan, desk.names)
    change = Change(
        id=uuid.uuid4().hex,
        plan=followed.kept.id,
        at=desk.now,
        slot=slot,
        kind=kind,
        before=standing(followed.kept.plan, followed.changes, followed.plan)[slot],
        after=after,
        because=reason,
    )
    changes = (*followed.changes, change)
    lines = written(current_plan(followed.kept.plan, changes, desk.library), desk.names)
    return replace(change, lines=lines, also=differences(before, lines, but=slot))


def _decide_all(
    followed: Followed, bouts: tuple[Bout, ...], desk: Desk, *, busy: Iterable[str]
) -> tuple[dict[str, Decision], tuple[Change, ...]]:
    """Decide about one slot after the other: each sees what the one before has changed."""
    decisions: dict[str, Decision] = {}
    now = followed
    found = cases(now.kept.plan, now.changes, bouts, desk.library, today=desk.today)
    while (case := next((c for c in found if c.slot.id not in decisions), None)) is not None:
        slot = case.slot.id  # one that comes in by a change is decided about as well
        decision = decide(case)
        if decision.after is not None and case.state.exercise in busy:
            decision = case.hold(decision.because.rule, "Under way: when the session is done.")
        decisions[slot] = decision
        if decision.after is None or decision.kind == "hold":
            continue
        change = made_change(now, desk, decision.kind, slot, decision.after, decision.because)
        changes = (*now.changes, replace(change, evidence=decision.evidence))
        plan = current_plan(now.kept.plan, changes, desk.library)
        if decision.kind in UP and not any(line.slot == slot for line in plan.lines):
            decisions[slot] = case.hold("minutes_kept", f"{decision.because.text} {_NO_ROOM}")
            continue
        now = replace(now, changes=changes, plan=plan)
        found = cases(now.kept.plan, now.changes, bouts, desk.library, today=desk.today)
    return decisions, now.changes


def _read_anew(followed: Followed, desk: Desk) -> Followed:
    """Add where this program reads the plan otherwise than the one that changed it last."""
    kept, changes = followed.kept.plan, followed.changes
    before = changes[-1].lines if changes else written(kept, desk.names)
    lines = written(followed.plan, desk.names)
    if before == lines or not lines:
        return followed
    was, now = states_now(kept, changes), standing(kept, changes, followed.plan)
    there = [line.slot for line in followed.plan.lines]
    gone = [each for each in dict.fromkeys(there) if each in was and was[each] != now[each]]
    text = "This version of hingewise has other records or rules than the one before it."
    reason = because(desk.library, "plan_from_library", text)
    made: list[Change] = []
    for slot in gone or there[:1]:
        change = made_change(followed, desk, "updated", slot, now[slot], reason)
        also = () if made else differences(before, lines, but=slot if gone else "")
        made.append(replace(change, before=was.get(slot, now[slot]), also=also, lines=lines))
    return replace(followed, changes=(*changes, *made))


def _settled(session: Session, done: Set[str]) -> frozenset[str]:
    """The exercises of a session that are done, or something else in their stead."""
    return frozenset(
        line.exercise
        for line in session.lines
        if line.exercise in done or done & set(line.alternatives)
    )


def _resting(followed: Followed) -> set[str]:
    states = states_now(followed.kept.plan, followed.changes)
    return {slot for slot, state in states.items() if state.paused}


def _that_may_stand(plan: Plan, library: Library) -> set[str]:
    """Every exercise that may come to stand in a slot, or counts for the gate of its ladder."""
    found: set[str] = set()
    for slot in {line.slot for line in plan.lines}:
        wanted = load_patterns().slots[slot]
        found |= set(wanted.candidates)
        if wanted.ladder:
            ladder = library.ladders[wanted.ladder]
            found |= {each for rung in ladder.rungs for each in variants(ladder, rung)}
    return found


def _exercises(plans: Iterable[Plan], changes: Iterable[Change]) -> set[str]:
    """Every exercise that the plan has or had, and what may stand in for it."""
    used = {line.exercise for plan in plans for line in plan.lines}
    used |= {each for plan in plans for line in plan.lines for each in line.alternatives}
    for change in changes:
        used |= {change.before.exercise, change.after.exercise}
    return used
