"""FIT as it is on disk: a header, messages behind their definitions, a checksum.

Written from the public description of the protocol: little endian, each message of a kind (its
number in the profile) laid out as a definition said before; fields beyond the profile are
"developer fields", which describe themselves.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hingewise.errors import JournalFormatError

MARK = b".FIT"
HEADER = struct.Struct("<BBHI4sH")
SHORT_HEADER = 12
"""Bytes of a header without a checksum of its own, as old devices write it."""

PROTOCOL = 0x20
"""2.0, the first one with developer fields."""

PROFILE = 21158
MAX_LOCAL = 16
"""Definitions that can hold at once."""

POLYNOMIAL = 0xA001
"""0x8005 with its lowest bit first."""

DEFINES = 0x40
HAS_DEVELOPER_FIELDS = 0x20

ENUM, UINT8, TEXT, BYTES = 0x00, 0x02, 0x07, 0x0D
UINT16, UINT32, FLOAT32, FLOAT64 = 0x84, 0x86, 0x88, 0x89
"""Kinds of values, by their numbers in the protocol."""

NUMBERS: dict[int, tuple[str, int]] = {
    ENUM: ("<B", 0xFF),
    UINT8: ("<B", 0xFF),
    UINT16: ("<H", 0xFFFF),
    UINT32: ("<I", 0xFFFFFFFF),
}
"""How numbers are packed, and which one stands for none."""

FLOATS = {FLOAT32: "<f", FLOAT64: "<d"}

MAX_TEXT = 254
"""Bytes of a field, without the zero at its end."""

STEP = 8
"""Texts take as many bytes as the next multiple of it, so that fewer definitions are needed."""

MAX_STEPPED = 248

Value = int | float | str | bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value in its place.

    Attributes
    ----------
    number
        Of the field in its message.
    kind
        Of the value, one of those above.
    value
        None where a number is not known; texts have up to ``MAX_TEXT`` bytes.
    """

    number: int
    kind: int
    value: Value

    def pack(self) -> bytes:
        """Return the value as it is on disk."""
        value = self.value
        if isinstance(value, str):
            text = value.encode()
            return text + bytes(STEP - len(text) % STEP if len(text) < MAX_STEPPED else 1)
        if isinstance(value, bytes):
            return value
        if self.kind in FLOATS:
            return struct.pack(FLOATS[self.kind], value)
        code, none = NUMBERS[self.kind]
        return struct.pack(code, none if value is None else value)


class FitWriter:
    """Puts a file together, message after message."""

    def __init__(self) -> None:
        self._body = bytearray()
        self._local: dict[bytes, int] = {}
        self._next = 0

    def add(self, message: int, fields: Sequence[Field], own: Sequence[Field] = ()) -> None:
        """Add a message of the profile, with developer fields of our own."""
        packed = [each.pack() for each in (*fields, *own)]
        head = struct.pack("<BBHB", 0, 0, message, len(fields))
        head += b"".join(
            bytes([each.number, len(data), each.kind])
            for each, data in zip(fields, packed, strict=False)
        )
        if own:
            head += bytes([len(own)])
            head += b"".join(
                bytes([each.number, len(data), 0])
                for each, data in zip(own, packed[len(fields) :], strict=True)
            )
        local = self._define(head, HAS_DEVELOPER_FIELDS if own else 0)
        self._body.append(local)
        self._body += b"".join(packed)

    def _define(self, head: bytes, flag: int) -> int:
        """Return the number by which messages of this layout go; the oldest one is given up."""
        local = self._local.get(head)
        if local is None:
            local, self._next = self._next, (self._next + 1) % MAX_LOCAL
            self._local = {key: each for key, each in self._local.items() if each != local}
            self._local[head] = local
            self._body.append(DEFINES | flag | local)
            self._body += head
        return local

    def finish(self) -> bytes:
        """Return the whole file."""
        head = HEADER.pack(HEADER.size, PROTOCOL, PROFILE, len(self._body), MARK, 0)
        head = head[:-2] + struct.pack("<H", checksum(head[:-2]))
        whole = head + bytes(self._body)
        return whole + struct.pack("<H", checksum(whole))


def is_fit(content: bytes) -> bool:
    """Whether a file is FIT."""
    return content[8:12] == MARK


def check_whole(content: bytes, *, name: str) -> None:
    """Check that a file, or several behind each other, came whole and unchanged.

    Raises
    ------
    JournalFormatError
        If bytes are missing, too many, or others than were written.
    """
    for begin, end in _parts(content, name):
        (said,) = struct.unpack("<H", content[end - 2 : end])
        if checksum(content[begin : end - 2]) != said:
            raise JournalFormatError(
                f"{name}: expected a FIT file as it was written, but its checksum does not fit.",
                hint="It was damaged on its way: copy it again.",
            )


def _parts(content: bytes, name: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each file."""
    at = 0
    while at < len(content):
        head = content[at : at + HEADER.size].ljust(HEADER.size, b"\x00")
        size, _, _, n_bytes, mark, _ = HEADER.unpack(head)
        if mark != MARK or size < SHORT_HEADER:
            raise JournalFormatError(
                f"{name}: expected a FIT file, got other bytes after {at} of {len(content)}.",
                hint="It was damaged on its way: copy it again.",
            )
        end = at + size + n_bytes + struct.calcsize("<H")
        if end > len(content):
            raise JournalFormatError(
                f"{name}: expected a FIT file of {end} bytes, got {len(content)}: it is cut off.",
                hint="Copy it again.",
            )
        yield at, end
        at = end


def checksum(data: bytes) -> int:
    """Return FIT's checksum: CRC-16 of polynomial 0x8005, lowest bit first, from zero.

    Examples
    --------
    >>> hex(checksum(b"123456789"))
    '0xbb3d'
    """
    both, one = _tables()
    words = array("H", data[: len(data) & ~1])
    if sys.byteorder == "big":
        words.byteswap()
    crc = 0
    for word in words:
        crc = both[crc ^ word]
    return (crc >> 8) ^ one[(crc ^ data[-1]) & 0xFF] if len(data) % 2 else crc


@cache
def _tables() -> tuple[list[int], list[int]]:
    """What becomes of a checksum, behind two bytes at once and behind one."""
    one = []
    for low in range(256):
        crc = low
        for _ in range(8):
            crc = (crc >> 1) ^ (POLYNOMIAL if crc & 1 else 0)
        one.append(crc)
    behind = [(crc >> 8) ^ one[crc & 0xFF] for crc in range(0x10000)]
    return [(crc >> 8) ^ one[crc & 0xFF] for crc in behind], one
