"""How training goes, as plain data: a sequence of panels, each a few sentences and series by weeks.

A renderer needs to know nothing of training: it draws series, and lists sentences and items.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One value for each week of its panel, None where nothing tells it.

    Attributes
    ----------
    name
        What it is.
    unit
        Of the values, "" of a count.
    values
        Rounded to what is shown.
    kind
        ``bars`` of amounts, which begin at zero, or a ``line`` of levels.
    says
        The series in words.
    limit
        A value to compare with, None without one.
    """

    name: str
    unit: str
    values: tuple[float | None, ...]
    kind: Literal["bars", "line"]
    says: str
    limit: float | None = None

    @property
    def known(self) -> tuple[float, ...]:
        """The values that something tells."""
        return tuple(value for value in self.values if value is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that was noted on a day."""

    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One matter: sentences, then series over ``weeks`` (their Mondays), then items, then notes."""

    id: str
    title: str
    says: tuple[str, ...] = ()
    weeks: tuple[date, ...] = ()
    series: tuple[Series, ...] = ()
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """Everything that the journal says of a time.

    ``since`` is a Monday; ``until`` the day of the report, whose week may be incomplete;
    ``last_on`` the last day on which anything was written down, None where there is none.
    """

    since: date
    until: date
    last_on: date | None
    says: tuple[str, ...]
    panels: tuple[Panel, ...]
    notes: tuple[str, ...] = ()


def format_amount(value: float, unit: str = "") -> str:
    """Write a value of a series: with a decimal where it has one.

    Examples
    --------
    >>> format_amount(62.5, "kg")
    '62.5 kg'
    >>> format_amount(1560.0)
    '1560'
    """
    number = f"{value:.1f}".removesuffix(".0")
    return f"{number} {unit}" if unit else number
