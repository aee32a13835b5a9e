"""The whole database as a copy, and a copy brought back into it: all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from hingewise.errors import StoreError
from hingewise.plain import reader
from hingewise.store.database import writing
from hingewise.store.journal import Journal, bring_back_entries
from hingewise.store.plans import Plans, change_row, plan_row, read_plan
from hingewise.store.rows import technique_row, unwritten
from hingewise.store.tables import PLAN, PLAN_CHANGE, TECHNIQUE
from hingewise.training.changes import Change
from hingewise.training.copies import Copy, Counts
from hingewise.training.plan import KeptPlan
from hingewise.training.technique import Technique

_Record = TypeVar("_Record", KeptPlan, Change, Technique)


def everything(engine: Engine) -> Copy:
    """Return all that is in a database, with what was taken out of it.

    What names others is read before them: whatever another program writes meanwhile, the copy
    holds nothing about what is not in it.
    """
    plans = Plans(engine=engine)
    techniques = tuple(plans.techniques())
    changes = tuple(plans.changes())
    return Copy(
        techniques=techniques,
        changes=changes,
        plans=tuple(plans.all()),
        entries=tuple(Journal(engine=engine).everything()),
    )


def bring_back(engine: Engine, copy: Copy) -> Counts:
    """Write what is not there yet, all of it or none, and return how much it was.

    What is there already stays as it is. Changes of a plan are numbered: those of the copy must go
    on from those that are there, or be there already.

    Raises
    ------
    StoreError
        If something of the same id says something else, a plan was changed otherwise here, or the
        database cannot be written.
    """
    try:
        with writing(engine) as connection:
            n_entries = bring_back_entries(connection, copy.entries)
            plans = _new(copy.plans, _plans_there(connection), "plans")
            if plans:
                connection.execute(insert(PLAN), [plan_row(each) for each in plans])
            n_changes = _bring_back_changes(connection, copy)
            told = _new(copy.techniques, _techniques_there(connection), "judged sets")
            if told:
                connection.execute(insert(TECHNIQUE), [technique_row(each) for each in told])
    except DBAPIError as error:
        raise unwritten(error) from error
    return Counts(entries=n_entries, plans=len(plans), changes=n_changes, techniques=len(told))


def _new(records: Sequence[_Record], there: dict[str, _Record], what: str) -> list[_Record]:
    """Those that are not there; refused where one says something else there."""
    new = [each for each in records if there.get(each.id) != each]
    n_other = sum(each.id in there for each in new)
    if n_other:
        raise StoreError(
            f"expected {what} as they are in the journal, got {n_other} that say something else "
            "there.",
            hint="Nothing was written. They come from another journal.",
        )
    return new


def _bring_back_changes(connection: Connection, copy: Copy) -> int:
    """Write the changes that go on from those that are there, and return how many it was."""
    there = _changes_there(connection)
    _new(copy.changes, {each.id: each for each in there}, "changes")
    rows: list[dict[str, Any]] = []
    for plan in copy.plans:
        known = [each.id for each in there if each.plan == plan.id]
        mine = [each for each in copy.changes if each.plan == plan.id]
        both = min(len(known), len(mine))
        if known[:both] != [each.id for each in mine[:both]]:
            raise StoreError(
                f"expected a plan that goes on as the one in the journal, but {plan.id[:6]} was "
                "changed otherwise there.",
                hint="Nothing was written. Bring the copy back into an empty journal.",
            )
        rows += [change_row(each, number) for number, each in enumerate(mine, 1) if number > both]
    if rows:
        connection.execute(insert(PLAN_CHANGE), rows)
    return len(rows)


def _plans_there(connection: Connection) -> dict[str, KeptPlan]:
    return {row.id: read_plan(row) for row in connection.execute(select(PLAN))}


def _changes_there(connection: Connection) -> list[Change]:
    wanted = select(PLAN_CHANGE.c.content).order_by(PLAN_CHANGE.c.plan_id, PLAN_CHANGE.c.number)
    return [_read(Change, text) for text in connection.scalars(wanted)]


def _techniques_there(connection: Connection) -> dict[str, Technique]:
    found = [_read(Technique, text) for text in connection.scalars(select(TECHNIQUE.c.content))]
    return {each.id: each for each in found}


def _read(kind: Any, text: str) -> Any:
    return reader(kind)(json.loads(text))
