"""All that a journal holds, in one piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hingewise.training.changes import Change
from hingewise.training.journal import Kept
from hingewise.training.plan import KeptPlan
from hingewise.training.technique import Technique


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Entries, those that were taken out too, plans, their changes in order, and techniques."""

    entries: tuple[Kept, ...] = ()
    plans: tuple[KeptPlan, ...] = ()
    changes: tuple[Change, ...] = ()
    techniques: tuple[Technique, ...] = ()

    @property
    def counts(self) -> Counts:
        """How much it holds."""
        return Counts(
            entries=len(self.entries),
            plans=len(self.plans),
            changes=len(self.changes),
            techniques=len(self.techniques),
        )

    def twice(self) -> Iterator[str]:
        """Say of which kind there are records with the same id."""
        for kind, ids in (
            ("entries", [each.entry.id for each in self.entries]),
            ("plans", [each.id for each in self.plans]),
            ("changes", [each.id for each in self.changes]),
            ("techniques", [each.id for each in self.techniques]),
        ):
            n_twice = len(ids) - len(set(ids))
            if n_twice:
                yield f"expected {kind} with ids of their own, got {n_twice} twice"

    def lost(self) -> Iterator[str]:
        """Say what is about something that is not in it."""
        plans = {each.id for each in self.plans}
        n_lost = sum(each.plan not in plans for each in self.changes)
        if n_lost:
            yield f"expected changes of plans that are in it, got {n_lost} of others"
        entries = {each.entry.id for each in self.entries}
        n_lost = sum(each.entry not in entries for each in self.techniques)
        if n_lost:
            yield f"expected techniques of entries that are in it, got {n_lost} of others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many there are of each."""

    entries: int = 0
    plans: int = 0
    changes: int = 0
    techniques: int = 0

    @property
    def all(self) -> int:
        """Of everything together."""
        return self.entries + self.plans + self.changes + self.techniques

    def __sub__(self, other: Counts) -> Counts:
        return Counts(
            entries=self.entries - other.entries,
            plans=self.plans - other.plans,
            changes=self.changes - other.changes,
            techniques=self.techniques - other.techniques,
        )
