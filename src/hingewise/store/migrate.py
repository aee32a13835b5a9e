"""Changing the tables of a journal to those of this program, with a copy made before."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from hingewise.errors import StoreError
from hingewise.store.database import read_version, reason_of, writing


def migrate(engine: Engine, file: Path | None) -> None:
    """Bring the tables up to date, all of them or none.

    Parameters
    ----------
    engine
        Of the database.
    file
        Its file, None where it lies in none; a copy is put beside it before it is changed.

    Raises
    ------
    StoreError
        If a newer program has made it, or there is no room for the copy.
    """
    config = Config()
    folder = resources.files("hingewise.store").joinpath("migrations")
    config.set_main_option("script_location", str(folder))
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head()
    with _copies() as copies, writing(engine) as connection:
        now = read_version(connection)  # read behind the lock: another program may have been first
        if now == head:
            return
        if now is not None and now not in {script.revision for script in scripts.walk_revisions()}:
            raise StoreError(
                f"expected a journal of version {head} or older, got {now}, which a newer "
                "hingewise has made.",
                hint="Install that one again, or restore the copy it made before it changed it.",
            )
        if now is not None and file is not None:
            copies.append(_copy(file, now))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _copies() -> Iterator[list[Path]]:
    """Remove what is put into the list if nothing comes of it: else every try would take space."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for each in made:
            each.unlink(missing_ok=True)
        raise


def _copy(file: Path, version: str) -> Path:
    """Keep the journal as it was, beside itself, under its name only when it is whole."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = file.with_name(f"{file.stem}-{version}-{stamp}{file.suffix}")
    part = file.with_name(f"{file.stem}-{version}{file.suffix}.part")
    _take_away(part)  # of a program that was killed: who copies has the lock, so nobody else does
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        os.replace(part, kept)
    except sqlite3.Error as error:  # not one of SQLAlchemy's
        raise StoreError(
            f"{file}: expected to keep a copy before its tables change, got: {reason_of(error)}.",
            hint="Nothing was changed. Free some space: it takes as much again as the journal.",
        ) from error
    finally:
        _take_away(part)
    return kept


def _take_away(part: Path) -> None:
    """Remove a copy that is not whole, and what SQLite has put beside it."""
    for name in (part.name, f"{part.name}-journal"):
        part.with_name(name).unlink(missing_ok=True)
