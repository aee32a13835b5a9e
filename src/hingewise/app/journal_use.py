"""What the command line does with the journal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hingewise.errors import JournalFormatError, OptionError, OutputError
from hingewise.library.load import load_library
from hingewise.library.own import load_with_own
from hingewise.render.files import whole_file
from hingewise.store.copying import everything
from hingewise.store.database import default_url, open_database
from hingewise.store.journal import Journal
from hingewise.training.copies import Copy, Counts
from hingewise.training.csv_export import FORMS, write_csv
from hingewise.training.document import read_document, write_document
from hingewise.training.fit_export import write_fit
from hingewise.training.journal import Entry, new_entry
from hingewise.training.names import LibraryNames, names_of
from hingewise.training.notation import Names, format_performed, parse_performed

FIT = "fit"


def load_names(own: Path | None) -> LibraryNames:
    """Return the names of the library's exercises, with a folder of one's own if there is one."""
    return names_of(load_library() if own is None else load_with_own(own))


@contextmanager
def open_journal(environment: Mapping[str, str], home: Path) -> Iterator[Journal]:
    """Open the journal of this user, made where there is none."""
    engine = open_database(default_url(environment, home))
    try:
        yield Journal(engine=engine)
    finally:
        engine.dispose()


def write_down(
    line: str, names: Names, *, on: date, now: datetime, pain: int | None, note: str
) -> Entry:
    """Make an entry of one line, as ``notation.parse_performed`` reads it."""
    return new_entry(parse_performed(line, names), on=on, now=now, pain=pain, note=note)


def back_up(journal: Journal, file: Path, *, now: datetime) -> Counts:
    """Write the whole journal into a new file, and return how much it holds.

    Raises
    ------
    OutputError
        If the file is there already, or cannot be written.
    """
    check_free(file)
    copy = everything(journal.engine)
    with (
        whole_file(file, hint="Free some space, or name another folder.") as part,
        part.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        stream.write(write_document(copy, made_at=now))
        stream.flush()
        os.fsync(stream.fileno())  # a copy must be there even if the power goes now
    return copy.counts


def export(
    entries: Sequence[Entry], file: Path, form: str, names: LibraryNames, *, now: datetime
) -> None:
    """Write entries into a new file.

    Parameters
    ----------
    entries
        In their order.
    file
        Its name tells the form where nobody says it.
    form
        One of ``csv_export.FORMS``, "fit", or "" for what the name says.
    names
        Knows the exercises.
    now
        When it is written.

    Raises
    ------
    OptionError
        If the form is not known.
    OutputError
        If the file is there already, or cannot be written.
    """
    form = form or (FIT if file.suffix.lower() == f".{FIT}" else next(iter(FORMS)))
    if form not in (*FORMS, FIT):
        raise OptionError(f"--format: expected one of {', '.join((*FORMS, FIT))}, got {form!r}.")
    check_free(file)
    with whole_file(file, hint="Free some space, or name another folder.") as part:
        if form == FIT:
            part.write_bytes(write_fit(entries, names, made_at=now))
        else:
            part.write_text(write_csv(entries, form, names), encoding="utf-8", newline="")


def check_free(file: Path) -> None:
    """Check that nothing is written over.

    Raises
    ------
    OutputError
        If the file is there already.
    """
    if file.exists():
        raise OutputError(
            f"{file}: expected a name that is free, but this file is there already.",
            hint="Name another one, or move it away.",
        )


def read_bytes(file: Path, what: str) -> bytes:
    """Read a file in which ``what`` is expected.

    Raises
    ------
    JournalFormatError
        If it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise JournalFormatError(f"{file}: expected {what}, got: {error.strerror}.") from error


def read_copy(file: Path, *, today: date) -> Copy:
    """Read what ``back_up`` wrote.

    Raises
    ------
    JournalFormatError
        If the file is no copy of a journal.
    """
    text = read_bytes(file, "a copy of a journal")
    return read_document(text, name=str(file), today=today)


def as_document(entry: Entry, names: Names) -> dict[str, Any]:
    """An entry for other programs: days and times in ISO 8601, loads as they were entered."""
    return {
        "id": entry.id,
        "on": entry.on.isoformat(),
        "entered_at": entry.entered_at.isoformat(),
        "exercise": entry.exercise,
        "line": format_performed(entry.sets, names),
        "pain": entry.pain,
        "note": entry.note,
        "sets": [asdict(each) for each in entry.sets],
    }
