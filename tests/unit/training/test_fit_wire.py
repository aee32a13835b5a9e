"""Files are whole or refused, and texts and numbers are packed as the protocol says."""

from __future__ import annotations

import random

import pytest
from fitdecode.utils import compute_crc
from hypothesis import given
from hypothesis import strategies as st

from hingewise.errors import JournalFormatError
from hingewise.training.fit_wire import (
    FLOAT64,
    MAX_TEXT,
    TEXT,
    UINT16,
    Field,
    FitWriter,
    check_whole,
    checksum,
    is_fit,
)
from tests.builders_fit import DONE, watch_file

FILE = watch_file([DONE])


@given(st.binary(min_size=1, max_size=99))
def test_the_checksum_is_that_of_others(data: bytes) -> None:
    assert checksum(data) == compute_crc(data)


def test_a_whole_file_is_whole() -> None:
    assert is_fit(FILE)
    check_whole(FILE, name="a.fit")
    check_whole(FILE + FILE, name="a.fit")


def test_a_file_that_is_cut_off_anywhere_is_refused() -> None:
    for end in range(1, len(FILE)):
        with pytest.raises(JournalFormatError, match=r"a\.fit: expected a FIT file") as it:
            check_whole(FILE[:end], name="a.fit")
        assert "\n" not in it.value.one_line()


def test_a_file_with_other_bytes_is_refused() -> None:
    dice = random.Random(7)
    for _ in range(500):
        at = dice.randrange(len(FILE))
        other = bytearray(FILE)
        other[at] ^= 1 << dice.randrange(8)
        with pytest.raises(JournalFormatError, match=r"a\.fit: expected a FIT file"):
            check_whole(bytes(other), name="a.fit")


def test_what_stands_behind_a_file_is_refused() -> None:
    with pytest.raises(JournalFormatError, match="got other bytes after"):
        check_whole(FILE + b"more bytes than none", name="a.fit")


@pytest.mark.parametrize("length", range(MAX_TEXT + 1))
def test_every_text_ends_in_a_zero_and_fits(length: int) -> None:
    packed = Field(number=0, kind=TEXT, value="x" * length).pack()
    assert packed.rstrip(b"\x00") == b"x" * length
    assert length < len(packed) <= 255


def test_numbers_are_packed_lowest_byte_first() -> None:
    assert Field(number=0, kind=UINT16, value=0x0102).pack() == b"\x02\x01"
    assert Field(number=0, kind=UINT16, value=None).pack() == b"\xff\xff"
    assert Field(number=0, kind=FLOAT64, value=1.0).pack() == b"\x00" * 6 + b"\xf0\x3f"


def test_a_layout_is_defined_once_as_long_as_it_holds() -> None:
    def size(layouts: int, rounds: int) -> int:
        writer = FitWriter()
        for _ in range(rounds):
            for number in range(layouts):
                writer.add(0, [Field(number=number, kind=UINT16, value=1)])
        return len(writer.finish())

    assert size(16, 2) - size(16, 1) == 16 * 3
    assert size(17, 2) - size(17, 1) > 17 * 3
