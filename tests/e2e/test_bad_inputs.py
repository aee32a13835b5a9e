"""Bad input: one line with what was expected, what came and what to do; nothing left behind."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.e2e.bad_inputs import EVERY_BAD_INPUT, BadInput, prepare_one_broken, try_input
from tests.e2e.command import can_mount, everything_in, hingewise
from tests.e2e.list_bad_inputs import PAGE, table_row

CASES = [
    pytest.param(
        bad,
        id=bad.title,
        marks=pytest.mark.skipif(
            bad.around is not None and not can_mount(), reason="mounting a small disk needs root"
        ),
    )
    for bad in EVERY_BAD_INPUT
]


@pytest.mark.parametrize("bad", CASES)
def test_bad_input(bad: BadInput, tmp_path: Path) -> None:
    answer = try_input(bad, tmp_path)
    assert answer.run.code == bad.code, answer.run.err
    for piece in bad.says:
        assert piece in answer.text
    if bad.code:
        assert answer.run.out == ""
        assert answer.run.err.count("\n") == 1
        assert answer.run.err.startswith("hingewise: ")
        assert answer.left == set()
    else:
        assert answer.run.err == ""
        assert not [name for name in everything_in(tmp_path) if ".part" in name]
        assert any(name.endswith("report.html") for name in answer.left)
    assert _without_numbers(table_row(bad, answer)) in _without_numbers(PAGE.read_text("utf-8"))


def _without_numbers(text: str) -> str:
    """The words alone: numbers differ a little between processors."""
    return re.sub(r"[0-9]+([.,][0-9]+)*", "0", text)


def test_a_warning_is_in_the_report_too(tmp_path: Path) -> None:
    bad = next(bad for bad in EVERY_BAD_INPUT if bad.title == "the feet cut off")
    answer = try_input(bad, tmp_path)
    page = (tmp_path / "set.hingewise" / "report.html").read_text("utf-8")
    assert answer.run.code == 0
    assert "Keep the whole body in the picture, feet included" in page


def test_a_broken_film_does_not_stop_the_next(tmp_path: Path) -> None:
    prepare_one_broken(tmp_path)
    run = hingewise("analyze", "notes.mp4", "set.mp4", "--no-film", "--json", cwd=tmp_path)
    assert run.code == 2
    assert run.err.startswith("hingewise: notes.mp4: expected a film")
    assert run.err.count("\n") == 1
    assert [one["video"]["path"] for one in json.loads(run.out)] == ["set.mp4"]
    assert (tmp_path / "set.hingewise" / "report.html").exists()
    assert not (tmp_path / "notes.hingewise").exists()
