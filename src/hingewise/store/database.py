"""Opening the database: where it is, what it must be told, and whether it fits this program."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from hingewise.errors import StoreError, StoreUnavailable
from hingewise.store.tables import VERSION

URL_VARIABLE = "HINGEWISE_DATABASE_URL"
FILE_NAME = "journal.sqlite"
POSTGRESQL = "postgresql"

_WRITES = "hingewise_writes"

_HAS_VERSION = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'",
    POSTGRESQL: "SELECT to_regclass('alembic_version') IS NOT NULL",
}
"""What SQLAlchemy's inspector asks too, but it takes ten times as long to get ready."""

BUSY_MS = 5000
"""So long one program waits for another one that is writing."""

_LOCK = 6_850_117
"""Programs that write a PostgreSQL database take turns by this number, as SQLite's do by itself."""

_LOCK_NOT_AVAILABLE = "55P03"
"""What PostgreSQL calls having waited too long."""


def default_url(environment: Mapping[str, str], home: Path) -> str:
    """Return where the journal lies: as the environment says, else one file of this user."""
    given = environment.get(URL_VARIABLE, "")
    if given:
        return given
    data = environment.get("XDG_DATA_HOME", "") or environment.get("LOCALAPPDATA", "")
    folder = Path(data) if data else home / ".local" / "share"
    return f"sqlite:///{folder / 'hingewise' / FILE_NAME}"


def open_database(url: str) -> Engine:
    """Open a database, made or brought up to date if it must be.

    Raises
    ------
    StoreError
        If it cannot be reached, is no journal, or is newer than this program.
    """
    parsed = parse_url(url)
    try:
        engine = create_engine(parsed)
    except ModuleNotFoundError as error:
        raise StoreUnavailable(
            f"{URL_VARIABLE}: expected the driver {error.name}, which is not installed.",
            hint=f"Install it: pip install 'hingewise[{POSTGRESQL}]'.",
        ) from error
    is_sqlite = parsed.get_backend_name() == "sqlite"
    file = Path(parsed.database) if is_sqlite and parsed.database else None
    if file is not None:
        _make_folder(file)
    if is_sqlite:
        event.listen(engine, "connect", _tell_sqlite)
    event.listen(engine, "begin", _begin_sqlite if is_sqlite else _begin_postgresql)
    try:
        _bring_up_to_date(engine, file)
    except (DBAPIError, OSError) as error:
        engine.dispose()
        raise StoreError(
            f"{parsed.render_as_string()}: expected a journal, got: {reason_of(error)}.",
            hint=_what_to_do(error, is_sqlite=is_sqlite),
        ) from error
    except StoreError:
        engine.dispose()  # else its log stays open beside it
        raise
    return engine


def _what_to_do(error: Exception, *, is_sqlite: bool) -> str:
    if is_busy(error):
        return "Another program is writing; try again."
    if is_sqlite:
        return "Free some space if the disk is full; bring back a copy if the file is damaged."
    return f"Check the address in {URL_VARIABLE}, and that the server runs."


def is_busy(error: Exception) -> bool:
    """Whether a database was not written because another program was writing for too long."""
    said = getattr(error, "orig", None) or error
    first = said.args[0] if said.args else ""
    if isinstance(first, dict):
        return first.get("C") == _LOCK_NOT_AVAILABLE
    return "locked" in str(first)


def reason_of(error: Exception) -> str:
    """Return what a database said, in one line without a full stop."""
    said = getattr(error, "orig", None) or error
    first = said.args[0] if said.args else said
    text = first.get("M", "") if isinstance(first, dict) else str(said)  # PostgreSQL's fields
    return (text.strip().splitlines() or [type(said).__name__])[0].rstrip(".")


def parse_url(url: str) -> URL:
    """Read the address of a database.

    Raises
    ------
    StoreError
        If it is none of one that can hold a journal.
    """
    try:
        parsed = make_url(url)
        known = parsed.get_backend_name() in ("sqlite", POSTGRESQL)
    except ArgumentError:
        known = False
    if not known:
        raise StoreError(
            f"{URL_VARIABLE}: expected an address like sqlite:///journal.sqlite or "
            f"postgresql://user@host/database, got {url!r}.",
            hint="Leave it out for a file in your own folder.",
        )
    if parsed.get_backend_name() == POSTGRESQL:
        return parsed.set(drivername=f"{POSTGRESQL}+pg8000")
    return parsed


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds what hurts
    except OSError as error:
        raise StoreError(
            f"{file.parent}: expected a folder for the journal, got: {error.strerror}.",
            hint=f"Name another place with {URL_VARIABLE}.",
        ) from error


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """Open a transaction that writes: it holds the lock from its start, so it never has to yield.

    Else two programs that read first and write then could each wait for the other one.
    """
    return engine.execution_options(**{_WRITES: True}).begin()


def _tell_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """What SQLite must be told on every connection to lose nothing and to wait its turn."""
    del record
    connection.isolation_level = None  # else Python begins no transaction for tables
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if _writes(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(_WRITES, False))


def _bring_up_to_date(engine: Engine, file: Path | None) -> None:
    """Make or change the tables where they are not those of this program."""
    with engine.connect() as connection:
        if read_version(connection) == VERSION:
            return
    from hingewise.store.migrate import migrate

    migrate(engine, file)


def read_version(connection: Connection) -> str | None:
    """Return which version of the tables a database has, None where it has none."""
    if not connection.exec_driver_sql(_HAS_VERSION[connection.dialect.name]).scalar():
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)
