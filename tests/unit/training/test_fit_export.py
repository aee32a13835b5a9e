"""Any journal comes back exactly, and other readers find what FIT has fields for."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import fitdecode
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.library.load import load_library
from hingewise.training.fit_export import write_fit
from hingewise.training.fit_import import import_fit
from hingewise.training.journal import FIRST_DAY, Entry, new_entry
from hingewise.training.load import BODY, Load
from hingewise.training.names import names_of
from hingewise.training.sets import MAX_NOTE, PerformedSet
from tests.builders_journal import LOADS, NOW, TODAY, WORDS, entries

NAMES = names_of(load_library())
LONG = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
    min_size=200,
    max_size=MAX_NOTE,
)
BANDS = st.from_regex(r"[a-zäж][\w -]{0,300}", fullmatch=True)
MASSES = st.floats(min_value=0.0, max_value=250.0, exclude_min=True)
ODD = (
    st.builds(lambda name: Load(kind="band", band=name), BANDS)
    | st.builds(lambda value: Load(kind="mass", value=value, unit="lb"), MASSES)
    | st.builds(lambda count: Load(kind="mass", value=1e-9, count=count), st.integers(1, 10**11))
)
DAYS = st.dates(FIRST_DAY, TODAY + timedelta(days=1))
ZONES = st.timezones().map(lambda zone: NOW.astimezone(zone))


def read_back(journal: list[Entry]) -> list[Entry]:
    content = write_fit(journal, NAMES, made_at=NOW)
    found = import_fit(content, NAMES, name="a.fit", today=TODAY)
    assert (found.problems, found.left_out, found.unusable) == ((), {}, {})
    return list(found.entries)


@given(st.lists(entries(), min_size=1, max_size=4))
def test_it_is_read_back_exactly(journal: list[Entry]) -> None:
    assert read_back(journal) == sorted(journal, key=lambda entry: entry.on)


@given(entries(WORDS | LONG, LOADS | ODD), DAYS, ZONES, LONG, st.text("aé-0", min_size=1))
def test_the_oddest_entry_is_read_back_exactly(
    entry: Entry, on: date, entered_at: datetime, tempo: str, exercise: str
) -> None:
    """Texts of any length and script, loads of any size, days before FIT's own, any zone."""
    sets = tuple(replace(each, tempo=tempo, exercise=exercise) for each in entry.sets)
    odd = replace(entry, on=on, entered_at=entered_at, sets=sets)
    (read,) = read_back([odd])
    assert read == odd
    assert read.entered_at.utcoffset() == odd.entered_at.utcoffset()


def messages(entry: Entry) -> dict[str, list[dict[str, Any]]]:
    """What another reader finds, by the names of FIT's own profile."""
    found: dict[str, list[dict[str, Any]]] = {}
    content = write_fit([entry], NAMES, made_at=NOW)
    reader = fitdecode.FitReader(
        io.BytesIO(content),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    )
    with reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                said = {each.name: each.value for each in frame.fields}
                found.setdefault(frame.name, []).append(said)
    return found


def entry_of(*sets: PerformedSet) -> Entry:
    return new_entry(sets, on=TODAY, now=NOW)


def test_another_reader_finds_a_strength_training() -> None:
    done = PerformedSet(
        exercise="cable_pull_through",
        repetitions=12,
        load=Load(kind="mass", value=20.0, count=2),
        note="one; two",
    )
    found = messages(entry_of(done, replace(done, load=Load(kind="mass", value=85, unit="lb"))))
    (session,), (activity,), (file_id,) = found["session"], found["activity"], found["file_id"]
    assert (session["sport"], session["sub_sport"]) == ("training", "strength_training")
    assert session["start_time"] == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert (activity["num_sessions"], file_id["type"]) == (1, "activity")
    first, second = found["set"]
    assert (first["repetitions"], first["weight"], first["set_type"]) == (12, 40.0, "active")
    assert (first["category"], first["category_subtype"]) == ("chop", 0)
    assert first["weight_display_unit"] == "kilogram"
    assert (second["weight"], second["weight_display_unit"]) == (38.5625, "pound")
    assert first["start_time"] < second["start_time"] < session["timestamp"]
    assert (first["exercise"], first["note"], first["load_count"]) == (
        "cable_pull_through",
        "one; two",
        "2",
    )


def test_another_reader_finds_no_more_than_is_known() -> None:
    held = PerformedSet(exercise="glute_bridge", repetitions=30, load=BODY, hold=True)
    (done,) = messages(entry_of(held))["set"]
    assert (done["duration"], done["repetitions"], done["weight"]) == (30.0, None, None)
    assert (done["category"], done["category_subtype"]) == ("unknown", None)


@pytest.mark.parametrize("on", [date(1950, 1, 1), date(1993, 5, 4)])
def test_days_that_fit_cannot_say_have_no_time(on: date) -> None:
    done = PerformedSet(exercise="glute_bridge", repetitions=8, load=BODY)
    found = messages(replace(entry_of(done), on=on))
    assert found["set"][0]["start_time"] is None
    assert found["session"][0]["timestamp"] is None
