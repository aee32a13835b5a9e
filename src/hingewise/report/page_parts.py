"""Parts of pages that records of several kinds share."""

from __future__ import annotations

from collections.abc import Iterable

from hingewise.library.collection import Library
from hingewise.library.statements import Line, Source
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


def explain_sources(library: Library) -> dict[str, str]:
    """Return what stands behind each id of a source or a fact, in words."""
    words = {key: _source_words(source) for key, source in library.sources.items()}
    return {key: words[fact.source] for key, fact in library.facts.items()} | words


def _source_words(source: Source) -> str:
    who = f"{source.author}: " if source.author else ""
    when = f" ({source.year})" if source.year else ""
    where = f". {source.where}" if source.where else ""
    return f"{who}{source.title}{when}{where}"
