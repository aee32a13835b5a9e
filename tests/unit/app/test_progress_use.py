"""What is asked for is checked before anything is read, and an empty report says why."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from hingewise.app.progress_use import ask_for, explain_nothing, to_plain
from hingewise.errors import OptionError, OutputError, TrainingError
from hingewise.report.progress_build import ask, make_progress
from hingewise.training.history import History
from tests.builders_progress import INDEX, MONDAY, SUNDAY, loaded


def test_the_day_of_the_report_is_the_last_to_ask_for() -> None:
    assert ask_for("today", "", today=SUNDAY).since == MONDAY
    with pytest.raises(OptionError, match="a day up to today, got 2026-03-09"):
        ask_for(str(SUNDAY + timedelta(days=1)), "", today=SUNDAY)
    with pytest.raises(TrainingError, match="Expected a day, got 'soon'"):
        ask_for("soon", "", today=SUNDAY)


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert ask_for("", "lunge", today=SUNDAY, page=page) == ask(SUNDAY, exercise="lunge")
    page.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="a name that is free"):
        ask_for("", "", today=SUNDAY, page=page)


@pytest.mark.parametrize(
    "last_on, title, says",
    [
        (None, "", "Nothing is written down yet. Write for example: log it"),
        (None, "Lunge", "Nothing of Lunge is written down yet. Write for example: log it"),
        (
            date(2024, 2, 29),
            "Lunge",
            "Nothing of Lunge is written down since Mon 10 Mar 2025, but on Thu 29 Feb 2024. "
            'Write: hingewise log progress --since 2024-02-29 --exercise "Lunge"',
        ),
    ],
)
def test_why_there_is_nothing(last_on: date | None, title: str, says: str) -> None:
    report = make_progress(History(last_on=last_on), INDEX, ask(SUNDAY))
    assert explain_nothing(report, title, "log it") == says


def test_programs_get_days_in_iso_and_null_for_the_unknown() -> None:
    report = make_progress(History(days=(loaded(MONDAY),), last_on=MONDAY), INDEX, ask(SUNDAY))
    plain = json.loads(json.dumps(to_plain(report), allow_nan=False))
    assert (plain["until"], plain["last_on"]) == ("2026-03-08", "2026-03-02")
    lunge = plain["panels"][0]
    assert lunge["weeks"][-1] == "2026-03-02"
    assert lunge["series"][-1]["values"][-2:] == [None, 50.0]
