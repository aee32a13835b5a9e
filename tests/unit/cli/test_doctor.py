from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from hingewise.app import doctor as checks
from hingewise.app.doctor import DoctorCheck
from hingewise.cli.doctor import doctor

GOOD = DoctorCheck(name="cores", ok=True, detail="2 usable of 2")
OPTIONAL = DoctorCheck(
    name="extra [x]", ok=False, detail="not installed", hint="Get it.", required=False
)
BAD = DoctorCheck(name="film H.264", ok=False, detail="no encoder", hint="Install it again.")


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(doctor)
    return made


def _pretend(monkeypatch: pytest.MonkeyPatch, *found: DoctorCheck) -> None:
    monkeypatch.setattr(checks, "collect_checks", lambda: found)


def test_a_healthy_machine(app: typer.Typer, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(monkeypatch, GOOD, OPTIONAL)
    result = CliRunner().invoke(app, [])
    assert result.exit_code == 0
    assert "2 usable of 2" in result.stdout
    assert "extra [x]" in result.stdout
    assert "Get it." in result.stdout
    assert "Everything that an analysis needs is there." in result.stdout


def test_something_required_is_missing(app: typer.Typer, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(monkeypatch, GOOD, BAD)
    result = CliRunner().invoke(app, [])
    assert result.exit_code == 4
    assert "Install it again." in result.stdout


def test_json_is_all_that_is_printed(app: typer.Typer, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(monkeypatch, GOOD, BAD)
    result = CliRunner().invoke(app, ["--json"])
    document = json.loads(result.stdout)
    assert result.exit_code == 4
    assert document["ok"] is False
    assert [check["name"] for check in document["checks"]] == ["cores", "film H.264"]
