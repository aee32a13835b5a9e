"""Bad input: one line with what was expected, what came and what to do; nothing left behind."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from tests.e2e.bad_input import BadInput, try_input, write_good_film
from tests.e2e.bad_inputs import EVERY_BAD_INPUT
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
        *pointing, said = answer.run.err.splitlines()
        assert said.startswith("hingewise: ")
        if bad.lists:
            assert pointing == list(bad.lists)
        else:
            assert _pointed_at(pointing) == bad.points_at
        assert answer.left == bad.leaves
    else:
        assert answer.run.err == ""
        assert not [name for name in everything_in(tmp_path) if ".part" in name]
        page = html.unescape(next(tmp_path.glob("*/report.html")).read_text("utf-8"))
        for piece in bad.says:
            assert piece in page
    assert _without_numbers(table_row(bad, answer)) in _without_numbers(PAGE.read_text("utf-8"))


def _pointed_at(lines: list[str]) -> str:
    """What stands above the mark: the line that was typed, then blanks and ``^``."""
    if not lines:
        return ""
    typed, mark = lines
    assert mark.strip() == "^"
    return typed[mark.index("^") :]


def _without_numbers(text: str) -> str:
    """The words alone: numbers differ a little between processors."""
    return re.sub(r"[0-9]+([.,][0-9]+)*", "0", text)


def test_a_broken_film_does_not_stop_the_next(tmp_path: Path) -> None:
    write_good_film(tmp_path)
    (tmp_path / "notes.mp4").write_text("3 x 8 @ 40 kg\n" * 20)
    run = hingewise("analyze", "notes.mp4", "set.mp4", "--no-film", "--json", cwd=tmp_path)
    assert run.code == 2
    assert run.err.startswith("hingewise: notes.mp4: expected a film")
    assert run.err.count("\n") == 1
    assert [one["video"]["path"] for one in json.loads(run.out)] == ["set.mp4"]
    assert (tmp_path / "set.hingewise" / "report.html").exists()
    assert not (tmp_path / "notes.hingewise").exists()
