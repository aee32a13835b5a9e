"""What was found when programs were killed, as tables."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from hingewise_validation.bench_document import format_table, write_section
from hingewise_validation.kills.trial import Found

DOCUMENT = Path("docs/durability.md")
TITLE = "Nothing is lost"
HEADER = ["what was killed", "how", "killed", "records acknowledged", "whole", "not there", "wrong", "takes"]
WHAT = """Made by `make kills` (seed {seed}; {system}, SQLite {sqlite}): {killed} programs were killed while they wrote,
with SIGKILL and their whole group, {each}. Times at which anything was wrong: **{wrong}**.

*store*: a process that writes through the functions of the commands, and says through a pipe what it is about to write
and that it is written. It is killed at moments drawn evenly from the time that the whole takes undisturbed, at
statements and commits (before one, behind one), and at the beginning or the end of any call to the system, so between
any two writes to the file. *command*: the command line, killed at moments of the last two thirds of its time; the first
third is the start of Python.

After each kill the journal is looked at, opened again with the program, and the same is done once more, to its end:

- Every record that was acknowledged before is there and says the same; so is all that was in the journal before.
- What was in flight is there whole (column *whole*) or not at all (*not there*): an import or a restore with all its
  entries, all changes of one `plan next`, an entry with its sets and with how it looked. An older journal has the
  tables of the new version (*whole*) or those of the old one (*not there*), and its rows are the same.
- `integrity_check` and `foreign_key_check` of SQLite find nothing; no table is there that its version does not have;
  sets and changes are numbered without gaps.
- A copy beside a journal whose tables were changed is whole if it has its name, and holds the rows as they were. After
  the second run nothing unfinished lies beside it.
- No lock is left: SQLite gives its strongest one at once, PostgreSQL has no session of the dead program any more.
- The second run succeeds."""
"""How it is done, before the tables."""


def write_document(found: Sequence[Found], *, seed: int) -> None:
    """Rewrite docs/durability.md."""
    places = list(dict.fromkeys(each.place for each in found))
    killed = {place: sum(each.n_killed for each in found if each.place == place) for place in places}
    head = WHAT.format(
        seed=seed,
        system=f"{platform.system()}, Python {platform.python_version()}",
        sqlite=sqlite3.sqlite_version,
        killed=sum(killed.values()),
        each=" and ".join(f"{n} on {place}" for place, n in killed.items()),
        wrong=sum(len(each.problems) for each in found),
    )
    parts = [head]
    for place in places:
        rows = [_row(each) for each in found if each.place == place]
        parts += [f"## {place}", format_table(HEADER, rows)]
    write_section(DOCUMENT, "kills", "\n\n".join(parts), title=TITLE)


def _row(found: Found) -> list[str]:
    counts = (found.n_killed, found.n_acknowledged, found.n_whole, found.n_gone, len(found.problems))
    return [found.name, found.how, *map(str, counts), f"{1000 * found.duration_s:.0f} ms"]
