"""The journal as tables: our own, read back exactly, and those that other programs read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast

from hingewise.errors import JournalFormatError, TrainingError
from hingewise.training.csv_table import Table
from hingewise.training.intensity import rpe_from_rir
from hingewise.training.journal import Entry
from hingewise.training.load import Kind, Load, MassUnit
from hingewise.training.notation import Names
from hingewise.training.sets import PerformedSet

OWN = (
    "id", "day", "entered_at", "exercise", "pain", "entry_note", "set", "repetitions", "hold",
    "load_kind", "load_value", "load_unit", "load_count", "load_band", "rir", "tempo", "note",
)  # fmt: skip
"""Columns of our own table, a row for each set."""

HEVY = (
    "title", "start_time", "end_time", "description", "exercise_title", "superset_id",
    "exercise_notes", "set_index", "set_type", "weight_kg", "reps", "distance_km",
    "duration_seconds", "rpe",
)  # fmt: skip
STRONG = (
    "Date", "Workout Name", "Exercise Name", "Set Order", "Weight", "Weight Unit", "Reps", "RPE",
    "Distance", "Seconds", "Notes", "Workout Notes",
)  # fmt: skip

TITLE = "hingewise"
NOON = "12:00"
"""The journal knows days; these programs ask for a time."""

_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
"""What spreadsheets take for a formula, and the sign that keeps them from it."""

_Cells = Sequence[object]


def write_csv(entries: Iterable[Entry], form: str, names: Names) -> str:
    """Write a table.

    Parameters
    ----------
    entries
        In their order.
    form
        One of ``FORMS``. ``hevy`` and ``strong`` have no column for bands, tempo and pain.
    names
        Knows the exercises.
    """
    header, rows = FORMS[form]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows(entries, names))
    return text.getvalue()


def is_own(table: Table) -> bool:
    """Whether ``write_csv`` wrote a table in our own form."""
    return table.header == OWN


def read_own(table: Table, *, name: str) -> list[Entry]:
    """Read our own table back, exactly.

    Raises
    ------
    JournalFormatError
        If rows are wrong; all that are stand in it.
    """
    problems: list[str] = []
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for line, cells in table.rows:
        if len(cells) != len(OWN):
            problems.append(f"line {line}: expected {len(OWN)} cells, got {len(cells)}")
            continue
        row = dict(zip(OWN, map(_unsafe, cells), strict=True))
        groups.setdefault(row["id"], []).append((line, row))
    entries: list[Entry] = []
    for rows in groups.values():
        try:
            entries.append(_entry([row for _, row in rows]))
        except (TrainingError, ValueError) as error:
            problems.append(f"line {rows[0][0]}: {error}")
    if problems:
        raise JournalFormatError(
            f"{name}: expected rows without mistakes, found {len(problems)}.",
            problems=tuple(problems),
            hint="Nothing was written. Mend these lines and say it again.",
        )
    return entries


def _own_rows(entries: Iterable[Entry], names: Names) -> Iterator[_Cells]:
    del names
    for entry in entries:
        head = (entry.id, entry.on, entry.entered_at.isoformat(), entry.exercise)
        for number, each in enumerate(entry.sets, start=1):
            yield (
                *head,
                "" if entry.pain is None else entry.pain,
                entry.note,
                number,
                each.repetitions,
                int(each.hold),
                each.load.kind,
                repr(each.load.value),
                each.load.unit,
                each.load.count,
                each.load.band,
                "" if each.rir is None else each.rir,
                each.tempo,
                each.note,
            )


def _hevy_rows(entries: Iterable[Entry], names: Names) -> Iterator[_Cells]:
    for entry in entries:
        moment = f"{entry.on.day} {entry.on:%b %Y}, {NOON}"
        for number, each in enumerate(entry.sets):
            mass = f"{each.load.mass_kg:g}" if each.load.kind == "mass" else ""
            reps, seconds = _counts(each)
            yield (
                *(TITLE, moment, moment, entry.note, names.title(entry.exercise), ""),
                *(each.note, number, "normal", mass, reps, "", seconds, _rpe(each)),
            )


def _strong_rows(entries: Iterable[Entry], names: Names) -> Iterator[_Cells]:
    for entry in entries:
        moment = f"{entry.on} {NOON}:00"
        for number, each in enumerate(entry.sets, start=1):
            heavy = each.load.kind == "mass"
            mass = f"{each.load.value * each.load.count:g}" if heavy else "0"
            reps, seconds = _counts(each)
            yield (
                *(moment, TITLE, names.title(entry.exercise), number, mass, each.load.unit),
                *(reps or 0, _rpe(each), "0", seconds or 0, each.note, entry.note),
            )


def _counts(each: PerformedSet) -> tuple[object, object]:
    """Repetitions and seconds; one of them is empty."""
    return ("", each.repetitions) if each.hold else (each.repetitions, "")


def _rpe(each: PerformedSet) -> str:
    return "" if each.rir is None else f"{rpe_from_rir(each.rir):g}"


FORMS: dict[str, tuple[tuple[str, ...], Callable[[Iterable[Entry], Names], Iterator[_Cells]]]] = {
    "csv": (OWN, _own_rows),
    "hevy": (HEVY, _hevy_rows),
    "strong": (STRONG, _strong_rows),
}
"""Every table that can be written."""


def _safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_RISKY) else cell


def _unsafe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def _entry(rows: list[dict[str, str]]) -> Entry:
    first = rows[0]
    return Entry(
        id=first["id"],
        on=datetime.strptime(first["day"], "%Y-%m-%d").date(),
        entered_at=datetime.fromisoformat(first["entered_at"]),
        sets=tuple(_set(row) for row in rows),
        pain=int(first["pain"]) if first["pain"] else None,
        note=first["entry_note"],
    )


def _set(row: dict[str, str]) -> PerformedSet:
    kind, unit = row["load_kind"], row["load_unit"]
    if kind not in ("mass", "body", "band") or unit not in ("kg", "lb"):
        raise TrainingError(
            f"expected a load of mass, body or band in kg or lb, got {kind} {unit}."
        )
    return PerformedSet(
        exercise=row["exercise"],
        repetitions=int(row["repetitions"]),
        hold=row["hold"] == "1",
        load=Load(
            kind=cast("Kind", row["load_kind"]),
            value=float(row["load_value"]),
            unit=cast("MassUnit", row["load_unit"]),
            count=int(row["load_count"]),
            band=row["load_band"],
        ),
        rir=float(row["rir"]) if row["rir"] else None,
        tempo=row["tempo"],
        note=row["note"],
    )
