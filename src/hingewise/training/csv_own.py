"""The journal as a table of our own: a row for each set, read back exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import cast, get_args

from hingewise.errors import TrainingError
from hingewise.training.csv_table import Table, unguard
from hingewise.training.imported import Imported
from hingewise.training.journal import Entry, check_day
from hingewise.training.load import Kind, Load, MassUnit
from hingewise.training.notation import Names
from hingewise.training.sets import PerformedSet

OWN = (
    "id", "day", "entered_at", "exercise", "pain", "entry_note", "set", "repetitions", "hold",
    "load_kind", "load_value", "load_unit", "load_count", "load_band", "rir", "tempo", "note",
)  # fmt: skip
"""Columns of our own table, a row for each set."""


def is_own(table: Table) -> bool:
    """Whether ``write_csv`` wrote a table in our own form."""
    return table.header == OWN


def read_own(table: Table, *, today: date) -> Imported:
    """Read our own table back, exactly; days later than tomorrow are wrong."""
    problems: list[str] = []
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for line, cells in table.rows:
        if len(cells) != len(OWN):
            problems.append(f"line {line}: expected {len(OWN)} cells, got {len(cells)}")
            continue
        row = dict(zip(OWN, map(unguard, cells), strict=True))
        groups.setdefault(row["id"], []).append((line, row))
    entries: list[Entry] = []
    for rows in groups.values():
        try:
            entry = own_entry([row for _, row in rows])
            check_day(entry.on, today)
        except (TrainingError, ValueError, OverflowError) as error:
            problems.append(f"line {rows[0][0]}: {error}")
        else:
            entries.append(entry)
    return Imported(entries=tuple(entries), left_out={}, problems=tuple(problems))


def own_rows(entries: Iterable[Entry], names: Names | None = None) -> Iterator[tuple[object, ...]]:
    """Rows under ``OWN``; exercises stand there by their ids, so names are not asked."""
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


def own_entry(rows: Sequence[Mapping[str, str]]) -> Entry:
    """Make an entry of its rows: cells by ``OWN``, as ``own_rows`` fills them.

    Raises
    ------
    TrainingError, ValueError, OverflowError
        If something in them cannot be.
    """
    first = rows[0]
    return Entry(
        id=first["id"],
        on=date.fromisoformat(first["day"]),
        entered_at=datetime.fromisoformat(first["entered_at"]),
        sets=tuple(_set(row) for row in rows),
        pain=int(first["pain"]) if first["pain"] else None,
        note=first["entry_note"],
    )


def _set(row: Mapping[str, str]) -> PerformedSet:
    kind, unit = row["load_kind"], row["load_unit"]
    if kind not in get_args(Kind) or unit not in get_args(MassUnit):
        raise TrainingError(
            f"expected a load of {', '.join(get_args(Kind))} in {' or '.join(get_args(MassUnit))}, "
            f"got {kind} in {unit}."
        )
    return PerformedSet(
        exercise=row["exercise"],
        repetitions=int(row["repetitions"]),
        hold=row["hold"] == "1",
        load=Load(
            kind=cast("Kind", kind),
            value=float(row["load_value"]),
            unit=cast("MassUnit", unit),
            count=int(row["load_count"]),
            band=row["load_band"],
        ),
        rir=float(row["rir"]) if row["rir"] else None,
        tempo=row["tempo"],
        note=row["note"],
    )
