"""Kill programs that write, on both databases: ``python -m hingewise_validation.kills.run`` writes docs/durability.md.

``--database`` tries one only (``sqlite``, or the address of a PostgreSQL server without a database) and writes nothing;
the tests do so with ``--small``. It ends with 1, and says why, if anything was lost, half there or damaged.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from hingewise.app.journal_import import Asked, read_import
from hingewise.library.load import load_library
from hingewise.training.names import names_of

from hingewise_validation.kills.checks import look_before
from hingewise_validation.kills.commands import Files, list_commands, try_command, write_files
from hingewise_validation.kills.document import write_document
from hingewise_validation.kills.places import Place, SqlitePlace, postgresql_place
from hingewise_validation.kills.scenes import (
    Evidence,
    gather_evidence,
    make_followed,
    make_older,
    many_entries,
)
from hingewise_validation.kills.trial import SMALL, Amount, Found, Scene, try_write
from hingewise_validation.kills.writes import Write, list_writes
from hingewise_validation.postgresql import own_server

SQLITE = "sqlite"


def main() -> None:
    """Try what is asked for, say what was found, and write it down."""
    asked = _parse()
    amount = SMALL if asked.small else Amount()
    with tempfile.TemporaryDirectory(prefix="hingewise-kills-") as name:
        if asked.database:
            found = try_database(asked.database, Path(name), amount, asked.seed)
        else:
            with own_server() as address:
                found = [
                    one
                    for database in (SQLITE, address)
                    for one in try_database(database, Path(name), amount, asked.seed)
                ]
            write_document(found, seed=asked.seed)
    problems = [f"{each.place}, {each.name}, {each.how}: {said}" for each in found for said in each.problems]
    sys.exit("\n".join(problems) or 0)


def try_database(database: str, folder: Path, amount: Amount, seed: int) -> list[Found]:
    """Try every way of writing on one database."""
    if database != SQLITE:
        with postgresql_place(database) as place:
            return list(try_place(place, folder, amount, seed))
    files = folder / "files"
    files.mkdir()
    return list(try_place(SqlitePlace(folder=files), folder, amount, seed))


def try_place(place: Place, folder: Path, amount: Amount, seed: int) -> Iterator[Found]:
    """Yield what was found of one way of writing after the other."""
    dice = random.Random(f"{seed}-{place.name}")
    here = folder / place.name
    here.mkdir()
    evidence = gather_evidence(here)
    files = write_files(here, n_days=amount.days, with_film=amount != SMALL)
    with _scenes(place, evidence, n_older=5 * amount.days) as scenes:
        for write in _writes(files, evidence):
            yield _said(try_write(place, write, scenes[write.scene], amount, dice))
        for command in list_commands(files, evidence):
            if amount.all_commands or command.writes_much:
                yield _said(try_command(place, command, scenes[command.scene], amount, dice))


def _writes(files: Files, evidence: Evidence) -> list[Write]:
    names = names_of(load_library())
    read = read_import(files.table, names, Asked(), today=datetime.now(UTC).date())
    return list_writes(names, evidence, read.imported.entries, files.copied)


@contextmanager
def _scenes(place: Place, evidence: Evidence, *, n_older: int) -> Iterator[dict[str, Scene]]:
    """Make the journals in which writers begin."""
    urls = {name: place.new() for name in ("nothing", "older", "followed")}
    make_older(urls["older"], many_entries(n_older))
    make_followed(urls["followed"], evidence)
    scenes = {}
    for name, url in urls.items():
        copy = place.copy(url)
        scenes[name] = Scene(url=url, before=look_before(url, copy))
        place.drop(copy)
    yield scenes
    for url in urls.values():
        place.drop(url)


def _said(found: Found) -> Found:
    wrong = f"; {len(found.problems)} WRONG" if found.problems else ""
    sys.stdout.write(f"{found.place}: {found.name} ({found.how}): {found.n_killed} killed{wrong}\n")
    sys.stdout.flush()
    return found


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="", help="sqlite, or the address of a PostgreSQL server")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="few points, as the tests have them")
    return parser.parse_args()


if __name__ == "__main__":
    main()
