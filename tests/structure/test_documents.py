"""What the documents name is there."""

from __future__ import annotations

import re

from tests.structure.sources import ROOT, committed_text_files

MAX_DECISION_LINES = 60

LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")
MAKE_CALL = re.compile(r"`make ([a-z]+)|^make ([a-z]+)", re.MULTILINE)
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


def _documents() -> dict[str, str]:
    return {name: text for name, text in committed_text_files() if name.endswith(".md")}


def test_every_link_leads_to_a_file() -> None:
    broken = {
        f"{name} -> {target}"
        for name, text in _documents().items()
        for target in LINK.findall(text)
        if not ((ROOT / name).parent / target).exists()
    }
    assert broken == set()


def test_every_make_command_exists() -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    named = {
        f"{name}: make {first or second}"
        for name, text in _documents().items()
        for first, second in MAKE_CALL.findall(text)
        if (first or second) not in targets
    }
    assert named == set()


def test_decisions_are_short_and_numbered_without_gaps() -> None:
    paths = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in paths] == list(range(1, len(paths) + 1))
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {name: n for name, n in lengths.items() if n > MAX_DECISION_LINES} == {}
