"""Writing a plan: the form by the ending, nothing written over, nothing decided anew."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from hingewise.app.plan_change import set_load
from hingewise.app.plan_export import FORMS, export_plan
from hingewise.app.plan_use import Desk
from hingewise.errors import HingewiseError, OptionError, OutputError, OutputUnavailable, PlanError
from hingewise.store.database import open_database
from hingewise.store.journal import Journal
from hingewise.store.plans import Plans
from hingewise.training.journal import new_entry
from hingewise.training.load import Load
from hingewise.training.notation import parse_performed
from hingewise.training.plan_document import read_plan
from tests.builders_journal import NOW
from tests.builders_plan import LIBRARY, MONDAY, NAMES, kept_plan

KEPT = kept_plan()


@pytest.fixture
def empty(database_url: str) -> Iterator[Desk]:
    engine = open_database(database_url)
    now = datetime.combine(MONDAY, time(12), tzinfo=NOW.tzinfo)
    yield Desk(
        journal=Journal(engine=engine),
        plans=Plans(engine=engine),
        library=LIBRARY,
        names=NAMES,
        now=now,
    )
    engine.dispose()


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """A plan, on the day on which it begins."""
    empty.plans.add(KEPT)
    return empty


def later(desk: Desk, days: int) -> Desk:
    return replace(desk, now=desk.now + timedelta(days=days))


def train(desk: Desk, line: str = "pull-through 3x12 @ 40 kg") -> None:
    desk.journal.add([new_entry(parse_performed(line, NAMES), on=desk.today, now=desk.now)])


def events(desk: Desk, folder: Path, name: str) -> dict[str, Any]:
    export_plan(desk, folder / name, "", "")
    found: list[Any] = Calendar.from_ical((folder / name).read_bytes()).walk("VEVENT")
    return {str(each["UID"]): each for each in found}


def test_importing_twice_makes_no_duplicates(desk: Desk, tmp_path: Path) -> None:
    first, again = events(desk, tmp_path, "a.ics"), events(later(desk, 0), tmp_path, "b.ics")
    assert len(first) == 12
    assert first.keys() == again.keys()
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()


def test_a_change_makes_the_same_sessions_newer(desk: Desk, tmp_path: Path) -> None:
    before = events(desk, tmp_path, "a.ics")
    changed_at = replace(desk, now=desk.now + timedelta(hours=1))
    set_load(changed_at, "primer", Load(kind="mass", value=45.0))
    after = events(desk, tmp_path, "b.ics")
    assert before.keys() == after.keys()
    assert {each["SEQUENCE"] for each in before.values()} == {0}
    assert {each["SEQUENCE"] for each in after.values()} == {1}
    assert {each["DTSTAMP"].dt for each in before.values()} == {KEPT.made_at.replace(microsecond=0)}
    assert {each["DTSTAMP"].dt for each in after.values()} == {changed_at.now}
    assert "@ 45 kg" in str(next(iter(after.values()))["DESCRIPTION"])


def test_what_was_done_is_not_to_come(desk: Desk, tmp_path: Path) -> None:
    before = events(desk, tmp_path, "a.ics")
    train(desk)
    after, tomorrow = events(desk, tmp_path, "b.ics"), events(later(desk, 1), tmp_path, "c.ics")
    assert list(after) == list(before)[1:]
    assert (tmp_path / "b.ics").read_bytes() == (tmp_path / "c.ics").read_bytes()
    assert {k: v["DTSTART"].dt for k, v in after.items()} == {
        k: v["DTSTART"].dt for k, v in before.items() if k in tomorrow
    }


def test_a_session_begins_when_it_is_wanted(desk: Desk, tmp_path: Path) -> None:
    export_plan(desk, tmp_path / "a", "ics", "7:05")
    first: Any = Calendar.from_ical((tmp_path / "a").read_bytes()).walk("VEVENT")[0]
    assert first["DTSTART"].dt == datetime.combine(MONDAY, time(7, 5))


@pytest.mark.parametrize("form", FORMS)
def test_the_ending_tells_the_form(desk: Desk, tmp_path: Path, form: str) -> None:
    written = export_plan(desk, tmp_path / f"PLAN.{form.upper()}", "", "")
    assert (written.form, written.n_coming) == (form, 12)
    export_plan(desk, tmp_path / "other", form, "")
    assert (tmp_path / "other").read_bytes() == (tmp_path / f"PLAN.{form.upper()}").read_bytes()
    assert desk.plans.changes() == []


def test_the_whole_plan_is_read_back(desk: Desk, tmp_path: Path) -> None:
    set_load(desk, "primer", Load(kind="mass", value=45.0))
    export_plan(desk, tmp_path / "plan.json", "", "")
    read = read_plan((tmp_path / "plan.json").read_bytes(), name="plan.json")
    assert read.kept == KEPT
    assert list(read.changes) == desk.plans.changes()
    assert read.now.line("A.primer").load == Load(kind="mass", value=45.0)


@pytest.mark.parametrize(
    "asked, error, says",
    [
        (("plan.xyz", "", ""), OptionError, "ends in one of ics, html, pdf, json, jsonld, md, got"),
        (("plan", "", ""), OptionError, "got none of them"),
        (("plan.ics", "xls", ""), OptionError, "--format: expected one of ics"),
        (
            ("plan.ics", "", "25:00"),
            OptionError,
            "--at: expected a time such as 18:30, got '25:00'",
        ),
        (("plan.html", "", "18:00"), OptionError, r"--at: expected a calendar \(.ics\)"),
        (("there.ics", "", ""), OutputError, "expected a name that is free"),
        (("nowhere/plan.ics", "", ""), OutputError, "expected a place to write this file"),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, tmp_path: Path, asked: tuple[str, str, str], error: type[HingewiseError], says: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    name, form, at = asked
    (out / "there.ics").write_text("mine", "utf-8")
    with pytest.raises(error, match=says):
        export_plan(desk, out / name, form, at)
    assert [each.name for each in out.iterdir()] == ["there.ics"]
    assert (out / "there.ics").read_text("utf-8") == "mine"


def test_without_a_plan_there_is_nothing_to_write(empty: Desk, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="expected a plan, found none"):
        export_plan(empty, tmp_path / "plan.ics", "", "")


@pytest.fixture
def without_reportlab(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., Any] = builtins.__import__

    def missing(name: str, *arguments: Any, **others: Any) -> Any:
        if name == "hingewise.render.plan_pdf":
            raise ModuleNotFoundError("No module named 'reportlab'", name="reportlab")
        return real(name, *arguments, **others)

    monkeypatch.setattr(builtins, "__import__", missing)


@pytest.mark.usefixtures("without_reportlab")
def test_what_is_not_installed_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(OutputUnavailable, match="expected reportlab to write a PDF") as caught:
        export_plan(desk, tmp_path / "plan.pdf", "", "")
    error: HingewiseError = caught.value
    assert error.exit_code == 4
    assert "pip install 'hingewise[pdf]'" in error.hint
    assert not (tmp_path / "plan.pdf").exists()
