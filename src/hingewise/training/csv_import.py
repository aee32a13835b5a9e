"""Sets out of tables that other programs wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hingewise.training.csv_formats import Format
from hingewise.training.csv_table import Table
from hingewise.training.imported import Imported
from hingewise.training.load import MassUnit
from hingewise.training.names import LibraryNames
from hingewise.training.rows import Row, import_rows


def import_table(
    table: Table, form: Format, names: LibraryNames, *, unit: MassUnit | None, today: date
) -> Imported:
    """Make entries of a table.

    Parameters
    ----------
    table
        As it was read.
    form
        Whose it is.
    names
        Knows the exercises.
    unit
        Of weights where the table does not say it; None where nobody said.
    today
        What is later than tomorrow was not done yet.
    """
    return import_rows(_rows(table, form), names, unit=unit, today=today)


def _rows(table: Table, form: Format) -> Iterator[Row]:
    """Rows that are sets, by field."""
    places = {
        field: [at for at in map(table.column, named) if at is not None]
        for field, named in form.columns.items()
    }
    column, values = form.skip
    skipped = table.column(column) if column else None
    for line, cells in table.rows:
        if skipped is not None and _cell(cells, skipped).lower() in values:
            continue
        said = {field: _cell(cells, at[0]) for field, at in places.items() if at}
        yield Row(where=f"line {line}", cells=said)


def _cell(cells: tuple[str, ...], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""
