"""Steps down: pain, a pattern that is lost, too few repetitions, no progress, time away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hingewise.planner.bouts import Bout, Look, in_words, look, serious
from hingewise.planner.case import TINY, TO_LOADS, WEEK, Case, Decision
from hingewise.planner.ladders import begin, footholds
from hingewise.planner.tables import load_patterns, number
from hingewise.training.changes import SlotState
from hingewise.training.load import Load
from hingewise.training.words import write_load

NO_PAIN = 0


def on_pain(case: Case) -> Decision | None:
    """Take an exercise out that hurts; keep it as it is where it hurt a little, once."""
    bouts = case.of([case.state.exercise], after=TO_LOADS, told_later=True)  # and slips hurt too
    if not bouts or not bouts[-1].pain:
        return None
    last = bouts[-1]
    twice = len(bouts) > 1 and (bouts[-2].pain or NO_PAIN) > NO_PAIN
    stop = number("pain_stop")
    advice = case.library.flags["pain_now"].advice
    if last.pain is not None and last.pain < stop and not twice:
        return case.hold(
            "pain_stops",
            f"Pain of {last.pain} was noted: all stays as it is. Once more, and it is taken out.",
            evidence=last.entries,
        )
    text = f"Pain of {last.pain} was noted on {last.on.isoformat()}. {advice.text}"
    return case.change(
        "paused",
        replace(case.state, paused=True),
        case.why("pain_stops", text, sources=advice.sources),
        bouts=[last],
    )


def on_slip(case: Case) -> Decision | None:
    """Ask about a load or a count that is far from the plan: nothing is decided by it."""
    done = case.here
    if not done or not case.is_far_off(done[-1]):
        return None
    last = done[-1]
    sets = ", ".join(f"{each.repetitions} @ {write_load(each.load)}" for each in last.sets)
    return case.hold(
        "one_step",
        f"{sets} is far from the plan: was it a slip? Take it out with hingewise log remove, or "
        f"say that you mean it: hingewise plan set {case.slot.id}. Until then nothing goes by it.",
        evidence=last.entries,
    )


def on_faults(case: Case) -> Decision | None:
    """Step back when the pattern is lost: less load first, then the rung below."""
    bouts = [bout for bout in case.since_load if bout.techniques]
    named = _named(case)
    seen = [(bout, look(bout, named)) for bout in bouts]
    if not seen or seen[-1][1].looked != "faulty":
        return None
    latest, found = seen[-1]
    again = len(seen) > 1 and seen[-2][1].looked == "faulty"
    grave = any(case.library.faults[each].risk == "high" for each in found.faults)
    if not (again or grave):
        return case.hold(
            "technique_before_load", _first_sight(case, found), evidence=latest.entries
        )
    what = in_words(found, case.library)
    if case.state.exercise not in load_patterns().straight_back:
        lower = lighter(case)
        if lower is not None and not _was_lowered(case):
            text = f"{what}: one step less, until it is clean."
            reason = case.why("technique_before_load", text)
            return case.change("load_down", _with_load(case, lower), reason, bouts=[latest])
    return _back(case, what, latest)


def on_misses(case: Case) -> Decision | None:
    """Take less when the bottom of the range was missed twice in a row."""
    n_misses = int(number("miss_sessions"))
    latest = case.comparable[-n_misses:]
    least = case.line.repetitions[0]
    lower = lighter(case)
    if len(latest) < n_misses or lower is None:
        return None
    if not all(_missed(case, bout, least) for bout in latest):
        return None
    text = f"Fewer than {least} repetitions in {n_misses} sessions: {write_load(lower)}."
    return case.change("load_down", _with_load(case, lower), case.why("missed", text), bouts=latest)


def on_stall(case: Case) -> Decision | None:
    """Take a run-up when nothing has grown for long."""
    n_same = int(number("stall_sessions"))
    latest = case.comparable[-n_same:]
    lower = lighter(case)
    if len(latest) < n_same or lower is None:
        return None
    n_sets = min(len(bout.sets) for bout in latest)  # a lighter week has fewer
    first, *later = (sum(bout.repetitions[:n_sets]) for bout in latest)
    if max(later) > first or _has_grown(latest):
        return None
    top = case.line.repetitions[1]
    if all(max(bout.repetitions) >= top for bout in latest):
        return None  # the repetitions are there: what is missing is told elsewhere
    text = f"No repetition more in {n_same} sessions: {write_load(lower)}, and up again from there."
    return case.change("load_down", _with_load(case, lower), case.why("stall", text), bouts=latest)


def on_time_away(case: Case) -> Decision | None:
    """Start one step lower after a break, once for each break."""
    done = [bout for bout in case.bouts if bout.exercise == case.state.exercise]
    lower = lighter(case)
    if not done or lower is None:
        return None
    days = (case.today - done[-1].on).days
    away = max(number("away_days"), case.every_days + WEEK)  # the plan's own gaps are no breaks
    since = [each for each in case.changes if (each.at.date() - done[-1].on).days >= away]
    if days < away or since:
        return None
    text = f"{days} days without it: {write_load(lower)} to begin with."
    return case.change("load_down", _with_load(case, lower), case.why("time_away", text))


def _missed(case: Case, bout: Bout, least: int) -> bool:
    """Whether no set came to the bottom of the range, with no more load than was planned."""
    planned = case.state.load
    place = case.kit.place if case.kit else None
    if planned is None or place is None:
        return False
    as_planned = all(not place(each.load) > place(planned) + TINY for each in bout.sets)
    return as_planned and 0 < max(bout.repetitions) < least


def _has_grown(bouts: Sequence[Bout]) -> bool:
    """Whether more was lifted than at first: the repetitions need not grow then."""
    first, *later = (max(each.load.mass_kg for each in bout.sets) for bout in bouts)
    return max(later) > first + TINY


def lighter(case: Case) -> Load | None:
    """Return the next lighter load that there is, None at the end or where none is used yet."""
    if case.state.load is None or case.kit is None:
        return None
    return case.kit.down(case.state.load)


def _with_load(case: Case, load: Load) -> SlotState:
    return replace(case.state, load=load)


def _named(case: Case) -> tuple[str, ...]:
    """The faults that matter here: the graver ones, and those that the rung's gate names."""
    named = dict.fromkeys(serious(case.exercise, case.library))
    ladder = case.library.ladders.get(case.slot.ladder)
    for rung in ladder.rungs if ladder else ():
        if rung.exercise == case.state.exercise and rung.leave is not None:
            named |= dict.fromkeys(rung.leave.absent)
    return tuple(named)


def _first_sight(case: Case, found: Look) -> str:
    """What to say of a fault that is seen for the first time: the way out."""
    mend = [case.library.faults[each].correction.text for each in found.faults[:1]]
    return " ".join(
        [f"{in_words(found, case.library)}: no load is added. Once more, and it goes back.", *mend]
    )


def _was_lowered(case: Case) -> bool:
    """Whether the last thing that happened here was less load for the same reason."""
    last = case.changes[-1] if case.changes else None
    return (
        last is not None
        and last.kind == "load_down"
        and last.because.rule == "technique_before_load"
    )


def _back(case: Case, what: str, latest: Bout) -> Decision | None:
    """One rung back; the groundwork where that was tried before; else learnt anew."""
    ladder = case.library.ladders.get(case.slot.ladder)
    rungs = footholds(ladder, case.allowed) if ladder else ()
    rung = next((each.rung for each in rungs if each.exercise == case.state.exercise), None)
    if ladder is not None and rung is not None:
        branch = next((b for b in ladder.branches if b.back_to == rung.exercise), None)
        if branch is not None and case.count("rung_back", case.state.exercise):
            ground = next((e for e in branch.exercises if _may(case, e)), None)
            if ground is not None:
                reason = case.why(
                    "groundwork", f"{what}, again. {branch.when.text}", sources=branch.when.sources
                )
                return case.change("groundwork", _learning(ground), reason, bouts=[latest])
        target = _below(case, rung.back_to)
        if rung.back_to and target is not None and target != case.state.exercise:
            said = rung.back_when
            text = f"{what}. {said.text}" if said else what
            reason = case.why("one_rung_back", text, sources=said.sources if said else ())
            return case.change("rung_back", _learning(target), reason, bouts=[latest])
    if case.state.stage == "training":
        reason = case.why("learn_then_train", f"{what}: it is learnt anew, light and slow.")
        state = SlotState(
            exercise=case.state.exercise, stage="learning", load=lighter(case) or case.state.load
        )
        return case.change("rung_back", state, reason, bouts=[latest])
    return case.hold(
        "technique_before_load",
        f"{what}: stay with what is light, and mend it first. {_way_out(case, latest)}".strip(),
        evidence=latest.entries,
    )


def _way_out(case: Case, latest: Bout) -> str:
    found = look(latest, _named(case)).faults
    return case.library.faults[found[0]].correction.text if found else ""


def _below(case: Case, back_to: str) -> str | None:
    """What stands here one rung lower: that rung, or a candidate where the slot begins above it."""
    ladder = case.library.ladders[case.slot.ladder]
    if not back_to:
        return None
    highest = next(n for n, rung in enumerate(ladder.rungs) if rung.exercise == back_to)
    for each in footholds(ladder, case.allowed)[::-1]:
        # a rung whose things are missing gives way to the next one below
        if case.slot.from_rung <= each.place <= highest and each.exercise not in case.taken:
            return each.exercise
    if highest >= case.slot.from_rung:
        return None  # the rungs below are those of this slot, and none of them can be done
    unladdered = replace(case.slot, ladder="")
    return begin(unladdered, case.allowed, case.library, taken=case.taken)


def _may(case: Case, exercise: str) -> bool:
    is_free = exercise != case.state.exercise and exercise not in case.taken
    return is_free and case.allowed.is_open(case.library.exercises[exercise], case.learnt)


def _learning(exercise: str) -> SlotState:
    return SlotState(exercise=exercise, stage="learning")
