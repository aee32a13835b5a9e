"""Appointments as iCalendar (RFC 5545), the same bytes for the same appointments.

Times are floating: six in the evening is six in the evening wherever the lifter is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, time

from hingewise.report.plan_calendar import Appointment

PRODUCT = "-//hingewise//plan//EN"
LINE_BYTES = 75
"""So long a line may be, its end not counted; what is longer goes on behind a blank."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def format_calendar(appointments: Sequence[Appointment], *, at: time) -> str:
    """Return a calendar of appointments.

    Parameters
    ----------
    appointments
        In their order.
    at
        When they begin, on the clock of whoever trains.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}"]
    for each in appointments:
        lines += _event(each, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _event(appointment: Appointment, at: time) -> Iterator[str]:
    hours, minutes = divmod(appointment.minutes, 60)
    yield "BEGIN:VEVENT"
    yield f"UID:{appointment.uid}"
    yield f"DTSTAMP:{appointment.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{appointment.revision}"
    yield f"DTSTART:{appointment.on:%Y%m%d}T{at:%H%M}00"
    yield "DURATION:PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    yield f"SUMMARY:{escape(appointment.title)}"
    yield "DESCRIPTION:" + escape("\n".join(appointment.text))
    yield "END:VEVENT"


def escape(text: str) -> str:
    r"""Return text as it stands behind the name of a property.

    Examples
    --------
    >>> escape("3x8 @ 40 kg, 2 RIR; rest")
    '3x8 @ 40 kg\\, 2 RIR\\; rest'
    """
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n"))
    for letter in "\\;,":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", "\\n")


def fold(line: str) -> str:
    """Return a line in pieces of at most 75 bytes of UTF-8, no letter cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        n_bytes = len(letter.encode("utf-8"))
        if size + n_bytes > LINE_BYTES:
            pieces.append(piece)
            piece, size = "", 1  # the blank in front of what goes on
        piece, size = piece + letter, size + n_bytes
    return "\r\n ".join([*pieces, piece])
