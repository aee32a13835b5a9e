"""The index says what the library says."""

from __future__ import annotations

from dataclasses import replace

from hingewise.library.collection import Library
from hingewise.library.index import load_index, make_index
from hingewise.library.load import load_library


def test_what_is_read_is_what_the_library_says() -> None:
    assert load_index() == make_index(load_library())


def test_the_rule_has_its_number() -> None:
    assert load_index().weekly_sets.n_sets == 10
    assert "ten sets" in load_index().weekly_sets.text


def test_a_library_without_the_rule_has_none() -> None:
    without = replace(load_library(), rules={})
    assert make_index(without).weekly_sets.n_sets is None
    assert make_index(Library()).exercises == {}
