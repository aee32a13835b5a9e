"""Whatever stands in a file, it is read or refused in one line."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from hingewise.errors import JournalFormatError
from hingewise.library.load import load_library
from hingewise.training import fit_read
from hingewise.training.fit_export import write_fit
from hingewise.training.fit_own import APPLICATION
from hingewise.training.fit_profile import DEVELOPER_ID, SET
from hingewise.training.fit_read import read_messages
from hingewise.training.journal import new_entry
from hingewise.training.load import BODY
from hingewise.training.names import names_of
from hingewise.training.sets import PerformedSet
from tests.builders_fit import DONE, watch_file, with_checksum

NOW = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
SETS = [PerformedSet(exercise="glute_bridge", repetitions=8, load=BODY, note="n" * 300)]
OURS = write_fit([new_entry(SETS, on=NOW.date(), now=NOW)], names_of(load_library()), made_at=NOW)
WATCH = watch_file([DONE])


def read(content: bytes, application: bytes = APPLICATION) -> list[fit_read.Message]:
    return list(
        read_messages(content, application=application, wanted=frozenset({SET}), name="a.fit")
    )


def test_values_that_are_not_known_are_left_out() -> None:
    (message,) = read(watch_file([{**DONE, 4: None}]))
    assert message.fields[3] == 8
    assert 4 not in message.fields
    assert message.own == {}


def test_fields_of_another_application_are_not_ours() -> None:
    assert [each.number for each in read(OURS)] == [DEVELOPER_ID, SET]
    (message,) = read(OURS, application=bytes(16))
    assert message.own == {}


def test_files_behind_each_other_are_told_apart() -> None:
    found = read(OURS + WATCH)
    assert [(each.part, bool(each.own)) for each in found if each.number == SET] == [
        (0, True),
        (1, False),
    ]


@pytest.mark.parametrize("content", [OURS, WATCH], ids=["ours", "a watch's"])
def test_a_file_that_means_harm_breaks_nothing(content: bytes) -> None:
    """Bytes are changed, and the checksum put right: what is behind it must hold as well."""
    dice = random.Random(11)
    for _ in range(1500):
        other = bytearray(content)
        for _ in range(dice.randrange(1, 4)):
            other[dice.randrange(14, len(other))] = dice.randrange(256)
        with suppress(JournalFormatError):
            read(with_checksum(bytes(other)))


def test_what_makes_no_message_is_told_in_one_line() -> None:
    broken = bytearray(WATCH)
    broken[14] = 0x05  # a message whose layout nobody has defined
    with pytest.raises(JournalFormatError, match="expected FIT messages, got what") as it:
        read(with_checksum(bytes(broken)))
    assert "\n" not in it.value.one_line()


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_read, "MAX_MESSAGES", 2)
    with pytest.raises(JournalFormatError, match="expected up to 2 messages"):
        read(WATCH)
    monkeypatch.setattr(fit_read, "MAX_BYTES", 10)
    with pytest.raises(JournalFormatError, match="expected up to 0 MB"):
        read(WATCH)
