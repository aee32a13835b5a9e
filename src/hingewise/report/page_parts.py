"""Parts of pages that records of several kinds share."""

from __future__ import annotations

from collections.abc import Iterable

from hingewise.library.collection import Library
from hingewise.library.statements import Line
from hingewise.report.page import Item, Items, Paragraph


def to_paragraph(line: Line) -> Paragraph:
    """A line of the library as a paragraph."""
    return Paragraph(text=line.text, sources=line.sources)


def to_items(lines: Iterable[Line]) -> Items:
    """Lines of the library as a list."""
    return Items(items=tuple(Item(text=line.text, sources=line.sources) for line in lines))


def links(library: Library, kind: str, keys: Iterable[str]) -> tuple[Item, ...]:
    """The names of some records, each pointing at its page."""
    records = getattr(library, kind)
    return tuple(Item(head=records[key].name, text="", link=(kind, key)) for key in keys)
