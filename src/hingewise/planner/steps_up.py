"""Steps up: a load found, a load that may grow, an exercise learnt, a gate passed."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from hingewise.planner.bouts import Bout, done_well, in_words, look, serious
from hingewise.planner.case import MOVES, RUNGS, TINY, Case, Decision
from hingewise.planner.gates import evaluate
from hingewise.planner.ladders import Foothold, footholds, variants
from hingewise.planner.tables import number
from hingewise.training.changes import SlotState
from hingewise.training.load import Load
from hingewise.training.words import write_load

_ASK = "Film a set, or say how it looked: hingewise log technique"


def on_load_found(case: Case) -> Decision | None:
    """Keep the load that was found by going up to it."""
    bouts = case.since_load
    if case.state.load is not None or case.kit is None or not bouts:
        return None
    item, last = case.kit, bouts[-1]
    fitting = [each.load for each in last.sets if not math.isnan(item.place(each.load))]
    if not fitting:
        return None
    enough = [
        each.load
        for each in last.sets
        if not math.isnan(item.place(each.load))
        and not each.hold
        and each.repetitions >= case.line.repetitions[0]
        and not _too_hard(each.rir, case)
    ]
    found = max(enough, key=item.place) if enough else item.down(min(fitting, key=item.place))
    found = found or min(fitting, key=item.place)
    text = f"{write_load(found)} is what you found: it stays until all sets reach the top."
    return case.change(
        "load_found", replace(case.state, load=found), case.why("first_load", text), bouts=[last]
    )


def on_rung(case: Case) -> Decision | None:
    """Go up a ladder whose gate is passed, or say what is missing."""
    ladder = case.library.ladders.get(case.slot.ladder)
    if ladder is None:
        return None
    here, above = _here_and_above(case)
    if here is None or above is None or here.rung.leave is None:
        return None
    exercises = variants(ladder, here.rung)
    mine = exercises if here.place < case.slot.from_rung else [case.state.exercise]
    bouts = case.without_slips(mine, after=RUNGS)
    if not bouts:
        return None
    gate = here.rung.leave
    passed = evaluate(gate, bouts, case.library)
    title = case.library.exercises[above.exercise].name
    if passed.met and not case.allowed.is_open(
        case.library.exercises[above.exercise], case.learnt | {bouts[-1].exercise}
    ):
        return None  # its groundwork is on its way in this slot
    if passed.met and above.exercise in case.taken:
        return None  # another slot of the session has it already
    if passed.met:
        text = f"{gate.text} You have it, so next is: {title}."
        reason = case.why("ladder_in_plan", text, sources=gate.sources)
        after = SlotState(exercise=above.exercise, stage="learning")
        change = case.change("rung_up", after, reason)
        return replace(change, evidence=passed.evidence)
    if passed.asks:
        names = ", ".join(case.library.faults[each].name.lower() for each in passed.unseen)
        text = (
            f"The sets for {title} are there. Nobody has seen whether they were free of: {names}."
        )
        return case.hold(
            "technique_is_asked", f"{text} {_ASK}.", asks=True, evidence=passed.evidence
        )
    return None


def gate_words(case: Case) -> str:
    """Say how far the gate above is, "" where there is none."""
    ladder = case.library.ladders.get(case.slot.ladder)
    here, above = _here_and_above(case) if ladder else (None, None)
    if ladder is None or here is None or above is None or here.rung.leave is None:
        return ""
    gate = here.rung.leave
    low = here.place < case.slot.from_rung
    exercises = variants(ladder, here.rung) if low else (case.state.exercise,)
    bouts = case.without_slips(exercises, after=RUNGS)
    passed = evaluate(gate, bouts, case.library)
    title = case.library.exercises[above.exercise].name
    of_sets = ""
    if gate.sets > case.line.sets and not low:
        of_sets = f" of {gate.sets} sets ({case.line.sets} fit into your minutes: add one for it)"
    if not bouts:
        asked = f"To {title}: {gate.text.rstrip('.')}"
        return f"{asked}; sessions{of_sets}" if of_sets else asked
    asked = f"To {title}: {passed.sessions} of {passed.wanted} clean sessions{of_sets}"
    return f"{asked}; still: {passed.missing}" if passed.missing else asked


def on_learnt(case: Case) -> Decision | None:
    """Train what is learnt, or the better exercise to which it has led."""
    if case.state.stage != "learning":
        return None
    n_sessions = int(number("learnt_sessions"))
    bouts = case.since_move[-n_sessions:]
    least = case.line.repetitions[0]
    n_sets = case.line.lighter_sets
    if len(bouts) < n_sessions or not all(
        done_well(b, n_sets, least, number("rir_learnt")) for b in bouts
    ):
        return None
    looks = [look(bout, serious(case.exercise, case.library)) for bout in bouts]
    if any(each.looked == "faulty" for each in looks):
        return None
    if any(each.looked == "unknown" for each in looks):
        text = f"The sets are there. Whether they looked right nobody has seen. {_ASK}."
        return case.hold("technique_is_asked", text, asks=True, evidence=_entries(bouts))
    if _is_groundwork(case):
        return _groundwork_done(case)
    better = _better(case)
    if better is not None:
        title = case.library.exercises[better].name
        reason = case.why(
            "learn_first",
            f"{case.exercise.name} was clean in {n_sessions} sessions. Next: {title}.",
        )
        after = SlotState(exercise=better, stage="learning")
        return case.change("rung_up", after, reason, bouts=bouts)
    if not any(
        dose.role in case.slot.doses and dose.role != "learning" for dose in case.exercise.doses
    ):
        text = f"Clean in {n_sessions} sessions. With what is there it leads no further: it stays."
        return case.hold("learn_then_train", f"{text} {gate_words(case)}".strip())
    reason = case.why(
        "learn_then_train", f"Clean in {n_sessions} sessions: from now on it is trained."
    )
    return case.change("trained", replace(case.state, stage="training"), reason, bouts=bouts)


def on_load_up(case: Case) -> Decision | None:
    """Add one step when every set has reached the top, with a technique that is known to hold."""
    load, item = case.state.load, case.kit
    bouts = case.since_load
    if case.state.stage == "learning" or load is None or item is None or not bouts:
        return None
    heavier = item.up(load)
    reached = [_at_top(case, bout) for bout in bouts]
    if not reached[-1]:
        return None
    if heavier is None:
        return case.hold("kit_only", f"{write_load(load)} is the most that your things make.")
    wanted = _sessions_at_top(case, bouts[-1], load, heavier)
    if len(reached) < wanted or not all(reached[-wanted:]):
        text = (
            f"All sets reached {case.line.repetitions[1]}: once more, then {write_load(heavier)}."
        )
        return case.hold("double_progression", text, evidence=bouts[-1].entries)
    held = _held_by_technique(case)
    if held is not None:
        return held
    text = (
        f"All sets reached {case.line.repetitions[1]} repetitions: {write_load(heavier)}, the next "
        f"step, and again from {case.line.repetitions[0]}."
    )
    reason = case.why("double_progression", text)
    return case.change("load_up", replace(case.state, load=heavier), reason, bouts=bouts[-wanted:])


def _held_by_technique(case: Case) -> Decision | None:
    """Why no load is added for how the sets look, None where they look right."""
    latest = case.since_move[-int(number("technique_sessions")) :]
    named = serious(case.exercise, case.library)
    known = [(bout, look(bout, named)) for bout in latest if bout.techniques]
    if known and known[-1][1].looked == "clean":
        return None
    if known and known[-1][1].looked == "faulty":
        names = in_words(known[-1][1], case.library)
        return case.hold("technique_before_load", f"{names}: no load is added.")
    text = f"All sets reached the top. How they look nobody has seen lately. {_ASK}."
    return case.hold("technique_is_asked", text, asks=True, evidence=latest[-1].entries)


def _at_top(case: Case, bout: Bout) -> bool:
    """Whether every set of the plan was done with its load up to the top of the range."""
    item, load = case.kit, case.state.load
    if item is None or load is None:
        return False
    with_load = [each for each in bout.sets if item.place(each.load) >= item.place(load) - TINY]
    at_load = replace(bout, sets=tuple(with_load))
    return done_well(at_load, case.line.lighter_sets, case.line.repetitions[1], case.line.rir)


def _sessions_at_top(case: Case, last: Bout, load: Load, heavier: Load) -> int:
    """How many sessions at the top are asked for before a step."""
    item = case.kit
    if item is not None and not item.bands:
        share = (heavier.mass_kg - load.mass_kg) / load.mass_kg
        if share > number("coarse_step") + TINY:
            return int(number("unsure_sessions"))
    is_said = case.line.rir is None or all(each.rir is not None for each in last.sets)
    return 1 if is_said and not (item and item.bands) else int(number("unsure_sessions"))


def _here_and_above(case: Case) -> tuple[Foothold | None, Foothold | None]:
    """The rung on which the lifter stands, which may be one that another slot has, and the next."""
    ladder = case.library.ladders[case.slot.ladder]
    rungs = footholds(ladder, case.allowed)
    for here, above in pairwise(rungs):
        if here.exercise == case.state.exercise:
            return here, above
    on_rung = case.is_chosen or any(each.exercise == case.state.exercise for each in rungs)
    lower = [each for each in rungs if each.place < case.slot.from_rung]
    higher = [each for each in rungs if each.place >= case.slot.from_rung]
    if on_rung or not lower or not higher or _is_groundwork(case):
        return None, None
    here = lower[-1]
    for above in higher:
        if above.exercise not in case.taken:
            return here, above
        here = above  # another slot stands on it: the way on leads over what is done there
    return None, None


def _is_groundwork(case: Case) -> bool:
    moves = [each for each in case.changes if each.kind in MOVES]
    return bool(moves) and moves[-1].kind == "groundwork"


def _groundwork_done(case: Case) -> Decision | None:
    """Go back to the rung that would not come, after enough clean sessions of groundwork."""
    n_sessions = int(number("branch_sessions"))
    bouts = case.since_move[-n_sessions:]
    named = serious(case.exercise, case.library)
    if len(bouts) < n_sessions or any(look(bout, named).looked != "clean" for bout in bouts):
        return case.hold(
            "groundwork", f"{len(bouts)} of {n_sessions} sessions of groundwork are done."
        )
    before = next(each for each in case.changes[::-1] if each.kind == "groundwork").before
    title = case.library.exercises[before.exercise].name
    after = SlotState(exercise=before.exercise, stage="learning")
    reason = case.why("groundwork", f"{n_sessions} clean sessions: now {title} again, light.")
    return case.change("groundwork_done", after, reason, bouts=bouts)


def _better(case: Case) -> str | None:
    """The exercise that the slot would rather have, now that this one is learnt."""
    candidates = case.slot.candidates
    if case.state.exercise not in candidates or case.is_chosen:
        return None
    learnt = case.learnt | {case.state.exercise}
    for each in candidates[: candidates.index(case.state.exercise)]:
        if each not in case.taken and case.allowed.is_open(case.library.exercises[each], learnt):
            return each
    return None


def _too_hard(rir: float | None, case: Case) -> bool:
    return rir is not None and case.line.rir is not None and rir < case.line.rir


def _entries(bouts: tuple[Bout, ...]) -> tuple[str, ...]:
    return tuple(entry for bout in bouts for entry in bout.entries)
