"""What the program writes, as its commands do it, by a writer that says each time what it has written."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from hingewise.app.plan_change import undo
from hingewise.app.plan_use import Desk, make, whats_next
from hingewise.store.database import open_database
from hingewise.store.journal import Journal
from hingewise.store.plans import Plans
from hingewise.training.changes import Change
from hingewise.training.journal import Entry, Kept
from hingewise.training.names import LibraryNames
from hingewise.training.plan import KeptPlan
from hingewise.training.technique import Technique

from hingewise_validation.kills.points import Records, Tell
from hingewise_validation.kills.scenes import Evidence, new_entries

N_ADDED = 6
N_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One way of writing: in which scene it begins, what it does, and which records it brings along."""

    name: str
    scene: str
    work: Callable[[str, Tell], None]
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WatchedJournal(Journal):
    """A journal that says what it writes."""

    tell: Tell

    def add(self, entries: Iterable[Entry], techniques: Iterable[Technique] = ()) -> None:
        """Write entries and how they looked."""
        rows, told = list(entries), list(techniques)
        with self.tell.unit(by_id([*(Kept(entry=each) for each in rows), *told])):
            Journal.add(self, rows, told)

    def bring_back(self, kept: Iterable[Kept]) -> int:
        """Write what is not there yet."""
        rows = list(kept)
        with self.tell.unit(by_id(rows)):
            return Journal.bring_back(self, rows)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WatchedPlans(Plans):
    """Plans that say what they write."""

    teller: Tell

    def add(self, kept: KeptPlan) -> None:
        """Write a plan."""
        with self.teller.unit(by_id([kept])):
            Plans.add(self, kept)

    def change(self, changes: Sequence[Change], *, known: int) -> None:
        """Write changes."""
        with self.teller.unit(by_id(changes)):
            Plans.change(self, changes, known=known)

    def tell(self, techniques: Iterable[Technique]) -> None:
        """Write how sets looked."""
        told = list(techniques)
        with self.teller.unit(by_id(told)):
            Plans.tell(self, told)


def by_id(records: Iterable[Any]) -> Records:
    """Name records by their ids, which no two of any kind share."""
    return {each.entry.id if isinstance(each, Kept) else each.id: each for each in records}


def all_records(journal: Journal, plans: Plans) -> Records:
    """Read all that a journal holds."""
    return by_id([*journal.everything(), *plans.all(), *plans.changes(), *plans.techniques()])


def list_writes(
    names: LibraryNames, evidence: Evidence, imported: Sequence[Entry], copied: Sequence[Kept]
) -> list[Write]:
    """Return every way of writing that is tried.

    Parameters
    ----------
    names
        Of the exercises.
    evidence
        What the followed plan is changed by.
    imported
        Entries of a file of another program.
    copied
        Entries of a backup.
    """
    of_table = [Kept(entry=each) for each in imported]
    return [
        Write(name="first `log add`, tables made", scene="nothing", work=lambda url, tell: _add(url, tell, 1)),
        Write(name="`log add`, with a technique", scene="followed", work=lambda url, tell: _add(url, tell, N_ADDED)),
        Write(
            name="`log import`",
            scene="followed",
            work=lambda url, tell: _bring_back(url, tell, of_table),
            known=by_id(of_table),
        ),
        Write(
            name="`restore`",
            scene="followed",
            work=lambda url, tell: _bring_back(url, tell, copied),
            known=by_id(copied),
        ),
        Write(name="`plan new`", scene="followed", work=lambda url, tell: _make_plans(url, tell, names, evidence)),
        Write(
            name="`plan next`, `plan undo`", scene="followed", work=lambda url, tell: _next(url, tell, names, evidence)
        ),
        Write(name="`log technique`, `log film`", scene="followed", work=lambda url, tell: _tell(url, tell, evidence)),
        Write(name="opening an older journal", scene="older", work=_open),
    ]


@contextmanager
def _watched(url: str, tell: Tell) -> Iterator[tuple[WatchedJournal, WatchedPlans]]:
    engine = open_database(url)
    try:
        yield WatchedJournal(engine=engine, tell=tell), WatchedPlans(engine=engine, teller=tell)
    finally:
        engine.dispose()


def _open(url: str, tell: Tell) -> None:
    with _watched(url, tell):
        tell.say("opened")


def _add(url: str, tell: Tell, n_entries: int) -> None:
    with _watched(url, tell) as (journal, _):
        for entry in new_entries(n_entries):
            looked = Technique(
                id=uuid.uuid4().hex, entry=entry.id, told_at=entry.entered_at, how="own", present=("squatting_it",)
            )
            journal.add([entry], [looked])


def _bring_back(url: str, tell: Tell, kept: Sequence[Kept]) -> None:
    with _watched(url, tell) as (journal, _):
        journal.ids()
        journal.bring_back(kept)


def _tell(url: str, tell: Tell, evidence: Evidence) -> None:
    with _watched(url, tell) as (_, plans):
        for told in evidence.techniques[:N_TOLD]:
            plans.tell([replace(told, id=uuid.uuid4().hex)])


def _make_plans(url: str, tell: Tell, names: LibraryNames, evidence: Evidence) -> None:
    with _watched(url, tell) as stores:
        for n in range(1, 4):
            desk = _desk(stores, names, evidence, days=n)
            make(evidence.plan.plan.answers, desk, weeks=4 * n, start=desk.today)


def _next(url: str, tell: Tell, names: LibraryNames, evidence: Evidence) -> None:
    with _watched(url, tell) as stores:
        for _ in range(3):
            days = len(stores[1].changes())  # later than all that was changed before
            whats_next(_desk(stores, names, evidence, days=days))
            undo(_desk(stores, names, evidence, days=days + 1), "")


def _desk(stores: tuple[WatchedJournal, WatchedPlans], names: LibraryNames, evidence: Evidence, *, days: int) -> Desk:
    now = evidence.now + timedelta(days=days)
    return Desk(journal=stores[0], plans=stores[1], library=names.library(), names=names, now=now)
