"""Print docs/bad-input.md (as root): ``make badinput``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.e2e.bad_input import Answer, BadInput, try_input
from tests.e2e.bad_inputs import GROUPS

PAGE = Path(__file__).parents[2] / "docs" / "bad-input.md"

_HEAD = """# What hingewise says when something is wrong

One line on standard error: what was expected, what came, what to do. Before it stands, for a line
of the journal, that line with a mark under the word, and for a file with several mistakes each of
them. Nothing half-written stays behind. Where a film can be analysed as far as it goes, it is, and
the summary and the report say what is missing.

This page is printed by `make badinput` (as root, for the full disks);
`tests/e2e/test_bad_inputs.py` checks that every line of it is still true.

Exit codes: 0 done, 2 you can mend it, 4 something is not installed, 1 a mistake of ours,
130 stopped with Ctrl-C.
"""


def table_row(bad: BadInput, answer: Answer) -> str:
    """One row of the table."""
    command = " ".join(word if len(word) < 40 else f"{word[:12]}..." for word in bad.command)
    shown = command.replace(" --workers 1", "").replace(" --no-film", "")
    return f"| {bad.title} | `hingewise {shown}` | {_cell(answer.text)} | {answer.run.code} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").removeprefix("hingewise: ")


def main() -> None:
    """Try everything and print the page."""
    lines = [_HEAD]
    for title, group in GROUPS.items():
        lines += [f"## {title}", "", "| input | command | hingewise says | exit code |"]
        lines += ["|---|---|---|---|"]
        for bad in group:
            with tempfile.TemporaryDirectory() as folder:
                answer = try_input(bad, Path(folder))
            if answer.run.code != bad.code:
                sys.exit(f"{bad.title}: exit code {answer.run.code}: {answer.run.err}")
            lines.append(table_row(bad, answer))
        lines.append("")
    sys.stdout.write("\n".join(lines).rstrip("\n") + "\n")


if __name__ == "__main__":
    main()
