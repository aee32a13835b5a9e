"""A whole journal as one document: for copies of it, and for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from hingewise.errors import JournalFormatError, TrainingError
from hingewise.training.journal import Kept, check_day

FORMAT = "hingewise-journal"
VERSION = (1, 0)
"""Major and minor: a document of a newer one is refused, for something of it would be lost."""

_KEPT = TypeAdapter(Kept)


def write_document(kept: Iterable[Kept], *, made_at: datetime) -> str:
    """Write a journal as JSON, one entry a line; ``read_document`` reads it back exactly."""
    head = {
        "format": FORMAT,
        "version": ".".join(map(str, VERSION)),
        "made_at": made_at.isoformat(),
    }
    lines = ",\n".join(f"  {_KEPT.dump_json(each).decode()}" for each in kept)
    return f'{json.dumps(head)[:-1]}, "entries": [\n{lines}\n]}}\n'


def read_document(text: str | bytes, *, name: str, today: date) -> list[Kept]:
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
        If it is none or of a newer version, or entries are wrong; all that are stand in it.
    """
    items = _items(text, name)
    problems: list[str] = []
    kept: list[Kept] = []
    for number, item in enumerate(items, start=1):
        try:
            each = _KEPT.validate_json(json.dumps(item), strict=True)
            check_day(each.entry.on, today)
        except ValidationError as error:
            problems += [f"entry {number}: {said}" for said in _explain(error)]
        except TrainingError as error:
            problems.append(f"entry {number}: {error}")
        else:
            kept.append(each)
    ids = [each.entry.id for each in kept]
    if len(set(ids)) < len(ids):
        problems.append(
            f"expected entries with ids of their own, got {len(ids) - len(set(ids))} twice"
        )
    if problems:
        raise JournalFormatError(
            f"{name}: expected entries without mistakes, found {len(problems)}.",
            problems=tuple(problems),
            hint="Nothing was written.",
        )
    return kept


def _items(text: str | bytes, name: str) -> list[Any]:
    """The entries of a document, unread."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise JournalFormatError(f"{name}: expected JSON, got something else.") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise JournalFormatError(
            f"{name}: expected a journal, got another document.",
            hint="hingewise backup FILE writes one.",
        )
    version = str(document.get("version"))
    if not _is_known(version):
        raise JournalFormatError(
            f"{name}: expected version {'.'.join(map(str, VERSION))} or older, got {version}.",
            hint="A newer hingewise has made it: install that one.",
        )
    items = document.get("entries")
    if not isinstance(items, list):
        raise JournalFormatError(f"{name}: expected a list of entries, got none.")
    return items


def _is_known(version: str) -> bool:
    parts = version.split(".")
    return all(part.isdecimal() for part in parts) and tuple(map(int, parts)) <= VERSION


def _explain(error: ValidationError) -> Iterator[str]:
    for each in error.errors():
        where = ".".join(str(part) for part in each["loc"])
        yield f"{where}: {each['msg'].lower()}"
