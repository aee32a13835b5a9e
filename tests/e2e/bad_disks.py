"""Journals on disks that are full, or get full."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from hingewise_validation.kills.scenes import (
    gather_evidence,
    make_followed,
    make_older,
    many_entries,
)
from tests.e2e.bad_input import Around, BadInput
from tests.e2e.command import hingewise, small_disk

ON_DISK = {"HINGEWISE_DATABASE_URL": "sqlite:///{folder}/disk/journal.sqlite"}
GOOD = ("log", "add", "rdl 3x8 @ 60 kg")
EMPTY = frozenset({"disk/journal.sqlite-shm", "disk/journal.sqlite-wal"})
"""What SQLite leaves on a disk where it could not even begin."""

N_OLDER = 200


def _full_disk(*, left_kb: int, make: Callable[[str], object] | None = None) -> Around:
    """A disk with a journal on it, and so much room; what was in the journal stays as it is."""

    @contextmanager
    def around(folder: Path) -> Iterator[None]:
        with small_disk(folder / "disk", size_kb=1024):
            url = f"sqlite:///{folder}/disk/journal.sqlite"
            (make or _one_entry)(url)
            before = _content(folder / "disk" / "journal.sqlite")
            _fill(folder / "disk" / "full", left_kb=left_kb)
            yield
            (folder / "disk" / "full").unlink()
            assert _content(folder / "disk" / "journal.sqlite") == before

    return around


def _one_entry(url: str) -> None:
    run = hingewise(*GOOD, cwd=Path(), env={"HINGEWISE_DATABASE_URL": url})
    assert run.code == 0


def _older(url: str) -> None:
    make_older(url, many_entries(N_OLDER))


def _followed(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        make_followed(url, gather_evidence(Path(folder)))


def _content(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as journal:
        assert journal.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(journal.iterdump())


def _fill(path: Path, *, left_kb: int) -> None:
    with path.open("wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(bytes(1024))
        file.truncate(file.tell() - left_kb * 1024)


DISKS = (
    BadInput(
        title="a disk that is full",
        command=GOOD,
        says=("expected a journal, got: disk I/O error", "Free some space"),
        around=_full_disk(left_kb=0),
        env=ON_DISK,
        leaves=EMPTY,
    ),
    BadInput(
        title="a disk that gets full while an entry is written",
        command=GOOD,
        says=("expected to write the journal, got: ", "Nothing was written: free some space"),
        around=_full_disk(left_kb=44),
        env=ON_DISK,
    ),
    BadInput(
        title="a disk that gets full while a plan is changed",
        command=("plan", "next"),
        says=("expected to write the journal, got: ", "Nothing was written: free some space"),
        around=_full_disk(left_kb=44, make=_followed),
        env=ON_DISK,
    ),
    BadInput(
        title="an older journal, and no room for a copy of it",
        command=("log", "list"),
        says=("journal.sqlite: expected to keep a copy before its tables change, got: ", "Free "),
        around=_full_disk(left_kb=120, make=_older),
        env=ON_DISK,
    ),
    BadInput(
        title="an older journal, and a disk that gets full while its tables change",
        command=("log", "list"),
        says=("journal.sqlite: expected a journal, got: ", "Free some space if the disk is full"),
        around=_full_disk(left_kb=208, make=_older),
        env=ON_DISK,
    ),
)
