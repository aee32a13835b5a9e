"""Changes of a plan: dated, with their reason, and never taken out; an undone one is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hingewise.errors import TrainingError
from hingewise.training.journal import ID
from hingewise.training.load import Load
from hingewise.training.plan import Because, Plan, Stage

Kind = Literal[
    "load_found",
    "load_up",
    "load_down",
    "rung_up",
    "rung_back",
    "trained",
    "groundwork",
    "groundwork_done",
    "paused",
    "resumed",
    "own",
    "updated",
    "undone",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotState:
    """What stands in a slot: the exercise, how far it is learnt, its load, whether it rests."""

    exercise: str
    stage: Stage
    load: Load | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a plan.

    Attributes
    ----------
    id
        Its own, for good: 32 hexadecimal digits.
    plan
        Id of the plan.
    at
        When it was made.
    slot
        The place in the session, ``primer``; it is the same in every session that has it.
    kind
        What happened.
    before, after
        What stood there, and what stands there now.
    because
        Why.
    evidence
        Ids of the entries that it goes by.
    also
        What else is different with it, in words: sets of other lines that had to give way.
    lines
        The plan after it, each line in words: what no later program can read otherwise.
    undoes
        Id of the change that it takes back, "" for none.
    """

    id: str
    plan: str
    at: datetime
    slot: str
    kind: Kind
    before: SlotState
    after: SlotState
    because: Because
    evidence: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    undoes: str = ""

    def __post_init__(self) -> None:
        if not (ID.fullmatch(self.id) and ID.fullmatch(self.plan)):
            raise TrainingError(
                f"expected ids of 32 hexadecimal digits, got {self.id!r} and {self.plan!r}."
            )
        if self.at.tzinfo is None:
            raise TrainingError("expected a time with its zone, got one without.")
        if (self.kind == "undone") != bool(self.undoes):
            raise TrainingError("expected a change that is taken back to name which one it is.")


def states_at_first(plan: Plan) -> dict[str, SlotState]:
    """Return what stands in each slot of a plan as it was made."""
    return {
        line.slot: SlotState(exercise=line.exercise, stage=line.stage, load=line.load)
        for line in plan.lines[::-1]
    }


def states_now(plan: Plan, changes: Iterable[Change]) -> Mapping[str, SlotState]:
    """Return what stands in each slot after changes, in the order in which they were made."""
    states = states_at_first(plan)
    for change in changes:
        states[change.slot] = change.after
    return states


def undone(changes: Iterable[Change]) -> frozenset[str]:
    """Return the ids of changes that were taken back."""
    return frozenset(change.undoes for change in changes if change.undoes)
