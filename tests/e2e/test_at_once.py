"""Several programs that write one journal at once: each waits or says so; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hingewise.store.database import URL_VARIABLE
from hingewise.training.changes import Change
from hingewise_validation.kills.checks import find_wrong_tables, look_before, read_records
from hingewise_validation.kills.places import file_of
from hingewise_validation.kills.scenes import (
    OLDER,
    Evidence,
    gather_evidence,
    make_followed,
    make_older,
    many_entries,
    strong_table,
)
from tests.e2e.command import Run, finish, start

N_DAYS = 20
N_IMPORTED = 3 * N_DAYS
ADD = ("log", "add", "hip thrust 3x8 @ 60 kg", "--json")
NEXT = ("plan", "next", "--json")
IMPORT = ("log", "import", "strong.csv", "--yes")


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """A plan, and what changes it."""
    return gather_evidence(tmp_path_factory.mktemp("evidence"))


def run_at_once(*commands: tuple[str, ...], cwd: Path, url: str) -> list[Run]:
    """Run commands at once; each does it, or says in one line that another program was first."""
    programs = [start(*command, cwd=cwd, env={URL_VARIABLE: url}) for command in commands]
    runs = [finish(program) for program in programs]
    for run in runs:
        said = ("another program is writing", "another program has changed it")
        is_refused = run.code == 2 and any(each in run.err for each in said)
        assert (run.code, run.err) == (0, "") or (is_refused and run.err.count("\n") == 1)
    return runs


def test_programs_that_write_at_once_lose_nothing(
    tmp_path: Path, database_url: str, evidence: Evidence
) -> None:
    make_followed(database_url, evidence)
    before = look_before(database_url, database_url)
    (tmp_path / "strong.csv").write_text(strong_table(N_DAYS), encoding="utf-8")
    commands = (NEXT, ADD, IMPORT, NEXT, ADD, IMPORT, NEXT, ADD)
    runs = run_at_once(*commands, cwd=tmp_path, url=database_url)
    done = [(command, run) for command, run in zip(commands, runs, strict=True) if not run.code]
    after = read_records(database_url)
    assert before.records.items() <= after.items()
    assert not list(find_wrong_tables(database_url, before))
    added = {run.document["id"] for command, run in done if command == ADD}
    assert added <= after.keys()
    imported = [run.out for command, run in done if command == IMPORT]
    n_written = [int(out.split("Written: ")[1].split(".")[0]) for out in imported if "Wri" in out]
    assert sum(n_written) == N_IMPORTED
    fresh = [change["id"] for command, run in done if command == NEXT for change in told(run)]
    changes = [each for each in after.values() if isinstance(each, Change)]
    assert sorted(fresh) == sorted(each.id for each in changes)
    assert changes
    assert len({(each.slot, each.kind, each.evidence) for each in changes}) == len(changes)
    assert len(after) == len(before.records) + len(added) + N_IMPORTED + len(fresh)


def told(run: Run) -> list[dict[str, str]]:
    """The changes that ``plan next`` says it has made."""
    found: list[dict[str, str]] = json.loads(run.out)["changes"]
    return found


def test_programs_that_find_an_older_journal_change_it_once(
    tmp_path: Path, new_database: Callable[[], str]
) -> None:
    url, other = new_database(), new_database()
    kept = many_entries(60)
    for each in (url, other):
        make_older(each, kept)
    before = look_before(url, other)
    runs = run_at_once(*[ADD] * 5, cwd=tmp_path, url=url)
    after = read_records(url)
    assert before.records.items() <= after.items()
    added = {run.document["id"] for run in runs if not run.code}
    assert after.keys() - before.records.keys() == added
    if url.startswith("sqlite"):
        file = file_of(url)
        assert len(list(file.parent.glob(f"{file.stem}-{OLDER}-*"))) == 1
