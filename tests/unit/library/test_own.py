"""A coach's own records stand beside ours or take their place, checked alike, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from hingewise.errors import LibraryError
from hingewise.library.load import load_library
from hingewise.library.own import load_with_own

OURS = Path(__file__).parents[3] / "src/hingewise/library/records/exercises/cable_pull_through.toml"


def _own(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = OURS.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "exercises").mkdir(exist_ok=True)
    (folder / f"exercises/{name}.toml").write_text(text, encoding="utf-8")
    return folder


NAMES = (
    ('name = "Cable pull-through"', 'name = "Clinic hinge"'),
    ('"pull-through", "glute pull-through", "rope pull-through", "cable hip hinge"', '"my hinge"'),
)


def test_an_exercise_of_ones_own_is_added(tmp_path: Path) -> None:
    merged = load_with_own(_own(tmp_path, "clinic_hinge", *NAMES))
    assert merged.exercises["clinic_hinge"].name == "Clinic hinge"
    assert len(merged.exercises) == len(load_library().exercises) + 1


def test_one_of_the_same_id_takes_the_place_of_ours(tmp_path: Path) -> None:
    merged = load_with_own(_own(tmp_path, "cable_pull_through", NAMES[0]))
    assert merged.exercises["cable_pull_through"].name == "Clinic hinge"
    assert load_library().exercises["cable_pull_through"].name == "Cable pull-through"


def test_any_mistake_loads_nothing_and_tells_all(tmp_path: Path) -> None:
    _own(tmp_path, "clinic_hinge", *NAMES)
    text = (tmp_path / "exercises/clinic_hinge.toml").read_text("utf-8")
    text = text.replace('family = "hinge"', 'family = "bend"').replace('"squeeze",', '"sqeeze",')
    (tmp_path / "exercises/clinic_hinge.toml").write_text(text, encoding="utf-8")
    (tmp_path / "cues.toml").write_text("[x]\n", encoding="utf-8")
    with pytest.raises(LibraryError) as raised:
        load_with_own(tmp_path)
    assert raised.value.exit_code == 3
    told = "\n".join(raised.value.problems)
    assert "exercises/clinic_hinge.toml: family" in told
    assert "cues.toml: x.say" in told


def test_a_name_that_is_ours_already(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as raised:
        load_with_own(_own(tmp_path, "clinic_hinge"))
    assert any("a name of its own" in problem for problem in raised.value.problems)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="expected a folder with records, found nothing"):
        load_with_own(tmp_path / "missing")
