"""The journal in its tables: entries in, entries out, each written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, or_, select, true, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import DBAPIError, IntegrityError

from hingewise.errors import StoreError
from hingewise.store.database import writing
from hingewise.store.rows import in_utc, insert_rows, technique_row, unwritten
from hingewise.store.tables import ENTRY, PERFORMED, TECHNIQUE
from hingewise.training.journal import Entry, Kept
from hingewise.training.load import Load
from hingewise.training.sets import PerformedSet
from hingewise.training.technique import Technique

_ALL = (
    select(ENTRY, PERFORMED)
    .join(PERFORMED, PERFORMED.c.entry_id == ENTRY.c.id)
    .order_by(ENTRY.c.on_day, ENTRY.c.entered_at, ENTRY.c.id, PERFORMED.c.number)
)
"""Every set of every entry, in the order in which they were done."""

_SELECT = _ALL.where(ENTRY.c.removed_at.is_(None))
"""Of those that were not taken out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Journal:
    """Entries of one database, which ``database.open_database`` opened."""

    engine: Engine

    def add(self, entries: Iterable[Entry], techniques: Iterable[Technique] = ()) -> None:
        """Write entries and what is known of how they looked, all of it or nothing.

        Raises
        ------
        StoreError
            If one of them is there already, or the database cannot be written.
        """
        rows = list(entries)
        if not rows:
            return
        try:
            with writing(self.engine) as connection:
                connection.execute(insert(ENTRY), [_entry_row(entry) for entry in rows])
                connection.execute(
                    insert(PERFORMED), [row for entry in rows for row in _set_rows(entry)]
                )
                told = [technique_row(each) for each in techniques]
                if told:
                    connection.execute(insert(TECHNIQUE), told)
        except IntegrityError as error:
            raise StoreError(
                "expected new entries, got one that is in the journal already.",
                hint="Nothing was written.",
            ) from error
        except DBAPIError as error:
            raise unwritten(error) from error

    def everything(self) -> list[Kept]:
        """Return all that is in the journal, with what was taken out of it."""
        with self.engine.connect() as connection:
            entries = list(_read(connection.execute(_ALL)))
            # Behind them, for PostgreSQL shows what others write meanwhile; no row ever goes.
            found = connection.execute(select(ENTRY.c.id, ENTRY.c.removed_at))
            removed = {row.id: row.removed_at for row in found}
        moments = ((each, removed[each.id]) for each in entries)
        return [Kept(entry=each, removed_at=at and in_utc(at)) for each, at in moments]

    def last(self, exercise: str, *, before: date) -> Entry | None:
        """Return the latest entry of an exercise before a day."""
        latest = (
            select(ENTRY.c.id)
            .where(ENTRY.c.exercise == exercise, ENTRY.c.on_day < before)
            .where(ENTRY.c.removed_at.is_(None))
            .order_by(ENTRY.c.on_day.desc(), ENTRY.c.entered_at.desc(), ENTRY.c.id.desc())
            .limit(1)
        )
        with self.engine.connect() as connection:
            found = connection.scalar(latest)
            wanted = _ALL.where(ENTRY.c.id == found)
            return next(_read(connection.execute(wanted)), None) if found else None

    def latest(self, exercise: str) -> Entry | None:
        """Return the latest entry of an exercise, None where there is none."""
        latest = (
            select(ENTRY.c.id)
            .where(ENTRY.c.exercise == exercise, ENTRY.c.removed_at.is_(None))
            .order_by(ENTRY.c.on_day.desc(), ENTRY.c.entered_at.desc(), ENTRY.c.id.desc())
            .limit(1)
        )
        with self.engine.connect() as connection:
            found = connection.scalar(latest)
            wanted = _ALL.where(ENTRY.c.id == found)
            return next(_read(connection.execute(wanted)), None) if found else None

    def by_id(self, beginning: str) -> Entry | None:
        """Return the one entry whose id begins like this, None for none or several."""
        if not beginning:
            return None
        meant = (
            select(ENTRY.c.id)
            .where(ENTRY.c.id.startswith(beginning, autoescape=True))
            .where(ENTRY.c.removed_at.is_(None))
            .limit(2)
        )
        with self.engine.connect() as connection:
            found = connection.scalars(meant).all()
            if len(found) != 1:
                return None
            return next(_read(connection.execute(_ALL.where(ENTRY.c.id == found[0]))), None)

    def recent(self, *, since: date, most: int, of: Iterable[str] = ()) -> list[Entry]:
        """Return the latest entries from a day on, the oldest of them first; at most so many.

        ``of`` some exercises, of all where none is named.
        """
        wanted = sorted(of)
        latest = (
            select(ENTRY.c.id)
            .where(ENTRY.c.on_day >= since, ENTRY.c.removed_at.is_(None))
            .where(ENTRY.c.exercise.in_(wanted) if wanted else true())
            .order_by(ENTRY.c.on_day.desc(), ENTRY.c.entered_at.desc(), ENTRY.c.id.desc())
            .limit(most)
        )
        with self.engine.connect() as connection:
            return list(_read(connection.execute(_ALL.where(ENTRY.c.id.in_(latest)))))

    def n_days(
        self, exercises: Iterable[str], *, since: date, before: date, told_after: datetime
    ) -> int:
        """Count the days on which any of these was done, from one day to before another.

        On the first day counts only what was written down after a moment.
        """
        counted = (
            select(func.count(ENTRY.c.on_day.distinct()))
            .where(ENTRY.c.on_day >= since, ENTRY.c.on_day < before)
            .where(
                or_(ENTRY.c.on_day > since, ENTRY.c.entered_at >= told_after.astimezone(UTC)),
            )
            .where(ENTRY.c.removed_at.is_(None), ENTRY.c.exercise.in_(sorted(exercises)))
        )
        with self.engine.connect() as connection:
            return connection.scalar(counted) or 0

    def ids(self) -> set[str]:
        """Return the ids of all entries, those that were taken out too."""
        with self.engine.connect() as connection:
            return set(connection.scalars(select(ENTRY.c.id)))

    def bring_back(self, kept: Iterable[Kept]) -> int:
        """Write what is not there yet, all of it or none, and return how many entries it was.

        What is there already stays as it is, taken out or not.

        Raises
        ------
        StoreError
            If an entry of the same id says something else, or the database cannot be written.
        """
        try:
            with writing(self.engine) as connection:
                return bring_back_entries(connection, kept)
        except DBAPIError as error:
            raise unwritten(error) from error

    def remove(self, beginning: str, now: datetime) -> Entry:
        """Take the entry out whose id begins like this, and return it.

        Raises
        ------
        StoreError
            If there is none or more than one, or the database cannot be written.
        """
        try:
            with writing(self.engine) as connection:
                found = connection.scalars(
                    select(ENTRY.c.id)
                    .where(ENTRY.c.id.startswith(beginning, autoescape=True))
                    .where(ENTRY.c.removed_at.is_(None))
                ).all()
                if len(found) != 1:
                    raise StoreError(
                        f"expected the id of one entry, got {beginning!r}, with which "
                        f"{len(found) or 'none'} {'begin' if found else 'begins'}.",
                        hint="hingewise log list shows them.",
                    )
                removed = next(_read(connection.execute(_SELECT.where(ENTRY.c.id == found[0]))))
                connection.execute(
                    update(ENTRY)
                    .where(ENTRY.c.id == found[0])
                    .values(removed_at=now.astimezone(UTC))
                )
        except DBAPIError as error:
            raise unwritten(error) from error
        return removed

    def entries(self, *, since: date | None = None, exercise: str = "") -> list[Entry]:
        """Read entries, the oldest day first.

        Parameters
        ----------
        since
            The first day, None for all.
        exercise
            Of which exercise, "" for all.
        """
        wanted = _SELECT
        if since is not None:
            wanted = wanted.where(ENTRY.c.on_day >= since)
        if exercise:
            wanted = wanted.where(ENTRY.c.exercise == exercise)
        with self.engine.connect() as connection:
            return list(_read(connection.execute(wanted)))


def bring_back_entries(connection: Connection, kept: Iterable[Kept]) -> int:
    """Write the entries that are not there yet, and return how many it was.

    Raises
    ------
    StoreError
        If an entry of the same id says something else.
    """
    there = {each.id: each for each in _read(connection.execute(_ALL))}
    new = [each for each in kept if there.get(each.entry.id) != each.entry]
    n_other = sum(each.entry.id in there for each in new)
    if n_other:
        raise StoreError(
            f"expected entries as they are in the journal, got {n_other} that say "
            "something else there.",
            hint="Nothing was written. They come from another journal.",
        )
    if new:
        insert_rows(connection, ENTRY, [_kept_row(each) for each in new])
        rows = [row for each in new for row in _set_rows(each.entry)]
        insert_rows(connection, PERFORMED, rows)
    return len(new)


def _entry_row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "on_day": entry.on,
        "entered_at": entry.entered_at.astimezone(UTC),
        "exercise": entry.exercise,
        "pain": entry.pain,
        "note": entry.note,
    }


def _kept_row(kept: Kept) -> dict[str, Any]:
    at = kept.removed_at
    return _entry_row(kept.entry) | {"removed_at": at and at.astimezone(UTC)}


def _set_rows(entry: Entry) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(entry.sets, start=1):
        yield {
            "entry_id": entry.id,
            "number": number,
            "repetitions": each.repetitions,
            "hold": each.hold,
            "load_kind": each.load.kind,
            "load_value": each.load.value,
            "load_unit": each.load.unit,
            "load_count": each.load.count,
            "load_band": each.load.band,
            "rir": each.rir,
            "tempo": each.tempo,
            "note": each.note,
        }


def _read(rows: Iterable[Row[Any]]) -> Iterator[Entry]:
    """Put entries together; rows have the columns of ``_ALL``, read by their places for speed."""
    for _, group in groupby(rows, key=itemgetter(_AT["id"])):
        mine = list(group)
        first = mine[0]
        exercise = first[_AT["exercise"]]
        yield Entry(
            id=first[_AT["id"]],
            on=first[_AT["on_day"]],
            entered_at=in_utc(first[_AT["entered_at"]]),
            sets=tuple(_read_set(exercise, row[_N_OF_ENTRY:]) for row in mine),
            pain=first[_AT["pain"]],
            note=first[_AT["note"]],
        )


_AT = {column.name: place for place, column in enumerate(ENTRY.c)}
_N_OF_ENTRY = len(ENTRY.c)


def _read_set(exercise: str, row: Any) -> PerformedSet:
    """Read a set; ``row`` has the columns of ``PERFORMED`` in their order."""
    _, _, repetitions, hold, kind, value, unit, count, band, rir, tempo, note = row
    return PerformedSet(
        exercise=exercise,
        repetitions=repetitions,
        hold=hold,
        load=Load(kind=kind, value=value, unit=unit, count=count, band=band),
        rir=rir,
        tempo=tempo,
        note=note,
    )
