"""A copy knows how much it holds, and what in it does not fit together."""

from __future__ import annotations

from hingewise.training.copies import Copy, Counts
from tests.builders_plan import kept_plan, told


def test_it_counts_what_it_holds() -> None:
    copy = Copy(plans=(kept_plan(),), techniques=(told("1" * 32), told("2" * 32, 2)))
    assert copy.counts == Counts(plans=1, techniques=2)
    assert copy.counts - Counts(techniques=1) == Counts(plans=1, techniques=1)
    assert copy.counts.all == 3


def test_ids_are_there_once() -> None:
    plan = kept_plan()
    assert list(Copy(plans=(plan, plan)).twice()) == [
        "expected plans with ids of their own, got 1 twice"
    ]


def test_nothing_is_about_what_is_not_in_it() -> None:
    assert list(Copy(techniques=(told("1" * 32),)).lost()) == [
        "expected techniques of entries that are in it, got 1 of others"
    ]
