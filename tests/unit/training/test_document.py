"""A journal as a document is read back exactly, and refused with all that is wrong with it."""

from __future__ import annotations

import json
from datetime import UTC, date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hingewise.errors import JournalFormatError
from hingewise.training.changes import SlotState
from hingewise.training.copies import Copy, Counts
from hingewise.training.document import read_document, write_document
from hingewise.training.journal import Kept, new_entry
from hingewise.training.load import BODY
from hingewise.training.sets import PerformedSet
from tests.builders_journal import NOW, TODAY, entries
from tests.builders_plan import change, changes_of, kept_plan, kept_plans, techniques_of, told

OLD_KEYS = ("format", "version", "made_at", "entries")


@st.composite
def journals(draw: st.DrawFn) -> Copy:
    kept = draw(
        st.lists(
            st.builds(
                lambda entry, at: Kept(entry=entry, removed_at=at),
                entries(),
                st.none() | st.datetimes(timezones=st.just(UTC)),
            ),
            max_size=2,
        )
    )
    plans = draw(st.lists(kept_plans, max_size=1))
    changes = [draw(changes_of(plan.id)) for plan in plans for _ in range(2)]
    told = [draw(techniques_of(each.entry.id)) for each in kept]
    return Copy(
        entries=tuple(kept), plans=tuple(plans), changes=tuple(changes), techniques=tuple(told)
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(journals())
def test_what_is_written_is_read_back_exactly(copy: Copy) -> None:
    assert read_document(write_document(copy, made_at=NOW), name="a.json", today=TODAY) == copy


def document(n_entries: int = 1) -> dict[str, Any]:
    done = [PerformedSet(exercise="glute_bridge", repetitions=8, load=BODY)]
    kept = [Kept(entry=new_entry(done, on=date(2026, 2, 1), now=NOW)) for _ in range(n_entries)]
    plan = kept_plan()
    copy = Copy(
        entries=tuple(kept),
        plans=(plan,),
        changes=(change(plan, 1, SlotState(exercise="lunge", stage="training")),),
        techniques=(told(kept[0].entry.id),) if kept else (),
    )
    found: dict[str, Any] = json.loads(write_document(copy, made_at=NOW))
    return found


def test_one_without_plans_of_an_older_program_is_read() -> None:
    """Version 1.0: entries alone."""
    old = {key: value for key, value in document(2).items() if key in OLD_KEYS} | {"version": "1.0"}
    read = read_document(json.dumps(old), name="a.json", today=TODAY)
    assert read.counts == Counts(entries=2)


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "expected JSON"),
        ("[" * 100_000, "expected JSON"),
        ("\x00\xff", "expected JSON"),
        ("[]", "expected a journal, got another document"),
        (json.dumps(document() | {"format": "other"}), "expected a journal, got another document"),
        (json.dumps(document() | {"version": "1.2"}), "expected version 1.1 or older, got 1.2"),
        (json.dumps(document() | {"version": "2.0"}), "expected version 1.1 or older, got 2.0"),
        (json.dumps(document() | {"version": None}), "expected version 1.1 or older, got None"),
        (json.dumps(document() | {"entries": {}}), "expected a list of entries"),
        (json.dumps(document() | {"plans": None}), "expected a list of plans"),
    ],
)
def test_another_document_is_refused(text: str, says: str) -> None:
    with pytest.raises(JournalFormatError, match=says):
        read_document(text, name="a.json", today=TODAY)


def test_all_wrong_entries_are_told_at_once() -> None:
    wrong = document(5)
    items = wrong["entries"]
    items[0]["entry"]["sets"][0]["repetitions"] = 300
    items[1]["entry"]["on"] = "2090-01-01"
    items[2]["entry"]["pain"] = "much"
    items[3]["entry"]["id"] = items[4]["entry"]["id"]
    with pytest.raises(JournalFormatError, match="found 4") as caught:
        read_document(json.dumps(wrong), name="a.json", today=TODAY)
    first, second, third, fourth = caught.value.problems
    assert first == "entry 1: expected 1 to 200 repetitions, got 300."
    assert second.startswith("entry 2: expected a day from 1950-01-01")
    assert third.startswith("entry 3: entry.pain: input should be a valid integer")
    assert fourth == "expected entries with ids of their own, got 1 twice"


def test_a_day_to_come_is_wrong_whenever_it_was_written_down() -> None:
    """A clock that was wrong when the copy was made is no reason to believe it."""
    late = document()
    items = late["entries"]
    items[0]["entry"] |= {"on": "2090-01-01", "entered_at": "2090-01-01T12:00:00Z"}
    with pytest.raises(JournalFormatError, match="found 1") as caught:
        read_document(json.dumps(late), name="a.json", today=TODAY)
    assert "got 2090-01-01" in caught.value.problems[0]


@pytest.mark.parametrize(
    "kind, says",
    [
        ("plans", "expected changes of plans that are in it, got 1 of others"),
        ("entries", "expected techniques of entries that are in it, got 1 of others"),
    ],
)
def test_nothing_is_about_what_is_not_there(kind: str, says: str) -> None:
    with pytest.raises(JournalFormatError, match="found 1") as caught:
        read_document(json.dumps(document() | {kind: []}), name="a.json", today=TODAY)
    assert caught.value.problems == (says,)


def test_what_could_not_be_read_is_not_missed_as_well() -> None:
    wrong = document()
    wrong["plans"][0]["plan"]["answers"]["days"] = 9
    wrong["changes"][0]["kind"] = "better"
    with pytest.raises(JournalFormatError, match="found 2") as caught:
        read_document(json.dumps(wrong), name="a.json", today=TODAY)
    first, second = caught.value.problems
    assert first.startswith("plan 1: expected answers that can be followed: days: expected 1 to 6")
    assert second.startswith("change 1: kind: input should be 'load_found'")
