"""What kills programs finds what is wrong: lost, changed, half there, damaged."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from hingewise.training.journal import Kept
from hingewise_validation.kills.checks import (
    Before,
    find_wrong_copies,
    find_wrong_records,
    find_wrong_tables,
    look_before,
    read_records,
)
from hingewise_validation.kills.places import SqlitePlace, file_of
from hingewise_validation.kills.points import Point, Tell, run_writer
from hingewise_validation.kills.scenes import OLDER, make_older, many_entries, new_entries, opened
from hingewise_validation.kills.trial import Amount, Scene, try_write
from hingewise_validation.kills.writes import Write, by_id

FORKS = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
"""Python warns where the tests' own threads are not copied; a writer needs none of them."""

ONE, TWO, THREE = (by_id([Kept(entry=each)]) for each in new_entries(3))


@pytest.fixture
def place(tmp_path: Path) -> SqlitePlace:
    return SqlitePlace(folder=tmp_path)


def test_what_is_as_it_must_be() -> None:
    for found in (ONE | TWO, ONE | TWO | THREE):
        assert not list(find_wrong_records(found, ONE, TWO, THREE))


def test_what_is_lost_or_changed_or_half_there() -> None:
    (changed,) = ({key: each} for key in ONE for each in TWO.values())
    for found, said in ((TWO, "lost"), (ONE, "lost"), (changed | TWO, "changed")):
        assert [each[: len(said)] for each in find_wrong_records(found, ONE, TWO, {})] == [said]
    (half,) = find_wrong_records(ONE | TWO, ONE, {}, TWO | THREE)
    assert half.startswith("half: 1 of 2")


@pytest.mark.parametrize(
    "harm, said",
    [
        ("DELETE FROM performed_set WHERE number = 2", "without some of its sets"),
        ("DELETE FROM performed_set", "without its sets"),
        ("DELETE FROM entry", "rows that belong to none"),
        ("CREATE TABLE plan (id)", "version 0001 with the tables"),
        ("UPDATE alembic_version SET version_num = '0000'", "version 0000"),
        ("UPDATE entry SET pain = 3", "other rows than before"),
    ],
)
def test_what_is_wrong_in_the_tables(place: SqlitePlace, harm: str, said: str) -> None:
    url, before = _older(place)
    assert not list(find_wrong_tables(url, before))
    with closing(sqlite3.connect(file_of(url))) as journal, journal:
        journal.execute(harm)
    assert any(said in each for each in find_wrong_tables(url, before))


def test_what_is_wrong_with_a_copy(place: SqlitePlace) -> None:
    url, before = _older(place)
    assert list(find_wrong_copies(url, before, finished=True)) == ["no copy was made"]
    copy = file_of(url).with_name(f"journal-{OLDER}-20260101-000000.sqlite")
    shutil.copy(file_of(url), copy)
    assert not list(find_wrong_copies(url, before, finished=True))
    with closing(sqlite3.connect(copy)) as journal, journal:
        journal.execute("DELETE FROM performed_set WHERE number = 3")
    assert list(find_wrong_copies(url, before, finished=False)) == [
        "copy: it is not the journal as it was"
    ]


def test_a_lock_that_is_left(place: SqlitePlace) -> None:
    url, _ = _older(place)
    assert place.settle(url) == (url, [])
    with closing(sqlite3.connect(file_of(url), isolation_level=None)) as journal:
        journal.execute("BEGIN IMMEDIATE")
        assert "a lock is left" in place.settle(url)[1][0]


@FORKS
def test_a_writer_that_writes_in_two_goes_is_found(place: SqlitePlace) -> None:
    """It says that it writes all or nothing."""
    url = place.new()
    with opened(url):
        pass
    scene = Scene(url=url, before=look_before(url, url))
    write = Write(name="halves", scene="", work=_write_halves)
    amount = Amount(by_clock=0, at_steps=12, at_calls=12, measured=1)
    found = try_write(place, write, scene, amount, random.Random(1))
    assert found.n_killed >= amount.at_steps  # a call more or less is as the system likes it
    assert any("half: 6 of 12" in each for each in found.problems)


@FORKS
def test_a_writer_says_what_it_has_written(place: SqlitePlace) -> None:
    url = place.new()
    whole = run_writer(partial(_write_halves, url), {})
    assert (whole.killed, whole.failed, len(whole.acknowledged)) == (False, "", 12 * 4)
    assert read_records(url) == whole.acknowledged
    killed = run_writer(partial(_write_halves, place.new()), {}, Point(at_step=whole.n_steps - 4))
    assert killed.killed
    assert len(killed.acknowledged | killed.in_flight) == 12 * 4


def _write_halves(url: str, tell: Tell) -> None:
    with opened(url) as (journal, _):
        for _ in range(4):
            entries = new_entries(12)
            with tell.unit(by_id(Kept(entry=each) for each in entries)):
                journal.add(entries[:6])
                journal.add(entries[6:])


def _older(place: SqlitePlace) -> tuple[str, Before]:
    url = place.new()
    make_older(url, many_entries(9))
    copy = place.copy(url)
    return url, look_before(url, copy)
