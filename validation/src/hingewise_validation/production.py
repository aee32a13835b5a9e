"""From a movement to a film and its truth."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hingewise_validation.lifter.body import Body, Phenotype, SkinnedFrame
from hingewise_validation.lifter.posing import pose_lifter
from hingewise_validation.motion.movement import Movement, sample_movement
from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.clothes import Outfit
from hingewise_validation.picture.exposure import Exposure
from hingewise_validation.picture.film import FilmFormat, write_film
from hingewise_validation.picture.scene import Scene
from hingewise_validation.picture.shoes import ankle_above_floor_m
from hingewise_validation.picture.surroundings import Surroundings
from hingewise_validation.truth.document import Recorder, make_document, save_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides a film."""

    movement: Movement
    camera: Camera = Camera()
    phenotype: Phenotype = Phenotype()
    outfit: Outfit = Outfit()
    surroundings: Surroundings = Surroundings()
    exposure: Exposure = Exposure()
    film: FilmFormat = FilmFormat()
    seed: int = 1


def produce(recipe: Recipe, *, film: Path | None, truth: Path) -> dict[str, Any]:
    """Draw the film, write it with its truth, and return the truth document; without ``film`` draw nothing."""
    body = Body(recipe.phenotype)
    movement = recipe.movement
    rate_hz, jitter = recipe.film.rate_hz, recipe.film.rate_jitter
    samples = sample_movement(movement, rate_hz=rate_hz, rate_jitter=jitter, seed=recipe.seed)
    poses = pose_lifter(body.skeleton, samples, movement.stance, sole_height_m=ankle_above_floor_m(body))
    recorder = Recorder(body.skeleton)
    frames = recorder.watch(body.frames(poses))
    if film is None:
        deque(frames, maxlen=0)
    else:
        write_film(_draw(body, frames, recipe), samples.time_s.tolist(), film, recipe.film)
    document = make_document(
        recorder.finish(), samples, movement=movement, body=body, camera=recipe.camera, seed=recipe.seed
    )
    save_document(document, truth)
    return document


def _draw(body: Body, frames: Iterator[SkinnedFrame], recipe: Recipe) -> Iterator[NDArray[np.uint8]]:
    first = next(frames)
    scene = Scene(body, first, equipment=recipe.movement.equipment, camera=recipe.camera, outfit=recipe.outfit)
    try:
        for frame in chain((first,), frames):
            yield scene.draw(frame)
    finally:
        scene.close()
