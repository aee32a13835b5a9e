"""One slot of a plan, with all that a decision about it goes by."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from hingewise.library.collection import Library
from hingewise.library.exercise import Exercise
from hingewise.planner.allow import Allowed
from hingewise.planner.bouts import Bout
from hingewise.planner.loads import implement, kit_item
from hingewise.planner.reasons import because
from hingewise.planner.tables import Slot, number
from hingewise.training.answers import Answers
from hingewise.training.changes import Change, Kind, SlotState, undone
from hingewise.training.kit import KitItem
from hingewise.training.load import Load
from hingewise.training.plan import Because, Line

Outcome = Kind | Literal["hold"]

RUNGS = ("rung_up", "rung_back", "groundwork", "groundwork_done", "undone", "own")
"""Changes after which a gate counts its sessions anew."""

MOVES = (*RUNGS, "trained")
"""Changes after which an exercise counts its sessions anew; a load alone does not."""

TO_LOADS = (*MOVES, "load_found", "load_up", "load_down", "paused", "resumed")
"""Changes after which a load counts its sessions anew."""

TINY = 1e-6
"""Of a load: what is nearer than this is the same one."""

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What comes next in a slot, and why.

    ``after`` what stands there then, None where all stays; ``asks`` whether a film or an answer
    would decide it; ``evidence`` ids of the entries it goes by.
    """

    slot: str
    kind: Outcome
    because: Because
    after: SlotState | None = None
    evidence: tuple[str, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A slot, its line in the plan of today, its changes and what was done since the plan began.

    ``taken`` are the exercises of the other slots beside it, ``learnt`` what the journal has shown;
    ``elsewhere`` the days on which its exercise was done in another slot, for another dose;
    ``every_days`` how often the plan has it.
    """

    line: Line
    slot: Slot
    state: SlotState
    changes: tuple[Change, ...]
    bouts: tuple[Bout, ...]
    answers: Answers
    allowed: Allowed
    library: Library
    learnt: frozenset[str]
    taken: frozenset[str]
    today: date
    elsewhere: frozenset[date] = frozenset()
    every_days: float = WEEK

    @property
    def exercise(self) -> Exercise:
        """What stands in the slot."""
        return self.library.exercises[self.state.exercise]

    def of(
        self, exercises: Iterable[str], *, after: Sequence[str], told_later: bool = False
    ) -> tuple[Bout, ...]:
        """Return what was done of exercises since the last change of one of these kinds.

        What was done on a day before it does not count, though it was written down later, unless
        ``told_later`` asks for that as well.
        """
        since = max((each.at for each in self.changes if each.kind in after), default=None)
        wanted = set(exercises)
        return tuple(
            bout
            for bout in self.bouts
            if bout.exercise in wanted and (since is None or _is_since(bout, since, told_later))
        )

    @property
    def here(self) -> tuple[Bout, ...]:
        """What was done of the exercise in this slot since anything changed here."""
        done = self.of([self.state.exercise], after=TO_LOADS)
        return tuple(bout for bout in done if bout.on not in self.elsewhere)

    @property
    def since_load(self) -> tuple[Bout, ...]:
        """What was done of the exercise here since anything changed, without slips."""
        return tuple(bout for bout in self.here if not self.is_far_off(bout))

    @property
    def since_move(self) -> tuple[Bout, ...]:
        """What was done of the exercise since it stands here, without slips."""
        return self.without_slips([self.state.exercise], after=MOVES)

    def without_slips(self, exercises: Iterable[str], *, after: Sequence[str]) -> tuple[Bout, ...]:
        """Return what was done of exercises since such a change, wherever, without slips."""
        return tuple(bout for bout in self.of(exercises, after=after) if not self._is_slip(bout))

    @property
    def comparable(self) -> tuple[Bout, ...]:
        """Of these, what was done with a load that can be held against the plan's."""
        item = self.kit
        return tuple(
            bout
            for bout in self.since_load
            if item is None or any(not math.isnan(item.place(each.load)) for each in bout.sets)
        )

    def is_far_off(self, bout: Bout) -> bool:
        """Whether a load or a count was hardly meant: far above the plan, or what nothing makes."""
        return self._is_too_often(bout) or any(self._is_far(each.load) for each in bout.sets)

    def _is_slip(self, bout: Bout) -> bool:
        """Whether it was hardly meant; of other exercises and slots the plan here says less."""
        if bout.exercise == self.state.exercise and bout.on not in self.elsewhere:
            return self.is_far_off(bout)
        return self._is_too_often(bout)

    def _is_too_often(self, bout: Bout) -> bool:
        most = number("far_repetitions") * self.line.repetitions[1]
        return max(bout.repetitions) > most

    def _is_far(self, load: Load) -> bool:
        item = self.kit
        if item is None or item.bands or load.kind != "mass":
            return False
        planned = self.state.load
        loads = item.loads(load.count)
        if not loads or load.mass_kg < number("lightest_share") * loads[0].mass_kg:
            return True
        if planned is not None and load.mass_kg <= planned.mass_kg + TINY:
            return False  # the lifter may have set it above all that the things are said to make
        if load.mass_kg > loads[-1].mass_kg + TINY:
            return True
        if planned is None or planned.kind != "mass":
            return False
        higher = item.up(planned)
        two_up = item.up(higher) if higher is not None else None
        near = two_up is not None and load.mass_kg <= two_up.mass_kg
        return load.mass_kg > number("far_load") * planned.mass_kg and not near

    @property
    def is_chosen(self) -> bool:
        """Whether the lifter has chosen the exercise that stands here."""
        chosen: dict[str, bool] = {}
        now = False
        for each in self.changes:
            chosen[each.id] = now
            if each.kind == "undone":
                now = chosen.get(each.undoes, False)
            elif each.before.exercise != each.after.exercise:
                now = each.kind == "own"
        return now

    @property
    def kit(self) -> KitItem | None:
        """The loads that there are for it, None where it has none."""
        hangs_on = implement(self.exercise)
        return None if hangs_on is None else kit_item(hangs_on.equipment, self.answers)

    def count(self, kind: Kind, exercise: str) -> int:
        """Return how often something happened to an exercise here and was not taken back."""
        back = undone(self.changes)
        return sum(
            each.kind == kind and each.before.exercise == exercise and each.id not in back
            for each in self.changes
        )

    def why(self, rule: str, text: str, *, sources: tuple[str, ...] = ()) -> Because:
        """Return a reason by a rule of the library."""
        return because(self.library, rule, text, sources=sources)

    def hold(
        self, rule: str, text: str, *, asks: bool = False, evidence: tuple[str, ...] = ()
    ) -> Decision:
        """Return that all stays, and why."""
        return Decision(
            slot=self.slot.id,
            kind="hold",
            because=self.why(rule, text),
            asks=asks,
            evidence=evidence,
        )

    def change(
        self,
        kind: Kind,
        after: SlotState,
        reason: Because,
        *,
        bouts: Sequence[Bout] = (),
    ) -> Decision:
        """Return that something changes, and why."""
        return Decision(
            slot=self.slot.id,
            kind=kind,
            because=reason,
            after=after,
            evidence=tuple(entry for bout in bouts for entry in bout.entries),
        )


def _is_since(bout: Bout, since: datetime, told_later: bool) -> bool:
    if told_later:
        return bout.entered_at > since
    day = since.date()
    return bout.on > day or (bout.on == day and bout.entered_at > since)


def learnt_of(changes: Iterable[Change]) -> frozenset[str]:
    """Return the exercises that the journal has shown to be learnt."""
    kept = list(changes)
    back = undone(kept)
    up: tuple[Kind, ...] = ("trained", "rung_up")
    return frozenset(
        each.before.exercise for each in kept if each.kind in up and each.id not in back
    )


def by_slot(changes: Iterable[Change]) -> Mapping[str, tuple[Change, ...]]:
    """Sort changes by slot, in their order."""
    found: dict[str, list[Change]] = {}
    for each in changes:
        found.setdefault(each.slot, []).append(each)
    return {slot: tuple(each) for slot, each in found.items()}
