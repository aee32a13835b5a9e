"""Our own table is read back exactly; those of other programs as far as they have columns."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.errors import JournalFormatError
from hingewise.library.load import load_library
from hingewise.training.csv_export import FORMS, OWN, is_own, read_own, write_csv
from hingewise.training.csv_formats import recognise
from hingewise.training.csv_import import import_table
from hingewise.training.csv_table import read_table
from hingewise.training.journal import Entry, new_entry
from hingewise.training.load import BODY, Load
from hingewise.training.names import names_of
from hingewise.training.sets import PerformedSet

NOW = datetime(2026, 3, 1, 18, 30, 5, 123456, tzinfo=UTC)
NAMES = names_of(load_library())
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
LOADS = (
    st.just(BODY)
    | st.just(Load(kind="band", band="light red"))
    | st.builds(
        lambda value, unit, count: Load(kind="mass", value=value, unit=unit, count=count),
        st.floats(min_value=0.25, max_value=250.0),
        st.sampled_from(["kg", "lb"]),
        st.sampled_from([1, 2]),
    )
)


def entries(
    notes: st.SearchStrategy[str], loads: st.SearchStrategy[Load]
) -> st.SearchStrategy[Entry]:
    sets = st.builds(
        PerformedSet,
        exercise=st.just("glute_bridge"),
        repetitions=st.integers(min_value=1, max_value=200),
        hold=st.booleans(),
        load=loads,
        rir=st.none() | st.sampled_from([0.0, 1.5, 6.0]),
        note=notes,
    )
    return st.builds(
        lambda done, days, pain, note: new_entry(
            done, on=NOW.date() - timedelta(days=days), now=NOW, pain=pain, note=note
        ),
        st.lists(sets, min_size=1, max_size=4),
        st.integers(min_value=0, max_value=4000),
        st.none() | st.integers(min_value=0, max_value=10),
        notes,
    )


@given(
    st.lists(
        entries(WORDS | st.sampled_from(["=1+1", "'=1", "-5", "@a", "+", "a\nb"]), LOADS),
        max_size=4,
    )
)
def test_our_own_table_is_read_back_exactly(journal: list[Entry]) -> None:
    text = write_csv(journal, "csv", NAMES)
    table = read_table(text.encode(), name="a.csv")
    assert is_own(table)
    assert read_own(table, name="a.csv") == journal


@given(entries(WORDS, LOADS), st.sampled_from(sorted(FORMS)))
def test_no_cell_is_a_formula(entry: Entry, form: str) -> None:
    for row in csv.reader(io.StringIO(write_csv([entry], form, NAMES), newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("form", ["hevy", "strong"])
@given(done=st.data())
def test_other_programs_get_what_they_have_columns_for(form: str, done: st.DataObject) -> None:
    loads = st.just(BODY) | st.builds(
        lambda n: Load(kind="mass", value=n / 4), st.integers(min_value=1, max_value=1000)
    )
    entry = done.draw(entries(st.just(""), loads))
    table = read_table(write_csv([entry], form, NAMES).encode(), name="a.csv")
    found = import_table(
        table, recognise(table, name="a.csv"), NAMES, unit=None, today=date(2026, 3, 1)
    )
    assert found.problems == ()
    (read,) = found.entries
    assert (read.on, read.sets) == (entry.on, entry.sets)


def test_all_wrong_rows_are_told_at_once() -> None:
    done = [PerformedSet(exercise="glute_bridge", repetitions=8, load=BODY)]
    text = write_csv([new_entry(done, on=NOW.date(), now=NOW) for _ in range(4)], "csv", NAMES)
    lines = text.splitlines()
    lines[1] = lines[1].replace('"8","0"', '"800","0"')
    lines[2] = lines[2].replace("body", "stone")
    lines[3] += ',"more"'
    table = read_table("\n".join(lines).encode(), name="a.csv")
    with pytest.raises(JournalFormatError, match="found 3") as caught:
        read_own(table, name="a.csv")
    assert sorted(problem[:7] for problem in caught.value.problems) == [
        "line 2:",
        "line 3:",
        "line 4:",
    ]
    assert len(OWN) == len(table.header)
