"""From a film's words to everything that its rendering needs."""

from collections.abc import Mapping
from typing import Any

from hingewise_validation.motion.faults import apply_fault, load_faults
from hingewise_validation.motion.movement import Movement, load_movement
from hingewise_validation.motion.variants import with_partials, with_pauses, with_tiredness, with_walks
from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.clothes import load_outfits, wear
from hingewise_validation.picture.exposure import Exposure
from hingewise_validation.picture.film import FilmFormat
from hingewise_validation.picture.lifters import load_bodies
from hingewise_validation.picture.surroundings import Surroundings
from hingewise_validation.production import Recipe
from hingewise_validation.study.spec import FilmSpec


def vary(movement: Movement, variants: Mapping[str, Any]) -> Movement:
    """The movement begun, ended or done another way; see ``FilmSpec``."""
    if variants.get("tired"):
        movement = with_tiredness(movement)
    if partials := variants.get("partials"):
        fractions = {int(number): float(fraction) for number, fraction in partials.items()}
        movement = with_partials(movement, fractions, of=variants.get("partial_of", "depth"))
    if pauses := variants.get("pauses"):
        phase = "eccentric" if movement.begins_at == "lockout" else "concentric"
        movement = with_pauses(movement, pauses, phase=phase, share=variants.get("pause_share", 1.0))
    return with_walks(movement) if variants.get("walks") else movement


def make_recipe(spec: FilmSpec) -> Recipe:
    """Look up the names of a film."""
    lifter = load_bodies()[spec.lifter]
    movement = load_movement(spec.movement)
    for use in spec.faults:
        movement = apply_fault(movement, load_faults()[use.id], use.strengths)
    return Recipe(
        movement=vary(movement, spec.variants),
        camera=Camera(**spec.camera),
        phenotype=lifter.phenotype,
        outfit=wear(load_outfits()[spec.outfit], lifter),
        surroundings=Surroundings(**spec.surroundings),
        exposure=Exposure(**spec.exposure),
        film=FilmFormat(**spec.film),
        seed=spec.seed,
    )
