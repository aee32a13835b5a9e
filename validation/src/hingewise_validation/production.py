"""From a movement to a film and its truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hingewise_validation.lifter.body import Body, Phenotype, SkinnedFrame
from hingewise_validation.lifter.posing import pose_lifter
from hingewise_validation.lifter.skeleton import BonePoses
from hingewise_validation.motion.movement import Movement
from hingewise_validation.motion.sampling import MovementSamples, sample_movement
from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.clothes import Outfit
from hingewise_validation.picture.exposure import Exposure, expose, open_shutter
from hingewise_validation.picture.film import FilmFormat, write_film
from hingewise_validation.picture.scene import Load, Look, Scene
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


SHUTTER_STEPS = 4
"""Pictures that are drawn for the time of one frame where the shutter is open for long."""


def produce(recipe: Recipe, *, film: Path | None, truth: Path) -> dict[str, Any]:
    """Draw the film, write it with its truth, and return the truth document; without ``film`` draw nothing."""
    body = Body(recipe.phenotype)
    movement = recipe.movement
    steps = SHUTTER_STEPS if recipe.exposure.shutter_fraction > 0 and film is not None else 1
    n_open = max(1, round(recipe.exposure.shutter_fraction * steps))
    rate_hz, jitter = recipe.film.rate_hz * steps, recipe.film.rate_jitter * steps
    fine = sample_movement(movement, rate_hz=rate_hz, rate_jitter=jitter, seed=recipe.seed)
    poses = pose_lifter(body.skeleton, fine, movement.stance, sole_height_m=ankle_above_floor_m(body))
    samples = fine.at(np.arange(n_open // 2, fine.time_s.size, steps))
    recorder = Recorder(body.skeleton)
    exposed = _exposed(body.frames(poses), steps, n_open)
    if film is None:
        for middle, _ in exposed:
            recorder.keep(middle)
    else:
        scene = _make_scene(body, poses, fine, recipe)
        pictures = _draw(scene, exposed, recorder, recipe)
        write_film(pictures, samples.time_s.tolist(), film, recipe.film)
    document = make_document(
        recorder.finish(), samples, movement=movement, body=body, camera=recipe.camera, seed=recipe.seed
    )
    save_document(document, truth)
    return document


def _exposed(
    frames: Iterator[SkinnedFrame], steps: int, n_open: int
) -> Iterator[tuple[SkinnedFrame, list[SkinnedFrame]]]:
    """For every picture the frame in the middle of its exposure, and all that the open shutter sees."""
    while group := list(islice(frames, steps)):
        if len(group) <= n_open // 2:
            return
        yield group[n_open // 2], group[:n_open]


def _make_scene(body: Body, poses: BonePoses, samples: MovementSamples, recipe: Recipe) -> Scene:
    """The scene around the lifter as he stands before the set."""
    settled, taken = (
        next(body.frames(poses.at(int(np.searchsorted(samples.time_s, at_s)))))
        for at_s in (samples.quiet_s[0], samples.held_from_s)
    )
    look = Look(
        camera=recipe.camera,
        outfit=recipe.outfit,
        equipment=recipe.movement.equipment,
        surroundings=recipe.surroundings,
        supersampling=recipe.film.supersampling,
    )
    load = Load(taken=taken, from_s=samples.held_from_s, to_s=samples.held_to_s)
    return Scene(body, settled, look, load)


def _draw(
    scene: Scene,
    exposed: Iterator[tuple[SkinnedFrame, list[SkinnedFrame]]],
    recorder: Recorder,
    recipe: Recipe,
) -> Iterator[NDArray[np.uint8]]:
    rng = np.random.default_rng([recipe.seed, 3])
    try:
        for number, (middle, seen) in enumerate(exposed):
            recorder.keep(middle)
            drawn = [scene.draw(frame, number / recipe.film.rate_hz) for frame in seen]
            picture = drawn[0] if len(drawn) == 1 else open_shutter(drawn)
            yield expose(picture, recipe.exposure, rng)
    finally:
        scene.close()
