"""Command: render the study's films and read their tracks (``python -m hingewise_validation.study.make``).

Takes hours from nothing; stopped, it goes on where it was.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hingewise_validation.study.missing import FILMS, TRACKS, Places
from hingewise_validation.study.plan import plan_films
from hingewise_validation.study.produce import Made, make_film
from hingewise_validation.study.spec import FilmSpec

ONE_THREAD = dict.fromkeys(("LP_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Each film is drawn by one thread: more only wait for each other. Set before the workers import anything."""


def main(arguments: list[str] | None = None) -> None:
    """Make what is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--films", type=Path, default=FILMS, help="folder of the rendered films")
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    parser.add_argument("--block", action="append", help="only this block; may be given several times")
    parser.add_argument("--only", help="only films whose name begins so")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)), help="processes")
    parser.add_argument("--pixels", action="store_true", help="read every track from its film anew")
    parser.add_argument("--list", action="store_true", help="name the films and stop")
    options = parser.parse_args(arguments)
    specs = [
        spec
        for spec in plan_films()
        if (not options.block or spec.block in options.block) and spec.id.startswith(options.only or "")
    ]
    if options.list:
        sys.stdout.writelines(f"{spec.id}\t{spec.lifter}\t{spec.outfit}\t{spec.movement}\n" for spec in specs)
        return
    places = Places(films=options.films, tracks=options.tracks)
    for folder in (places.films, places.tracks):
        folder.mkdir(parents=True, exist_ok=True)
    made = make_all(specs, places, n_workers=options.workers, track_anew=options.pixels)
    failed = _show(made, len(specs))
    if not options.block and not options.only:
        _remove_strangers(places, specs)
    if failed:
        raise SystemExit("\n".join(["Not made:", *failed]))


def make_all(
    specs: list[FilmSpec], places: Places, *, n_workers: int, track_anew: bool = False
) -> Iterator[Made | str]:
    """Make every film, in parallel; what fails is told by name and error and stops no other."""
    os.environ |= ONE_THREAD
    with ProcessPoolExecutor(n_workers, mp_context=get_context("spawn")) as pool:
        jobs = {pool.submit(make_film, spec, places, track_anew=track_anew): spec.id for spec in specs}
        for job in as_completed(jobs):
            error = job.exception()
            yield job.result() if error is None else f"{jobs[job]}: {type(error).__name__}: {error}"


def _show(results: Iterator[Made | str], total: int) -> list[str]:
    """Show progress; return what failed."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    failed: list[str] = []
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("films", total=total)
        for number, result in enumerate(results, start=1):
            progress.advance(task)
            if isinstance(result, str):
                failed.append(result)
                console.print(result)
            elif not console.is_terminal and (result.rendered or result.tracked):
                console.print(f"{number}/{total} {result.id}")
    return failed


def _remove_strangers(places: Places, specs: list[FilmSpec]) -> None:
    """Remove tracks of films that are no longer in the plan."""
    known = {places.track(spec) for spec in specs}
    for path in places.tracks.glob("*.npz.xz"):
        if path not in known:
            path.unlink()


if __name__ == "__main__":
    main()
