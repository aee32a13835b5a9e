"""What a lifter changes in a plan: a load or an exercise of their own, back from pain, undone."""

from __future__ import annotations

import math
from dataclasses import replace

from hingewise.app.plan_use import Desk, Followed, all_cases, follow, made_change
from hingewise.errors import NotationError, PlanError
from hingewise.library.exercise import Exercise
from hingewise.planner.allow import NEW, Allowed, allow
from hingewise.planner.case import Case
from hingewise.planner.decide import current_plan, resumed
from hingewise.planner.reasons import because
from hingewise.training.changes import Change, SlotState, undone
from hingewise.training.load import Load
from hingewise.training.notation import parse_performed
from hingewise.training.plan import Stage
from hingewise.training.sets import PerformedSet
from hingewise.training.words import write_load


def set_load(desk: Desk, slot: str, load: Load) -> Change:
    """Set the load of a slot as the lifter wants it.

    Raises
    ------
    PlanError
        If there is no such slot, or nothing that could be loaded so.
    """
    followed, case = _case(desk, slot)
    item = case.kit
    if item is None or math.isnan(item.place(load)):
        takes = "none" if item is None else ", ".join(item.bands) or f"a mass in {item.unit}"
        raise PlanError(
            f"{slot}: expected a load as {case.exercise.name} takes it ({takes}), "
            f"got {write_load(load)}."
        )
    return _own(followed, desk, slot, replace(case.state, load=load), "You have set this load.")


def set_exercise(desk: Desk, slot: str, exercise: str) -> Change:
    """Put another exercise into a slot.

    Raises
    ------
    PlanError
        If there is no such slot, or the exercise may not be planned; it says why.
    """
    followed, case = _case(desk, slot)
    allowed = allow(followed.kept.plan.answers, desk.library)
    wanted = desk.library.exercises[exercise]
    if exercise in allowed.why_not:
        raise PlanError(
            f"{wanted.name} is not planned. {allowed.why_not[exercise].text}",
            hint="If your answers have changed: hingewise plan new",
        )
    if exercise in case.taken:
        raise PlanError(f"{wanted.name} is in this session already.")
    if allowed.new and NEW in wanted.contraindications:
        _check_groundwork(wanted, case, allowed)
    stage: Stage = "training" if exercise in allowed.known | case.learnt else "learning"
    state = SlotState(exercise=exercise, stage=stage)
    if exercise == case.state.exercise:
        state = replace(case.state, paused=False)
    return _own(followed, desk, slot, state, f"You have chosen {wanted.name}.")


def resume(desk: Desk, slot: str) -> Change:
    """Bring an exercise back that rested for pain.

    Raises
    ------
    PlanError
        If it does not rest.
    """
    followed, case = _case(desk, slot)
    if not case.state.paused:
        raise PlanError(f"{slot}: expected an exercise that rests, but it does not.")
    state, reason = resumed(case)
    change = made_change(followed, desk, "resumed", slot, state, reason)
    desk.plans.change([change], known=len(followed.changes))
    return change


def undo(desk: Desk, beginning: str) -> Change:
    """Take a change back: the latest one, or the one whose id begins like this.

    Raises
    ------
    PlanError
        If there is none, or something was changed there since.
    """
    followed = follow(desk)
    back = undone(followed.changes)
    fixed = ("undone", "updated")  # a newer program cannot be taken back by the older one's plan
    open_ones = [c for c in followed.changes if c.id not in back and c.kind not in fixed]
    found = [c for c in open_ones if c.id.startswith(beginning)]
    if not found or (beginning and len(found) > 1):
        raise PlanError(
            f"expected the id of one change, got {beginning!r}."
            if beginning
            else "expected a change that can be taken back, found none.",
            hint="hingewise plan history shows them.",
        )
    change = found[-1]
    later = [c for c in open_ones[open_ones.index(change) + 1 :] if c.slot == change.slot]
    if later:
        raise PlanError(
            f"{change.slot}: expected the latest change there, which is {later[-1].id[:6]}.",
            hint="Take that one back first.",
        )
    reason = because(desk.library, "your_word", "You have taken the change back.")
    made = made_change(followed, desk, "own", change.slot, change.before, reason)
    made = replace(made, kind="undone", undoes=change.id)  # at once: neither is without the other
    desk.plans.change([made], known=len(followed.changes))
    return made


def set_by_words(desk: Desk, slot: str, text: str) -> Change:
    """Set a load (``45 kg``) or an exercise (``goblet squat``), whichever the words are.

    Raises
    ------
    PlanError
        If they are neither, or it cannot be done.
    """
    load = parse_load(text, desk)
    if load is not None:
        return set_load(desk, slot, load)
    exercise = desk.names.find(text)
    if exercise is None:
        near = desk.names.nearest(text)
        hint = f"Did you mean {near}?" if near else "See: hingewise library list"
        if text[:1].isdigit():
            hint = "Write a load with its unit, and nothing behind it: 45 kg, 2x20 kg."
        raise PlanError(f"expected a load such as 45 kg, or an exercise, got {text!r}.", hint=hint)
    return set_exercise(desk, slot, exercise)


def parse_load(text: str, desk: Desk) -> Load | None:
    """Read a load as in the journal, ``45 kg`` or ``light band``; None where it is none."""
    if not text.strip():
        return None
    try:
        name = desk.names.title("glute_bridge")
        (done,) = parse_performed(f"{name} 1 @ {text}", desk.names)
    except (NotationError, ValueError):
        return None
    alone = PerformedSet(exercise="glute_bridge", repetitions=1, load=done.load)
    return done.load if done == alone else None


def _own(followed: Followed, desk: Desk, slot: str, state: SlotState, text: str) -> Change:
    reason = because(desk.library, "your_word", text)
    change = made_change(followed, desk, "own", slot, state, reason)
    plan = current_plan(followed.kept.plan, (*followed.changes, change), desk.library)
    if not any(line.slot == slot for line in plan.lines):
        raise PlanError(
            f"{slot}: it does not fit into your minutes, or the muscles would get too many sets.",
            hint="Choose another one, or make a plan with more minutes: hingewise plan new",
        )
    desk.plans.change([change], known=len(followed.changes))
    return change


def _check_groundwork(wanted: Exercise, case: Case, allowed: Allowed) -> None:
    """Who is new to training does first what leads to it."""
    if allowed.is_open(wanted, case.learnt):
        return
    first = [case.library.exercises[each].name for each in wanted.prerequisites]
    raise PlanError(
        f"{wanted.name} is not planned for who is new to training until this is learnt: "
        f"{', '.join(first)}.",
        hint="If you know it already: hingewise plan new",
    )


def _case(desk: Desk, slot: str) -> tuple[Followed, Case]:
    followed = follow(desk)
    found = all_cases(followed, desk)
    if slot not in found:
        raise PlanError(
            f"expected a place of the plan ({', '.join(found)}), got {slot!r}.",
            hint="hingewise plan show names them behind the letter of the session.",
        )
    return followed, found[slot]
