"""What is read is what people edit."""

from __future__ import annotations

from hingewise.planner.compile import NAMES, tables_json
from hingewise.planner.tables import COMPILED, DATA


def test_the_tables_are_those_of_the_data() -> None:
    """Changed TOML without `make library` would change nothing."""
    assert COMPILED.read_text("utf-8") == tables_json()


def test_every_file_of_the_data_is_in_the_tables() -> None:
    assert {path.stem for path in DATA.glob("*.toml")} == set(NAMES)
