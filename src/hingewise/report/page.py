"""A page as plain data: headings, paragraphs, lists and tables, for any way of showing it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Some sentences, and where they stand."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a list: an optional head, its text, and the page that it points at."""

    text: str
    head: str = ""
    sources: tuple[str, ...] = ()
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list, numbered or not."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of short texts."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing by the name of its file, for pages that can show one."""

    name: str
    says: str


Block = Paragraph | Items | Table | Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page; ``kind`` and ``id`` of the record that it shows."""

    kind: str
    id: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]


def needs_colon(head: str) -> bool:
    """Whether a head is no sentence of its own, so that a colon must part it from its text."""
    return head[-1:] not in (".", "?", "!", ":", "")
