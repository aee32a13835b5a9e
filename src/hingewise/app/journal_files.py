"""The journal in files: whole copies of it, and tables for other programs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from hingewise.errors import JournalFormatError, OptionError
from hingewise.render.files import check_free, whole_file
from hingewise.store.copying import everything
from hingewise.store.journal import Journal
from hingewise.training.copies import Copy, Counts
from hingewise.training.csv_export import FORMS, write_csv
from hingewise.training.document import read_document, write_document
from hingewise.training.fit_export import write_fit
from hingewise.training.journal import Entry
from hingewise.training.names import LibraryNames

FIT = "fit"
ELSEWHERE = "Free some space, or name another folder."


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
        whole_file(file, hint=ELSEWHERE) as part,
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
    with whole_file(file, hint=ELSEWHERE) as part:
        if form == FIT:
            part.write_bytes(write_fit(entries, names, made_at=now))
        else:
            part.write_text(write_csv(entries, form, names), encoding="utf-8", newline="")


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
