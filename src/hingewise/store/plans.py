"""Plans in their tables: made once, changed only by adding what changed; and how sets looked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from sqlalchemy import Engine, Row, func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from hingewise.errors import StoreError
from hingewise.plain import reader, to_text
from hingewise.store.database import reason_of, writing
from hingewise.store.rows import in_utc, technique_row, unwritten
from hingewise.store.tables import ENTRY, PLAN, PLAN_CHANGE, TECHNIQUE
from hingewise.training.changes import Change
from hingewise.training.plan import KeptPlan, Plan
from hingewise.training.technique import Technique

MAX_IN_QUERY = 500
"""So many ids are asked for at a time: databases take only so many values in one question."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plans:
    """Plans, changes and techniques of one database, which ``database.open_database`` opened."""

    engine: Engine

    def add(self, kept: KeptPlan) -> None:
        """Write a plan.

        Raises
        ------
        StoreError
            If it is there already, or the database cannot be written.
        """
        self._write(insert(PLAN), [plan_row(kept)])

    def latest(self) -> KeptPlan | None:
        """Return the plan that counts, None where none was made."""
        wanted = select(PLAN).order_by(PLAN.c.made_at.desc(), PLAN.c.id.desc()).limit(1)
        with self.engine.connect() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else read_plan(row)

    def latest_id(self) -> str | None:
        """Return the id of the plan that counts, None where none was made."""
        wanted = select(PLAN.c.id).order_by(PLAN.c.made_at.desc(), PLAN.c.id.desc()).limit(1)
        with self.engine.connect() as connection:
            return connection.scalar(wanted)

    def all(self) -> list[KeptPlan]:
        """Return every plan, the oldest first."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(PLAN).order_by(PLAN.c.made_at, PLAN.c.id)).all()
        return [read_plan(row) for row in rows]

    def changes(self, plan: str = "") -> list[Change]:
        """Return what was changed of a plan, or of all of them, in its order."""
        wanted = select(PLAN_CHANGE.c.content).order_by(PLAN_CHANGE.c.plan_id, PLAN_CHANGE.c.number)
        if plan:
            wanted = wanted.where(PLAN_CHANGE.c.plan_id == plan)
        with self.engine.connect() as connection:
            return [_read_change(text) for text in connection.scalars(wanted)]

    def change(self, changes: Sequence[Change], *, known: int) -> None:
        """Add changes to a plan, all of them or none.

        Parameters
        ----------
        changes
            Of one plan.
        known
            How many there were when these were decided.

        Raises
        ------
        StoreError
            If another program was first, or the database cannot be written.
        """
        if not changes:
            return
        plan = changes[0].plan
        try:
            with writing(self.engine) as connection:
                there = connection.scalar(select(func.count()).where(PLAN_CHANGE.c.plan_id == plan))
                if there != known:
                    raise StoreError(
                        f"expected a plan with {known} changes, got one with {there}: another "
                        "program has changed it meanwhile.",
                        hint="Say it again.",
                    )
                rows = [change_row(each, known + n) for n, each in enumerate(changes, start=1)]
                connection.execute(insert(PLAN_CHANGE), rows)
        except DBAPIError as error:
            raise unwritten(error) from error

    def tell(self, techniques: Iterable[Technique]) -> None:
        """Write how sets looked, all of it or none.

        Raises
        ------
        StoreError
            If the entries are not there, or the database cannot be written.
        """
        rows = [technique_row(each) for each in techniques]
        if rows:
            self._write(insert(TECHNIQUE), rows)

    def techniques(self, entries: Sequence[str] | None = None) -> list[Technique]:
        """Return how the sets of some entries looked, or of all, the oldest word first."""
        order = (TECHNIQUE.c.told_at, TECHNIQUE.c.id)
        wanted = select(TECHNIQUE.c.content).order_by(*order)
        with self.engine.connect() as connection:
            if entries is None:
                return [_read_technique(text) for text in connection.scalars(wanted)]
            found: list[str] = []
            for start in range(0, len(entries), MAX_IN_QUERY):
                some = entries[start : start + MAX_IN_QUERY]
                found += connection.scalars(wanted.where(TECHNIQUE.c.entry_id.in_(some))).all()
        return [_read_technique(text) for text in found]

    def looked(self, *, since: date, exercise: str = "") -> list[tuple[date, str, Technique]]:
        """Return how sets looked from a day on, with the day and the exercise; the oldest first."""
        wanted = (
            select(ENTRY.c.on_day, ENTRY.c.exercise, TECHNIQUE.c.content)
            .join_from(TECHNIQUE, ENTRY, ENTRY.c.id == TECHNIQUE.c.entry_id)
            .where(ENTRY.c.removed_at.is_(None), ENTRY.c.on_day >= since)
            .order_by(ENTRY.c.on_day, TECHNIQUE.c.told_at, TECHNIQUE.c.id)
        )
        if exercise:
            wanted = wanted.where(ENTRY.c.exercise == exercise)
        with self.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [(row.on_day, row.exercise, _read_technique(row.content)) for row in rows]

    def _write(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        try:
            with writing(self.engine) as connection:
                connection.execute(statement, rows)
        except DBAPIError as error:
            # PostgreSQL's driver calls only some broken rules so
            is_rule = isinstance(error, IntegrityError) or "violates" in reason_of(error)
            if not is_rule:
                raise unwritten(error) from error
            raise StoreError(
                "expected something new about what is in the journal, got what is there already, "
                "or is about what is not.",
                hint="Nothing was written.",
            ) from error


def plan_row(kept: KeptPlan) -> dict[str, Any]:
    """Return the row of a plan."""
    return {
        "id": kept.id,
        "made_at": kept.made_at.astimezone(UTC),
        "started_on": kept.started_on,
        "content": to_text(kept.plan),
    }


def read_plan(row: Row[Any]) -> KeptPlan:
    """Return the plan of a row."""
    made: Plan = reader(Plan)(json.loads(row.content))
    return KeptPlan(id=row.id, made_at=in_utc(row.made_at), started_on=row.started_on, plan=made)


def change_row(change: Change, number: int) -> dict[str, Any]:
    """Return the row of a change, which is the so-and-so-many-th of its plan from 1."""
    return {
        "id": change.id,
        "plan_id": change.plan,
        "number": number,
        "content": to_text(change),
    }


def _read_change(text: str) -> Change:
    made: Change = reader(Change)(json.loads(text))
    return made


def _read_technique(text: str) -> Technique:
    made: Technique = reader(Technique)(json.loads(text))
    return made
