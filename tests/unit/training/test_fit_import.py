"""Files of ours, of watches and of both are read; all others are refused in one line."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from hingewise.errors import JournalFormatError
from hingewise.library.load import load_library
from hingewise.training import fit_export
from hingewise.training.fit_export import write_fit
from hingewise.training.fit_import import import_fit
from hingewise.training.journal import new_entry
from hingewise.training.load import BODY
from hingewise.training.names import names_of
from hingewise.training.sets import PerformedSet
from tests.builders_fit import DONE, watch_file, with_checksum

NAMES = names_of(load_library())
NOW = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
TODAY = NOW.date()
ENTRY = new_entry(
    [PerformedSet(exercise="glute_bridge", repetitions=8, load=BODY, note="é" * 600)],
    on=TODAY,
    now=NOW,
)
OURS = write_fit([ENTRY], NAMES, made_at=NOW)
WATCH = watch_file([DONE, {**DONE, 7: 0}])


def test_files_of_both_behind_each_other() -> None:
    found = import_fit(OURS + WATCH, NAMES, name="a.fit", today=TODAY)
    assert ENTRY in found.entries
    assert [entry.exercise for entry in found.entries] == ["glute_bridge", "romanian_deadlift"]
    assert found.left_out == {"swiss ball dumbbell chest press": 1}


def test_a_file_without_sets_is_refused() -> None:
    with pytest.raises(JournalFormatError, match="got a FIT file without any") as it:
        import_fit(watch_file([]), NAMES, name="a.fit", today=TODAY)
    assert "strength activity" in it.value.hint


def test_a_newer_file_of_ours_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_export, "VERSION", 2)
    newer = write_fit([ENTRY], NAMES, made_at=NOW)
    with pytest.raises(JournalFormatError, match="of version 1 or older, got 2"):
        import_fit(newer, NAMES, name="a.fit", today=TODAY)


@pytest.mark.parametrize("content", [OURS, WATCH], ids=["ours", "a watch's"])
def test_every_beginning_of_a_file_is_refused(content: bytes) -> None:
    for end in range(len(content)):
        with pytest.raises(JournalFormatError):
            import_fit(content[:end], NAMES, name="a.fit", today=TODAY)


@pytest.mark.parametrize("content", [OURS, WATCH], ids=["ours", "a watch's"])
def test_a_file_that_means_harm_breaks_nothing(content: bytes) -> None:
    """Bytes are changed, and the checksum put right: what is behind it must hold as well."""
    dice = random.Random(13)
    for _ in range(1500):
        other = bytearray(content)
        for _ in range(dice.randrange(1, 4)):
            other[dice.randrange(14, len(other))] = dice.randrange(256)
        with suppress(JournalFormatError):
            import_fit(with_checksum(bytes(other)), NAMES, name="a.fit", today=TODAY)
