"""``python -m hingewise.library.compile`` writes library.json and index.json from the records."""

from __future__ import annotations

import sys
from pathlib import Path

from hingewise.library.check import check_folder
from hingewise.library.compiled import to_json
from hingewise.library.index import INDEX, index_json
from hingewise.library.load import COMPILED, RECORDS


def compile_records(
    records: Path = RECORDS, target: Path = COMPILED, index: Path = INDEX
) -> list[str]:
    """Check the records and write them as one file, with their index; with any problem nothing.

    Returns
    -------
    The problems, one line each.
    """
    reading = check_folder(records)
    if not reading.problems:
        target.write_text(to_json(reading.library), encoding="utf-8")
        index.write_text(index_json(reading.library), encoding="utf-8")
    return [str(problem) for problem in reading.problems]


if __name__ == "__main__":
    found = compile_records()
    sys.stderr.writelines(f"{problem}\n" for problem in found)
    sys.exit(3 if found else 0)
