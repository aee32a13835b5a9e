"""Opening a journal: made where there is none, brought up to date, and refused where it must be."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.schema import MetaData

from hingewise.errors import StoreError
from hingewise.store.database import URL_VARIABLE, default_url, open_database
from hingewise.store.tables import METADATA


def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.mark.parametrize(
    "environment, expected",
    [
        ({}, "sqlite:////home/ana/.local/share/hingewise/journal.sqlite"),
        ({"XDG_DATA_HOME": "/data"}, "sqlite:////data/hingewise/journal.sqlite"),
        ({URL_VARIABLE: "postgresql://x/y", "XDG_DATA_HOME": "/data"}, "postgresql://x/y"),
    ],
)
def test_where_the_journal_lies(environment: dict[str, str], expected: str) -> None:
    assert default_url(environment, Path("/home/ana")) == expected


def test_a_journal_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "journal.sqlite"
    open_database(url(path)).dispose()
    assert path.is_file()


def test_it_is_told_to_lose_nothing(tmp_path: Path) -> None:
    engine = open_database(url(tmp_path / "journal.sqlite"))
    with engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


def test_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    """Else a fresh journal and an old one would differ."""
    migrated = open_database(url(tmp_path / "migrated.sqlite"))
    made = create_engine(url(tmp_path / "made.sqlite"))
    METADATA.create_all(made)
    assert described(migrated) == described(made)
    migrated.dispose()
    made.dispose()


def described(engine: object) -> dict[str, object]:
    """Tables with their columns, keys, indexes and rules."""
    inspector = inspect(engine)
    assert inspector is not None
    found: dict[str, object] = {}
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        columns = {
            column["name"]: (str(column["type"]), column["nullable"], column["primary_key"])
            for column in inspector.get_columns(table)
        }
        found[table] = (
            columns,
            inspector.get_pk_constraint(table)["name"],
            sorted(str(key) for key in inspector.get_foreign_keys(table)),
            sorted(str(index) for index in inspector.get_indexes(table)),
            sorted(str(rule) for rule in inspector.get_check_constraints(table)),
        )
    return found


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    for _ in range(2):
        open_database(url(path)).dispose()
    assert sorted(each.name for each in tmp_path.iterdir() if "-" not in each.name) == [path.name]


def test_a_newer_journal_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    engine = open_database(url(path))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="9999, which a newer hingewise has made") as caught:
        open_database(url(path))
    assert "restore" in caught.value.hint


@pytest.mark.parametrize("content", [b"this is no database at all" * 100, b"SQLite format 3\x00no"])
def test_a_file_that_is_no_journal_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="expected a journal, got"):
        open_database(url(path))
    assert path.read_bytes() == content


@pytest.mark.parametrize("wrong", ["", "no address", "sqlite:/x", "nonsense://x/y"])
def test_an_address_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(StoreError, match="expected"):
        open_database(wrong)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="expected a folder for the journal"):
        open_database(url(tmp_path / "file" / "journal.sqlite"))


def test_who_writes_waits_for_who_is_writing(tmp_path: Path) -> None:
    """And says so when it takes too long; here the wait is none."""
    path = tmp_path / "journal.sqlite"
    open_database(url(path)).dispose()
    first, second = (sqlite3.connect(path, timeout=0.0) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        second.execute("BEGIN IMMEDIATE")
    first.close()
    second.close()


def test_names_of_rules_are_given() -> None:
    """Unnamed ones cannot be changed by a migration on both databases."""
    assert isinstance(METADATA, MetaData)
    for table in METADATA.tables.values():
        assert all(rule.name for rule in table.constraints)
