"""Bringing in what another program wrote: read first, shown, and only then written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hingewise.app.journal_files import read_bytes
from hingewise.errors import JournalFormatError, OptionError
from hingewise.training.csv_formats import parse_columns, recognise
from hingewise.training.csv_import import UNITS, Imported, import_table
from hingewise.training.csv_own import is_own, read_own
from hingewise.training.csv_table import read_table
from hingewise.training.names import LibraryNames


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file holds, and whose it is."""

    title: str
    imported: Imported


def read_import(file: Path, names: LibraryNames, *, columns: str, unit: str, today: date) -> Read:
    """Read a table of another program; nothing is written.

    Raises
    ------
    JournalFormatError
        If it cannot be read, or anything in it is wrong; all that is stands in it.
    OptionError
        If the unit is none.
    """
    if unit and unit.lower() not in UNITS:
        raise OptionError(f"--unit: expected kg or lb, got {unit!r}.")
    table = read_table(read_bytes(file, "a table"), name=str(file))
    if is_own(table):
        title, imported = "hingewise", read_own(table, today=today)
    else:
        form = parse_columns(columns, table) if columns else recognise(table, name=str(file))
        of_weights = UNITS[unit.lower()] if unit else None
        title = form.title
        imported = import_table(table, form, names, unit=of_weights, today=today)
    if imported.problems:
        n_wrong = len(imported.problems)
        raise JournalFormatError(
            f"{file}: expected rows without mistakes, found {n_wrong}.",
            problems=imported.problems,
            hint="Nothing was written. Mend these lines and say it again.",
        )
    return Read(title=title, imported=imported)
