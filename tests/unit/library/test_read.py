"""Files in, records out: one file for each record or a table in one file, and nothing half-read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.library.read import read_folder
from tests.builders_library import write_records


def test_a_file_of_its_own_names_the_record(tmp_path: Path) -> None:
    library = read_folder(write_records(tmp_path)).library
    assert library.exercises["pull"].id == "pull"
    assert library.exercises["pull"].doses[0].sets == (3, 4)
    assert library.facts["hart.setup.cable"].text == "pulley low"


def test_tables_and_files_of_one_kind_may_stand_beside_each_other(tmp_path: Path) -> None:
    write_records(tmp_path)
    text = (tmp_path / "cues.toml").read_text("utf-8").split("]", 1)[1]
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues/soft_knees.toml").write_text(text, encoding="utf-8")
    reading = read_folder(tmp_path)
    assert set(reading.library.cues) == {"hips_back", "soft_knees"}
    assert reading.files["cues", "soft_knees"] == "cues/soft_knees.toml"


def test_one_id_twice(tmp_path: Path) -> None:
    write_records(tmp_path)
    text = (tmp_path / "cues.toml").read_text("utf-8").split("]", 1)[1]
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues/hips_back.toml").write_text(text, encoding="utf-8")
    (problem,) = read_folder(tmp_path).problems
    assert "expected a new id" in problem.text


@pytest.mark.parametrize("name", ["exercise/pull.toml", "notes.toml", "exercises/old/pull.toml"])
def test_a_file_in_the_wrong_place(name: str, tmp_path: Path) -> None:
    path = write_records(tmp_path) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")
    (problem,) = read_folder(tmp_path).problems
    assert (problem.file, problem.key) == (name, "")
    assert "one of these kinds: exercises, faults" in problem.text


def test_a_file_that_is_no_utf8(tmp_path: Path) -> None:
    (write_records(tmp_path) / "cues.toml").write_bytes(b'[a]\nsay = "\xff"')
    (problem,) = read_folder(tmp_path).problems
    assert problem.file == "cues.toml"
    assert problem.text.startswith("expected TOML")


@given(text=st.text(max_size=200))
def test_whatever_a_file_holds_it_is_told_as_a_problem(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("records")
    (folder / "cues.toml").write_text(text, encoding="utf-8", errors="replace")
    reading = read_folder(folder)
    assert reading.library.cues == {}
    assert all(problem.file == "cues.toml" for problem in reading.problems)


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=5,
    )
)
def test_a_value_of_any_kind_in_the_place_of_another(
    value: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("records")
    plain = (
        "[[]]" if value is None else repr(value).replace("True", "true").replace("False", "false")
    )
    (folder / "cues.toml").write_text(f"hips_back = {plain}", encoding="utf-8", errors="replace")
    assert read_folder(folder).problems
