"""Command: measure the study's tracks and write docs/accuracy.md and validation/results.json.

``python -m hingewise_validation.study.validate`` needs the tracks only (about a minute).
"""

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from hingewise_validation.bench_document import write_section
from hingewise_validation.study.bars import measure_bars
from hingewise_validation.study.compare import FilmResult, compare_film
from hingewise_validation.study.confusion import measure_technique_bars, technique_figures
from hingewise_validation.study.files import write_whole
from hingewise_validation.study.results import make_results
from hingewise_validation.study.tables import study_section
from hingewise_validation.study.technique import judge_all
from hingewise_validation.study.technique_tables import technique_section
from hingewise_validation.study.tracks import load_track

COMMAND = "make validate"
STRANGERS = Path("validation/strangers")
DOCUMENT, RESULTS, TRACKS = Path("docs/accuracy.md"), Path("validation/results.json"), Path("validation/tracks")


def main(arguments: list[str] | None = None) -> None:
    """Measure, write, and print the bars."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    parser.add_argument("--strangers", type=Path, default=STRANGERS, help="folder of the strangers' tracks")
    parser.add_argument("--dry", action="store_true", help="print the bars, write nothing")
    options = parser.parse_args(arguments)
    results = compare_all(options.tracks)
    judged = judge_all(options.tracks)
    for bar in (*measure_bars(results), *measure_technique_bars(judged)):
        sys.stdout.write(f"{'ok ' if bar.reached else 'NO '} {bar.what}: {bar.found} (bar {bar.bar})\n")
    if not options.dry:
        section = study_section(results, compare_all(options.strangers), COMMAND)
        write_section(DOCUMENT, "study", section, title="Accuracy")
        write_section(DOCUMENT, "technique", technique_section(judged), title="Accuracy")
        figures = make_results(results) | {"technique": technique_figures(judged)}
        text = json.dumps(figures, indent=1, sort_keys=True) + "\n"
        write_whole(RESULTS, text.encode())


def compare_all(tracks: Path, *, n_workers: int | None = None, plain: bool = False) -> list[FilmResult]:
    """Every film of a folder, compared with its truth, in the order of their names; None: a process for every core.

    ``plain``: see ``compare_film``.
    """
    paths = sorted(tracks.glob("*.npz.xz"))
    if not paths:
        raise SystemExit(f"expected tracks (*.npz.xz) in {tracks}, found none: run `make validate`.")
    if n_workers == 1:
        return [compare_path(path, plain=plain) for path in paths]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(n_workers) as pool:
        return list(pool.map(partial(compare_path, plain=plain), paths, chunksize=8))


def compare_path(path: Path, *, plain: bool = False) -> FilmResult:
    """One film of the study."""
    return compare_film(load_track(path), plain=plain)


if __name__ == "__main__":
    main()
