"""How training goes, as its user asks for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.command import Run, everything_in, hingewise

TODAY = datetime.now().astimezone().date()

Place = dict[str, str]


@pytest.fixture
def place(database_url: str) -> Place:
    return {"HINGEWISE_DATABASE_URL": database_url}


def log(*arguments: str, cwd: Path, place: Place) -> Run:
    run = hingewise("log", *arguments, cwd=cwd, env=place)
    assert (run.code, run.err) == (0, "")
    return run


def add(line: str, *, weeks_ago: int = 0, cwd: Path, place: Place, pain: int = 0) -> None:
    on = TODAY - timedelta(weeks=weeks_ago)
    log("add", line, "--on", str(on), "--pain", str(pain), cwd=cwd, place=place)


def document(*arguments: str, cwd: Path, place: Place) -> dict[str, Any]:
    return log("progress", "--json", *arguments, cwd=cwd, place=place).document


def panels(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {panel["id"]: panel for panel in found["panels"]}


def series(panel: dict[str, Any]) -> dict[str, Any]:
    return {each["name"]: each for each in panel["series"]}


def test_an_empty_journal_says_how_to_begin(tmp_path: Path, place: Place) -> None:
    said = log("progress", "--html", "page.html", cwd=tmp_path, place=place).out
    assert said.startswith("Nothing is written down yet. Write for example: hingewise log add")
    assert not (tmp_path / "page.html").exists()
    assert document(cwd=tmp_path, place=place)["panels"] == []


def test_one_set_is_enough(tmp_path: Path, place: Place) -> None:
    add("rdl 5 @ 60 kg, 1 RIR", cwd=tmp_path, place=place)
    said = log("progress", cwd=tmp_path, place=place).out
    assert "Estimated maximum 72 kg." in said
    assert "proxy" in said
    assert "Gluteus maximus" in said
    found = panels(document(cwd=tmp_path, place=place))
    rdl = found["exercise-romanian_deadlift"]
    assert len(rdl["weeks"]) == 52
    last = {name: each["values"][-1] for name, each in series(rdl).items()}
    assert last == {
        "Sets": 1.0,
        "Repetitions": 5.0,
        "Volume load": 300.0,
        "Estimated maximum": 72.0,
        "Heaviest load": 60.0,
    }


def test_weeks_are_compared_and_the_unit_is_the_lifters(tmp_path: Path, place: Place) -> None:
    add("rdl 3x5 @ 185 lb, 1 RIR", weeks_ago=8, cwd=tmp_path, place=place)
    add("rdl 3x5 @ 205 lb, 1 RIR", cwd=tmp_path, place=place)
    add("rdl 5 @ 40 kg", cwd=tmp_path, place=place, pain=3)
    said = log("progress", cwd=tmp_path, place=place).out
    assert "Estimated maximum 246 lb, 24 lb more than eight weeks ago." in said
    assert "Heaviest load 205 lb, 20 lb more than eight weeks ago." in said
    assert "Romanian deadlift: 3 of 10" in said


def test_bands_have_no_volume_load_and_that_is_said(tmp_path: Path, place: Place) -> None:
    add("glute bridge 3x15 @ red band, 2 RIR", cwd=tmp_path, place=place)
    said = log("progress", cwd=tmp_path, place=place).out
    assert "Bands and body weight have no volume load" in said
    assert "Volume load  " not in said
    assert "proxy" not in said
    found = panels(document(cwd=tmp_path, place=place))["exercise-glute_bridge"]
    assert list(series(found)) == ["Sets", "Repetitions"]


def test_one_exercise_of_several(tmp_path: Path, place: Place) -> None:
    add("rdl 5 @ 60 kg", cwd=tmp_path, place=place)
    add("glute bridge 3x15", cwd=tmp_path, place=place)
    said = log("progress", "--exercise", "bridge", cwd=tmp_path, place=place).out
    assert "Glute bridge" in said
    assert "Romanian" not in said
    assert "muscle" not in said
    nothing = log("progress", "--exercise", "hip thrust", cwd=tmp_path, place=place).out
    assert nothing.startswith("Nothing of ")


def test_what_is_older_than_a_year_is_told_where_it_is(tmp_path: Path, place: Place) -> None:
    add("rdl 5 @ 60 kg", weeks_ago=60, cwd=tmp_path, place=place)
    said = log("progress", cwd=tmp_path, place=place).out
    since = str(TODAY - timedelta(weeks=60))
    assert said.rstrip().endswith(f"hingewise log progress --since {since}")
    found = document("--since", since, cwd=tmp_path, place=place)
    assert len(panels(found)["exercise-romanian_deadlift"]["weeks"]) == 61


def test_a_page_is_written_whole_and_nothing_else(tmp_path: Path, place: Place) -> None:
    add("rdl 5 @ 60 kg, 1 RIR", cwd=tmp_path, place=place)
    before = everything_in(tmp_path)
    said = log("progress", "--html", "page.html", cwd=tmp_path, place=place).out
    assert said == "How training goes: page.html\n"
    assert everything_in(tmp_path) - before == {"page.html"}
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Estimated maximum 72 kg." in page
    refused = hingewise("log", "progress", "--html", "page.html", cwd=tmp_path, env=place)
    assert (refused.code, refused.out) == (2, "")
    assert (tmp_path / "page.html").read_text("utf-8") == page


def test_a_terminal_of_ascii_gets_ascii(tmp_path: Path, place: Place) -> None:
    add("rdl 5 @ 60 kg, 1 RIR", cwd=tmp_path, place=place)
    narrow = place | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "COLUMNS": "80"}
    said = log("progress", cwd=tmp_path, place=narrow).out
    assert said.isascii()
    assert "?" not in said
    assert max(map(len, said.splitlines())) <= 80
