"""Result files are written whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from hingewise.errors import OutputError
from hingewise.render.files import whole_file, write_text


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    with whole_file(path) as part:
        part.write_text("half")
        assert not path.exists()
    assert path.read_text() == "half"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    def run_out_of_space() -> None:
        with whole_file(tmp_path / "report.html") as part:
            part.write_text("half")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError) as caught:
        run_out_of_space()
    assert "No space left" in str(caught.value)
    assert "--out" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "analysis.json"
    write_text(path, "old")
    write_text(path, "new")
    assert path.read_text() == "new"
