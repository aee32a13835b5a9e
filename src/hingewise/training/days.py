"""Days as people say them."""

from __future__ import annotations

from datetime import date, timedelta

from hingewise.errors import TrainingError

BEFORE_TODAY = {"today": 0, "yesterday": 1}

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

AHEAD = timedelta(days=366)
"""So far ahead a plan may begin."""


def parse_day(text: str, today: date) -> date:
    """Read a day: ``2026-11-28``, ``today`` or ``yesterday``.

    Raises
    ------
    TrainingError
        If it is none of them.

    Examples
    --------
    >>> parse_day("yesterday", date(2026, 3, 1))
    datetime.date(2026, 2, 28)
    """
    said = text.strip().lower()
    if said in BEFORE_TODAY:
        return today - timedelta(days=BEFORE_TODAY[said])
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise TrainingError(
            f"Expected a day, got {text!r}.",
            hint=f"Write it as {today}, today or yesterday.",
        ) from error


def parse_coming_day(text: str, today: date) -> date:
    """Read a day on which something begins: ``today``, ``tomorrow``, or a date up to a year ahead.

    Raises
    ------
    TrainingError
        If it is none of them.
    """
    said = text.strip().lower()
    if said == "tomorrow":
        return today + timedelta(days=1)
    day = parse_day(text, today)
    if not today <= day <= today + AHEAD:
        raise TrainingError(
            f"expected a day from {today} to {today + AHEAD}, got {day}.",
            hint="A plan begins today or later.",
        )
    return day


def write_day(day: date) -> str:
    """Write a day with its weekday.

    Examples
    --------
    >>> write_day(date(2026, 11, 28))
    'Sat 28 Nov 2026'
    """
    return f"{day:%a} {day.day} {day:%b %Y}"
