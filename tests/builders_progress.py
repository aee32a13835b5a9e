"""Histories and reports of training with known answers."""

from __future__ import annotations

from datetime import date, timedelta

from hingewise.library.index import Index, IndexedExercise, WeeklySets
from hingewise.training.history import DayTotals

MONDAY = date(2026, 3, 2)
SUNDAY = MONDAY + timedelta(days=6)
LB = 0.45359237

INDEX = Index(
    exercises={
        "lunge": IndexedExercise(
            name="Lunge", aliases=(), equipment=(), target=("glutes",), secondary=("quads",)
        ),
        "bridge": IndexedExercise(
            name="Bridge", aliases=(), equipment=(), target=("glutes",), secondary=()
        ),
    },
    muscles={"glutes": "Glutes", "quads": "Quadriceps"},
    weekly_sets=WeeklySets(text="About ten sets.", n_sets=10, sources=("a",)),
)


def weeks_ago(n: int, *, days: int = 0) -> date:
    """A day so many weeks before the week of ``MONDAY``."""
    return MONDAY - timedelta(weeks=n) + timedelta(days=days)


def loaded(
    on: date,
    mass_kg: float = 50.0,
    *,
    exercise: str = "lunge",
    n_sets: int = 4,
    maximum_kg: float | None = None,
    lb: bool = False,
) -> DayTotals:
    """Sets of five repetitions with a mass."""
    return DayTotals(
        exercise=exercise,
        on=on,
        n_sets=n_sets,
        n_repetitions=5 * n_sets,
        held_s=0,
        n_loaded=n_sets,
        n_lb=n_sets if lb else 0,
        volume_kg=5 * n_sets * mass_kg,
        heaviest_kg=mass_kg,
        maximum_kg=maximum_kg,
    )


def unloaded(on: date, *, exercise: str = "bridge", n_sets: int = 3, held_s: int = 0) -> DayTotals:
    """Sets of ten repetitions with a band, or held."""
    return DayTotals(
        exercise=exercise,
        on=on,
        n_sets=n_sets,
        n_repetitions=0 if held_s else 10 * n_sets,
        held_s=held_s,
        n_loaded=0,
        n_lb=0,
        volume_kg=0.0,
        heaviest_kg=None,
        maximum_kg=None,
    )
