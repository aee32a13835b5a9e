"""The page of a mistake says how a film is judged for it: every check, with its limits."""

from __future__ import annotations

from typing import get_args

import pytest

from hingewise.assessment.checks import Check, load_checks
from hingewise.assessment.metrics.metric import Need
from hingewise.assessment.metrics.registry import METRICS, SET_METRICS
from hingewise.library.load import load_library
from hingewise.library.statements import Basis
from hingewise.report.criteria import FROM, KNOWN, MOVEMENTS, criteria_section
from hingewise.report.library_pages import make_page
from hingewise.report.page import Item, Items

LIBRARY = load_library()


def items(fault: str) -> tuple[Item, ...]:
    section = criteria_section(fault)
    if section is None:
        return ()
    (block,) = section.blocks
    assert isinstance(block, Items)
    return block.items


@pytest.mark.parametrize("fault", list(LIBRARY.faults))
def test_each_check_of_a_mistake_is_named_with_its_source(fault: str) -> None:
    checks = [check for check in load_checks() if check.fault == fault]
    assert [item.sources for item in items(fault)] == [(check.source,) for check in checks]
    titles = [section.title for section in make_page(LIBRARY, "faults", fault).sections]
    assert ("How a film is judged" in titles) is bool(checks)


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.id)
def test_where_to_film_from_is_said_of_every_check(check: Check) -> None:
    (head,) = {
        item.head
        for item, other in zip(items(check.fault), same_fault(check), strict=True)
        if other is check
    }
    needs = (METRICS | SET_METRICS)[check.metric].needs
    assert (Need.SIDE_VIEW in needs) == ("from the side" in head.lower())
    assert (", over the set" in head) == (check.metric in SET_METRICS)


def same_fault(check: Check) -> list[Check]:
    return [each for each in load_checks() if each.fault == check.fault]


def test_limits_are_written_as_the_sentence_says_them() -> None:
    """Leaning back beyond minus ten degrees is leaning back by more than ten."""
    (item,) = items("hyperextension")
    assert (
        "beyond 10° it is no longer a straight line. Clear from 15°, severe from 20°" in item.text
    )
    assert item.text.endswith("Our own setting.")


def test_two_limits_of_one_mistake_say_of_what_they_are() -> None:
    """A lockout of a standing lifter and that of one who lies have limits of their own."""
    for fault in LIBRARY.faults:
        heads = [item.head for item in items(fault)]
        texts = [item.text.split("Clear")[0] for item in items(fault)]
        assert len({*zip(heads, texts, strict=True)}) == len(heads)


def test_every_basis_and_every_view_has_words() -> None:
    assert set(MOVEMENTS) == {family for check in load_checks() for family in check.families}
    assert set(KNOWN) == set(get_args(Basis))
    assert set(FROM) == {need for need in Need if "view" in need.value}
