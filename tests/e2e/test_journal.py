"""The journal as its user has it: written in one line, read back, taken out; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builders_fit import DONE, REST, watch_file
from tests.e2e.command import Run, finish, hingewise, start

Log = dict[str, str]


@pytest.fixture
def place(database_url: str) -> Log:
    return {"HINGEWISE_DATABASE_URL": database_url}


def log(*arguments: str, cwd: Path, place: Log) -> Run:
    run = hingewise("log", *arguments, cwd=cwd, env=place)
    assert (run.code, run.err) == (0, "")
    return run


def entries(*arguments: str, cwd: Path, place: Log) -> list[dict[str, Any]]:
    """What the journal holds."""
    found: list[dict[str, Any]] = json.loads(
        log("list", "--json", *arguments, cwd=cwd, place=place).out
    )
    return found


def test_what_is_written_down_is_read_back(tmp_path: Path, place: Log) -> None:
    line = 'Cable pull-through 3x12 @ 40 kg, 2 RIR, 3-0-x-1, "one; two"'
    written = log(
        "add", line, "--pain", "2", "--note", "tired", "--json", cwd=tmp_path, place=place
    )
    (read,) = entries(cwd=tmp_path, place=place)
    assert read == json.loads(written.out)
    assert (read["line"], read["pain"], read["note"]) == (line, 2, "tired")
    again = log("add", read["line"], "--json", cwd=tmp_path, place=place).document
    assert again["sets"] == read["sets"]


def test_the_last_time_is_shown(tmp_path: Path, place: Log) -> None:
    log("add", "RDL 3x8 @ 60 kg", "--on", "2026-11-02", cwd=tmp_path, place=place)
    log("add", "RDL 3x8 @ 62.5 kg", "--on", "2026-11-09", cwd=tmp_path, place=place)
    log("add", "hip thrust 3x8 @ 62.5 kg", "--on", "2026-11-10", cwd=tmp_path, place=place)
    said = log("add", "RDL 3x8 @ 65 kg", "--on", "2026-11-16", cwd=tmp_path, place=place).out
    assert "1560 kg moved in 3 sets." in said
    assert "The last time, Mon 9 Nov 2026: Romanian deadlift 3x8 @ 62.5 kg." in said


def test_the_list_holds_what_is_asked_for(tmp_path: Path, place: Log) -> None:
    for day in ("2026-11-02", "2026-11-09"):
        log("add", "RDL 3x8 @ 60 kg", "--on", day, cwd=tmp_path, place=place)
    log("add", "glute bridge 3x12", "--on", "2026-11-09", cwd=tmp_path, place=place)
    since = log("list", "--since", "2026-11-03", cwd=tmp_path, place=place).out
    assert since.count("RDL") + since.count("Romanian") == 1
    bridges = log("list", "--exercise", "glute bridge", cwd=tmp_path, place=place).out
    assert "Mon 9 Nov 2026" in bridges
    assert "Romanian" not in bridges


def test_an_empty_journal_says_how_to_begin(tmp_path: Path, place: Log) -> None:
    assert "hingewise log add" in log("list", cwd=tmp_path, place=place).out


def test_what_is_taken_out_is_said(tmp_path: Path, place: Log) -> None:
    slip = log("add", "RDL 3x8 @ 600 kg", "--json", cwd=tmp_path, place=place).document
    said = log("remove", slip["id"][:8], cwd=tmp_path, place=place).out
    assert "Romanian deadlift 3x8 @ 600 kg" in said
    assert entries(cwd=tmp_path, place=place) == []


def test_programs_that_write_at_once_all_write(tmp_path: Path, place: Log) -> None:
    """The journal is made by whichever comes first; the others wait for it."""
    programs = [
        start("log", "add", f"RDL {n} @ 60 kg", cwd=tmp_path, env=place) for n in range(1, 7)
    ]
    assert [finish(program).code for program in programs] == [0] * 6
    written = entries(cwd=tmp_path, place=place)
    assert sorted(entry["sets"][0]["repetitions"] for entry in written) == [1, 2, 3, 4, 5, 6]


def test_a_backup_is_brought_back_elsewhere(
    tmp_path: Path, place: Log, new_database: Callable[[], str]
) -> None:
    log("add", "RDL 3x8 @ 60 kg", cwd=tmp_path, place=place)
    slip = log("add", "RDL 3x8 @ 600 kg", "--json", cwd=tmp_path, place=place).document
    log("remove", slip["id"], cwd=tmp_path, place=place)
    written = hingewise("backup", "copy.json", cwd=tmp_path, env=place)
    assert written.out == "2 entries in copy.json\n"
    other = {"HINGEWISE_DATABASE_URL": new_database()}
    first, again = (hingewise("restore", "copy.json", cwd=tmp_path, env=other) for _ in range(2))
    assert first.out == "2 entries brought back\n"
    assert again.out == "no entry brought back, 2 were there already\n"
    assert entries(cwd=tmp_path, place=other) == entries(cwd=tmp_path, place=place)


def test_what_another_program_wrote_is_shown_then_written_once(tmp_path: Path, place: Log) -> None:
    rows = "".join(f"2026-01-{day:02d} 18:00:00,L,Deadlift,1,60,kg,5,,0,\n" for day in range(1, 9))
    header = "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps,RPE,Seconds,Notes\n"
    (tmp_path / "strong.csv").write_text(header + rows, encoding="utf-8")
    shown = log("import", "strong.csv", cwd=tmp_path, place=place).out
    assert "Strong: 8 entries, 8 sets, from Thu 1 Jan 2026 to Thu 8 Jan 2026." in shown
    assert "Nothing was written. Add --yes" in shown
    assert entries(cwd=tmp_path, place=place) == []
    assert "Written: 8." in log("import", "strong.csv", "--yes", cwd=tmp_path, place=place).out
    again = log("import", "strong.csv", "--yes", cwd=tmp_path, place=place).out
    assert "8 of them are in the journal already" in " ".join(again.split())
    assert len(entries(cwd=tmp_path, place=place)) == 8


def test_logs_of_wger_are_written_once(tmp_path: Path, place: Log) -> None:
    record = {"session": 4, "repetitions_unit": 1, "weight_unit": 1, "rir": "2.0"}
    page = {
        "count": 30,
        "results": [
            {**record, "date": f"2026-03-01T18:0{n}:00+01:00", "exercise": exercise}
            | {"repetitions": "8.00", "weight": "62.50"}
            for n, exercise in enumerate([507, 507, 73])
        ],
    }
    (tmp_path / "wger.json").write_text(json.dumps(page), encoding="utf-8")
    called = {"507": "Romanian deadlift", "73": "Bench press"}
    (tmp_path / "names.json").write_text(json.dumps(called), encoding="utf-8")
    command = ("import", "wger.json", "--names", "names.json", "--yes")
    said = " ".join(log(*command, cwd=tmp_path, place=place).out.split())
    assert "wger (a page; 27 more logs are not in this file): 1 entry, 2 sets" in said
    assert "Bench press: 1 set" in said
    assert "Nothing to write." in log(*command, cwd=tmp_path, place=place).out
    (entry,) = entries(cwd=tmp_path, place=place)
    assert entry["line"] == "Romanian deadlift 2x8 @ 62.5 kg, 2 RIR"


def test_a_table_of_ours_is_read_back_elsewhere(
    tmp_path: Path, place: Log, new_database: Callable[[], str]
) -> None:
    log("add", 'RDL 3x8 @ 60 kg, 3-0-1-1, "=1+1"', "--pain", "1", cwd=tmp_path, place=place)
    assert log("export", "a.csv", cwd=tmp_path, place=place).out == "1 entry in a.csv\n"
    other = {"HINGEWISE_DATABASE_URL": new_database()}
    log("import", "a.csv", "--yes", cwd=tmp_path, place=other)
    assert entries(cwd=tmp_path, place=other) == entries(cwd=tmp_path, place=place)


def test_a_fit_file_of_ours_is_read_back_elsewhere(
    tmp_path: Path, place: Log, new_database: Callable[[], str]
) -> None:
    """By the name of the file, and exactly; what is there already is not written again."""
    log("add", 'pull-through 3x12 @ 2x20 kg, "é; ü"', "--pain", "1", cwd=tmp_path, place=place)
    log("add", "hip thrust 2x30 s @ light band", "--on", "yesterday", cwd=tmp_path, place=place)
    assert log("export", "a.fit", cwd=tmp_path, place=place).out == "2 entries in a.fit\n"
    other = {"HINGEWISE_DATABASE_URL": new_database()}
    assert "Written: 2." in log("import", "a.fit", "--yes", cwd=tmp_path, place=other).out
    assert entries(cwd=tmp_path, place=other) == entries(cwd=tmp_path, place=place)
    assert "Nothing to write." in log("import", "a.fit", "--yes", cwd=tmp_path, place=place).out


def test_sets_of_a_watch_are_written_once(tmp_path: Path, place: Log) -> None:
    sets = [DONE, REST, {**DONE, 3: 6}, {**DONE, 7: 0xFFFE, 8: None}, {**DONE, 3: None}]
    (tmp_path / "watch.fit").write_bytes(watch_file(sets))
    said = " ".join(log("import", "watch.fit", "--yes", cwd=tmp_path, place=place).out.split())
    assert "FIT: 1 entry, 2 sets, of Sun 1 Mar 2026." in said
    assert "an exercise that is not named: 1 set" in said
    assert "Romanian deadlift: no repetitions: 1 set" in said
    assert "Nothing to write." in log("import", "watch.fit", cwd=tmp_path, place=place).out
    (entry,) = entries(cwd=tmp_path, place=place)
    assert entry["line"] == "Romanian deadlift 8, 6 @ 62.5 kg"
