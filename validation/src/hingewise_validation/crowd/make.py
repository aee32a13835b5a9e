"""Command: render the crowd and read its tracks (``python -m hingewise_validation.crowd.make``).

Takes two hours of two cores from nothing; stopped, it goes on where it was. The tracks are too many to be kept:
``crowd.collect`` makes of them what is.
"""

import argparse
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from hingewise.capture.blazepose import BlazePose
from hingewise.errors import NoLifterError

from hingewise_validation.crowd.collect import TRACKS
from hingewise_validation.crowd.draw import draw_recipe
from hingewise_validation.crowd.numbers import n_standing
from hingewise_validation.production import Recipe, produce
from hingewise_validation.study.cast import parse_data
from hingewise_validation.study.make import ONE_THREAD
from hingewise_validation.study.produce import read_film
from hingewise_validation.study.spec import FilmSpec
from hingewise_validation.study.tracks import save_track


def track_path(folder: Path, number: int) -> Path:
    """Where one person's track lies."""
    return folder / f"crowd_{number:04d}.npz.xz"


def make_one(number: int, folder: Path) -> bool:
    """Render one person, read the track and forget the film; False where it was there already or nobody is seen."""
    place = track_path(folder, number)
    if place.exists():
        return False
    recipe = draw_recipe(number)
    with tempfile.TemporaryDirectory() as scratch:
        film, truth = Path(scratch) / "film.mp4", Path(scratch) / "truth.json"
        produce(recipe, film=film, truth=truth)
        try:
            made = read_film(film, truth, _words(number, recipe), BlazePose())
        except NoLifterError:
            return False  # behind plates the network sees nobody in some films
    save_track(made, place)
    return True


def _words(number: int, recipe: Recipe) -> FilmSpec:
    """What is worth knowing of the film; its other values come from its number."""
    return FilmSpec(
        id=f"crowd_{number:04d}",
        block="crowd",
        lifter=f"crowd_{number:04d}",
        outfit=recipe.outfit.fit,
        movement=" ".join(recipe.movement.equipment),
        seed=recipe.seed,
        camera={"yaw_deg": recipe.camera.yaw_deg, "mirrored": recipe.camera.mirrored},
    )


def main(arguments: list[str] | None = None) -> None:
    """Make what is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)), help="processes")
    options = parser.parse_args(arguments)
    options.tracks.mkdir(parents=True, exist_ok=True)
    os.environ |= ONE_THREAD
    numbers = range(n_standing() + parse_data("crowd.toml")["n_lying"])
    failed = []
    with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool:
        jobs = {pool.submit(make_one, number, options.tracks): number for number in numbers}
        for done, job in enumerate(as_completed(jobs), start=1):
            if (error := job.exception()) is not None:
                failed.append(f"{jobs[job]}: {type(error).__name__}: {error}")
            elif job.result():
                sys.stderr.write(f"{done}/{len(jobs)} crowd_{jobs[job]:04d}\n")
    if failed:
        raise SystemExit("\n".join(["Not made:", *failed]))


if __name__ == "__main__":
    main()
