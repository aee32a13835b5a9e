"""The numbers on a card: one row per angle, and where this repetition lies among the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hingewise.report.document import MeasureValue, Repetition
from hingewise.report.measures import split_measure
from hingewise.report.naming import DASH, format_value, name_of

_SPREAD_SD = 3.0
_HALF_WIDTH_PERCENT = 44
_MAX_DOTS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberView:
    """A measured number; ``here_percent`` among ``others_percent``, None where it stands alone."""

    text: str
    here_percent: float | None = None
    others_percent: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One angle at the bottom and at lockout, or another number in ``bottom`` alone."""

    name: str
    bottom: NumberView
    lockout: NumberView | None


_NOTHING = NumberView(text=DASH)


def lay_out_numbers(
    repetition: Repetition, repetitions: Sequence[Repetition]
) -> tuple[tuple[RowView, ...], tuple[RowView, ...]]:
    """Return the rows of the angles, then those of all other numbers, of one card.

    A number that no repetition shows gets no row: the page lists those once, with the reason.
    """
    rows: dict[str, dict[str, NumberView]] = {}
    for name, measure in repetition.measures.items():
        if not observed(name, repetitions):
            continue
        angle, moment = split_measure(name)
        rows.setdefault(angle, {})[moment] = _number(name, measure, repetitions)
    angles = tuple(
        RowView(
            name=name_of(angle),
            bottom=found.get("bottom", _NOTHING),
            lockout=found.get("lockout", _NOTHING),
        )
        for angle, found in rows.items()
        if "bottom" in found or "lockout" in found
    )
    others = tuple(
        RowView(name=name_of(name), bottom=found[""], lockout=None)
        for name, found in rows.items()
        if "" in found
    )
    return angles, others


def observed(name: str, repetitions: Sequence[Repetition]) -> list[MeasureValue]:
    """Values of a measure in those repetitions in which it was observed."""
    found = (r.measures[name] for r in repetitions if name in r.measures)
    return [measure for measure in found if measure.value is not None]


def _number(name: str, measure: MeasureValue, repetitions: Sequence[Repetition]) -> NumberView:
    text = format_value(measure.value, measure.unit, sd=measure.sd)
    seen = observed(name, repetitions)
    values = [m.value for m in seen if m.value is not None]
    if measure.value is None or len(values) < 2:
        return NumberView(text=text)
    low, high = min(values), max(values)
    # At least some sd wide, so that chance differences do not look large.
    reach = max((high - low) / 2, *(_SPREAD_SD * (m.sd or 0.0) for m in seen))
    shown = values if len(values) <= _MAX_DOTS else [low, high]
    return NumberView(
        text=text,
        here_percent=_place(measure.value, (low + high) / 2, reach),
        others_percent=tuple(_place(value, (low + high) / 2, reach) for value in shown),
    )


def _place(value: float, centre: float, reach: float) -> float:
    return round(50 + _HALF_WIDTH_PERCENT * (value - centre) / reach, 1) if reach else 50.0
