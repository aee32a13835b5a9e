"""A file that came broken is refused in one line, wherever it broke."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from hingewise.app.journal_import import Asked, read_import
from hingewise.errors import JournalFormatError
from hingewise.library.load import load_library
from hingewise.training.names import names_of
from tests.builders_fit import DONE, watch_file

NAMES = names_of(load_library())
TODAY = date(2026, 11, 28)
WHOLE = watch_file([DONE])


def check_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(JournalFormatError) as it:
        read_import(file, NAMES, Asked(), today=TODAY)
    assert it.value.exit_code == 2
    assert str(it.value).startswith(f"{file}: expected ")
    assert "\n" not in it.value.one_line()


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.fit").write_bytes(WHOLE)
    read = read_import(tmp_path / "a.fit", NAMES, Asked(), today=TODAY)
    assert (read.title, len(read.imported.entries)) == ("FIT", 1)


def test_a_file_that_is_cut_off_anywhere(tmp_path: Path) -> None:
    for end in range(len(WHOLE)):
        check_refused(tmp_path / "a.fit", WHOLE[:end])


def test_a_file_with_another_bit_anywhere(tmp_path: Path) -> None:
    dice = random.Random(3)
    for at in range(len(WHOLE)):
        other = bytearray(WHOLE)
        other[at] ^= 1 << dice.randrange(8)
        check_refused(tmp_path / "a.fit", bytes(other))
