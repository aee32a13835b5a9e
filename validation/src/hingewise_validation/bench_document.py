"""Tables in Markdown, and documents of which commands rewrite their own section."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def format_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are set to the right.

    Examples
    --------
    >>> print(format_table(["film", "frames"], [["a.mp4", "184"]]))
    | film | frames |
    |---|---:|
    | a.mp4 | 184 |
    """
    rule = ["---"] + ["---:"] * (len(header) - 1)
    lines = ["| " + " | ".join(header) + " |", "|" + "|".join(rule) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def replace_section(document: str, name: str, body: str) -> str:
    """Put ``body`` between the markers of a section; a document without them gets it at its end."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    section = f"{begin}\n{body.strip()}\n{end}"
    before, found, rest = document.partition(begin)
    if not found:
        return f"{document.rstrip()}\n\n{section}\n".lstrip()
    _, closed, after = rest.partition(end)
    if not closed:
        raise ValueError(f"{begin} has no {end}: put the marker back before running the command again.")
    return f"{before}{section}{after}"


def write_section(path: Path, name: str, body: str, *, title: str) -> None:
    """Rewrite one section of a document, which is begun with this title when it does not exist."""
    document = path.read_text(encoding="utf-8") if path.exists() else f"# {title}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(replace_section(document, name, body), encoding="utf-8")
