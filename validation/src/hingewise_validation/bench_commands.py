"""How soon stored sets are judged again and the journal answers, for docs/performance.md.

``python -m hingewise_validation.bench_commands``
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from hingewise_validation.bench_document import format_table, write_section
from hingewise_validation.lifters.people import people
from hingewise_validation.lifters.run import file_of, run

DOCUMENT = Path("docs/performance.md")
EXAMPLE = Path("examples/cable_pull_through.mp4")
N_RUNS = 9
N_SETS = 50_000
LIFTS = ("Deadlift", "Romanian Deadlift (Barbell)", "Hip Thrust", "Cable Pull Through", "Glute Bridge")
SETS_OF_A_LIFT = 4
PLAN_WEEKS = 25
BETWEEN = timedelta(hours=33)
LAST = datetime.now()
"""The journal ends today: what was done lately is what a lifter looks at."""

WORK = """
import json, sys, time
from pathlib import Path
from hingewise.cli.assess import _request
from hingewise.app.stored_sets import assess_stored
from hingewise.render.terminal import print_summary
request = _request(Path(sys.argv[1]), "auto", None)
begin = time.perf_counter()
assess_stored(request)
print(json.dumps(time.perf_counter() - begin))
"""


def main() -> None:
    """Measure and rewrite the section."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [*_measure_assess(folder), *_measure_journal(folder)]
    body = "\n\n".join(
        [
            "## Judging again, and the journal",
            f"Made by `python -m hingewise_validation.bench_commands`: medians of {N_RUNS} new processes, from their "
            f"start to their end but where it says otherwise. The journal holds ten years, {N_SETS} sets, "
            f"and {PLAN_WEEKS} weeks of a plan with its changes and how the sets looked.",
            format_table(["what", "time", "bar"], rows),
        ]
    )
    write_section(DOCUMENT, "commands", body, title="Performance")
    sys.stdout.write(f"{body}\n")


def _measure_assess(folder: Path) -> list[list[str]]:
    out = folder / "set.hingewise"
    _hingewise("analyze", str(EXAMPLE), "--no-film", "--out", str(out), folder=folder)
    whole = [_hingewise("assess", str(out), folder=folder) for _ in range(N_RUNS)]
    command = [sys.executable, "-c", WORK, str(out)]
    work = [float(json.loads(subprocess.run(command, capture_output=True, check=True).stdout)) for _ in range(N_RUNS)]
    return [
        _row("judging a stored set, without the start of Python and its packages", work, "0.2 s"),
        _row("`hingewise assess`", whole, "0.2 s"),
    ]


def _measure_journal(folder: Path) -> list[list[str]]:
    _follow_a_plan(folder)
    table = folder / "strong.csv"
    table.write_text(_ten_years(), encoding="utf-8")
    bring_in = ("log", "import", str(table), "--yes")
    first = [_hingewise(*bring_in, folder=folder)]
    rows = [_row("`hingewise log import`, once", first, "5 s")]
    last_week = str((LAST - timedelta(days=7)).date())
    page = folder / "page.html"
    for title, command, bar in (
        ("the same again", bring_in, "-"),
        ("`hingewise log add`", ("log", "add", "rdl 3x8 @ 60 kg"), "0.3 s"),
        ("`hingewise log list` of the last week", ("log", "list", "--since", last_week), "0.3 s"),
        ("`hingewise plan next`", ("plan", "next"), "0.3 s"),
        ("`hingewise log progress`, the last year", ("log", "progress"), "0.3 s"),
        ("`hingewise log progress`, all ten years", ("log", "progress", "--since", "2000-01-01"), "-"),
        ("`hingewise log progress --html`, the last year", ("log", "progress", "--html", str(page)), "-"),
    ):
        times_s = []
        for _ in range(N_RUNS):
            page.unlink(missing_ok=True)
            times_s.append(_hingewise(*command, folder=folder))
        rows.append(_row(title, times_s, bar))
    return rows


def _follow_a_plan(folder: Path) -> None:
    """Half a year of somebody who follows a plan, and whose plan often changes."""
    lifter = next(each for each in people() if each.name == "squats it")
    monday = LAST.date() - timedelta(days=LAST.weekday(), weeks=PLAN_WEEKS)
    run(lifter, folder, weeks=PLAN_WEEKS, first_day=monday)
    file_of(lifter, folder).rename(folder / "journal.sqlite")


def _ten_years() -> str:
    lines = ["Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps,RPE,Seconds,Notes"]
    for n in reversed(range(N_SETS // (len(LIFTS) * SETS_OF_A_LIFT))):
        day = LAST - n * BETWEEN
        lines += [
            f"{day:%Y-%m-%d %H:%M:%S},Legs,{lift},{number + 1},{40 + n % 60},kg,{5 + number},8,0,"
            for lift in LIFTS
            for number in range(SETS_OF_A_LIFT)
        ]
    return "\n".join(lines) + "\n"


def _hingewise(*arguments: str, folder: Path) -> float:
    """Run a command and return how long it took. [s]"""
    place = {"HINGEWISE_DATABASE_URL": f"sqlite:///{folder / 'journal.sqlite'}"}
    command = [sys.executable, "-m", "hingewise", *arguments]
    begin = time.perf_counter()
    subprocess.run(command, env=os.environ | place, capture_output=True, check=True)
    return time.perf_counter() - begin


def _row(title: str, times_s: list[float], bar: str) -> list[str]:
    return [title, f"{statistics.median(times_s):.2f} s", bar]


if __name__ == "__main__":
    main()
