"""What a database sums up is what the sets say, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from math import isnan

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hingewise.store.database import open_database
from hingewise.store.history import read_history
from hingewise.store.journal import Journal
from hingewise.training.history import DayTotals, Pain
from hingewise.training.intensity import MAX_RIR
from hingewise.training.journal import Entry, new_entry
from hingewise.training.load import BODY, Load
from hingewise.training.sets import PerformedSet
from tests.builders_journal import NOW, TODAY, entries

EVER = date(1950, 1, 1)
BAND = Load(kind="band", band="red")
ON_DATABASE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)


@pytest.fixture
def journal(database_url: str) -> Iterator[Journal]:
    engine = open_database(database_url)
    yield Journal(engine=engine)
    engine.dispose()


def kg(value: float, count: int = 1) -> Load:
    return Load(kind="mass", value=value, count=count)


def lb(value: float) -> Load:
    return Load(kind="mass", value=value, unit="lb")


def done(
    *sets: tuple[int, Load, float | None],
    on: date = TODAY,
    exercise: str = "lunge",
    hold: bool = False,
    pain: int | None = None,
) -> Entry:
    return new_entry(
        [
            PerformedSet(exercise=exercise, repetitions=n, load=load, rir=rir, hold=hold)
            for n, load, rir in sets
        ],
        on=on,
        now=NOW,
        pain=pain,
    )


def days(journal: Journal, since: date = EVER, exercise: str = "") -> tuple[DayTotals, ...]:
    return read_history(journal.engine, since=since, exercise=exercise).days


def test_an_empty_journal_has_no_history(journal: Journal) -> None:
    history = read_history(journal.engine, since=EVER)
    assert (history.days, history.pains, history.last_on) == ((), (), None)


def test_a_day_is_summed_up(journal: Journal) -> None:
    journal.add([done((10, kg(20, 2), None), (5, kg(60), 1.0)), done((8, BODY, 2.0))])
    assert days(journal) == (
        DayTotals(
            exercise="lunge",
            on=TODAY,
            n_sets=3,
            n_repetitions=23,
            held_s=0,
            n_loaded=2,
            n_lb=0,
            volume_kg=700.0,
            heaviest_kg=60.0,
            maximum_kg=72.0,
        ),
    )


def test_what_has_no_mass_has_no_volume(journal: Journal) -> None:
    journal.add([done((15, BAND, 1.0), (15, BODY, 1.0))])
    (day,) = days(journal)
    assert (day.n_sets, day.n_repetitions, day.n_loaded) == (2, 30, 0)
    assert (day.volume_kg, day.heaviest_kg, day.maximum_kg) == (0.0, None, None)


def test_holds_are_seconds_and_no_repetitions(journal: Journal) -> None:
    journal.add([done((30, kg(10), 2.0), (20, kg(10), None), hold=True)])
    (day,) = days(journal)
    assert (day.n_sets, day.n_repetitions, day.held_s) == (2, 0, 50)
    assert (day.volume_kg, day.heaviest_kg, day.maximum_kg) == (0.0, 10.0, None)


def test_what_was_taken_out_does_not_count(journal: Journal) -> None:
    slip = done((5, kg(600), 0.0), pain=9)
    journal.add([slip, done((5, kg(60), 0.0), on=TODAY - timedelta(days=1))])
    journal.remove(slip.id, NOW)
    history = read_history(journal.engine, since=EVER)
    assert [day.heaviest_kg for day in history.days] == [60.0]
    assert history.pains == ()
    assert history.last_on == TODAY - timedelta(days=1)


def test_only_what_is_asked_for(journal: Journal) -> None:
    old = done((5, BODY, None), on=TODAY - timedelta(days=9), pain=4)
    other = done((5, BODY, None), exercise="glute_bridge", pain=2)
    journal.add([old, other])
    history = read_history(journal.engine, since=TODAY - timedelta(days=8))
    assert [day.exercise for day in history.days] == ["glute_bridge"]
    assert history.pains == (Pain(on=TODAY, exercise="glute_bridge", pain=2),)
    lunges = read_history(journal.engine, since=TODAY, exercise="lunge")
    assert (lunges.days, lunges.pains) == ((), ())
    assert lunges.last_on == old.on, "the last one of the exercise, whenever it was"


def test_no_pain_is_none(journal: Journal) -> None:
    journal.add([done((5, BODY, None), pain=0), done((5, BODY, None))])
    assert read_history(journal.engine, since=EVER).pains == ()


def test_units_are_counted_as_they_were_entered(journal: Journal) -> None:
    journal.add([done((5, kg(60), None), (5, lb(135), None), (5, BODY, None))])
    (day,) = days(journal)
    assert (day.n_loaded, day.n_lb) == (2, 1)


def test_maxima_are_those_of_the_sets(journal: Journal) -> None:
    """Around all limits of the rule, each on a day of its own."""
    cases = product(
        [1, 2, 11, 12, 13],
        [kg(62.5), kg(22.5, 2), lb(135), BODY, BAND],
        [None, 0.0, 0.5, 1.0, MAX_RIR],
    )
    written = [done(case, on=TODAY - timedelta(days=n)) for n, case in enumerate(cases)]
    journal.add(written)
    expected = {entry.on: entry.sets[0].maximum_kg for entry in written}
    found = {day.on: day.maximum_kg for day in days(journal)}
    assert found == {on: None if isnan(value) else value for on, value in expected.items()}


@ON_DATABASE
@given(st.lists(entries(), min_size=1, max_size=4))
def test_sums_are_those_of_the_sets(journal: Journal, drawn: list[Entry]) -> None:
    for entry in journal.entries():
        journal.remove(entry.id, NOW)
    journal.add(drawn)
    found = days(journal)
    sets = [each for entry in drawn for each in entry.sets]
    assert {day.on for day in found} == {entry.on for entry in drawn}
    assert sum(day.n_sets for day in found) == len(sets)
    assert sum(day.n_repetitions for day in found) == sum(
        each.repetitions for each in sets if not each.hold
    )
    assert sum(day.volume_kg for day in found) == pytest.approx(
        sum(each.volume_kg for each in sets)
    )
    maxima = [each.maximum_kg for each in sets if not isnan(each.maximum_kg)]
    told = [day.maximum_kg for day in found if day.maximum_kg is not None]
    assert max(told, default=0.0) == max(maxima, default=0.0)


@ON_DATABASE
@given(
    st.floats(min_value=1.0, max_value=250.0),
    st.integers(min_value=1, max_value=12),
    st.sampled_from([0.0, 0.5, 2.0]),
)
def test_the_same_mass_gives_the_same_maximum_in_both_units(
    journal: Journal, mass_kg: float, repetitions: int, rir: float
) -> None:
    for entry in journal.entries():
        journal.remove(entry.id, NOW)
    pounds = lb(mass_kg / 0.45359237)
    journal.add([done((repetitions, kg(mass_kg), rir), exercise="lunge")])
    journal.add([done((repetitions, pounds, rir), exercise="glute_bridge")])
    one, other = (day.maximum_kg for day in days(journal))
    assert one == pytest.approx(other)


@ON_DATABASE
@given(st.permutations(range(6)))
def test_the_order_of_entry_does_not_matter(journal: Journal, order: list[int]) -> None:
    for entry in journal.entries():
        journal.remove(entry.id, NOW)
    some = [done((5 + n, kg(40 + n), 1.0), on=TODAY - timedelta(days=n // 2)) for n in range(6)]
    for n in order:
        journal.add([some[n]])
    found = [(day.on, day.n_repetitions, day.heaviest_kg) for day in days(journal)]
    assert found == [
        (TODAY - timedelta(days=2), 19, 45.0),
        (TODAY - timedelta(days=1), 15, 43.0),
        (TODAY, 11, 41.0),
    ]
