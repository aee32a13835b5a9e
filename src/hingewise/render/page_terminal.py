"""Pages in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from hingewise.report.page import Block, Drawing, Item, Items, Page, Paragraph, Table, needs_colon


def print_page(page: Page, console: Console, *, with_sources: bool) -> None:
    """Print a page; ``with_sources`` puts the ids of the sources behind each sentence."""
    console.print(Text(page.title, style="bold"))
    if page.subtitle:
        console.print(Text(page.subtitle, style="dim"))
    for section in page.sections:
        console.print()
        if section.title:
            console.print(Text(section.title, style="bold underline"))
        for block in section.blocks:
            _print_block(block, console, with_sources=with_sources)


def _print_block(block: Block, console: Console, *, with_sources: bool) -> None:
    match block:
        case Paragraph():
            text = Text(block.text)
            console.print(_cited(text, block.sources, with_sources=with_sources))
        case Items():
            for number, item in enumerate(block.items, start=1):
                mark = f"{number}." if block.numbered else "-"
                grid = RichTable.grid(padding=(0, 1))
                grid.add_column(width=len(str(len(block.items))) + 1, justify="right")
                grid.add_column()
                grid.add_row(mark, _item(item, with_sources=with_sources))
                console.print(grid)
        case Table():
            console.print(_table(block))
        case Drawing():
            pass  # a terminal shows none


def _item(item: Item, *, with_sources: bool) -> Text:
    text = Text()
    if item.head:
        text.append(item.head, style="bold")
        text.append((": " if needs_colon(item.head) else " ") if item.text else "", style="bold")
    text.append(item.text)
    return _cited(text, item.sources, with_sources=with_sources)


def _cited(text: Text, sources: tuple[str, ...], *, with_sources: bool) -> Text:
    if with_sources and sources:
        text.append(f" [{', '.join(sources)}]", style="dim")
    return text


def _table(table: Table) -> RichTable:
    named = any(table.header)
    shown = RichTable(show_header=named, box=None, padding=(0, 2, 0, 0), header_style="dim")
    for number, title in enumerate(table.header):
        shown.add_column(title, style="" if named or number else "dim", overflow="fold")
    for row in table.rows:
        shown.add_row(*(Text(cell) for cell in row))
    return shown
