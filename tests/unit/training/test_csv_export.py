"""No table holds a formula; those of other programs are read back as far as they have columns."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.library.load import load_library
from hingewise.training.csv_export import FORMS, write_csv
from hingewise.training.csv_formats import recognise
from hingewise.training.csv_import import import_table
from hingewise.training.csv_table import read_table
from hingewise.training.journal import Entry
from hingewise.training.load import BODY, Load
from hingewise.training.names import names_of
from tests.builders_journal import TODAY, entries

NAMES = names_of(load_library())


@given(entries(), st.sampled_from(sorted(FORMS)))
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
    found = import_table(table, recognise(table, name="a.csv"), NAMES, unit=None, today=TODAY)
    assert found.problems == ()
    (read,) = found.entries
    told = tuple(replace(each, tempo="") for each in entry.sets)
    assert (read.on, read.sets) == (entry.on, told)
