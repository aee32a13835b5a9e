"""Make one film of the study and read its track; what exists already is kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from hingewise.capture.blazepose import BlazePose
from hingewise.capture.film import track_film
from hingewise.capture.video import probe_video

from hingewise_validation.production import produce
from hingewise_validation.study.missing import Places, is_missing, made_by
from hingewise_validation.study.recipes import make_recipe
from hingewise_validation.study.spec import FilmSpec
from hingewise_validation.study.tracks import FilmTrack, save_track


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was done for a film: ``rendered`` and ``tracked`` are False where it was there already."""

    id: str
    rendered: bool
    tracked: bool


def make_film(spec: FilmSpec, places: Places, *, track_anew: bool = False) -> Made:
    """Render the film and read its track, unless that has been done for the same content by the same network.

    ``track_anew`` reads the track from the film in any case.
    """
    estimator = BlazePose()
    if not track_anew and not is_missing(spec, places, estimator):
        return Made(id=spec.id, rendered=False, tracked=False)
    film, truth = places.film(spec), places.truth(spec)
    rendered = not (film.exists() and truth.exists())
    if rendered:
        part = film.with_suffix(".part.mp4")
        produce(make_recipe(spec), film=part, truth=truth)
        part.replace(film)
    made = read_film(film, truth, spec, estimator, made_by=made_by(spec, estimator))
    save_track(made, places.track(spec))
    return Made(id=spec.id, rendered=rendered, tracked=True)


def read_film(film: Path, truth: Path, spec: FilmSpec, estimator: BlazePose, *, made_by: str = "") -> FilmTrack:
    """The lifter's track of a rendered film, with the truth that lies beside it."""
    document = json.loads(truth.read_text("utf-8"))
    frames = document.pop("frames")
    track = track_film(probe_video(film), estimator, n_workers=1, on_progress=lambda progress: None)
    return FilmTrack(
        spec=spec,
        track=track,
        truth=document | {"repetitions": _with_shares(document["repetitions"], frames)},
        angle_deg={k.removesuffix("_deg"): np.asarray(v) for k, v in frames.items() if k.endswith("_deg")},
        joints_px={name: np.asarray(points) for name, points in frames["joints_px"].items()},
        made_by=made_by,
    )


SHARES = {"knee_separation": "knee_separation_fraction", "weight_shift": "weight_shift_fraction"}
"""What a repetition is given of the series over time, as shares of the ankles' distance."""


def _with_shares(repetitions: list[dict[str, Any]], frames: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The repetitions with how far the knees are apart, and the weight to one side, at the bottom and the lockout."""
    time_s = np.asarray(frames["time_s"])
    given = []
    for repetition in repetitions:
        bottom_s = repetition["bottom_end_s"] if repetition["bottom_s"] is None else repetition["bottom_s"]
        at_s = {"bottom": bottom_s, "lockout": repetition["top_s"]}
        shares = {
            f"{name}_at_{moment}": round(float(np.interp(s, time_s, np.asarray(frames[series]))), 3)
            for name, series in SHARES.items()
            for moment, s in at_s.items()
        }
        given.append(repetition | shares)
    return given
