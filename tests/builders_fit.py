"""FIT files as a watch writes them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from hingewise.training.fit_profile import ACTIVITY, FILE_ID, SESSION, SET, date_time
from hingewise.training.fit_wire import ENUM, UINT8, UINT16, UINT32, Field, FitWriter, checksum

BEGIN = date_time(datetime(2026, 3, 1, 18, 4, tzinfo=UTC)) or 0

KINDS = {0: UINT32, 3: UINT16, 4: UINT16, 5: UINT8, 6: UINT32, 7: UINT16, 8: UINT16, 9: UINT16}
KINDS |= {10: UINT16, 254: UINT32}

DONE: Mapping[int, Any] = {
    254: BEGIN + 40, 0: 40_000, 3: 8, 4: 62 * 16 + 8, 5: 1, 6: BEGIN, 7: 8, 8: 23, 9: 1, 10: 0,
}  # fmt: skip
"""Eight Romanian deadlifts with 62.5 kg."""

REST = {**DONE, 3: None, 4: None, 5: 0, 7: None, 8: None}


def watch_file(
    sets: Sequence[Mapping[int, Any]], *, sessions: Sequence[int] = (BEGIN,), offset_s: int = 0
) -> bytes:
    """Write a file with these sets; of a field with several numbers, give them as bytes."""
    writer = FitWriter()
    writer.add(FILE_ID, [Field(number=0, kind=ENUM, value=4)])
    for each in sets:
        writer.add(
            SET, [Field(number=key, kind=KINDS[key], value=said) for key, said in each.items()]
        )
    for begin in sessions:
        writer.add(SESSION, [Field(number=2, kind=UINT32, value=begin)])
    clock = [
        Field(number=253, kind=UINT32, value=BEGIN),
        Field(number=5, kind=UINT32, value=BEGIN + offset_s),
    ]
    writer.add(ACTIVITY, clock)
    return writer.finish()


def several(*numbers: int) -> bytes:
    """The value of a field that holds several numbers."""
    return struct.pack(f"<{len(numbers)}H", *numbers)


def with_checksum(content: bytes) -> bytes:
    """The same file, its checksum put right: as somebody would who means harm."""
    return content[:-2] + struct.pack("<H", checksum(content[:-2]))
