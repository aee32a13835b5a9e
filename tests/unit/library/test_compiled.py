"""What is compiled is what was read, and it loads in a moment."""

from __future__ import annotations

from pathlib import Path

from hingewise.library.compile import compile_records
from hingewise.library.compiled import from_json, to_json
from hingewise.library.index import index_json
from hingewise.library.read import read_folder
from tests.builders_library import write_records


def test_there_and_back(tmp_path: Path) -> None:
    library = read_folder(write_records(tmp_path)).library
    again = from_json(to_json(library))
    assert again == library
    assert hash(again.exercises["pull"]) == hash(library.exercises["pull"])


def test_with_problems_nothing_is_written(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", cues=('focus = "internal"', ""))
    target, index = tmp_path / "library.json", tmp_path / "index.json"
    assert compile_records(records, target, index)
    assert not target.exists()
    assert not index.exists()


def test_without_problems_everything_is_written(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records")
    target, index = tmp_path / "library.json", tmp_path / "index.json"
    assert compile_records(records, target, index) == []
    library = read_folder(records).library
    assert from_json(target.read_text("utf-8")) == library
    assert index.read_text("utf-8") == index_json(library)
