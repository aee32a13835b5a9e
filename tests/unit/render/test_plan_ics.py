"""A calendar as RFC 5545 wants it, read back by a library that is not ours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from hingewise.render.plan_ics import LINE_BYTES, escape, fold, format_calendar
from hingewise.report.plan_calendar import Appointment

STAMP = datetime(2026, 3, 1, 18, 30, 5, tzinfo=UTC)
AT = time(18, 30)


def appointment(title: str = "Session 1: A", *text: str, minutes: int = 45) -> Appointment:
    return Appointment(
        uid="1-1@hingewise.local",
        on=date(2026, 3, 2),
        minutes=minutes,
        stamp=STAMP,
        revision=3,
        title=title,
        text=text,
    )


def event(made: Appointment) -> Any:
    calendar = Calendar.from_ical(format_calendar([made], at=AT))
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"] == "-//hingewise//plan//EN"
    (found,) = calendar.walk("VEVENT")
    assert found.errors == []
    return found


def test_another_program_reads_what_was_meant() -> None:
    found = event(appointment("Session 1: A", "Lunge 3x8 @ 40 kg, 2 RIR; rest", r"a\b", "é“”"))
    assert str(found["UID"]) == "1-1@hingewise.local"
    assert (found["SEQUENCE"], str(found["SUMMARY"])) == (3, "Session 1: A")
    assert found["DTSTAMP"].dt == STAMP
    assert found["DTSTART"].dt == datetime(2026, 3, 2, 18, 30)
    assert found["DTSTART"].dt.tzinfo is None  # the same hour wherever the lifter is
    assert found["DURATION"].dt == timedelta(minutes=45)
    assert str(found["DESCRIPTION"]) == "Lunge 3x8 @ 40 kg, 2 RIR; rest\na\\b\né“”"


@given(st.integers(1, 400))
def test_any_duration(minutes: int) -> None:
    assert event(appointment(minutes=minutes))["DURATION"].dt == timedelta(minutes=minutes)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4))
def test_any_words_come_back(title: str, text: list[str]) -> None:
    found = event(appointment(title, *text))
    assert str(found["SUMMARY"]) == title
    assert str(found["DESCRIPTION"]) == "\n".join(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_lines_are_short_and_end_as_they_must(words: str) -> None:
    written = format_calendar([appointment(words, words)], at=AT).encode("utf-8")
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert all(len(line) <= LINE_BYTES for line in lines)
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two


def test_a_line_is_folded_where_it_must_be() -> None:
    assert fold("a" * 75) == "a" * 75
    assert fold("a" * 150) == f"{'a' * 75}\r\n {'a' * 74}\r\n a"
    assert fold("ab" + "€" * 25) == f"ab{'€' * 24}\r\n €"


def test_what_no_calendar_takes_is_left_out() -> None:
    assert escape("a\x00b\r\nc\td") == "ab\\nc\td"
