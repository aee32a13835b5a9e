"""Bringing in what another program wrote: read first, shown, and only then written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hingewise.app.journal_files import read_bytes
from hingewise.errors import JournalFormatError, OptionError
from hingewise.training.csv_formats import parse_columns, recognise
from hingewise.training.csv_import import import_table
from hingewise.training.csv_own import is_own, read_own
from hingewise.training.csv_table import read_table
from hingewise.training.fit_import import import_fit
from hingewise.training.fit_wire import is_fit
from hingewise.training.imported import Imported
from hingewise.training.load import MassUnit
from hingewise.training.names import LibraryNames
from hingewise.training.rows import UNITS
from hingewise.training.wger import import_logs, name_exercises, read_logs
from hingewise.training.wger_json import is_json
from hingewise.training.wger_names import ExerciseNames, read_exercise_names

WHAT = "a file of another program"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What its user says of a file, "" or None where nothing.

    Attributes
    ----------
    columns
        Of a table, which is which: ``csv_formats.parse_columns``.
    unit
        Of weights where the file does not say it, "kg" or "lb".
    names
        A file that says what wger calls its exercises.
    """

    columns: str = ""
    unit: str = ""
    names: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file holds, and whose it is."""

    title: str
    imported: Imported


def read_import(file: Path, names: LibraryNames, asked: Asked, *, today: date) -> Read:
    """Read a file of another program: a table, JSON of wger, or FIT; nothing is written.

    Raises
    ------
    JournalFormatError
        If it cannot be read, or anything in it is wrong; all that is stands in it.
    OptionError
        If the unit is none, or something was said that this file has no use for.
    """
    if asked.unit and asked.unit.lower() not in UNITS:
        raise OptionError(f"--unit: expected kg or lb, got {asked.unit!r}.")
    content = read_bytes(file, WHAT)
    reader = _read_fit if is_fit(content) else _read_wger if is_json(content) else _read_table
    read = reader(file, content, names, asked, today)
    if read.imported.problems:
        n_wrong = len(read.imported.problems)
        raise JournalFormatError(
            f"{file}: expected sets without mistakes, found {n_wrong}.",
            problems=read.imported.problems,
            hint="Nothing was written. Mend these and say it again.",
        )
    return read


def _read_table(file: Path, content: bytes, names: LibraryNames, asked: Asked, today: date) -> Read:
    if asked.names is not None:
        raise OptionError("--names: expected JSON of wger to import, got a table.")
    table = read_table(content, name=str(file))
    if is_own(table):
        return Read(title="hingewise", imported=read_own(table, today=today))
    columns = asked.columns
    form = parse_columns(columns, table) if columns else recognise(table, name=str(file))
    imported = import_table(table, form, names, unit=_unit(asked), today=today)
    return Read(title=form.title, imported=imported)


def _read_wger(file: Path, content: bytes, names: LibraryNames, asked: Asked, today: date) -> Read:
    if asked.columns:
        raise OptionError("--columns: expected a table to import, got JSON.")
    logs = read_logs(content, name=str(file))
    beside: ExerciseNames = {}
    if asked.names is not None:
        said = read_bytes(asked.names, "names of exercises")
        beside = read_exercise_names(said, name=str(asked.names))
    called = name_exercises(logs, beside, name=str(file))
    imported = import_logs(logs, called, names, unit=_unit(asked), today=today)
    rest = f" (a page; {logs.n_elsewhere} more logs are not in this file)"
    return Read(title=f"wger{rest if logs.n_elsewhere else ''}", imported=imported)


def _read_fit(file: Path, content: bytes, names: LibraryNames, asked: Asked, today: date) -> Read:
    if asked.columns or asked.names is not None:
        option = "--columns" if asked.columns else "--names"
        raise OptionError(f"{option}: expected none for a FIT file, which says it itself.")
    return Read(title="FIT", imported=import_fit(content, names, name=str(file), today=today))


def _unit(asked: Asked) -> MassUnit | None:
    return UNITS[asked.unit.lower()] if asked.unit else None
