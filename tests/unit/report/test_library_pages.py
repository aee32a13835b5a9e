"""Every record becomes a page that says all of it and points only at pages that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hingewise.library.kinds import PAGE_KINDS
from hingewise.library.load import load_library
from hingewise.report.exercise_page import N_MISTAKES_IN_FULL, format_range, format_rest
from hingewise.report.library_pages import make_page
from hingewise.report.page import Items, Page, Paragraph, Table

LIBRARY = load_library()
EVERY = [(kind, key) for kind in PAGE_KINDS for key in getattr(LIBRARY, kind)]


def texts(page: Page) -> Iterator[str]:
    for section in page.sections:
        yield section.title
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield block.text
                case Items():
                    for item in block.items:
                        yield from (item.head, item.text)
                case Table():
                    for row in block.rows:
                        yield from row


def links(page: Page) -> Iterator[tuple[str, str]]:
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Items):
                yield from (item.link for item in block.items if item.link)


@pytest.mark.parametrize("kind,key", EVERY, ids=[f"{kind}-{key}" for kind, key in EVERY])
def test_every_page_has_a_title_and_points_only_at_pages(kind: str, key: str) -> None:
    page = make_page(LIBRARY, kind, key)
    assert page.title
    assert all(section.blocks for section in page.sections)
    assert [link for link in links(page) if link[1] not in getattr(LIBRARY, link[0])] == []


def test_the_page_of_an_exercise_says_all_of_it() -> None:
    exercise = LIBRARY.exercises["cable_pull_through"]
    said = "\n".join(texts(make_page(LIBRARY, "exercises", exercise.id)))
    lines: list[Any] = [
        exercise.summary,
        exercise.ready_when,
        *exercise.steps,
        *exercise.benefits,
        *exercise.variations,
        *exercise.carry_over,
        *exercise.safety,
        *exercise.muscles,
    ]
    assert [line.text for line in lines if line.text not in said] == []
    assert [
        LIBRARY.cues[key].say for key in exercise.cues if LIBRARY.cues[key].say not in said
    ] == []
    for key in exercise.mistakes:
        assert LIBRARY.faults[key].name in said
    for key in exercise.mistakes[:N_MISTAKES_IN_FULL]:
        assert LIBRARY.faults[key].correction.text in said
    for key in exercise.contraindications:
        assert LIBRARY.flags[key].name in said
    for answer in exercise.faq:
        assert answer.question in said
        assert answer.answer in said
    assert "Rung 2 of 3" in said
    assert "8-15" in said


def test_the_page_of_a_mistake_shows_the_way_out() -> None:
    said = "\n".join(texts(make_page(LIBRARY, "faults", "rounding_back")))
    fault = LIBRARY.faults["rounding_back"]
    for text in (fault.why.text, fault.shows.text, fault.correction.text):
        assert text in said
    assert LIBRARY.cues[fault.cue].say in said
    assert LIBRARY.exercises[fault.regression].name in said
    assert "Dowel on three points" in said


def test_ranges() -> None:
    assert (format_range((8, 15)), format_range((5, 5))) == ("8-15", "5")
    assert [format_rest(span) for span in ((30, 60), (60, 90), (120, 180), (180, 180))] == [
        "30-60 s",
        "60-90 s",
        "2-3 min",
        "3 min",
    ]
