"""From a movement to a film and its truth."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hingewise_validation.body import Body, Phenotype, SkinnedFrame
from hingewise_validation.camera import Camera
from hingewise_validation.clothes import Outfit
from hingewise_validation.document import Recorder, make_document, save_document
from hingewise_validation.film import write_film
from hingewise_validation.movement import Movement, sample_movement
from hingewise_validation.posing import pose_lifter
from hingewise_validation.scene import Scene
from hingewise_validation.shoes import ankle_above_floor_m


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides a clip."""

    movement: Movement
    camera: Camera = Camera()
    phenotype: Phenotype = Phenotype()
    outfit: Outfit = Outfit()
    seed: int = 1
    rate_hz: int = 30
    crf: int = 27


def produce(recipe: Recipe, *, film: Path | None, truth: Path) -> dict[str, Any]:
    """Draw the clip, write it with its truth, and return the truth document; without ``film`` draw nothing."""
    body = Body(recipe.phenotype)
    movement = recipe.movement
    samples = sample_movement(movement, rate_hz=recipe.rate_hz, seed=recipe.seed)
    poses = pose_lifter(body.skeleton, samples, movement.stance, sole_height_m=ankle_above_floor_m(body))
    recorder = Recorder(body.skeleton)
    frames = recorder.watch(body.frames(poses))
    if film is None:
        deque(frames, maxlen=0)
    else:
        write_film(_draw(body, frames, recipe), film, rate_hz=recipe.rate_hz, crf=recipe.crf)
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
