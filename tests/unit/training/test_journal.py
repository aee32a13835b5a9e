"""An entry of the journal: nothing that cannot have been done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hingewise.errors import TrainingError
from hingewise.training.journal import FIRST_DAY, new_entry
from hingewise.training.load import BODY
from hingewise.training.sets import MAX_NOTE, PerformedSet

NOW = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
ONE = PerformedSet(exercise="lunge", repetitions=8, load=BODY)
ENTRY = new_entry([ONE, ONE], on=NOW.date(), now=NOW)


def test_every_entry_has_an_id_of_its_own() -> None:
    again = new_entry([ONE, ONE], on=NOW.date(), now=NOW)
    assert again.id != ENTRY.id
    assert replace(again, id=ENTRY.id) == ENTRY
    assert ENTRY.exercise == "lunge"


@pytest.mark.parametrize("on", [date(2090, 1, 1), NOW.date() + timedelta(days=2), date(1900, 1, 1)])
def test_days_on_which_nothing_was_done(on: date) -> None:
    with pytest.raises(TrainingError, match="expected a day"):
        replace(ENTRY, on=on)


@pytest.mark.parametrize("on", [FIRST_DAY, NOW.date(), NOW.date() + timedelta(days=1)])
def test_days_on_which_something_was(on: date) -> None:
    """Somewhere it is tomorrow already."""
    assert replace(ENTRY, on=on).on == on


@pytest.mark.parametrize("pain", [-1, 11])
def test_pain_off_the_scale(pain: int) -> None:
    with pytest.raises(TrainingError, match="pain from 0 to 10"):
        replace(ENTRY, pain=pain)


def test_sets_of_one_exercise_and_some() -> None:
    other = replace(ONE, exercise="step_up")
    for sets in ((), (ONE, other)):
        with pytest.raises(TrainingError, match="sets of one exercise"):
            replace(ENTRY, sets=sets)


def test_a_moment_without_a_zone_is_none() -> None:
    with pytest.raises(TrainingError, match="with its zone"):
        replace(ENTRY, entered_at=datetime(2026, 3, 1, 12, 0))


def test_a_note_is_no_book() -> None:
    with pytest.raises(TrainingError, match="note of up to"):
        replace(ENTRY, note="x" * (MAX_NOTE + 1))


@pytest.mark.parametrize("note", ["a\x00b", "a\udcff"])
def test_a_note_holds_what_every_database_keeps(note: str) -> None:
    with pytest.raises(TrainingError, match="bytes that are none"):
        replace(ENTRY, note=note)
    with pytest.raises(TrainingError, match="bytes that are none"):
        replace(ENTRY.sets[0], note=note)
