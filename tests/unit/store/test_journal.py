"""What is written into the journal is read back exactly, or nothing of it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from hingewise.errors import StoreError
from hingewise.store import database
from hingewise.store.database import open_database, writing
from hingewise.store.journal import Journal
from hingewise.training.journal import Entry, Kept, new_entry
from hingewise.training.load import Load
from hingewise.training.sets import PerformedSet
from tests.builders_journal import NOW, TODAY, entries

FORTY = Load(kind="mass", value=40.0)


@pytest.fixture
def journal(database_url: str) -> Iterator[Journal]:
    engine = open_database(database_url)
    yield Journal(engine=engine)
    engine.dispose()


def entry(*repetitions: int, on: date = TODAY, exercise: str = "romanian_deadlift") -> Entry:
    sets = [PerformedSet(exercise=exercise, repetitions=n, load=FORTY) for n in repetitions]
    return new_entry(sets, on=on, now=NOW)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(one=entries())
def test_what_is_written_is_read_back_exactly(journal: Journal, one: Entry) -> None:
    journal.add([one])
    assert [each for each in journal.entries() if each.id == one.id] == [one]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(one=entries(), removed=st.none() | st.just(NOW))
def test_many_that_are_brought_in_at_once_are_read_back_exactly(
    journal: Journal, one: Entry, removed: datetime | None
) -> None:
    """They take another way than one alone: to PostgreSQL as one value, in JSON."""
    kept = Kept(entry=one, removed_at=removed)
    journal.bring_back([kept])
    assert [each for each in journal.everything() if each.entry.id == one.id] == [kept]


def test_entries_come_by_their_days_and_sets_in_their_order(journal: Journal) -> None:
    late, early = entry(12, 10, 8), entry(5, on=TODAY - timedelta(days=3))
    journal.add([late, early])
    assert journal.entries() == [early, late]
    assert [each.repetitions for each in journal.entries()[1].sets] == [12, 10, 8]


def test_some_of_them(journal: Journal) -> None:
    old, new = entry(5, on=TODAY - timedelta(days=30)), entry(5)
    other = entry(5, exercise="lunge")
    journal.add([old, new, other])
    assert set_of(journal.entries(since=TODAY - timedelta(days=7))) == {new.id, other.id}
    assert set_of(journal.entries(exercise="lunge")) == {other.id}


def set_of(found: list[Entry]) -> set[str]:
    return {each.id for each in found}


def test_it_is_all_or_nothing(journal: Journal) -> None:
    """The second one is there already: the first is not written either."""
    known, fresh = entry(5), entry(8)
    journal.add([known])
    with pytest.raises(StoreError, match="in the journal already"):
        journal.add([fresh, known])
    assert journal.entries() == [known]


def test_nothing_is_nothing(journal: Journal) -> None:
    journal.add([])
    assert journal.entries() == []


def test_moments_are_the_same_wherever_they_were_written(journal: Journal) -> None:
    tokyo = timezone(timedelta(hours=9))
    there = replace(entry(5), entered_at=NOW.astimezone(tokyo))
    journal.add([there])
    (read,) = journal.entries()
    assert read.entered_at == NOW
    assert read.entered_at.utcoffset() == timedelta(0)


def test_another_connection_sees_what_was_written(journal: Journal, database_url: str) -> None:
    one = entry(5)
    journal.add([one])
    other = Journal(engine=open_database(database_url))
    assert other.entries() == [one]
    other.engine.dispose()


def test_the_database_keeps_its_own_rules(journal: Journal) -> None:
    """Whatever writes into it: no set without an entry, no pain beyond the scale."""
    for wrong in (
        "INSERT INTO performed_set VALUES "
        "('none', 1, 5, FALSE, 'body', 0, 'kg', 1, '', NULL, '', '')",
        "INSERT INTO entry VALUES ('x', '2026-01-01', '2026-01-01', 'lunge', 11, '', NULL)",
    ):
        with (
            pytest.raises(Exception, match="constraint"),
            journal.engine.begin() as connection,
        ):
            connection.execute(text(wrong))


def test_what_is_taken_out_is_gone_from_the_list_and_stays_in_the_table(journal: Journal) -> None:
    slip, good = entry(5), entry(6)
    journal.add([slip, good])
    assert journal.remove(slip.id[:12], NOW) == slip
    assert journal.entries() == [good]
    with journal.engine.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM entry")).scalar()
    assert kept == 2


@pytest.mark.parametrize("beginning", ["", "%", "_", "zz"])
def test_only_one_that_is_named_is_taken_out(journal: Journal, beginning: str) -> None:
    """Nothing that a database reads as "any" takes the wrong one out."""
    journal.add([entry(5), entry(6)])
    with pytest.raises(StoreError, match="expected the id of one entry"):
        journal.remove(beginning, NOW)
    assert len(journal.entries()) == 2


def test_it_is_taken_out_once(journal: Journal) -> None:
    slip = entry(5)
    journal.add([slip])
    journal.remove(slip.id, NOW)
    with pytest.raises(StoreError, match="with which none begins"):
        journal.remove(slip.id, NOW)


def test_who_cannot_write_says_that_another_one_does(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 1)
    first, late = (Journal(engine=open_database(database_url)) for _ in range(2))
    with writing(first.engine), pytest.raises(StoreError, match="lock") as caught:
        late.add([entry(5)])
    assert "another program is writing" in caught.value.hint
    first.engine.dispose()
    late.engine.dispose()


def test_a_copy_brings_everything_back(journal: Journal, new_database: Callable[[], str]) -> None:
    """What was taken out stays out."""
    slip, good = entry(5), entry(6)
    journal.add([slip, good])
    journal.remove(slip.id, NOW)
    other = Journal(engine=open_database(new_database()))
    assert other.bring_back(journal.everything()) == 2
    assert other.everything() == journal.everything()
    assert other.entries() == [good]
    assert other.bring_back(journal.everything()) == 0
    other.engine.dispose()


def test_what_is_written_meanwhile_does_not_disturb_who_reads_everything(
    journal: Journal, database_url: str
) -> None:
    """It asks twice, and PostgreSQL answers each question as things are then."""
    other = Journal(engine=open_database(database_url))
    journal.add([entry(5)])

    def write_meanwhile(*_: object) -> None:
        other.add([entry(6)])

    event.listen(journal.engine, "after_cursor_execute", write_meanwhile, once=True)
    assert len(journal.everything()) in (1, 2)
    assert len(journal.everything()) == 2
    other.engine.dispose()


def test_what_is_there_stays_as_it_is(journal: Journal) -> None:
    slip, good = entry(5), entry(6)
    journal.add([slip, good])
    copy = journal.everything()
    journal.remove(slip.id, NOW)
    late = entry(7)
    journal.add([late])
    assert journal.bring_back(copy) == 0
    assert {each.id for each in journal.entries()} == {good.id, late.id}


def test_a_copy_of_another_journal_changes_nothing(journal: Journal) -> None:
    one = entry(5)
    journal.add([one])
    other = Kept(entry=replace(one, note="something else"))
    with pytest.raises(StoreError, match="got 1 that say something else there"):
        journal.bring_back([Kept(entry=entry(8)), other])
    assert journal.entries() == [one]


def test_the_last_time_is_that_of_the_same_exercise_before_the_day(journal: Journal) -> None:
    days = [TODAY - timedelta(days=n) for n in (9, 6, 3, 0)]
    first, second, removed, today = (entry(5, on=day) for day in days)
    other = entry(5, on=days[2], exercise="glute_bridge")
    journal.add([today, second, first, removed, other])
    journal.remove(removed.id, NOW)
    assert journal.last("romanian_deadlift", before=TODAY) == second
    assert journal.last("romanian_deadlift", before=days[0]) is None
    assert journal.last("lunge", before=TODAY) is None
