"""Command: render any movement from any yaw (``python -m hingewise_validation.render --help``)."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from hingewise_validation.motion.movement import list_movements, load_movement
from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.film import EXAMPLE_FORMAT
from hingewise_validation.production import Recipe, produce
from hingewise_validation.truth.document import describe_repetitions


def main(arguments: list[str] | None = None) -> None:
    """Render one clip and its truth."""
    parser = argparse.ArgumentParser(description="Render a synthetic set with its ground truth.")
    parser.add_argument("--movement", required=True, choices=list_movements())
    parser.add_argument("--yaw", type=float, default=0.0, help="degrees from the true side view, + towards the front")
    parser.add_argument("--seed", type=int, default=1, help="variability between repetitions")
    parser.add_argument("--crf", type=int, default=27, help="H.264 quality, smaller is better")
    parser.add_argument("--out", type=Path, help="film to write (.mp4); without it only the truth")
    parser.add_argument("--truth", type=Path, help="truth to write; default: beside the film")
    options = parser.parse_args(arguments)
    os.environ.setdefault("LP_NUM_THREADS", "1")  # Mesa's rasteriser: more threads only wait for each other
    movement = load_movement(options.movement)
    recipe = Recipe(
        movement=movement,
        camera=Camera(yaw_deg=options.yaw, look_forward_m=movement.look_forward_m),
        seed=options.seed,
        film=replace(EXAMPLE_FORMAT, crf=options.crf),
    )
    if options.out is None and options.truth is None:
        parser.error("expected --out or --truth, got neither")
    truth = options.truth or options.out.with_suffix(".truth.json")
    document = produce(recipe, film=options.out, truth=truth)
    lines = [f"{options.out or truth}: {document['n_frames']} frames", *describe_repetitions(document)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
