"""Pages in a terminal, as text with its styles; what is slow to load is not needed for most."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

from hingewise.report.page import Block, Drawing, Item, Items, Page, Paragraph, Table, needs_colon

WIDTH = 96
"""Longer lines are hard to read."""

LEAST_WIDTH = 10
"""So much a column has, however narrow the terminal is."""

_BOLD, _DIM, _HEADING, _END = "\x1b[1m", "\x1b[2m", "\x1b[1;4m", "\x1b[0m"


def terminal_width() -> int:
    """Return how many letters a line of this terminal may have."""
    return min(shutil.get_terminal_size().columns, WIDTH)


def format_page(page: Page, *, width: int, with_sources: bool) -> str:
    """Write a page as lines with their styles, which a terminal shows and a file must be spared.

    Parameters
    ----------
    page
        What is written.
    width
        Letters of a line.
    with_sources
        Whether the ids of the sources stand behind each sentence.
    """
    lines = [f"{_BOLD}{line}{_END}" for line in _wrap(page.title, width)]
    if page.subtitle:
        lines += [f"{_DIM}{line}{_END}" for line in _wrap(page.subtitle, width)]
    for section in page.sections:
        lines.append("")
        if section.title:
            lines += [f"{_HEADING}{line}{_END}" for line in _wrap(section.title, width)]
        for block in section.blocks:
            lines += _block(block, width, with_sources=with_sources)
    return "\n".join(lines)


def _block(block: Block, width: int, *, with_sources: bool) -> Iterator[str]:
    match block:
        case Paragraph():
            cited = _cited(block.sources, with_sources=with_sources)
            yield from _styled_end(_wrap(f"{block.text}{cited}", width), cited)
        case Items():
            for number, item in enumerate(block.items, start=1):
                mark = f"{number}." if block.numbered else "-"
                indent = len(str(len(block.items))) + 1
                yield from _item(item, f"{mark:>{indent}} ", width, with_sources=with_sources)
        case Table():
            yield from _table(block, width)
        case Drawing():
            pass  # a terminal shows none


def _item(item: Item, mark: str, width: int, *, with_sources: bool) -> Iterator[str]:
    head = item.head
    if head and item.text:
        head += ": " if needs_colon(head) else " "
    cited = _cited(item.sources, with_sources=with_sources)
    lines = _wrap(f"{head}{item.text}{cited}", max(width - len(mark), LEAST_WIDTH))
    styled = _styled_begin(_styled_end(lines, cited), item.head)
    for number, line in enumerate(styled):
        yield f"{mark if number == 0 else ' ' * len(mark)}{line}"


def _cited(sources: Sequence[str], *, with_sources: bool) -> str:
    return f" [{', '.join(sources)}]" if with_sources and sources else ""


def _wrap(text: str, width: int) -> list[str]:
    """Lines of a text; its own line breaks stay."""
    paragraphs = text.split("\n")
    return [
        line
        for paragraph in paragraphs
        for line in textwrap.wrap(paragraph, width, break_on_hyphens=False) or [""]
    ]


def _styled_begin(lines: Sequence[str], head: str) -> list[str]:
    """The head in bold, over as many lines as it has."""
    styled, left = [], len(head)
    for line in lines:
        if left <= 0:
            styled.append(line)
            continue
        bold = line[:left]
        styled.append(f"{_BOLD}{bold}{_END}{line[left:]}")
        left -= len(bold) + 1
    return styled


def _styled_end(lines: Sequence[str], end: str) -> list[str]:
    """The end dimmed, over as many lines as it has."""
    styled, left = [], len(end.strip())
    for line in reversed(lines):
        if left <= 0:
            styled.append(line)
            continue
        at = max(len(line) - left, 0)
        styled.append(f"{line[:at]}{_DIM}{line[at:]}{_END}")
        left -= len(line) - at + 1
    return styled[::-1]


def _table(table: Table, width: int) -> list[str]:
    """A table as Rich lays it out; it is loaded where there is one alone."""
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    named = any(table.header)
    shown = RichTable(show_header=named, box=None, padding=(0, 2, 0, 0), header_style="dim")
    for number, title in enumerate(table.header):
        shown.add_column(title, style="" if named or number else "dim", overflow="fold")
    for row in table.rows:
        shown.add_row(*(Text(cell) for cell in row))
    console = Console(width=width, force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as capture:
        console.print(shown)
    return [line.rstrip() for line in capture.get().splitlines()]
