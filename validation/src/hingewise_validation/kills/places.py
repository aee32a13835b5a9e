"""Where journals lie while programs are killed: files of SQLite, databases of one PostgreSQL server."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hingewise.store.database import parse_url
from sqlalchemy import Engine, create_engine

FILE = "journal.sqlite"


class Place(Protocol):
    """Makes databases, copies and removes them."""

    @property
    def name(self) -> str:
        """What the database is called."""

    def new(self) -> str:
        """Make an empty database and return its address."""

    def copy(self, url: str) -> str:
        """Copy a database that nobody uses."""

    def settle(self, url: str) -> tuple[str, list[str]]:
        """Wait until nobody holds anything of a database; return its address, and what is wrong."""

    def drop(self, url: str) -> None:
        """Remove a database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlitePlace:
    """Each database in a folder of its own, so that what lies beside it is its own, too."""

    folder: Path
    name: str = "SQLite"

    def new(self) -> str:
        """Make a folder for one."""
        made = self.folder / uuid.uuid4().hex
        made.mkdir()
        return f"sqlite:///{made / FILE}"

    def copy(self, url: str) -> str:
        """Copy the file."""
        made = self.new()
        if file_of(url).exists():
            shutil.copy(file_of(url), file_of(made))
        return made

    def settle(self, url: str) -> tuple[str, list[str]]:
        """Locks end with the process that has them: ask for the strongest one, and do not wait."""
        try:
            with closing(sqlite3.connect(file_of(url), timeout=0, isolation_level=None)) as journal:
                journal.execute("BEGIN EXCLUSIVE")
                journal.execute("ROLLBACK")
        except sqlite3.Error as error:
            return url, [f"a lock is left: {error}"]
        return url, []

    def drop(self, url: str) -> None:
        """Remove the folder."""
        shutil.rmtree(file_of(url).parent)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresqlPlace:
    """Databases of a server, at its address without a database, and what tells it to make them."""

    address: str
    teller: Engine
    name: str = "PostgreSQL"

    def new(self) -> str:
        """Make one."""
        return self._make("")

    def copy(self, url: str) -> str:
        """Make one like another."""
        return self._make(f"TEMPLATE {_database(url)}")

    def settle(self, url: str) -> tuple[str, list[str]]:
        """Rename it: the server refuses that until the last session in it has ended, and waits some seconds for it."""
        name = f"journal_{uuid.uuid4().hex}"
        try:
            self._tell(f"ALTER DATABASE {_database(url)} RENAME TO {name}")
        except Exception as error:  # noqa: BLE001 whatever it is, it goes into the report
            return url, [f"a session is left: {error}"]
        return f"{self.address}/{name}", []

    def drop(self, url: str) -> None:
        """Remove it."""
        self._tell(f"DROP DATABASE {_database(url)} WITH (FORCE)")

    def _make(self, like: str) -> str:
        name = f"journal_{uuid.uuid4().hex}"
        self._tell(f"CREATE DATABASE {name} {like}")
        return f"{self.address}/{name}"

    def _tell(self, statement: str) -> None:
        with self.teller.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def postgresql_place(address: str) -> Iterator[PostgresqlPlace]:
    """Use a server."""
    teller = create_engine(parse_url(f"{address}/postgres"), isolation_level="AUTOCOMMIT")
    yield PostgresqlPlace(address=address, teller=teller)
    teller.dispose()


def file_of(url: str) -> Path:
    """Return the file of a SQLite database."""
    return Path(url.removeprefix("sqlite:///"))


def _database(url: str) -> str:
    return url.rsplit("/", 1)[1]
