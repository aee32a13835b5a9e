"""Ladders with the rungs that somebody can stand on, and where to begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from hingewise.library.collection import Library
from hingewise.library.progress import Gate, Ladder, Rung
from hingewise.planner.allow import Allowed
from hingewise.planner.tables import Slot, load_patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Foothold:
    """A rung, and the exercise with which this lifter stands on it."""

    rung: Rung
    place: int
    exercise: str


def variants(ladder: Ladder, rung: Rung) -> tuple[str, ...]:
    """Return the exercises that are this rung, its own first."""
    others = load_patterns().counts_as.get(ladder.id, {}).get(rung.exercise, ())
    return (rung.exercise, *others)


def footholds(ladder: Ladder, allowed: Allowed) -> tuple[Foothold, ...]:
    """Return the rungs on which this lifter can stand, the lowest first, without the others.

    A ladder ends where its data say that one stays, if that rung can be reached.
    """
    found = []
    for place, rung in enumerate(ladder.rungs):
        exercise = next((e for e in variants(ladder, rung) if e in allowed.exercises), None)
        if exercise is not None:
            found.append(Foothold(rung=rung, place=place, exercise=exercise))
        if found and rung.exercise == load_patterns().stays.get(ladder.id) == exercise:
            break
    return tuple(found)


def begin(
    slot: Slot, allowed: Allowed, library: Library, *, taken: Iterable[str] = ()
) -> str | None:
    """Return the exercise with which a slot begins, None where none may stand in it.

    On a ladder it is the highest rung that is known already, else the lowest; below the slot's
    first rung, and without any, the first candidate whose groundwork is there. What is ``taken`` by
    another slot of the session is passed over.
    """
    taken = set(taken)
    if slot.ladder:
        rungs = footholds(library.ladders[slot.ladder], allowed)
        rungs = tuple(each for each in rungs if allowed.is_open(library.exercises[each.exercise]))
        known = [each for each in rungs if each.exercise in allowed.known]
        first = known[-1] if known else rungs[0] if rungs else None
        if first is not None and first.place >= slot.from_rung and first.exercise not in taken:
            return first.exercise
    free = (each for each in slot.candidates if each not in taken)
    return next((each for each in free if allowed.is_open(library.exercises[each])), None)


def gate_above(slot: Slot, exercise: str, allowed: Allowed, library: Library) -> Gate | None:
    """Return the gate that leads up from a rung of a slot's ladder, None where nothing is above."""
    if not slot.ladder:
        return None
    rungs = footholds(library.ladders[slot.ladder], allowed)
    return next((here.rung.leave for here, _ in pairwise(rungs) if here.exercise == exercise), None)
