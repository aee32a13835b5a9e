"""Command: which films of the study have no track yet (``python -m hingewise_validation.study.missing``).

Exits with 1 when there are some. Needs nothing that draws.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from hingewise.capture.blazepose import BlazePose
from hingewise.capture.estimator import PoseEstimator

from hingewise_validation.study.cast import parse_data
from hingewise_validation.study.plan import plan_films
from hingewise_validation.study.spec import FilmSpec, content_key
from hingewise_validation.study.tracks import load_words

FILMS = Path("build/study")
TRACKS = Path("validation/tracks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Folders of the films (large, made anew where they are missing) and of their tracks (small, kept)."""

    films: Path = FILMS
    tracks: Path = TRACKS

    def track(self, spec: FilmSpec) -> Path:
        """Where the film's track lies."""
        return self.tracks / f"{spec.id}.npz.xz"

    def film(self, spec: FilmSpec) -> Path:
        """Where the film lies: by its content."""
        return self.films / f"{film_key(spec)}.mp4"

    def truth(self, spec: FilmSpec) -> Path:
        """Where the film's truth lies."""
        return self.films / f"{film_key(spec)}.truth.json"


def film_key(spec: FilmSpec) -> str:
    """Hash of the film's words and of the entries that they point to: a change there makes the film anew."""
    entries = [
        parse_data(f"movements/{spec.movement}.toml"),
        parse_data("bodies.toml")["lifter"][spec.lifter],
        parse_data("outfits.toml")["outfit"][spec.outfit],
        *(parse_data("faults.toml")["fault"][use.id] for use in spec.faults),
    ]
    return content_key(spec, entries)


def made_by(spec: FilmSpec, estimator: PoseEstimator) -> str:
    """What a track must have been made of: the film's content and the network."""
    info = estimator.info
    return f"{film_key(spec)}-{info.version}-{info.model_sha256[:8]}"


def is_missing(spec: FilmSpec, places: Places, estimator: PoseEstimator) -> bool:
    """Whether the film's track is not there, or was made of something else."""
    place = places.track(spec)
    return not place.exists() or load_words(place).get("made_by") != made_by(spec, estimator)


def main(arguments: list[str] | None = None) -> None:
    """Name what is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    places = Places(tracks=parser.parse_args(arguments).tracks)
    estimator = BlazePose()
    missing = [spec.id for spec in plan_films() if is_missing(spec, places, estimator)]
    if missing:
        shown = ", ".join(missing[:5]) + (" ..." if len(missing) > 5 else "")
        sys.stdout.write(f"{len(missing)} films have no track of what they are now: {shown}\n")
        raise SystemExit(1)


if __name__ == "__main__":
    main()
