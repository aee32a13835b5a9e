"""What changed lately, in words, and only where the data carry it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

from hingewise.report.progress_report import format_amount
from hingewise.training.intensity import EPLEY_DIVISOR

LATELY_WEEKS = 4
"""A value that is older is told with its date."""

AGO_WEEKS = (8, 12)
"""From how far back the value comes with which the latest is compared, from least to most."""

_COUNTS = ["eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"]
"""Weeks in words, from the least on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A load that may grow, week by week, NaN where nothing tells it.

    ``doubt_fraction`` is the share of it by which two values must differ to differ at all.
    """

    name: str
    kg: Sequence[float]
    doubt_fraction: float = 0.0


def estimated_maximum(kg: Sequence[float]) -> Level:
    """Whoever errs by one repetition in reserve, errs by a thirtieth of the maximum at most."""
    return Level(name="estimated maximum", kg=kg, doubt_fraction=1.0 / EPLEY_DIVISOR)


def describe_change(level: Level, weeks: Sequence[date], kg_per_unit: float, unit: str) -> str:
    """Say how high a level is, and what it was eight weeks before; "" where nothing tells it.

    Parameters
    ----------
    level
        Its values, one for each of the weeks.
    weeks
        Their Mondays, the current week last.
    kg_per_unit, unit
        How it is shown.

    Examples
    --------
    >>> kg = [88.0] + 7 * [float("nan")] + [92.0]
    >>> weeks = [date.fromordinal(738000 + 7 * n) for n in range(9)]
    >>> describe_change(Level(name="heaviest load", kg=kg), weeks, 1.0, "kg")
    'Heaviest load 92 kg, 4 kg more than eight weeks ago.'
    """
    known = [n for n, value in enumerate(level.kg) if not isnan(value)]
    if not known:
        return ""
    last = known[-1]
    now = level.kg[last]
    said = f"{level.name[0].upper()}{level.name[1:]} {_write(now / kg_per_unit, unit)}"
    since = len(weeks) - 1 - last
    if since >= LATELY_WEEKS:
        day = weeks[last]
        said += f" in the week of {day.day} {day:%b %Y}"
    least, most = AGO_WEEKS
    before = [n for n in known if least <= last - n <= most]
    if not before:
        return f"{said}."
    then = level.kg[before[-1]]
    apart = last - before[-1]
    if since < LATELY_WEEKS:
        ago = f"{_COUNTS[apart + since - least]} weeks ago"
    else:
        ago = f"{_COUNTS[apart - least]} weeks before"
    more = (now - then) / kg_per_unit
    if abs(now - then) <= level.doubt_fraction * max(now, then) or _write(abs(more), "") == "0":
        about = "about as much as" if level.doubt_fraction else "as much as"
        return f"{said}, {about} {ago}."
    return f"{said}, {_write(abs(more), unit)} {'more' if more > 0 else 'less'} than {ago}."


def _write(value: float, unit: str) -> str:
    """Loads are told as plates go: whole, or in halves."""
    return format_amount(round(2.0 * value) / 2.0, unit)
