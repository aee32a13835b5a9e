"""Pages as Markdown, with a footnote for each source."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hingewise.report.page import Block, Drawing, Item, Items, Page, Paragraph, Table, needs_colon

Link = Callable[[tuple[str, str]], str]
"""From kind and id of a record to the address of its page; drawings are of the kind ``figures``."""


def format_page(page: Page, *, link: Link, explain: Mapping[str, str]) -> str:
    """Return a page as Markdown.

    Parameters
    ----------
    page
        The page.
    link
        Where the pages of other records are.
    explain
        What each source is, by id; they stand at the end as far as the page cites them.
    """
    notes = _Notes(explain)
    parts = [f"# {page.title}"]
    if page.subtitle:
        parts.append(f"*{_text(page.subtitle)}*")
    for section in page.sections:
        if section.title:
            parts.append(f"## {_text(section.title)}")
        parts += [_block(block, link, notes) for block in section.blocks]
    if notes.numbers:
        lines = [f"{number}. {_text(text)}" for text, number in notes.numbers.items()]
        parts += ["## Sources", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


class _Notes:
    """Numbers what stands behind the sentences in the order in which it is cited."""

    def __init__(self, explain: Mapping[str, str]) -> None:
        self._explain = explain
        self.numbers: dict[str, int] = {}

    def cite(self, sources: tuple[str, ...]) -> str:
        """Return the mark that stands behind a sentence."""
        texts = [self._explain.get(key, key) for key in sources]
        numbers = {self.numbers.setdefault(text, len(self.numbers) + 1) for text in texts}
        return f" <sup>{', '.join(map(str, sorted(numbers)))}</sup>" if numbers else ""


def _block(block: Block, link: Link, notes: _Notes) -> str:
    match block:
        case Paragraph():
            return _text(block.text) + notes.cite(block.sources)
        case Items():
            lines = [_item(item, link, notes) for item in block.items]
            marks = [f"{n}." if block.numbered else "-" for n in range(1, len(lines) + 1)]
            return "\n".join(f"{mark} {line}" for mark, line in zip(marks, lines, strict=True))
        case Table():
            return _table(block)
        case Drawing():
            return f"![{_text(block.says)}]({link(('figures', block.name))})"


def _item(item: Item, link: Link, notes: _Notes) -> str:
    head = _text(item.head)
    colon = ":" if item.text and needs_colon(item.head) else ""
    if item.link is not None:
        head = f"[{head}]({link(item.link)})"
    text = _text(item.text) + notes.cite(item.sources)
    if not head:
        return text
    return f"**{head}{colon}** {text}".rstrip()


def _table(table: Table) -> str:
    rows = [table.header, ("---",) * len(table.header), *table.rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in row) + " |" for row in rows)


def _cell(text: str) -> str:
    return text if text == "---" else _text(text).replace("|", "\\|")


def _text(text: str) -> str:
    """Text in which nothing is taken for a sign of Markdown."""
    return text.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")
