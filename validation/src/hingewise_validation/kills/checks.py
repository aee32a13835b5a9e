"""What must be true of a journal after any kill."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hingewise.store.database import parse_url, read_version
from hingewise.store.tables import ENTRY, METADATA, PERFORMED, VERSION
from sqlalchemy import Connection, create_engine, inspect

from hingewise_validation.kills.places import file_of
from hingewise_validation.kills.points import Records
from hingewise_validation.kills.scenes import OLDER, opened
from hingewise_validation.kills.writes import all_records

VERSION_TABLE = "alembic_version"
OLDER_TABLES = (ENTRY.name, PERFORMED.name)
TABLES: Mapping[str | None, frozenset[str]] = {
    None: frozenset(),
    OLDER: frozenset({*OLDER_TABLES, VERSION_TABLE}),
    VERSION: frozenset({*METADATA.tables, VERSION_TABLE}),
}
"""All tables of a version or none of them: a migration that is half there has others."""

HALVES = {
    "an entry without its sets": "SELECT id FROM entry WHERE id NOT IN (SELECT entry_id FROM performed_set)",
    "an entry without some of its sets": "SELECT entry_id FROM performed_set GROUP BY entry_id "
    "HAVING max(number) <> count(*) OR min(number) <> 1",
}
HALVES_NOW = {
    "a plan without some of its changes": "SELECT plan_id FROM plan_change GROUP BY plan_id "
    "HAVING max(number) <> count(*) OR min(number) <> 1",
}

OWN = re.compile(r"[0-9a-f]{32}|datetime\.(datetime|date)\([^()]*\)")
"""What differs whenever the same is written again: ids, moments, today."""

Rows = dict[str, Counter[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A journal before a program writes: what it holds, and the rows of the tables that the first version had."""

    records: Records
    rows: Rows
    version: str | None


def look_before(url: str, copy: str) -> Before:
    """Look at a journal; ``copy`` is one of it, which the program of today may open."""
    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        version = read_version(connection)
        rows = _rows(connection) if version else {}
    engine.dispose()
    return Before(records=read_records(copy), rows=rows, version=version)


def version_of(url: str) -> str | None:
    """Return which version the tables of a database have, without opening it as the program does."""
    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        version = read_version(connection)
    engine.dispose()
    return version


def read_records(url: str) -> Records:
    """Open a journal with the program, which brings it up to date, and read it."""
    with opened(url) as (journal, plans):
        return all_records(journal, plans)


def find_wrong_tables(url: str, before: Before) -> Iterator[str]:
    """Yield what is wrong in the database itself, before any program has opened it again."""
    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        version = read_version(connection)
        tables = frozenset(inspect(connection).get_table_names())
        if version not in (before.version, VERSION):
            yield f"version {version}, before it was {before.version}"
        if tables != TABLES.get(version):
            yield f"version {version} with the tables {', '.join(sorted(tables))}"
        elif version is not None:
            for what, query in (HALVES | HALVES_NOW if version == VERSION else HALVES).items():
                if connection.exec_driver_sql(query).first() is not None:
                    yield what
            if before.version == OLDER and _rows(connection) != before.rows:
                yield f"version {version} with other rows than before"
        if engine.dialect.name == "sqlite":
            yield from _find_damage(connection)
    engine.dispose()


def find_wrong_records(found: Records, before: Records, acknowledged: Records, in_flight: Records) -> Iterator[str]:
    """Yield what is lost, changed or half there."""
    for key, record in (before | acknowledged).items():
        if key not in found:
            yield f"lost: {record}"
        elif found[key] != record:
            yield f"changed: {record} to {found[key]}"
    rest = {key: each for key, each in found.items() if key not in before and key not in acknowledged}
    whole = {key: each for key, each in in_flight.items() if key not in before}
    if rest and rest != whole:
        yield f"half: {len(rest)} of {len(whole)} records in flight are there as they were to be"


def find_wrong_copies(url: str, before: Before, *, finished: bool) -> Iterator[str]:
    """Yield what is wrong beside a file whose tables were changed: copies under their names are whole.

    Parameters
    ----------
    url
        Of the journal.
    before
        How it was.
    finished
        Whether the change was made to its end; then there is a copy, and nothing unfinished.
    """
    if before.version != OLDER or not url.startswith("sqlite:"):
        return
    file = file_of(url)
    copies = sorted(file.parent.glob(f"{file.stem}-{OLDER}-*{file.suffix}"))
    if finished and not copies:
        yield "no copy was made"
    if finished and list(file.parent.glob("*.part*")):
        yield "a copy that is not whole was left"
    for each in copies:
        yield from _find_wrong_copy(each, before)


def _find_wrong_copy(copy: Path, before: Before) -> Iterator[str]:
    engine = create_engine(f"sqlite:///{copy}")
    try:
        with engine.connect() as connection:
            yield from (f"copy: {each}" for each in _find_damage(connection))
            if read_version(connection) != OLDER or _rows(connection) != before.rows:
                yield "copy: it is not the journal as it was"
    finally:
        engine.dispose()


def _find_damage(connection: Connection) -> Iterator[str]:
    said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if said != ["ok"]:
        yield f"damaged: {'; '.join(map(str, said))}"
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        yield "rows that belong to none"


def _rows(connection: Connection) -> Rows:
    """Every row of the tables that all versions have."""
    return {name: Counter(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in OLDER_TABLES}


def normal(records: Records) -> Counter[str]:
    """Return records in words, without what differs whenever the same is written again."""
    return Counter(OWN.sub("", repr(each)) for each in records.values())
