"""Ten years of sets, summed up where they lie: what the database does sooner than Python."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, case, func, not_, select

from hingewise.quantities import KG_PER_UNIT
from hingewise.store.tables import ENTRY, PERFORMED, PLAN_CHANGE, TECHNIQUE
from hingewise.training.history import DayTotals, History, Pain
from hingewise.training.intensity import EPLEY_DIVISOR, MAX_REPETITIONS


def read_history(engine: Engine, *, since: date, exercise: str = "") -> History:
    """Sum up what was done, by exercise and day.

    Days, not weeks: both databases know days, and each has its own idea of weeks.

    Parameters
    ----------
    engine
        As ``database.open_database`` returned it.
    since
        The first day.
    exercise
        Of which exercise, "" for all.
    """
    pains = select(ENTRY.c.on_day, ENTRY.c.exercise, ENTRY.c.pain).where(ENTRY.c.pain > 0)
    pains = pains.order_by(ENTRY.c.on_day, ENTRY.c.exercise, ENTRY.c.pain)
    last = _kept(select(func.max(ENTRY.c.on_day)), exercise)
    with engine.connect() as connection:
        days = connection.execute(_kept(_days(), exercise).where(ENTRY.c.on_day >= since))
        return History(
            days=tuple(map(DayTotals._make, days)),
            pains=tuple(
                Pain(on=on, exercise=of, pain=pain)
                for on, of, pain in connection.execute(
                    _kept(pains, exercise).where(ENTRY.c.on_day >= since)
                )
            ),
            last_on=connection.scalar(last),
        )


def count_told(engine: Engine) -> tuple[int, int]:
    """Return how many techniques and changes of plans there are: many journals have none."""
    with engine.connect() as connection:
        n_techniques = connection.scalar(select(func.count()).select_from(TECHNIQUE)) or 0
        n_changes = connection.scalar(select(func.count()).select_from(PLAN_CHANGE)) or 0
    return n_techniques, n_changes


def _kept(wanted: Select[Any], exercise: str) -> Select[Any]:
    """Leave out what was taken out, and other exercises."""
    kept = wanted.where(ENTRY.c.removed_at.is_(None))
    return kept.where(ENTRY.c.exercise == exercise) if exercise else kept


def _days() -> Select[Any]:
    """The columns of ``DayTotals``."""
    sets = PERFORMED.c
    loaded = sets.load_kind == "mass"
    mass_kg = sets.load_value * sets.load_count * case(KG_PER_UNIT, value=sets.load_unit)
    repeated = case((not_(sets.hold), sets.repetitions), else_=0)
    return (
        select(
            ENTRY.c.exercise,
            ENTRY.c.on_day,
            func.count(),
            func.sum(repeated),
            func.sum(case((sets.hold, sets.repetitions), else_=0)),
            func.sum(case((loaded, 1), else_=0)),
            func.sum(case((and_(loaded, sets.load_unit == "lb"), 1), else_=0)),
            func.sum(case((loaded, mass_kg * repeated), else_=0.0)),
            func.max(case((loaded, mass_kg))),
            func.max(case((and_(loaded, not_(sets.hold)), _maximum_kg(mass_kg)))),
        )
        .join_from(ENTRY, PERFORMED, PERFORMED.c.entry_id == ENTRY.c.id)
        .group_by(ENTRY.c.exercise, ENTRY.c.on_day)
        .order_by(ENTRY.c.exercise, ENTRY.c.on_day)
    )


def _maximum_kg(mass_kg: ColumnElement[float]) -> ColumnElement[float | None]:
    """``intensity.estimate_maximum_kg`` in SQL; a test holds it to that."""
    to_failure = PERFORMED.c.repetitions + PERFORMED.c.rir
    return case(
        (to_failure == 1.0, mass_kg),
        (to_failure <= float(MAX_REPETITIONS), mass_kg * (1.0 + to_failure / EPLEY_DIVISOR)),
    )
