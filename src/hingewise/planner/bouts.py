"""What was done of an exercise on a day, and what is known of how it looked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from hingewise.library.collection import Library
from hingewise.library.exercise import Exercise
from hingewise.planner.tables import load_patterns, number
from hingewise.training.journal import Entry
from hingewise.training.sets import PerformedSet
from hingewise.training.technique import Technique

Looked = Literal["clean", "faulty", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """All sets of one exercise on one day.

    ``entered_at`` when the last of it was written down; ``pain`` the worst that was noted, None
    where nobody said; ``techniques`` what films and the lifter say of it, the oldest first.
    """

    exercise: str
    on: date
    entered_at: datetime
    sets: tuple[PerformedSet, ...]
    entries: tuple[str, ...]
    pain: int | None = None
    techniques: tuple[Technique, ...] = ()

    @property
    def repetitions(self) -> tuple[int, ...]:
        """Of each set; none of what was held instead."""
        return tuple(0 if each.hold else each.repetitions for each in self.sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a bout looked: ``faults`` that were there, ``unseen`` ones of which nothing is known."""

    looked: Looked
    faults: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    low_score: float | None = None


def gather(entries: Iterable[Entry], techniques: Iterable[Technique]) -> tuple[Bout, ...]:
    """Put entries together by exercise and day, in the order in which they were done."""
    of_entry: dict[str, list[Technique]] = {}
    for each in sorted(techniques, key=lambda one: (one.told_at, one.id)):
        of_entry.setdefault(each.entry, []).append(each)
    groups: dict[tuple[date, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda one: (one.on, one.entered_at, one.id)):
        groups.setdefault((entry.on, entry.exercise), []).append(entry)
    return tuple(
        Bout(
            exercise=exercise,
            on=on,
            entered_at=max(entry.entered_at for entry in group),
            sets=tuple(each for entry in group for each in entry.sets),
            entries=tuple(entry.id for entry in group),
            pain=max((entry.pain for entry in group if entry.pain is not None), default=None),
            techniques=tuple(each for entry in group for each in of_entry.get(entry.id, ())),
        )
        for (on, exercise), group in groups.items()
    )


def look(bout: Bout, named: Sequence[str]) -> Look:
    """Say whether faults were there: what a film shows wins, the lifter's word fills its gaps."""
    films = [each for each in bout.techniques if each.how == "film"]
    own = [each for each in bout.techniques if each.how == "own"]
    said = own[-1] if own else None
    there = {fault for film in films for fault in film.present}
    seen = {fault for film in films for fault in film.absent}
    if said is not None:
        there |= set(said.present) - seen
    faults = tuple(fault for fault in named if fault in there)
    low = min((film.score for film in films if film.score is not None), default=None)
    low = low if low is not None and low < number("score_least") else None
    if faults or low is not None:
        return Look(looked="faulty", faults=faults, low_score=low)
    unseen = () if said is not None else tuple(fault for fault in named if fault not in seen)
    return Look(looked="unknown" if unseen else "clean", unseen=unseen)


def in_words(found: Look, library: Library) -> str:
    """Return what was wrong, the score of a film last."""
    names = [library.faults[each].name for each in found.faults]
    if found.low_score is not None:
        names.append(f"Technique score {found.low_score:.0f}")
    return ", ".join(names)


def serious(exercise: Exercise, library: Library) -> tuple[str, ...]:
    """Return the faults of an exercise with which no load is added.

    They are those of more than a low risk which a film from the side can show.
    """
    hidden = load_patterns().front_only
    return tuple(
        each
        for each in exercise.mistakes
        if library.faults[each].risk != "low"
        and library.faults[each].measure
        and each not in hidden
    )


def done_well(bout: Bout, n_sets: int, repetitions: int, rir: float | None) -> bool:
    """Whether enough sets had enough repetitions with enough left; unsaid counts as enough."""
    enough = [
        each
        for each in bout.sets
        if not each.hold
        and each.repetitions >= repetitions
        and not (rir is not None and each.rir is not None and each.rir < rir)
    ]
    return len(enough) >= n_sets
