"""What the command line does with the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hingewise.store.database import default_url, open_database
from hingewise.store.journal import Journal
from hingewise.training.journal import Entry, new_entry
from hingewise.training.names import LibraryNames, known_names, names_of
from hingewise.training.notation import Names, format_performed, parse_performed


def load_names(own: Path | None) -> LibraryNames:
    """Return the names of the library's exercises, with a folder of one's own if there is one."""
    if own is None:
        return known_names()
    from hingewise.library.own import load_with_own

    return names_of(load_with_own(own))


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
