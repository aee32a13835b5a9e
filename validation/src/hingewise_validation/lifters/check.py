"""What half a year of any lifter must keep, worked out from what was written down.

Nothing here asks the planner: gates are those of the library, loads those of the kit, and what was
done stands in the entries of the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hingewise.library.collection import Library
from hingewise.library.progress import Gate
from hingewise.planner.loads import implement, kit_item
from hingewise.planner.tables import load_patterns
from hingewise.training.changes import Change, SlotState, states_at_first
from hingewise.training.kit import KitItem
from hingewise.training.load import Load

from hingewise_validation.lifters.run import Done, Run

PAIN_STOP = 3
TECHNIQUE_SESSIONS = 3
UNGROUNDED = ("resumed", "own", "undone", "updated")
"""Kinds of changes that go by no entry."""

RUNGS = ("rung_up", "rung_back", "groundwork", "groundwork_done")


def problems_of(run: Run, library: Library) -> list[str]:
    """Return every promise that a run breaks, in words."""
    said = [*_history(run), *_bounds(run), *_pain(run)]
    for change in run.changes:
        where = f"{change.at.date()} {change.slot} {change.kind}"
        said += [f"{where}: {each}" for each in _change(change, run, library)]
    return said


def _history(run: Run) -> Iterator[str]:
    """What each day shows is what the changes say, and nothing changes without one."""
    if run.days and run.changes[: len(run.days[-1].next.followed.changes)] != (run.days[-1].next.followed.changes):
        yield "the history on the last day is another one than was kept"
    for day in run.days:
        states = states_at_first(run.kept.plan)
        for change in day.next.followed.changes:
            if states[change.slot] != change.before:
                yield f"{day.on}: {change.slot} was {states[change.slot]}, not {change.before}"
            states[change.slot] = change.after
        for line in day.next.session.lines:
            state = states[line.slot]
            if (line.exercise, line.stage, line.load) != (state.exercise, state.stage, state.load):
                yield f"{day.on}: {line.id} shows {line.exercise} {line.load}, the history {state}"
            decision = day.next.decisions.get(line.slot)
            if decision is None or not decision.because.text or not decision.because.sources:
                yield f"{day.on}: {line.id} does not say why"


def _bounds(run: Run) -> Iterator[str]:
    for day in run.days:
        minutes = run.lifter.answers.minutes
        if day.next.session.minutes > minutes + 1e-6:
            yield f"{day.on}: {day.next.session.minutes:.1f} of {minutes} minutes"


def _pain(run: Run) -> Iterator[str]:
    """What hurt is out of the next session, until it is brought back."""
    for day in run.days:
        rests: dict[str, bool] = {}
        for change in day.next.followed.changes:
            rests[change.slot] = change.after.paused
        for done in day.done:
            if rests.get(done.line.slot):
                yield f"{day.on}: {done.line.id} was taken out, but is done"
        for done in day.done:
            if (done.told.pain or 0) >= PAIN_STOP and not _taken_out(done, run):
                yield f"{day.on}: {done.line.id} hurt {done.told.pain}, and was not taken out"


def _taken_out(done: Done, run: Run) -> bool:
    """Whether it was taken out for this entry; at the end nobody asks any more."""
    last = run.days[-1].on == done.entry.on
    later = [day for day in run.days if day.on > done.entry.on]
    shown = any(line.slot == done.line.slot for day in later for line in day.next.session.lines)
    return last or not shown or any(c.kind == "paused" and done.entry.id in c.evidence for c in run.changes)


def _change(change: Change, run: Run, library: Library) -> Iterator[str]:
    if not change.because.text or change.because.rule not in library.rules:
        yield "no reason"
    if not change.because.sources or not change.lines:
        yield "no source, or not the plan after it"
    by_time_away = change.because.rule == "time_away"
    if change.kind not in UNGROUNDED and not by_time_away and not change.evidence:
        yield "goes by nothing that was done"
    yield from _step(change, run, library)
    if change.kind == "load_up":
        yield from _load_up(change, run, library)
    if change.kind == "rung_up":
        yield from _rung_up(change, run, library)
    if change.kind in ("rung_back", "groundwork") and not _faults(change, run):
        yield "a step back without a fault"
    if any(done.told.absurd for done in _evidence(change, run)):
        yield "goes by a load that cannot be"


def _step(change: Change, run: Run, library: Library) -> Iterator[str]:
    """A load of the same exercise never moves by more than one step."""
    before, after = change.before, change.after
    if before.exercise != after.exercise or before.load is None or after.load is None:
        return
    item = _kit(after, run, library)
    allowed = (before.load, item.up(before.load), item.down(before.load))
    if after.load not in allowed:
        yield f"from {before.load} to {after.load}: more than a step"


def _kit(state: SlotState, run: Run, library: Library) -> KitItem:
    hangs_on = implement(library.exercises[state.exercise])
    if hangs_on is None:
        raise ValueError(f"expected an exercise with a load, got {state.exercise}")
    return kit_item(hangs_on.equipment, run.lifter.answers)


def _load_up(change: Change, run: Run, library: Library) -> Iterator[str]:
    load = change.before.load
    done = _evidence(change, run)
    if load is None or not done:
        yield "more of what load?"
        return
    item = _kit(change.before, run, library)
    top = done[-1].line.repetitions[1]
    at_top = [s for s in done[-1].entry.sets if s.repetitions >= top and _at_least(item, s.load, load)]
    if len(at_top) < done[-1].line.lighter_sets:
        yield f"only {len(at_top)} sets reached {top}"
    told = [each for each in _of(run, change.before.exercise, until=change.at) if each.told.faults is not None]
    if not told[-TECHNIQUE_SESSIONS:] or told[-1].told.faults:
        yield "nobody knows how it looked, or it did not look right"


def _at_least(item: KitItem, load: Load, planned: Load) -> bool:
    return item.place(load) >= item.place(planned) - 1e-6


def _rung_up(change: Change, run: Run, library: Library) -> Iterator[str]:
    """A rung is reached by the gate of the one below, in sessions since the slot moved last."""
    moved = [c.at for c in run.changes if c.slot == change.slot and c.kind in RUNGS and c.at < change.at]
    for gate, exercises in _gates(change, library):
        done = [
            each
            for exercise in exercises
            for each in _of(run, exercise, until=change.at)
            if not moved or each.entry.entered_at > moved[-1]
        ]
        counted = [each for each in done if not each.told.absurd and not _is_short(each, gate)]
        by_day = sorted({each.entry.on for each in counted})[-gate.sessions :]
        latest = [each for each in counted if each.entry.on in by_day]
        if len(by_day) < gate.sessions or not all(_passes(each, gate) for each in latest):
            yield f"the gate was not passed: {gate.text}"
            return


def _gates(change: Change, library: Library) -> Iterator[tuple[Gate, tuple[str, ...]]]:
    """The gate that leads to where a change went, and what counts for it."""
    slot = load_patterns().slots[change.slot]
    if not slot.ladder:
        return
    ladder = library.ladders[slot.ladder]
    counts = load_patterns().counts_as.get(ladder.id, {})
    place = next(
        (
            n
            for n, rung in enumerate(ladder.rungs)
            if change.after.exercise in (rung.exercise, *counts.get(rung.exercise, ()))
        ),
        0,
    )
    if not place or change.after.exercise in slot.candidates:
        return
    on_rung = [n for n in range(place) if ladder.rungs[n].exercise == change.before.exercise]
    below = on_rung[-1] if on_rung else max(slot.from_rung - 1, 0)
    rung = ladder.rungs[below]
    if rung.leave is not None:
        others = () if on_rung else counts.get(rung.exercise, ())
        yield rung.leave, (rung.exercise, *others)


def _passes(done: Done, gate: Gate) -> bool:
    enough = [
        each
        for each in done.entry.sets
        if each.repetitions >= gate.repetitions
        and not (gate.rir is not None and each.rir is not None and each.rir < gate.rir)
    ]
    faults = done.told.faults
    return len(enough) >= gate.sets and faults is not None and not set(faults) & set(gate.absent)


def _is_short(done: Done, gate: Gate) -> bool:
    """Whether it was a lighter week: too few sets for the gate, but all of them good."""
    n_sets = len(done.entry.sets)
    return n_sets < gate.sets and _passes(done, replace(gate, sets=n_sets))


def _faults(change: Change, run: Run) -> bool:
    return any(done.told.faults for done in _evidence(change, run))


def _evidence(change: Change, run: Run) -> list[Done]:
    return [done for day in run.days for done in day.done if done.entry.id in change.evidence]


def _of(run: Run, exercise: str, *, until: datetime) -> list[Done]:
    return [
        done
        for day in run.days
        for done in day.done
        if done.entry.exercise == exercise and done.entry.entered_at < until
    ]
