"""Lines of the journal that cannot be meant, and journals that cannot be written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.builders_fit import DONE, watch_file, with_checksum
from tests.e2e.bad_input import BadInput, Prepare, write_good_film
from tests.e2e.command import hingewise

PLACE = {"HINGEWISE_DATABASE_URL": "sqlite:///{folder}/journal.sqlite"}
GOOD = ("log", "add", "rdl 3x8 @ 60 kg")


def _line(title: str, line: str, *says: str, at: str) -> BadInput:
    return BadInput(
        title=title,
        command=("log", "add", line),
        says=says,
        env=PLACE,
        points_at=line[line.index(at) :],
    )


def _write(content: bytes) -> Prepare:
    return lambda folder: (folder / "journal.sqlite").write_bytes(content)


def _newer(folder: Path) -> None:
    env = {"HINGEWISE_DATABASE_URL": f"sqlite:///{folder}/journal.sqlite"}
    assert hingewise(*GOOD, cwd=folder, env=env).code == 0
    with closing(sqlite3.connect(folder / "journal.sqlite")) as journal, journal:
        journal.execute("UPDATE alembic_version SET version_num = '9999'")


JOURNAL = (
    _line(
        "an exercise that nobody knows",
        "pul trough 3x8",
        "expected an exercise first, got 'pul trough'",
        "Did you mean Cable pull-through?",
        at="pul",
    ),
    _line(
        "no repetitions",
        "rdl @ 40 kg",
        "expected sets and repetitions behind 'rdl', got @ 40 kg",
        "pull-through 3x12",
        at="@",
    ),
    _line(
        "a word that nobody knows",
        "rdl 3x8 @ 60 kg, 2 RIP",
        "'2 RIP' is not known here",
        "Did you mean 2 RIR?",
        at="2 RIP",
    ),
    _line("a load without its unit", "rdl 3x8 @ 60", "Write 60 kg, 60 lb", at="60"),
    _line("300 repetitions", "rdl 300 @ 60 kg", "expected 1 to 200 repetitions, got 300", at="300"),
    _line("9 999 kg", "rdl 3x8 @ 9999 kg", "a load of up to 600 kg, got 9999 kg", at="9999"),
    _line("ten repetitions left", "rdl 3x8, 10 RIR", "0 to 6 repetitions in reserve", at="10 RIR"),
    BadInput(
        title="a day in 2090",
        command=(*GOOD, "--on", "2090-01-01"),
        says=("expected a day from 1950-01-01 to ", "got 2090-01-01", "belongs into a plan"),
        env=PLACE,
    ),
    BadInput(
        title="a day that is none",
        command=(*GOOD, "--on", "2026-02-30"),
        says=("Expected a day, got '2026-02-30'", "today or yesterday"),
        env=PLACE,
    ),
    BadInput(
        title="more pain than the scale has",
        command=(*GOOD, "--pain", "11"),
        says=("expected pain from 0 to 10, got 11",),
        env=PLACE,
    ),
    BadInput(
        title="nothing to write down",
        command=("log", "add"),
        says=("Expected LINE", 'hingewise log add "pull-through 3x12 @ 40 kg, 2 RIR"'),
        env=PLACE,
    ),
    BadInput(
        title="a line without its command",
        command=("log", "rdl 3x8"),
        says=("Expected a command (add, list, remove, import, export)",),
        env=PLACE,
    ),
    BadInput(
        title="an entry to take out that is not there",
        command=("log", "remove", "abc"),
        says=("expected the id of one entry, got 'abc'", "hingewise log list"),
        prepare=lambda folder: hingewise(
            *GOOD, cwd=folder, env={"HINGEWISE_DATABASE_URL": f"sqlite:///{folder}/journal.sqlite"}
        ),
        env=PLACE,
    ),
    BadInput(
        title="a backup over a file",
        command=("backup", "journal.json"),
        says=("journal.json: expected a name that is free", "Name another one"),
        prepare=lambda folder: (folder / "journal.json").write_text("{}", "utf-8"),
        env=PLACE,
        leaves=frozenset({"journal.sqlite"}),
    ),
    BadInput(
        title="a backup into nowhere",
        command=("backup", "nowhere/journal.json"),
        says=("nowhere/journal.json: expected a place to write this file", "name another folder"),
        env=PLACE,
        leaves=frozenset({"journal.sqlite"}),
    ),
    BadInput(
        title="a backup that is not there",
        command=("restore", "journal.json"),
        says=("journal.json: expected a copy of a journal, got: No such file",),
        env=PLACE,
    ),
    BadInput(
        title="another document to restore",
        command=("restore", "journal.json"),
        says=("journal.json: expected a journal, got another document", "hingewise backup FILE"),
        prepare=lambda folder: (folder / "journal.json").write_text("{}", "utf-8"),
        env=PLACE,
    ),
    BadInput(
        title="a table of nobody that is known",
        command=("log", "import", "a.csv"),
        says=("a.csv: expected a table of Hevy, Strong, FitNotes", "Tag, Last", "--columns"),
        prepare=lambda folder: (folder / "a.csv").write_text("Tag,Last\n1,2\n", "utf-8"),
        env=PLACE,
    ),
    BadInput(
        title="logs of wger without names",
        command=("log", "import", "a.json"),
        says=("a.json: expected names of exercises, got wger's numbers alone: 507", "--names FILE"),
        prepare=lambda folder: (folder / "a.json").write_text(
            '[{"exercise": 507, "date": "2026-03-01"}]', "utf-8"
        ),
        env=PLACE,
    ),
    BadInput(
        title="JSON of nobody that is known",
        command=("log", "import", "a.json"),
        says=("a.json: expected logs of wger, got other JSON", "/api/v2/workoutlog/"),
        prepare=lambda folder: (folder / "a.json").write_text('{"sets": []}', "utf-8"),
        env=PLACE,
    ),
    BadInput(
        title="names of exercises that are not there",
        command=("log", "import", "a.json", "--names", "names.json"),
        says=("names.json: expected names of exercises, got: No such file",),
        prepare=lambda folder: (folder / "a.json").write_text("[]", "utf-8"),
        env=PLACE,
    ),
    BadInput(
        title="names of exercises for a table",
        command=("log", "import", "a.csv", "--names", "a.csv"),
        says=("--names: expected JSON of wger to import, got a table",),
        prepare=lambda folder: (folder / "a.csv").write_text("Tag,Last\n1,2\n", "utf-8"),
        env=PLACE,
    ),
    BadInput(
        title="columns of JSON",
        command=("log", "import", "a.json", "--columns", "date=Tag"),
        says=("--columns: expected a table to import, got JSON",),
        prepare=lambda folder: (folder / "a.json").write_text("[]", "utf-8"),
        env=PLACE,
    ),
    BadInput(
        title="a FIT file that is cut off",
        command=("log", "import", "a.fit"),
        says=("a.fit: expected a FIT file of ", " it is cut off", "Copy it again"),
        prepare=lambda folder: (folder / "a.fit").write_bytes(watch_file([DONE])[:-9]),
        env=PLACE,
    ),
    BadInput(
        title="a FIT file that was damaged",
        command=("log", "import", "a.fit"),
        says=("a.fit: expected a FIT file as it was written, but its checksum does not fit",),
        prepare=lambda folder: (folder / "a.fit").write_bytes(watch_file([DONE])[:-1] + b"?"),
        env=PLACE,
    ),
    BadInput(
        title="a FIT file that means harm",
        command=("log", "import", "a.fit"),
        says=("a.fit: expected FIT messages, got what makes none", "Export the file again"),
        prepare=lambda folder: (folder / "a.fit").write_bytes(
            with_checksum(watch_file([DONE])[:14] + b"\x05" + watch_file([DONE])[15:])
        ),
        env=PLACE,
    ),
    BadInput(
        title="a FIT file of a run",
        command=("log", "import", "a.fit"),
        says=("a.fit: expected sets of a strength training, got a FIT file without any",),
        prepare=lambda folder: (folder / "a.fit").write_bytes(watch_file([])),
        env=PLACE,
    ),
    BadInput(
        title="columns of a FIT file",
        command=("log", "import", "a.fit", "--columns", "date=Tag"),
        says=("--columns: expected none for a FIT file",),
        prepare=lambda folder: (folder / "a.fit").write_bytes(watch_file([DONE])),
        env=PLACE,
    ),
    BadInput(
        title="a film to import",
        command=("log", "import", "set.mp4"),
        says=("set.mp4: expected a table with a header and columns", "Export it as CSV"),
        prepare=write_good_film,
        env=PLACE,
    ),
    BadInput(
        title="a table that is not there",
        command=("log", "import", "a.csv"),
        says=("a.csv: expected a file of another program, got: No such file",),
        env=PLACE,
    ),
    BadInput(
        title="a table of a form that is none",
        command=("log", "export", "a.csv", "--format", "excel"),
        says=("--format: expected one of csv, hevy, strong, fit, got 'excel'",),
        env=PLACE,
        leaves=frozenset({"journal.sqlite"}),
    ),
    BadInput(
        title="a unit that is none",
        command=("log", "import", "a.csv", "--unit", "stone"),
        says=("--unit: expected kg or lb, got 'stone'",),
        env=PLACE,
    ),
    BadInput(
        title="a journal that is no database",
        command=GOOD,
        says=("journal.sqlite: expected a journal, got: file is not a database",),
        prepare=_write(b"3 x 8 @ 40 kg\n" * 100),
        env=PLACE,
    ),
    BadInput(
        title="a journal of a newer hingewise",
        command=GOOD,
        says=("got 9999, which a newer hingewise has made", "Install that one again"),
        prepare=_newer,
        env=PLACE,
    ),
    BadInput(
        title="an address that is none",
        command=GOOD,
        says=("HINGEWISE_DATABASE_URL: expected an address like sqlite:///journal.sqlite",),
        env={"HINGEWISE_DATABASE_URL": "journal.sqlite"},
    ),
    BadInput(
        title="a server that does not answer",
        command=GOOD,
        says=("postgresql+pg8000://ana:***@127.0.0.1:1/journal", "that the server runs"),
        env={"HINGEWISE_DATABASE_URL": "postgresql://ana:secret@127.0.0.1:1/journal"},
    ),
)
