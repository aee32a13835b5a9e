"""Plans that cannot be written where, or as what, they are asked for; copies that do not fit."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.e2e.bad_input import BadInput, Prepare
from tests.e2e.bad_journal import PLACE
from tests.e2e.command import SOURCES, hingewise

ANSWERS = """goal = "learn"
experience = "none"
days = 2
minutes = 45
equipment = ["gym"]
"""
NOT_INSTALLED = """raise ModuleNotFoundError("No module named 'reportlab'", name="reportlab")\n"""


def _with_plan(folder: Path) -> None:
    env = {"HINGEWISE_DATABASE_URL": f"sqlite:///{folder}/journal.sqlite"}
    (folder / "answers.toml").write_text(ANSWERS, "utf-8")
    assert hingewise("plan", "new", "--answers", "answers.toml", cwd=folder, env=env).code == 0


def _and_file(name: str, text: str) -> Prepare:
    def prepare(folder: Path) -> None:
        _with_plan(folder)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")

    return prepare


def _changed_copy(folder: Path) -> None:
    """A copy of this journal in which the plan begins on another day."""
    _with_plan(folder)
    env = {"HINGEWISE_DATABASE_URL": f"sqlite:///{folder}/journal.sqlite"}
    assert hingewise("backup", "copy.json", cwd=folder, env=env).code == 0
    copy = json.loads((folder / "copy.json").read_text("utf-8"))
    copy["plans"][0]["started_on"] = "2030-01-01"
    (folder / "copy.json").write_text(json.dumps(copy), "utf-8")


PLAN_FILES = (
    BadInput(
        title="no plan to write",
        command=("plan", "export", "plan.ics"),
        says=("expected a plan, found none", "hingewise plan new"),
        env=PLACE,
        leaves=frozenset({"journal.sqlite"}),
    ),
    BadInput(
        title="a plan into a form that is none",
        command=("plan", "export", "plan.xlsx"),
        says=("plan.xlsx: expected a name that ends in one of ics, html, pdf", "got .xlsx"),
        prepare=_with_plan,
        env=PLACE,
    ),
    BadInput(
        title="a plan in a format that is none",
        command=("plan", "export", "plan", "--format", "excel"),
        says=("--format: expected one of ics, html, pdf, json, jsonld, md, got 'excel'",),
        prepare=_with_plan,
        env=PLACE,
    ),
    BadInput(
        title="a plan over a file",
        command=("plan", "export", "plan.html"),
        says=("plan.html: expected a name that is free", "Name another one"),
        prepare=_and_file("plan.html", "mine"),
        env=PLACE,
    ),
    BadInput(
        title="a plan into nowhere",
        command=("plan", "export", "nowhere/plan.json"),
        says=("nowhere/plan.json: expected a place to write this file",),
        prepare=_with_plan,
        env=PLACE,
    ),
    BadInput(
        title="sessions at an hour that is none",
        command=("plan", "export", "plan.ics", "--at", "6 pm"),
        says=("--at: expected a time such as 18:30, got '6 pm'",),
        prepare=_with_plan,
        env=PLACE,
    ),
    BadInput(
        title="an hour on paper",
        command=("plan", "export", "plan.html", "--at", "18:30"),
        says=("--at: expected a calendar (.ics) to put the time in, got html",),
        prepare=_with_plan,
        env=PLACE,
    ),
    BadInput(
        title="a PDF without what writes it",
        command=("plan", "export", "plan.pdf"),
        says=("expected reportlab to write a PDF", "pip install 'hingewise[pdf]'"),
        code=4,
        prepare=_and_file("without/reportlab.py", NOT_INSTALLED),
        env=PLACE | {"PYTHONPATH": f"{{folder}}/without{os.pathsep}{SOURCES}"},
    ),
    BadInput(
        title="a copy with another plan of the same id",
        command=("restore", "copy.json"),
        says=("expected plans as they are in the journal, got 1", "Nothing was written"),
        prepare=_changed_copy,
        env=PLACE,
    ),
)
