"""A plan leaves the program in every form, and a copy of the journal holds it too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.command import Run, hingewise

ANSWERS = """goal = "muscle"
experience = "hinge"
days = 3
minutes = 60
weekdays = ["monday", "wednesday", "friday"]
equipment = ["gym"]
"""
Log = dict[str, str]


@pytest.fixture
def place(database_url: str) -> Log:
    return {"HINGEWISE_DATABASE_URL": database_url}


@pytest.fixture
def run(tmp_path: Path, place: Log) -> Callable[..., Run]:
    """Run a command where a plan is followed."""
    (tmp_path / "answers.toml").write_text(ANSWERS, "utf-8")

    def do(*arguments: str) -> Run:
        done = hingewise(*arguments, cwd=tmp_path, env=place)
        assert (done.code, done.err) == (0, "")
        return done

    do("plan", "new", "--answers", "answers.toml")
    return do


def test_a_copy_holds_the_plan_and_brings_it_back(
    tmp_path: Path, run: Callable[..., Run], new_database: Callable[[], str]
) -> None:
    run("log", "add", "pull-through 3x12 @ 40 kg", "--technique", "clean")
    run("plan", "set", "primer", "45 kg")
    written = run("backup", "copy.json")
    assert written.out == "1 entry, 1 plan with 1 change, 1 judged set in copy.json\n"
    other = {"HINGEWISE_DATABASE_URL": new_database()}
    first, again = (hingewise("restore", "copy.json", cwd=tmp_path, env=other) for _ in range(2))
    assert first.out == "1 entry, 1 plan with 1 change, 1 judged set brought back\n"
    assert again.out == (
        "no entry brought back; there already: 1 entry, 1 plan with 1 change, 1 judged set\n"
    )
    shown = hingewise("plan", "show", "--json", cwd=tmp_path, env=other)
    assert shown.out == run("plan", "show", "--json").out


@pytest.mark.parametrize("ending", ["ics", "html", "pdf", "json", "jsonld", "md"])
def test_a_plan_is_written_as_its_name_says(
    tmp_path: Path, run: Callable[..., Run], ending: str
) -> None:
    said = run("plan", "export", f"plan.{ending}").out
    assert said == f"36 sessions to come, in plan.{ending}\n"
    run("plan", "export", "again", "--format", ending)
    assert (tmp_path / "again").read_bytes() == (tmp_path / f"plan.{ending}").read_bytes()
