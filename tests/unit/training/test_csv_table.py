"""Tables come in every delimiter and encoding, and what is none is refused."""

from __future__ import annotations

import codecs

import pytest

from hingewise.errors import JournalFormatError
from hingewise.training import csv_table
from hingewise.training.csv_table import read_table

TEXT = 'Day;Lift;Reps\n2026-01-01;"Übung; schwer";5\n\n2026-01-02;Kniebeuge;6\n'


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace(";", "\t").replace("\t s", "; s").encode(),
    ],
)
def test_whatever_a_spreadsheet_writes(content: bytes) -> None:
    table = read_table(content, name="a.csv")
    assert table.header == ("Day", "Lift", "Reps")
    assert table.rows == (
        (2, ("2026-01-01", "Übung; schwer", "5")),
        (4, ("2026-01-02", "Kniebeuge", "6")),
    )


def test_columns_are_found_however_they_are_spelled() -> None:
    table = read_table(b"Set Order,weight_kg\n", name="a.csv")
    assert [table.column(name) for name in ("set order", "Weight (kg)", "reps")] == [0, 1, None]


@pytest.mark.parametrize("content", [b"", b"one line", b"\x00\x01,\x02", b"%PDF-1.4\n" * 9])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(JournalFormatError, match="expected a table"):
        read_table(content, name="a.csv")


def test_files_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "MAX_ROWS", 3)
    with pytest.raises(JournalFormatError, match="up to 3 rows, got 5"):
        read_table(b"a,b\n" * 5, name="a.csv")
    monkeypatch.setattr(csv_table, "MAX_BYTES", 10)
    with pytest.raises(JournalFormatError, match="up to 0 MB"):
        read_table(b"a,b\n" * 5, name="a.csv")
