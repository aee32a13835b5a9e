"""Sets out of what wger keeps, as its REST interface gives it: /api/v2/workoutlog/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hingewise.errors import JournalFormatError
from hingewise.training.csv_table import MAX_ROWS
from hingewise.training.document import FORM
from hingewise.training.imported import Imported
from hingewise.training.load import MassUnit
from hingewise.training.names import LibraryNames, find_exercise
from hingewise.training.rows import Row, import_rows
from hingewise.training.wger_json import facts, parse, results
from hingewise.training.wger_names import ADDRESS, ExerciseNames, by_number, names_in

MAX_SHOWN = 12
"""So many exercises without a name are told in an error."""

MAX_LETTERS = 60
"""So much of a value that is wrong is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logs:
    """What a document holds: logs, each a set, and how many more wger has elsewhere."""

    items: tuple[Mapping[str, Any], ...]
    n_elsewhere: int = 0


def read_logs(content: bytes, *, name: str) -> Logs:
    """Read logs: a page as wger gives it, a list of pages, or a list of logs.

    Raises
    ------
    JournalFormatError
        If it is something else, too large, or has other things between its logs.
    """
    document = parse(content, name=name)
    items, n_all = results(document)
    if items is None or (items and not _is_log(items[0])):
        ours = isinstance(document, dict) and document.get("format") == FORM.format
        raise JournalFormatError(
            f"{name}: expected logs of wger, got other JSON.",
            hint="It is a copy of a journal: hingewise restore FILE brings it back."
            if ours
            else "Save what wger answers at /api/v2/workoutlog/?limit=10000 into this file.",
        )
    if len(items) > MAX_ROWS:
        raise JournalFormatError(f"{name}: expected up to {MAX_ROWS} logs, got {len(items)}.")
    problems = tuple(
        f"log {number}: expected the exercise and the date of a set, got {_text(item)}"
        for number, item in enumerate(items, start=1)
        if not _is_log(item)
    )
    if problems:
        raise JournalFormatError(
            f"{name}: expected logs without mistakes, found {len(problems)}.",
            problems=problems,
            hint="Nothing was written.",
        )
    return Logs(items=tuple(items), n_elsewhere=max(0, n_all - len(items)))


def name_exercises(logs: Logs, names: ExerciseNames, *, name: str) -> ExerciseNames:
    """Return what all exercises of logs are called, as far as anybody says.

    Parameters
    ----------
    logs
        Whose exercises may carry names themselves.
    names
        What was said beside them; empty where nobody said.
    name
        Of the file, for errors.

    Raises
    ------
    JournalFormatError
        If there are numbers alone.
    """
    nested = by_number([each for item in logs.items for each in names_in(_get(item, "exercise"))])
    called = {**nested, **names}
    keys = dict.fromkeys(_exercise(item) for item in logs.items)
    nameless = [key for key in keys if key not in called and key.isdecimal()]
    if nameless and not called:
        shown = ", ".join(nameless[:MAX_SHOWN]) + (", ..." if len(nameless) > MAX_SHOWN else "")
        raise JournalFormatError(
            f"{name}: expected names of exercises, got wger's numbers alone: {shown}.",
            hint=f"Save what the same wger answers at {ADDRESS} too, and add --names FILE.",
        )
    return called


def import_logs(
    logs: Logs,
    called: ExerciseNames,
    names: LibraryNames,
    *,
    unit: MassUnit | None,
    today: date,
) -> Imported:
    """Make entries of logs; sets of one exercise in one session of wger are one.

    Parameters
    ----------
    logs
        As they were read.
    called
        What wger calls its exercises, as ``name_exercises`` says.
    names
        Knows our exercises.
    unit
        Of weights where a log does not say it; None where nobody said.
    today
        What is later than tomorrow was not done yet.
    """
    titles = {key: _title(each, names) for key, each in called.items()}
    return import_rows(_rows(logs, titles), names, unit=unit, today=today)


def _title(called: tuple[str, ...], names: LibraryNames) -> str:
    """The name by which the library knows an exercise, or the first one."""
    return next((each for each in called if find_exercise(each, names)), called[0])


def _rows(logs: Logs, titles: Mapping[str, str]) -> Iterator[Row]:
    for number, item in enumerate(logs.items, start=1):
        own_id = f" (id {_text(item['id'])})" if "id" in item else ""
        key = _exercise(item)
        cells = {field: _text(_get(item, field)) for field in ("moment", "rir")}
        cells["exercise"] = titles.get(key) or (f"exercise {key}" if key.isdecimal() else key)
        counts, why_not = _counts(item)
        weights, why_no_weight = _weights(item)
        yield Row(
            where=f"log {number}{own_id}",
            cells={**cells, **counts, **weights},
            session=_text(_get(item, "session")) or cells["moment"][: len("2026-11-28")],
            unusable=why_not or why_no_weight,
        )


def _counts(item: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """Repetitions or seconds, and why it has none of both."""
    count = _text(_get(item, "repetitions"))
    unit = _text(_get(item, "repetitions_unit")) or "1"
    meaning = facts()["repetitions"].get(unit)
    if meaning is None:
        return {}, facts()["no_repetitions"].get(unit, f"counted in unit {unit} of this wger")
    if not count.strip("0."):
        return {}, "no repetitions"
    if meaning == "repetitions":
        return {"repetitions": count}, ""
    return {"hold_s": count if meaning == "seconds" else f"{count}:0"}, ""


def _weights(item: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """The weight with its unit, and why it is none."""
    weight = _text(_get(item, "weight"))
    unit = _text(_get(item, "weight_unit"))
    if not weight.strip("0."):
        return {}, ""
    if not unit:
        return {"weight": weight}, ""
    known = facts()["weights"].get(unit)
    if known is None:
        return {}, facts()["no_weights"].get(unit, f"weight in unit {unit} of this wger")
    return {"weight": weight, "unit": known}, ""


def _is_log(item: object) -> bool:
    return isinstance(item, dict) and all(
        _get(item, field) is not None for field in ("exercise", "moment")
    )


def _get(item: Mapping[str, Any], field: str) -> Any:
    """What a log says in a field, by whichever name this wger has for it."""
    return next((item[name] for name in facts()["fields"][field] if name in item), None)


def _exercise(item: Mapping[str, Any]) -> str:
    """The number of the exercise of a log, or what is written in its place."""
    said = _get(item, "exercise")
    return _text(said.get("id", said.get("name")) if isinstance(said, dict) else said)


def _text(said: object) -> str:
    """What a cell of a table would say; "" of nothing."""
    return "" if said is None else str(said).strip()[:MAX_LETTERS]
