"""Opening the database: where it is, what it must be told, and whether it fits this program."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from hingewise.errors import StoreError

URL_VARIABLE = "HINGEWISE_DATABASE_URL"
FILE_NAME = "journal.sqlite"

BUSY_MS = 5000
"""So long one program waits for another one that is writing."""


def default_url(environment: Mapping[str, str], home: Path) -> str:
    """Return where the journal lies: as the environment says, else one file of this user."""
    given = environment.get(URL_VARIABLE, "")
    if given:
        return given
    data = environment.get("XDG_DATA_HOME", "")
    folder = Path(data) if data else home / ".local" / "share"
    return f"sqlite:///{folder / 'hingewise' / FILE_NAME}"


def open_database(url: str) -> Engine:
    """Open a database, made or brought up to date if it must be.

    Raises
    ------
    StoreError
        If it cannot be reached, is no journal, or is newer than this program.
    """
    try:
        parsed = make_url(url)
        engine = create_engine(parsed)
    except (ArgumentError, ImportError) as error:
        raise StoreError(
            f"{URL_VARIABLE}: expected an address like sqlite:///journal.sqlite, got {url!r}.",
            hint="Leave it out for a file in your own folder.",
        ) from error
    is_sqlite = parsed.get_backend_name() == "sqlite"
    file = Path(parsed.database) if is_sqlite and parsed.database else None
    if file is not None:
        _make_folder(file)
    if is_sqlite:
        event.listen(engine, "connect", _tell_sqlite)
    try:
        _bring_up_to_date(engine, file)
    except (DatabaseError, OSError) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise StoreError(
            f"{parsed.render_as_string()}: expected a journal, got: {reason}.",
            hint="If the file is damaged, bring back a copy of it.",
        ) from error
    return engine


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{file.parent}: expected a folder for the journal, got: {error.strerror}.",
            hint=f"Name another place with {URL_VARIABLE}.",
        ) from error


def _tell_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """What SQLite must be told on every connection to lose nothing and to wait its turn."""
    del record
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _bring_up_to_date(engine: Engine, file: Path | None) -> None:
    config = Config()
    folder = resources.files("hingewise.store").joinpath("migrations")
    config.set_main_option("script_location", str(folder))
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head()
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    if now == head:
        return
    if now is not None and now not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(
            f"expected a journal of version {head} or older, got {now}, which a newer hingewise "
            "has made.",
            hint="Install that one again, or restore the copy it made before it changed the file.",
        )
    if now is not None and file is not None:
        _copy(engine, file, now)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _copy(engine: Engine, file: Path, version: str) -> None:
    """Keep the file as it was, beside itself."""
    with engine.connect() as connection:
        _checkpoint(connection)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    shutil.copy2(file, file.with_name(f"{file.stem}-{version}-{stamp}{file.suffix}"))


def _checkpoint(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
