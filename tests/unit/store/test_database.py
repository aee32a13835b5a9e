"""Opening a journal: made where there is none, brought up to date, and refused where it must be."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.schema import MetaData

from hingewise.errors import StoreError, StoreUnavailable
from hingewise.store import database, migrate, migrations
from hingewise.store.database import URL_VARIABLE, default_url, open_database
from hingewise.store.tables import METADATA, VERSION
from hingewise_validation.kills.scenes import OLDER, make_older, many_entries


def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.mark.parametrize(
    "environment, expected",
    [
        ({}, "sqlite:////h/ana/.local/share/hingewise/journal.sqlite"),
        ({"XDG_DATA_HOME": "/data"}, "sqlite:////data/hingewise/journal.sqlite"),
        ({URL_VARIABLE: "postgresql://x/y", "XDG_DATA_HOME": "/data"}, "postgresql://x/y"),
    ],
)
def test_where_the_journal_lies(environment: dict[str, str], expected: str) -> None:
    assert default_url(environment, Path("/h/ana")) == expected


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


def test_migrations_make_the_tables_that_the_program_knows(
    new_database: Callable[[], str],
) -> None:
    """Else a fresh journal and an old one would differ."""
    migrated = open_database(new_database())
    made = create_engine(database.parse_url(new_database()))
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
            column["name"]: (str(column["type"]), column["nullable"])
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


def test_a_newer_journal_is_refused_with_the_way_out(database_url: str) -> None:
    engine = open_database(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="9999, which a newer hingewise has made") as caught:
        open_database(database_url)
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


def test_the_version_is_that_of_the_last_migration() -> None:
    """It is written down once more, so that opening a journal loads no Alembic."""
    versions = Path(migrations.__file__).parent / "versions"
    numbers = sorted(path.name[1:5] for path in versions.glob("v*.py"))
    assert numbers[-1] == VERSION


def test_a_migration_that_fails_leaves_no_half_table(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All tables or none: DDL stands in the transaction, too."""

    def fail_behind(config: Config, revision: str) -> None:
        command.upgrade(config, revision)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrate, "command", SimpleNamespace(upgrade=fail_behind))
    with pytest.raises(StoreError, match="No space left"):
        open_database(database_url)
    left = create_engine(database.parse_url(database_url))
    assert inspect(left).get_table_names() == []
    left.dispose()


def test_an_older_journal_is_copied_before_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.sqlite"
    open_database(url(path)).dispose()
    monkeypatch.setattr(database, "VERSION", "next")
    older = SimpleNamespace(
        from_config=lambda _: SimpleNamespace(
            get_current_head=lambda: "next",
            walk_revisions=lambda: [SimpleNamespace(revision=VERSION)],
        )
    )
    monkeypatch.setattr(migrate, "ScriptDirectory", older)
    monkeypatch.setattr(migrate, "command", SimpleNamespace(upgrade=lambda *_: None))
    open_database(url(path)).dispose()
    copy = next(tmp_path.glob(f"journal-{VERSION}-*.sqlite"))
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == (VERSION,)
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_that_was_never_finished_is_taken_away(tmp_path: Path) -> None:
    """A program that is killed while it copies leaves it."""
    path = tmp_path / "journal.sqlite"
    make_older(url(path), many_entries(3))
    for name in (f"journal-{OLDER}.sqlite.part", f"journal-{OLDER}.sqlite.part-journal"):
        (tmp_path / name).write_bytes(b"half" * 999)
    open_database(url(path)).dispose()
    assert not list(tmp_path.glob("*.part*"))
    (copy,) = tmp_path.glob(f"journal-{OLDER}-*.sqlite")
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT count(*) FROM entry").fetchone() == (3,)


def test_a_copy_without_a_change_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each try on a full disk would take as much again."""

    def fail(config: Config, revision: str) -> None:
        del config, revision
        assert list(tmp_path.glob(f"journal-{OLDER}-*.sqlite"))
        raise OSError(28, "No space left on device")

    path = tmp_path / "journal.sqlite"
    make_older(url(path), many_entries(3))
    monkeypatch.setattr(migrate, "command", SimpleNamespace(upgrade=fail))
    with pytest.raises(StoreError, match="No space left"):
        open_database(url(path))
    assert not list(tmp_path.glob(f"journal-{OLDER}*"))


def test_who_waits_too_long_to_open_says_that_another_one_writes(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 1)
    other = open_database(database_url)
    with other.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{OLDER}'"))
    with database.writing(other), pytest.raises(StoreError, match="expected a journal") as caught:
        open_database(database_url)
    assert caught.value.hint == "Another program is writing; try again."
    other.dispose()


def test_several_programs_make_a_journal_at_once(database_url: str) -> None:
    code = "import sys; from hingewise.store.database import open_database as o; o(sys.argv[1])"
    programs = [
        subprocess.Popen([sys.executable, "-c", code, database_url], stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    assert [program.communicate()[1] for program in programs] == [b""] * 6
    assert [program.returncode for program in programs] == [0] * 6
    made = create_engine(database.parse_url(database_url))
    with made.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()
        assert found.all() == [VERSION]
    made.dispose()


@pytest.mark.parametrize("place", ["nobody@127.0.0.1:1/x", "nobody:secret@localhost:1/x"])
def test_a_server_that_is_not_there_is_named_without_its_password(place: str) -> None:
    with pytest.raises(StoreError, match="expected a journal, got") as caught:
        open_database(f"postgresql://{place}")
    assert "the server runs" in caught.value.hint
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there_is_named(postgresql_address: str) -> None:
    with pytest.raises(StoreError, match='database "nowhere" does not exist'):
        open_database(f"{postgresql_address}/nowhere")


def test_a_driver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pg8000", None)
    with pytest.raises(StoreUnavailable, match="expected the driver pg8000") as caught:
        open_database("postgresql://nobody@localhost/x")
    assert "hingewise[postgresql]" in caught.value.hint


def test_names_of_rules_are_given() -> None:
    """Unnamed ones cannot be changed by a migration on both databases."""
    assert isinstance(METADATA, MetaData)
    for table in METADATA.tables.values():
        assert all(rule.name for rule in table.constraints)
