"""Days as people say them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hingewise.errors import TrainingError
from hingewise.training.days import AHEAD, parse_coming_day, parse_day, write_day

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("today", TODAY),
        (" Yesterday ", date(2026, 2, 28)),
        ("2026-01-31", date(2026, 1, 31)),
        ("2030-01-01", date(2030, 1, 1)),
    ],
)
def test_a_day(text: str, wanted: date) -> None:
    assert parse_day(text, TODAY) == wanted


@pytest.mark.parametrize("text", ["", "monday", "2026-02-30", "31.01.2026", "tomorrow"])
def test_what_is_no_day_that_is_over(text: str) -> None:
    with pytest.raises(TrainingError, match="Expected a day") as caught:
        parse_day(text, TODAY)
    assert caught.value.hint == "Write it as 2026-03-01, today or yesterday."


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("today", TODAY),
        ("Tomorrow", date(2026, 3, 2)),
        ("2026-03-08", date(2026, 3, 8)),
        (str(TODAY + AHEAD), TODAY + AHEAD),
    ],
)
def test_a_day_to_come(text: str, wanted: date) -> None:
    assert parse_coming_day(text, TODAY) == wanted


@pytest.mark.parametrize(
    "text", ["yesterday", "2026-02-28", str(TODAY + AHEAD + timedelta(days=1))]
)
def test_no_plan_begins_then(text: str) -> None:
    with pytest.raises(TrainingError, match="expected a day from 2026-03-01 to 2027-03-02"):
        parse_coming_day(text, TODAY)


def test_a_day_in_words() -> None:
    assert write_day(date(2026, 11, 28)) == "Sat 28 Nov 2026"
    assert write_day(TODAY) == "Sun 1 Mar 2026"
