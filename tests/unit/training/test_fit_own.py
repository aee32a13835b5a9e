"""Our fields hold all columns of our table, and say what is wrong in them with its place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.training.csv_own import OWN
from hingewise.training.fit_own import COLUMNS, OwnSet, cut, own_entries, own_fields
from hingewise.training.fit_wire import MAX_TEXT, TEXT, Field
from hingewise.training.journal import new_entry
from hingewise.training.load import BODY
from hingewise.training.sets import PerformedSet

NOW = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
ENTRY = new_entry(
    [PerformedSet(exercise="glute_bridge", repetitions=8, load=BODY) for _ in range(2)],
    on=NOW.date(),
    now=NOW,
)
NUMBERS = {column: number for number, (column, _) in enumerate(COLUMNS)}


def test_every_column_has_its_field() -> None:
    in_profile = {"repetitions"}  # and "set" is the order in which they stand
    assert {column for column, _ in COLUMNS} == set(OWN) - in_profile - {"set"}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=999))
def test_long_texts_are_cut_between_letters(text: str) -> None:
    first, rest = cut([Field(number=14, kind=TEXT, value=text)])
    pieces = [each.value for each in (*first, *rest)]
    assert all(isinstance(each, str) and len(each.encode()) <= MAX_TEXT for each in pieces)
    assert "".join(map(str, pieces)) == text


def own_set(number: int = 0, **changes: Any) -> OwnSet:
    fields = list(own_fields(ENTRY))[number]
    own = {each.number: each.value for each in fields}
    own |= {NUMBERS[column]: said for column, said in changes.items()}
    return OwnSet(where=f"set {number + 1}", fields={3: 8}, own=own)


def test_what_is_said_once_counts_for_all_sets() -> None:
    assert own_entries([own_set(0), own_set(1)], today=NOW.date()) == ([ENTRY], [])


@pytest.mark.parametrize(
    "changes, says",
    [
        ({"id": "x"}, "32 hexadecimal digits"),
        ({"id": None}, "32 hexadecimal digits"),
        ({"id": 7}, "expected id as this program writes it, got 7"),
        ({"load_kind": "stone"}, "expected a load of mass, body, band"),
        ({"load_value": "much"}, "expected load_value as this program writes it"),
        ({"hold": 1}, "expected the duration of a set, got none"),
        ({"day": "2090-01-01"}, "expected a day from 1950-01-01"),
        ({"day": None}, "Invalid isoformat string"),
        ({"entered_at": "0001-01-01T00:00:00+23:00"}, "out of range"),
        ({"rir": 7.0}, "repetitions in reserve"),
        ({"pain": 99}, "pain from 0 to 10"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(changes: dict[str, Any], says: str) -> None:
    entries, (problem,) = own_entries([own_set(**changes)], today=NOW.date())
    assert entries == []
    assert problem.startswith("set 1: ")
    assert says in problem
