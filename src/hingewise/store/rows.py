"""What all tables need: moments as they were, and what to say where a database does not write."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import DBAPIError

from hingewise.errors import StoreError
from hingewise.plain import to_text
from hingewise.store.database import is_busy, reason_of
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


def technique_row(technique: Technique) -> dict[str, Any]:
    """Return the row of how the sets of an entry looked."""
    return {
        "id": technique.id,
        "entry_id": technique.entry,
        "told_at": technique.told_at.astimezone(UTC),
        "content": to_text(technique),
    }
