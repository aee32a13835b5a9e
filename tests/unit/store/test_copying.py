"""A copy brings everything back, once, or nothing; what says something else is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Engine

from hingewise.errors import StoreError
from hingewise.store import copying
from hingewise.store.copying import bring_back, everything
from hingewise.store.database import open_database
from hingewise.store.journal import Journal
from hingewise.store.plans import Plans
from hingewise.training.changes import SlotState
from hingewise.training.copies import Copy, Counts
from hingewise.training.journal import Entry, new_entry
from hingewise.training.load import BODY, Load
from hingewise.training.sets import PerformedSet
from tests.builders_journal import NOW, TODAY
from tests.builders_plan import change, kept_plan, told

KEPT = kept_plan()
LUNGE = SlotState(exercise="lunge", stage="training", load=Load(kind="mass", value=20.0))
FULL = Counts(entries=2, plans=1, changes=2, techniques=1)


@dataclass(frozen=True, kw_only=True)
class Database:
    engine: Engine

    @property
    def plans(self) -> Plans:
        return Plans(engine=self.engine)

    @property
    def journal(self) -> Journal:
        return Journal(engine=self.engine)

    def change(self, number: int, *, known: int) -> None:
        self.plans.change([change(KEPT, number, LUNGE)], known=known)


@pytest.fixture
def another(new_database: Callable[[], str]) -> Iterator[Callable[[], Database]]:
    opened: list[Engine] = []

    def make() -> Database:
        opened.append(open_database(new_database()))
        return Database(engine=opened[-1])

    yield make
    for engine in opened:
        engine.dispose()


def entry(repetitions: int) -> Entry:
    done = [PerformedSet(exercise="glute_bridge", repetitions=repetitions, load=BODY)]
    return new_entry(done, on=TODAY, now=NOW)


@pytest.fixture
def full(another: Callable[[], Database]) -> Database:
    """Two entries, one taken out, how the other looked, and a plan that was changed twice."""
    made = another()
    slip, good = entry(100), entry(10)
    made.journal.add([slip, good], [told(good.id)])
    made.journal.remove(slip.id, NOW)
    made.plans.add(KEPT)
    made.change(1, known=0)
    made.change(2, known=1)
    return made


def test_everything_comes_back_once(full: Database, another: Callable[[], Database]) -> None:
    copy, empty = everything(full.engine), another()
    assert copy.counts == FULL
    assert bring_back(empty.engine, copy) == FULL
    assert everything(empty.engine) == copy
    assert bring_back(empty.engine, copy) == Counts()
    assert everything(empty.engine) == copy


def test_a_plan_goes_on_from_what_is_there(full: Database, another: Callable[[], Database]) -> None:
    """An older copy was brought back here: of the newer one comes what is missing."""
    copy, other = everything(full.engine), another()
    older = replace(copy, changes=copy.changes[:1], techniques=())
    bring_back(other.engine, older)
    assert bring_back(other.engine, copy) == Counts(changes=1, techniques=1)
    assert everything(other.engine) == copy


def test_an_older_copy_takes_nothing_away(full: Database) -> None:
    copy = everything(full.engine)
    full.change(3, known=2)
    assert bring_back(full.engine, copy) == Counts()
    assert len(full.plans.changes()) == 3


def test_a_plan_that_was_changed_otherwise_is_refused(
    full: Database, another: Callable[[], Database]
) -> None:
    copy, other = everything(full.engine), another()
    other.plans.add(KEPT)
    other.change(7, known=0)
    with pytest.raises(StoreError, match="was changed otherwise there"):
        bring_back(other.engine, copy)
    assert everything(other.engine).counts == Counts(plans=1, changes=1)


@pytest.mark.parametrize("kind", ["plans", "changes", "techniques"])
def test_what_says_something_else_is_refused(full: Database, kind: str) -> None:
    """The entry that would be new is not written either."""
    copy = everything(full.engine)
    others = {
        "plans": [replace(each, started_on=TODAY) for each in copy.plans],
        "changes": [replace(each, after=replace(LUNGE, paused=True)) for each in copy.changes],
        "techniques": [replace(each, present=()) for each in copy.techniques],
    }
    new = replace(copy.entries[0], entry=entry(5))
    spoiled = replace(copy, entries=(*copy.entries, new), **{kind: tuple(others[kind])})  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="say something else there") as caught:
        bring_back(full.engine, spoiled)
    assert caught.value.hint == "Nothing was written. They come from another journal."
    assert everything(full.engine) == copy


def test_it_is_all_or_nothing(
    full: Database, another: Callable[[], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends at the last thing that is written: nothing of what was before it is there."""
    copy, empty = everything(full.engine), another()

    def broken(technique: object) -> None:
        raise KeyboardInterrupt(technique)

    monkeypatch.setattr(copying, "technique_row", broken)
    with pytest.raises(KeyboardInterrupt):
        bring_back(empty.engine, copy)
    assert everything(empty.engine) == Copy()
