"""Pages as lines: nothing is lost or wider than the terminal, styles end where they begin."""

from __future__ import annotations

import re

import pytest

from hingewise.library.load import load_library
from hingewise.render.page_terminal import format_page
from hingewise.report.library_pages import make_page
from hingewise.report.page import Item, Items, Page, Paragraph, Section, Table

LIBRARY = load_library()
STYLES = re.compile(r"\x1b\[[\d;]*m")


def page(*blocks: Paragraph | Items | Table, title: str = "Title") -> Page:
    return Page(
        kind="plan",
        id="a",
        title=title,
        subtitle="",
        sections=(Section(title="Part", blocks=blocks),),
    )


def lines(shown: Page, width: int = 40, *, with_sources: bool = False) -> list[str]:
    text = format_page(shown, width=width, with_sources=with_sources)
    return STYLES.sub("", text).split("\n")


def test_items_hang_under_their_text() -> None:
    items = Items(items=(Item(head="Head", text="some words that do not fit into one line"),))
    assert lines(page(items), 24)[3:] == [
        " - Head: some words that",
        "   do not fit into one",
        "   line",
    ]


def test_numbers_are_as_wide_as_the_last() -> None:
    items = Items(items=tuple(Item(text=str(n)) for n in range(1, 11)), numbered=True)
    shown = lines(page(items))[3:]
    assert (shown[0], shown[-1]) == (" 1. 1", "10. 10")


def test_a_head_is_bold_over_its_lines_and_sources_are_dim() -> None:
    item = Item(head="A head of two lines", text="text", sources=("one", "two"))
    shown = format_page(page(Items(items=(item,))), width=16, with_sources=True).split("\n")[3:]
    assert shown == [
        " - \x1b[1mA head of two\x1b[0m",
        "   \x1b[1mlines\x1b[0m: text",
        "   \x1b[2m[one, two]\x1b[0m",
    ]


@pytest.mark.parametrize("width", [30, 60, 96])
@pytest.mark.parametrize(
    "kind, key", [("exercises", "romanian_deadlift"), ("ladders", "hip_thrust")]
)
def test_nothing_of_a_page_is_lost_or_too_wide(width: int, kind: str, key: str) -> None:
    shown = make_page(LIBRARY, kind, key)
    text = " ".join(" ".join(lines(shown, width, with_sources=True)).split())
    assert all(len(line) <= width for line in lines(shown, width, with_sources=True))
    for section in shown.sections:
        for block in section.blocks:
            items = block.items if isinstance(block, Items) else ()
            assert all(" ".join(item.text.split()) in text for item in items)


def test_every_style_ends() -> None:
    shown = format_page(make_page(LIBRARY, "exercises", "lunge"), width=50, with_sources=True)
    for line in shown.split("\n"):
        styles = STYLES.findall(line)
        assert styles.count("\x1b[0m") * 2 == len(styles)
