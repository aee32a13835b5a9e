"""A whole journal as one document: for copies of it, and for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from hingewise.errors import JournalFormatError, TrainingError
from hingewise.training.changes import Change
from hingewise.training.copies import Copy
from hingewise.training.journal import Kept, check_day
from hingewise.training.json_reading import Form, explain
from hingewise.training.plan import KeptPlan
from hingewise.training.technique import Technique

FORM = Form(
    format="hingewise-journal",
    version=(1, 1),
    what="a journal",
    made_by="hingewise backup FILE",
)
KINDS = ("entries", "plans", "changes", "techniques")
ENTRIES_ONLY = (1, 0)
"""Documents of this version know no plans and no techniques."""

_Record = TypeVar("_Record")

_KEPT = TypeAdapter(Kept)
_PLAN = TypeAdapter(KeptPlan)
_CHANGE = TypeAdapter(Change)
_TECHNIQUE = TypeAdapter(Technique)


def write_document(copy: Copy, *, made_at: datetime) -> str:
    """Write a journal as JSON, one record a line; ``read_document`` reads it back exactly."""
    head = json.dumps({**FORM.head(), "made_at": made_at.isoformat()})
    lists = (
        _write_list("entries", copy.entries, _KEPT),
        _write_list("plans", copy.plans, _PLAN),
        _write_list("changes", copy.changes, _CHANGE),
        _write_list("techniques", copy.techniques, _TECHNIQUE),
    )
    return f"{head[:-1]}, {', '.join(lists)}}}\n"


def read_document(text: str | bytes, *, name: str, today: date) -> Copy:
    """Read a journal from JSON.

    Parameters
    ----------
    text
        The document.
    name
        Of its file, for errors.
    today
        What is later than tomorrow was not done yet.

    Raises
    ------
    JournalFormatError
        If it is none or of a newer version, or records are wrong; all that are stand in it.
    """
    document, version = FORM.open(text, name)
    lists = _lists(document, name, only_entries=version <= ENTRIES_ONLY)
    problems: list[str] = []
    copy = Copy(
        entries=_read_all(lists["entries"], "entry", _KEPT, problems, _check_day(today)),
        plans=_read_all(lists["plans"], "plan", _PLAN, problems),
        changes=_read_all(lists["changes"], "change", _CHANGE, problems),
        techniques=_read_all(lists["techniques"], "technique", _TECHNIQUE, problems),
    )
    # What could not be read is missing from the copy: no reason to say that others name it.
    problems += [*copy.twice(), *(copy.lost() if not problems else ())]
    if problems:
        raise JournalFormatError(
            f"{name}: expected a journal without mistakes, found {len(problems)}.",
            problems=tuple(problems),
            hint="Nothing was written.",
        )
    return copy


def _write_list(kind: str, records: Iterable[_Record], adapter: TypeAdapter[_Record]) -> str:
    lines = ",\n".join(f"  {adapter.dump_json(each).decode()}" for each in records)
    return f'"{kind}": [\n{lines}\n]'


def _lists(document: dict[str, Any], name: str, *, only_entries: bool) -> dict[str, list[Any]]:
    """The records of each kind, unread."""
    lists: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for kind in KINDS[:1] if only_entries else KINDS:
        items = document.get(kind)
        if not isinstance(items, list):
            raise JournalFormatError(f"{name}: expected a list of {kind}, got none.")
        lists[kind] = items
    return lists


def _read_all(
    items: Iterable[Any],
    what: str,
    adapter: TypeAdapter[_Record],
    problems: list[str],
    check: Callable[[_Record], None] | None = None,
) -> tuple[_Record, ...]:
    """Read records of one kind; what is wrong with the others is added to the problems."""
    found = []
    for number, item in enumerate(items, start=1):
        try:
            each = adapter.validate_json(json.dumps(item), strict=True)
            if check is not None:
                check(each)
        except ValidationError as error:
            problems += [f"{what} {number}: {said}" for said in explain(error)]
        except TrainingError as error:
            problems.append(f"{what} {number}: {error}")
        else:
            found.append(each)
    return tuple(found)


def _check_day(today: date) -> Callable[[Kept], None]:
    return lambda kept: check_day(kept.entry.on, today)
