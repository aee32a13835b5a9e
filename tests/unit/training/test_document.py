"""A journal as a document is read back exactly, and refused with all that is wrong with it."""

from __future__ import annotations

import json
from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.errors import JournalFormatError
from hingewise.training.document import read_document, write_document
from hingewise.training.journal import Kept, new_entry
from hingewise.training.load import BODY
from hingewise.training.sets import PerformedSet
from tests.builders_journal import NOW, TODAY, entries

journals = st.lists(
    st.builds(
        lambda entry, at: Kept(entry=entry, removed_at=at),
        entries(),
        st.none() | st.datetimes(timezones=st.just(UTC)),
    ),
    max_size=4,
)


@given(journals)
def test_what_is_written_is_read_back_exactly(kept: list[Kept]) -> None:
    assert read_document(write_document(kept, made_at=NOW), name="a.json", today=TODAY) == kept


def document(n_entries: int = 1) -> dict[str, object]:
    done = [PerformedSet(exercise="glute_bridge", repetitions=8, load=BODY)]
    kept = [Kept(entry=new_entry(done, on=date(2026, 2, 1), now=NOW)) for _ in range(n_entries)]
    found: dict[str, object] = json.loads(write_document(kept, made_at=NOW))
    return found


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "expected JSON"),
        ("[" * 100_000, "expected JSON"),
        ("\x00\xff", "expected JSON"),
        ("[]", "expected a journal, got another document"),
        (json.dumps(document() | {"format": "other"}), "expected a journal, got another document"),
        (json.dumps(document() | {"version": "1.1"}), "expected version 1.0 or older, got 1.1"),
        (json.dumps(document() | {"version": "2.0"}), "expected version 1.0 or older, got 2.0"),
        (json.dumps(document() | {"version": None}), "expected version 1.0 or older, got None"),
        (json.dumps(document() | {"entries": {}}), "expected a list of entries"),
    ],
)
def test_another_document_is_refused(text: str, says: str) -> None:
    with pytest.raises(JournalFormatError, match=says):
        read_document(text, name="a.json", today=TODAY)


def test_all_wrong_entries_are_told_at_once() -> None:
    wrong = document(5)
    items = wrong["entries"]
    assert isinstance(items, list)
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
    assert isinstance(items, list)
    items[0]["entry"] |= {"on": "2090-01-01", "entered_at": "2090-01-01T12:00:00Z"}
    with pytest.raises(JournalFormatError, match="found 1") as caught:
        read_document(json.dumps(late), name="a.json", today=TODAY)
    assert "got 2090-01-01" in caught.value.problems[0]
