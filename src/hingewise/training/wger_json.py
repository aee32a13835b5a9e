"""JSON that other programs wrote: what it is, and what stands on wger's pages."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from hingewise.errors import JournalFormatError
from hingewise.training.csv_table import MAX_BYTES


def is_json(content: bytes) -> bool:
    """Whether a file is JSON rather than a table, whatever its encoding."""
    start = content[:64].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start[:1] in {b"{", b"["}


def parse(content: bytes, *, name: str) -> Any:
    """Read JSON.

    Raises
    ------
    JournalFormatError
        If it is none, or too large.
    """
    if len(content) > MAX_BYTES:
        raise JournalFormatError(
            f"{name}: expected up to {MAX_BYTES // 1_000_000} MB, got {len(content) / 1e6:.0f} MB."
        )
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise JournalFormatError(
            f"{name}: expected JSON, got something else or a part of it.",
            hint="Save the file again.",
        ) from error


def results(document: object) -> tuple[list[Any] | None, int]:
    """Return the records of a page, of a list of pages or of a list, and how many wger has.

    None where it is nothing of these.
    """
    pages: list[Any] = document if isinstance(document, list) else [document]
    if not all(isinstance(page, dict) and "results" in page for page in pages):
        return (document, len(document)) if isinstance(document, list) else (None, 0)
    records: list[Any] = []
    n_all = 0
    for page in pages:
        if not isinstance(page["results"], list):
            return None, 0
        records += page["results"]
        n_all = max(n_all, page["count"] if isinstance(page.get("count"), int) else 0)
    return records, n_all


@cache
def facts() -> dict[str, Any]:
    """Return what wger calls what it keeps."""
    file = resources.files("hingewise.training").joinpath("data", "wger.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
