"""JSON is told from tables, and its pages are put together."""

from __future__ import annotations

import pytest

from hingewise.training.wger_json import facts, is_json, results


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_in_any_encoding(encoding: str) -> None:
    assert is_json(' \n{"results": []}'.encode(encoding))
    assert not is_json("Date,Exercise\n".encode(encoding))


def test_pages_are_put_together() -> None:
    page = {"count": 4, "results": [1, 2]}
    assert results(page) == ([1, 2], 4)
    assert results([page, page]) == ([1, 2, 1, 2], 4)
    assert results([1, 2]) == ([1, 2], 2)
    assert results({"results": None}) == (None, 0)
    assert results(7) == (None, 0)


def test_every_unit_of_wger_means_something_or_nothing() -> None:
    known = facts()
    assert not set(known["repetitions"]) & set(known["no_repetitions"])
    assert not set(known["weights"]) & set(known["no_weights"])
