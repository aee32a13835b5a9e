"""What all tables need: moments as they were, and what to say where a database does not write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, text
from sqlalchemy.exc import DBAPIError

from hingewise.errors import StoreError
from hingewise.plain import to_text
from hingewise.store.database import POSTGRESQL, is_busy, reason_of
from hingewise.training.technique import Technique


def in_utc(moment: datetime) -> datetime:
    """SQLite forgets the zone; all moments are written in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def unwritten(error: DBAPIError) -> StoreError:
    """Return what to say where the database does not take it."""
    busy = is_busy(error)
    return StoreError(
        f"expected to write the journal, got: {reason_of(error)}.",
        hint="Nothing was written: "
        + ("another program is writing; try again." if busy else "free some space or try again."),
    )


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of one shape; to a server they go as one value, and become rows there.

    One by one, ten years took PostgreSQL 18 s, for each value of each row is asked about by itself.
    """
    if connection.dialect.name != POSTGRESQL:
        connection.execute(insert(table), list(rows))
        return
    columns = [table.c[name] for name in rows[0]]
    names = ", ".join(column.name for column in columns)
    shape = ", ".join(f"{each.name} {each.type.compile(connection.dialect)}" for each in columns)
    plain = json.dumps(list(rows), default=lambda value: value.isoformat())
    connection.execute(
        text(
            f"INSERT INTO {table.name} ({names}) SELECT {names} "
            f"FROM json_to_recordset(CAST(:rows AS json)) AS found({shape})"
        ),
        {"rows": plain},
    )


def technique_row(technique: Technique) -> dict[str, Any]:
    """Return the row of how the sets of an entry looked."""
    return {
        "id": technique.id,
        "entry_id": technique.entry,
        "told_at": technique.told_at.astimezone(UTC),
        "content": to_text(technique),
    }
