"""Tables that other programs wrote: their encoding, their delimiter, their rows."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

from hingewise.errors import JournalFormatError
from hingewise.library.spelling import plain

MAX_BYTES = 64_000_000
MAX_ROWS = 500_000
"""Nobody trains so much: it is another file."""

DELIMITERS = ",;\t"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = "cp1252"
"""What old spreadsheets write where it is no UTF-8."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
"""What spreadsheets take for a formula, and the sign that keeps them from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a header; ``rows`` are the number of a line in the file and its cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, name: str) -> int | None:
        """Where the column of this name stands, however it is spelled; None for nowhere."""
        names = [plain(each) for each in self.header]
        return names.index(plain(name)) if plain(name) in names else None


def read_table(content: bytes, *, name: str) -> Table:
    """Read a table with a header; the delimiter is the one that the header has most of.

    Raises
    ------
    JournalFormatError
        If it is none, or too large.
    """
    if len(content) > MAX_BYTES:
        raise JournalFormatError(
            f"{name}: expected up to {MAX_BYTES // 1_000_000} MB, got {len(content) / 1e6:.0f} MB."
        )
    text = _decode(content)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    if "\x00" in text or not first.count(delimiter):
        raise JournalFormatError(
            f"{name}: expected a table with a header and columns, got something else.",
            hint="Export it as CSV.",
        )
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(lines.line_num, tuple(row)) for row in lines if any(row)]
    except csv.Error as error:
        raise JournalFormatError(f"{name}: expected a table, got: {error}.") from error
    if len(rows) > MAX_ROWS:
        raise JournalFormatError(f"{name}: expected up to {MAX_ROWS} rows, got {len(rows)}.")
    return Table(header=tuple(cell.strip() for cell in rows[0][1]), rows=tuple(rows[1:]))


def _decode(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(WESTERN, errors="replace")


def guard(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


def unguard(cell: str) -> str:
    """Return what a cell said before ``guard``."""
    return cell.removeprefix("'")
