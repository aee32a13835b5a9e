"""Half a year of every simulated lifter, held against its promises; writes docs/lifters.md."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from hingewise.library.collection import Library
from hingewise.library.load import load_library

from hingewise_validation.lifters.check import problems_of
from hingewise_validation.lifters.lanes import draw
from hingewise_validation.lifters.people import people
from hingewise_validation.lifters.run import WEEKS, Run, run

PAGE = Path("docs/lifters.md")
PICTURES = Path("docs/images/lifters")

COLUMNS = {
    "steps up": ("rung_up", "groundwork_done"),
    "steps back": ("rung_back", "groundwork"),
    "learnt": ("trained",),
    "more load": ("load_up",),
    "less load": ("load_down",),
    "taken out for pain": ("paused",),
}


def main() -> None:
    """Let all of them train, check them, and write the page."""
    library = load_library()
    rows, parts, n_problems = [], [], 0
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for lifter in people():
            done = run(lifter, Path(folder))
            problems = problems_of(done, library)
            n_problems += len(problems)
            rows.append(_row(done, len(problems)))
            parts.append(_part(done, problems, library))
    text = _page(rows, parts)
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write("\n".join(rows) + "\n")
    sys.exit(bool(n_problems))


def _row(done: Run, n_problems: int) -> str:
    kinds: Counter[str] = Counter(change.kind for change in done.changes)
    counts = [str(sum(kinds[kind] for kind in each)) for each in COLUMNS.values()]
    asked = sum(int(decision.asks) for day in done.days for decision in day.next.decisions.values())
    cells = [done.lifter.name, str(len(done.days)), *counts, str(asked), str(n_problems)]
    return f"| {' | '.join(cells)} |"


def _part(done: Run, problems: list[str], library: Library) -> str:
    name = done.lifter.name.replace(" ", "_")
    (PICTURES / f"{name}.svg").write_text(draw(done, library), encoding="utf-8")
    said = "".join(f"\n- {each}" for each in problems)
    return (
        f"## {done.lifter.name.capitalize()}\n\n{done.lifter.what}\n\n"
        f"![What stood in each place of the plan, week by week](images/lifters/{name}.svg)\n{said}"
    )


def _page(rows: list[str], parts: list[str]) -> str:
    head = " | ".join(("lifter", "days", *COLUMNS, "times asked how it looked", "promises broken"))
    line = "|".join(["---"] * (len(COLUMNS) + 4))
    return (
        f"# Simulated lifters over {WEEKS} weeks\n\n"
        "Written by `make lifters`: each follows a plan through the product itself, in a database, and\n"
        "writes down what was done. What is held against them (`validation/.../lifters/check.py`): a\n"
        "ladder is climbed only through its gate, worked out anew from what was written down; no load of\n"
        "an exercise moves by more than one step of the kit; no load is added where nobody knows how it\n"
        "looked, or it looked wrong; what hurts is taken out and stays out; every step back has a fault;\n"
        "what each day shows is what the history says, and every change has its reason, its source and\n"
        "the entries that it goes by; a session keeps to its minutes.\n\n"
        f"| {head} |\n|{line}|\n" + "\n".join(rows) + "\n\n"
        "In the pictures: light brown is learnt, blue is trained, red rests. ▲ a step up, ▼ a step back,\n"
        "● learnt, + more load, − less load, ✕ taken out for pain, ○ back again.\n\n" + "\n\n".join(parts) + "\n"
    )


if __name__ == "__main__":
    main()
