"""Our own table is read back exactly, and refused with all that is wrong with it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hingewise.library.load import load_library
from hingewise.training.csv_export import write_csv
from hingewise.training.csv_own import OWN, is_own, read_own
from hingewise.training.csv_table import read_table
from hingewise.training.journal import Entry, new_entry
from hingewise.training.load import BODY
from hingewise.training.names import names_of
from hingewise.training.sets import PerformedSet
from tests.builders_journal import NOW, TODAY, entries

NAMES = names_of(load_library())


@given(st.lists(entries(), max_size=4))
def test_it_is_read_back_exactly(journal: list[Entry]) -> None:
    table = read_table(write_csv(journal, "csv", NAMES).encode(), name="a.csv")
    assert is_own(table)
    found = read_own(table, today=TODAY)
    assert (list(found.entries), found.problems) == (journal, ())


def test_all_wrong_rows_are_told_at_once() -> None:
    done = [PerformedSet(exercise="glute_bridge", repetitions=8, load=BODY)]
    text = write_csv([new_entry(done, on=TODAY, now=NOW) for _ in range(4)], "csv", NAMES)
    lines = text.splitlines()
    lines[1] = lines[1].replace('"8","0"', '"800","0"')
    lines[2] = lines[2].replace("body", "stone")
    lines[3] += ',"more"'
    lines[4] = lines[4].replace(str(TODAY), "2090-01-01")
    table = read_table("\n".join(lines).encode(), name="a.csv")
    assert sorted(problem[:7] for problem in read_own(table, today=TODAY).problems) == [
        "line 2:",
        "line 3:",
        "line 4:",
        "line 5:",
    ]
    assert len(OWN) == len(table.header)
