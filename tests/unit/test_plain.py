"""Records as plain data: what is written is read back as it was, whatever is in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.plain import reader, to_text
from hingewise.training.changes import Change, SlotState
from hingewise.training.journal import Entry
from hingewise.training.plan import Plan
from hingewise.training.technique import Technique
from tests.builders_journal import entries
from tests.builders_plans import (
    kg,
    make_answers,
    make_change,
    make_plan,
    make_technique,
    moment,
    trained,
)


def again(record: Any) -> object:
    kind: Any = type(record)
    made: object = reader(kind)(json.loads(to_text(record)))
    return made


@given(entries())
def test_an_entry_comes_back(entry: Entry) -> None:
    assert again(entry) == entry


@pytest.mark.parametrize("goal", ["learn", "muscle", "strength", "power", "health"])
def test_a_plan_comes_back(goal: str) -> None:
    answers = make_answers(goal=goal, mistakes=("rounding_back",), conditions=("knee_pain",))
    plan = make_plan(answers)
    read = again(plan)
    assert isinstance(read, Plan)
    assert read == plan
    assert hash(read.lines[0]) == hash(plan.lines[0])


def test_a_change_comes_back_with_its_moment() -> None:
    before = trained("cable_pull_through", kg(40.0))
    here = timezone(timedelta(hours=-5))
    change = make_change(
        "primer",
        "paused",
        before,
        SlotState(exercise="cable_pull_through", stage="learning", paused=True),
        at=moment(0).astimezone(here),
        also=("ä; “b”",),
        lines=("A.primer: x",),
    )
    read = again(change)
    assert isinstance(read, Change)
    assert read == change
    assert read.at.utcoffset() == timedelta(hours=-5)


def test_a_technique_comes_back() -> None:
    for told in (
        make_technique("rounding_back"),
        make_technique(how="film", absent=("squatting_it",), score=71.5, n_repetitions=8),
    ):
        assert again(told) == told
    assert isinstance(again(make_technique()), Technique)


@dataclass(frozen=True)
class _Record:
    on: date
    at: datetime
    maybe: float | None
    pairs: tuple[int, int]
    words: tuple[str, ...]
    inner: tuple[SlotState, ...]


@given(
    st.builds(
        _Record,
        on=st.dates(),
        at=st.datetimes(timezones=st.just(UTC)),
        maybe=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        pairs=st.tuples(st.integers(), st.integers()),
        words=st.lists(st.text()).map(tuple),
        inner=st.just((SlotState(exercise="lunge", stage="learning", load=kg(0.1, 2)),)),
    )
)
def test_any_record_comes_back(record: _Record) -> None:
    assert again(record) == record


def test_it_is_one_line() -> None:
    assert "\n" not in to_text(make_technique(film="a\nb"))


def test_what_is_no_plain_data_is_refused() -> None:
    @dataclass(frozen=True)
    class Odd:
        what: object

    with pytest.raises(TypeError, match="expected plain data, got set"):
        to_text(Odd(what={1}))
