"""The command line itself, killed with its whole group while it writes."""

from __future__ import annotations

import json
import os
import random
import signal
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from hingewise.store.database import URL_VARIABLE
from hingewise.training.copies import Copy
from hingewise.training.document import write_document
from hingewise.training.journal import Kept

from hingewise_validation.bench_process import hingewise_command
from hingewise_validation.kills.checks import (
    find_wrong_copies,
    find_wrong_records,
    find_wrong_tables,
    normal,
    read_records,
    version_of,
)
from hingewise_validation.kills.places import Place
from hingewise_validation.kills.points import Records
from hingewise_validation.kills.scenes import ANSWERS, OLDER, Evidence, many_entries, strong_table
from hingewise_validation.kills.trial import TRIES, Amount, Found, Scene, look_safely

EXAMPLE = Path("examples/cable_pull_through.mp4")
STARTS = 1 / 3
"""Of a command's time it is Python that starts; it is killed behind that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What commands read: a table, a backup and what is in it, answers, and the results of a film, None for none."""

    table: Path
    copy: Path
    copied: list[Kept]
    answers: Path
    film: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command.

    Attributes
    ----------
    words
        What is typed.
    scene
        The journal in which it begins.
    says
        What it says only when it has written, "" for anything.
    writes_much
        Whether it writes much at once.
    """

    words: Sequence[str]
    scene: str
    says: str = ""
    writes_much: bool = False

    @property
    def name(self) -> str:
        """Its words without what they are about."""
        return f"`{' '.join(self.words[: 1 if self.words[0] == 'restore' else 2])}`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What came of a command."""

    killed: bool
    code: int
    out: str
    err: str
    duration_s: float


def write_files(folder: Path, *, n_days: int, with_film: bool) -> Files:
    """Write what commands read; analysing the film takes some seconds."""
    copied = many_entries(3 * n_days)
    files = Files(
        table=folder / "strong.csv",
        copy=folder / "journal.json",
        copied=copied,
        answers=folder / "answers.json",
        film=folder / "film" if with_film else None,
    )
    files.table.write_text(strong_table(n_days), encoding="utf-8")
    files.copy.write_text(write_document(Copy(entries=tuple(copied)), made_at=datetime.now(UTC)), encoding="utf-8")
    given = {name: value for name, value in asdict(ANSWERS).items() if value and name != "kit"}
    files.answers.write_text(json.dumps(given), encoding="utf-8")
    if files.film:
        analyse = ("analyze", str(EXAMPLE), "--no-film", "--out", str(files.film))
        subprocess.run([*hingewise_command(), *analyse], check=True, capture_output=True)
    return files


def list_commands(files: Files, evidence: Evidence) -> list[Command]:
    """Return every command that is killed."""
    told = next(each.entry for each in evidence.kept if each.entry.exercise == "cable_pull_through")
    film = [Command(words=("log", "film", told.id, str(files.film)), scene="followed")] if files.film else []
    add = ("log", "add", "cable pull-through 3x12 @ 40 kg, 2 RIR", "--technique", "clean")
    return [
        Command(words=add, scene="nothing"),
        Command(words=add, scene="followed"),
        Command(
            words=("log", "import", str(files.table), "--yes"), scene="followed", says="Written: ", writes_much=True
        ),
        Command(words=("restore", str(files.copy)), scene="followed"),
        Command(words=("plan", "new", "--answers", str(files.answers)), scene="followed"),
        Command(words=("plan", "next"), scene="followed", writes_much=True),
        Command(words=("log", "technique", told.id, "clean"), scene="followed"),
        *film,
        Command(words=("log", "list"), scene="older", writes_much=True),
    ]


def try_command(place: Place, command: Command, scene: Scene, amount: Amount, dice: random.Random) -> Found:
    """Kill a command at random moments, and say it again each time."""
    where = {"nothing": ", tables made", "older": ", of an older journal"}.get(command.scene, "")
    found = Found(place=place.name, name=command.name + where, how="command")
    measured = [_measure(place, command, scene, found) for _ in range(amount.measured)]
    found.duration_s = statistics.median(duration_s for _, duration_s in measured)
    for _ in range(TRIES * amount.commands):
        if found.n_killed < amount.commands:
            after_s = dice.uniform(STARTS * found.duration_s, found.duration_s)
            _kill_once(place, command, scene, found, (measured[0][0], after_s))
    return found


def _measure(place: Place, command: Command, scene: Scene, found: Found) -> tuple[Counter[str], float]:
    """What the command writes where nobody disturbs it, and how long it takes. [s]"""
    url = place.copy(scene.url)
    ran = _run(command, url)
    wanted = normal(_new(read_records(url), scene))
    if ran.code or not _is_acknowledged(command, ran) or bool(wanted) == (command.scene == "older"):
        found.problems.append(f"undisturbed it ended with {ran.code}, {len(wanted)} records: {ran.err.strip()}")
    place.drop(url)
    return wanted, ran.duration_s


def _kill_once(place: Place, command: Command, scene: Scene, found: Found, point: tuple[Counter[str], float]) -> None:
    """Kill the command, look at what it has left, and say it again."""
    wanted, after_s = point
    url = place.copy(scene.url)
    ran = _run(command, url, after_s=after_s)
    url, problems = place.settle(url)
    new: Records = {}

    def look() -> list[str]:
        wrong = [*find_wrong_tables(url, scene.before), *find_wrong_copies(url, scene.before, finished=False)]
        is_changed = scene.before.version == OLDER and version_of(url) != OLDER
        new.update(_new(read_records(url), scene))
        is_acknowledged = _is_acknowledged(command, ran)
        found.n_killed += ran.killed
        found.n_whole += ran.killed and (bool(new) or is_changed)
        found.n_gone += ran.killed and not (new or is_changed)
        found.n_acknowledged += len(new) if is_acknowledged else 0
        if normal(new) != wanted and (new or is_acknowledged):
            wrong.append(f"{'lost' if is_acknowledged else 'half'}: {len(new)} of {wanted.total()} records are there")
        return wrong

    problems += look_safely(look)
    again = _run(command, url)
    if again.code:
        problems.append(f"the second run failed: {again.err.strip()}")
    url, left = place.settle(url)
    problems += [*left, *look_safely(lambda: _look_again(url, scene, new))]
    found.problems += [f"killed after {after_s:.4f} s: {each}" for each in problems]
    place.drop(url)


def _look_again(url: str, scene: Scene, new: Records) -> list[str]:
    """After a second run all that was there is there."""
    wrong = [*find_wrong_tables(url, scene.before), *find_wrong_copies(url, scene.before, finished=True)]
    records = read_records(url)
    added = {key: each for key, each in _new(records, scene).items() if key not in new}
    return [*wrong, *find_wrong_records(records, scene.before.records | added, new, {})]


def _new(records: Records, scene: Scene) -> Records:
    return {key: each for key, each in records.items() if key not in scene.before.records}


def _is_acknowledged(command: Command, ran: Ran) -> bool:
    return bool(ran.out) and command.says in ran.out


def _run(command: Command, url: str, *, after_s: float | None = None) -> Ran:
    """Run a command, and kill its group when it is time."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [*hingewise_command(), *command.words],
        env=os.environ | {URL_VARIABLE: url, "COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=after_s)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
    return Ran(
        killed=process.returncode == -signal.SIGKILL,
        code=process.returncode,
        out=out,
        err=err,
        duration_s=time.perf_counter() - begin,
    )
