"""The library at the command line: found, shown, checked and written as a user would ask for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.e2e.command import hingewise

RECORDS = Path(__file__).parents[2] / "src/hingewise/library/records"


def test_a_page_by_what_people_call_it(tmp_path: Path) -> None:
    run = hingewise("library", "show", "glute", "pull-through", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Cable pull-through")
    for title in ("How to do it", "What goes wrong", "How much", "Safety", "Questions"):
        assert title in run.out
    assert "hart." not in run.out
    with_sources = hingewise("library", "show", "cable_pull_through", "--sources", cwd=tmp_path)
    assert "hart.setup.cable" in with_sources.out


@pytest.mark.parametrize(
    "name,title",
    [
        ("pull-through", "Cable pull-through"),
        ("trap bar", "Trap bar deadlift"),
        ("mini band", "Mini-band"),
        ("rounding_back", "Rounded back"),
        ("six phases", "Six-phase warm-up"),
    ],
)
def test_an_exercise_comes_before_others_of_the_same_name(
    name: str, title: str, tmp_path: Path
) -> None:
    run = hingewise("library", "show", name, cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(title)


def test_what_goes_wrong_is_found_with_the_way_out(tmp_path: Path) -> None:
    run = hingewise("library", "search", "my back rounds", cwd=tmp_path)
    assert run.code == 0
    said = " ".join(run.out.split())
    assert said.startswith("Rounded back rounding_back Mistake.")
    assert "Drills: Dowel on three points, Pause at the bottom" in said
    assert "Go back to: Dowel Romanian deadlift" in said


def test_lists_by_what_is_asked_for(tmp_path: Path) -> None:
    run = hingewise("library", "list", "--equipment", "booty band", "--json", cwd=tmp_path)
    assert [row["id"] for row in json.loads(run.out)] == [
        "banded_cable_pull_through",
        "banded_hip_thrust",
    ]


@pytest.mark.parametrize(
    "words,says",
    [
        (("show", "bicep curl"), "got 'bicep curl'"),
        (("list", "--muscle", "brain"), "--muscle: expected one of"),
        (("list", "songs"), "KIND: expected one of exercises, faults"),
        (("list", "faults", "--muscle", "glutes"), "filters only with exercises"),
        (("export", "out", "--format", "pdf"), "--format: expected one of json, markdown"),
        (("show",), "Expected NAME after: hingewise library show"),
        (("search",), "hingewise library search my back rounds"),
        (("swing",), "Expected a command (list, show, search, check, export), got 'swing'"),
    ],
    ids=["page", "muscle", "kind", "filter", "format", "no-name", "no-words", "no-command"],
)
def test_what_nobody_knows_is_told_in_one_line(
    words: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    run = hingewise("library", *words, cwd=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert says in run.err
    assert run.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_library_itself_has_no_problem(tmp_path: Path) -> None:
    run = hingewise("library", "check", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert "no problem" in run.out


def test_broken_records_are_all_told_and_nothing_is_used(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "exercises").mkdir(parents=True)
    shutil.copy(RECORDS / "exercises/good_morning.toml", own / "exercises/mine.toml")
    (own / "cues.toml").write_text("[x]\nsay = 1\n", encoding="utf-8")
    for command in ("check", "list"):
        run = hingewise("library", command, "--library", "own", cwd=tmp_path)
        assert (run.code, run.out) == (3, "")
        assert "exercises/mine.toml: name: expected a name of its own" in run.err
        assert "cues.toml: x.say" in run.err
        assert "cues.toml: x.aim: expected this key, found none" in run.err


def test_records_of_ones_own_are_shown_beside_ours(tmp_path: Path) -> None:
    text = (RECORDS / "exercises/good_morning.toml").read_text("utf-8")
    name, aliases, rest = text.split("\n", 2)
    assert (name[:6], aliases[:9]) == ("name =", "aliases =")
    own = tmp_path / "own/exercises"
    own.mkdir(parents=True)
    (own / "clinic.toml").write_text(f'name = "Clinic bow"\naliases = []\n{rest}', encoding="utf-8")
    run = hingewise("library", "show", "clinic bow", "--library", "own", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Clinic bow")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    run = hingewise("library", "list", "--library", "missing", cwd=tmp_path)
    assert run.code == 3
    assert "missing: expected a folder with records, found nothing" in run.err


@pytest.mark.parametrize("form", ["json", "markdown", "json-ld", "free-exercise-db"])
def test_every_export_is_written(form: str, tmp_path: Path) -> None:
    run = hingewise("library", "export", "out", "--format", form, cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_an_export_into_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    run = hingewise("library", "export", "out", cwd=tmp_path)
    assert run.code == 2
    assert (tmp_path / "out").read_text() == "mine"


def test_bare_it_says_what_it_can_do(tmp_path: Path) -> None:
    run = hingewise("library", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert "search" in run.out
