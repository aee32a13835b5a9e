"""How soon the library is there (``python -m hingewise_validation.bench_library``), for docs/performance.md."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from hingewise_validation.bench_document import format_table, write_section

DOCUMENT = Path("docs/performance.md")
N_RUNS = 15
QUERIES = (
    "pull-through",
    "RDL",
    "my back rounds",
    "booty band",
    "kettelbell swng",
    "romanain deadlift",
    "what is a hip hinge",
    "glutes",
    "too much weight for me",
    "zzzzz",
)

PROGRAM = """
import json, sys, time
begin = time.perf_counter()
from hingewise.library.load import load_library
imported = time.perf_counter()
library = load_library()
loaded = time.perf_counter()
from hingewise.library.search import SearchIndex
ready = time.perf_counter()
index = SearchIndex(library)
indexed = time.perf_counter()
slowest = 0.0
for query in sys.argv[1:]:
    start = time.perf_counter()
    index.search(query)
    slowest = max(slowest, time.perf_counter() - start)
print(json.dumps({"import": imported - begin, "load": loaded - imported, "index": indexed - ready, "search": slowest}))
"""

ROWS = (
    ("importing what reads it", "import", ""),
    ("loading every record", "load", "50 ms"),
    ("making the search index", "index", ""),
    (f"the slowest of {len(QUERIES)} searches", "search", "10 ms"),
)


def measure_once() -> dict[str, float]:
    """Times in a process of its own. [s]"""
    command = [sys.executable, "-c", PROGRAM, *QUERIES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name: float(value) for name, value in json.loads(done.stdout).items()}


def main() -> None:
    """Measure and rewrite the section."""
    runs = [measure_once() for _ in range(N_RUNS)]
    rows = [
        [title, f"{1000 * statistics.median(run[name] for run in runs):.1f} ms", bar or "-"]
        for title, name, bar in ROWS
    ]
    body = "\n\n".join(
        [
            "## The exercise library",
            f"Made by `python -m hingewise_validation.bench_library`: medians of {N_RUNS} new processes; typing "
            "mistakes, several words and nonsense are among the searches.",
            format_table(["what", "time", "bar"], rows),
        ]
    )
    write_section(DOCUMENT, "library", body, title="Performance")
    sys.stdout.write(f"{body}\n")


if __name__ == "__main__":
    main()
