"""The journal as tables: our own, and those that other programs read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from hingewise.training.csv_own import OWN, own_rows
from hingewise.training.csv_table import guard
from hingewise.training.intensity import rpe_from_rir
from hingewise.training.journal import Entry
from hingewise.training.notation import Names
from hingewise.training.sets import PerformedSet

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
    writer.writerows([guard(cell) for cell in row] for row in rows(entries, names))
    return text.getvalue()


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
    "csv": (OWN, own_rows),
    "hevy": (HEVY, _hevy_rows),
    "strong": (STRONG, _strong_rows),
}
"""Every table that can be written."""
