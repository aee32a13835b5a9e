"""What stands and hangs about in a gym, along the back wall."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyvista as pv

from hingewise_validation.picture.lifters import Colour
from hingewise_validation.picture.room import MIRROR_Y_M, Shadow

Part = tuple[pv.PolyData, Colour]
Maker = Callable[[np.random.Generator], list[Part]]
SLOT_M = 1.15
SLOTS_M = tuple(np.arange(-5, 6) * SLOT_M)
COLOURS: tuple[Colour, ...] = (
    (0.75, 0.22, 0.16),
    (0.16, 0.35, 0.66),
    (0.86, 0.70, 0.14),
    (0.20, 0.52, 0.30),
    (0.10, 0.10, 0.11),
    (0.55, 0.57, 0.60),
    (0.88, 0.88, 0.87),
    (0.82, 0.45, 0.12),
    (0.42, 0.26, 0.52),
)
BLACK, STEEL, WHITE = COLOURS[4], COLOURS[5], COLOURS[6]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Thing:
    """Parts in place."""

    parts: tuple[Part, ...]
    shadow: Shadow | None


def choose_things(seed: int, busyness: float, *, wall_x_m: float, mirror: bool) -> list[Thing]:
    """Things on the floor and on the wall; a share ``busyness`` of all places is taken."""
    rng = np.random.default_rng([seed, 4])
    things = []
    for y_m in SLOTS_M:
        standing, hanging = rng.random(2) < busyness
        on_floor, on_wall = STANDING[rng.integers(len(STANDING))](rng), HANGING[rng.integers(len(HANGING))](rng)
        shift_m = float(y_m + rng.uniform(-0.15, 0.15))
        behind_glass = mirror and MIRROR_Y_M[0] - 0.7 < y_m < MIRROR_Y_M[1] + 0.7
        if standing:
            x_m = wall_x_m - 0.38
            shadow = Shadow(x_m=x_m, y_m=shift_m, reach_x_m=0.40, reach_y_m=0.60, depth=0.4)
            things.append(Thing(parts=_placed(on_floor, x_m, shift_m), shadow=shadow))
        if hanging and not behind_glass:
            things.append(Thing(parts=_placed(on_wall, wall_x_m - 0.015, shift_m), shadow=None))
    return things


def add_things(plotter: pv.Plotter, things: list[Thing]) -> None:
    """Put them on the stage."""
    for mesh, colour in (part for thing in things for part in thing.parts):
        plotter.add_mesh(mesh, color=colour, ambient=0.25, smooth_shading=mesh.n_cells > 30, split_sharp_edges=True)


def _placed(parts: list[Part], x_m: float, y_m: float) -> tuple[Part, ...]:
    return tuple((mesh.translate((x_m, y_m, 0.0)), colour) for mesh, colour in parts)


def _box(centre_m: tuple[float, float, float], size_m: tuple[float, float, float]) -> pv.PolyData:
    (x, y, z), (a, b, c) = centre_m, size_m
    return pv.Box((x - a / 2, x + a / 2, y - b / 2, y + b / 2, z - c / 2, z + c / 2))


def _rod(
    centre_m: tuple[float, float, float], axis: tuple[float, float, float], radius_m: float, length_m: float
) -> pv.PolyData:
    return pv.Cylinder(center=centre_m, direction=axis, radius=radius_m, height=length_m, resolution=24)


def _any_colour(rng: np.random.Generator) -> Colour:
    return COLOURS[rng.integers(len(COLOURS))]


def _dumbbell_rack(rng: np.random.Generator) -> list[Part]:
    frame, bells = _any_colour(rng), BLACK if rng.random() < 0.6 else _any_colour(rng)
    parts: list[Part] = [(_box((0.0, side * 0.5, 0.45), (0.30, 0.04, 0.9)), frame) for side in (-1, 1)]
    for height_m in (0.35, 0.80):
        parts.append((_box((0.0, 0.0, height_m), (0.32, 1.0, 0.03)), frame))
        for y_m in np.linspace(-0.4, 0.4, 5):
            radius_m = float(rng.uniform(0.045, 0.075))
            for x_m in (-0.1, 0.1):
                parts.append((_rod((x_m, y_m, height_m + radius_m + 0.015), (1, 0, 0), radius_m, 0.08), bells))
            parts.append((_rod((0.0, y_m, height_m + radius_m + 0.015), (1, 0, 0), 0.016, 0.2), STEEL))
    return parts


def _leaning_plates(rng: np.random.Generator) -> list[Part]:
    parts: list[Part] = []
    for y_m in np.linspace(-0.35, 0.35, int(rng.integers(1, 4))):
        radius_m = float(rng.uniform(0.14, 0.225))
        colour = _any_colour(rng)
        axis = (-1.0, 0.0, 0.35)
        centre = (0.28 - 0.3 * radius_m, float(y_m), radius_m * 0.95)
        parts += [(_rod(centre, axis, radius_m, 0.05), colour), (_rod(centre, axis, 0.05, 0.056), STEEL)]
    return parts


def _machine(rng: np.random.Generator) -> list[Part]:
    """Something with a console, an arm and a seat or belt."""
    body, trim = _any_colour(rng), _any_colour(rng)
    height_m = float(rng.uniform(1.1, 1.5))
    return [
        (_box((0.0, 0.0, 0.10), (0.45, 1.0, 0.16)), BLACK),
        (_box((0.0, 0.38, height_m / 2), (0.10, 0.09, height_m)), body),
        (_box((0.0, 0.36, height_m + 0.08), (0.42, 0.06, 0.28)), trim),
        (_box((0.0, 0.32, height_m + 0.09), (0.30, 0.02, 0.18)), (0.25, 0.35, 0.42)),
        *((_rod((x_m, 0.1, height_m - 0.15), (0, 1, 0.15), 0.022, 0.6), STEEL) for x_m in (-0.2, 0.2)),
    ]


def _bicycle(rng: np.random.Generator) -> list[Part]:
    frame = _any_colour(rng)
    return [
        (_rod((0.0, 0.32, 0.30), (1, 0, 0), 0.24, 0.06), frame),
        (_rod((0.0, 0.0, 0.55), (0, 0.6, -0.3), 0.035, 0.7), frame),
        (_rod((0.0, -0.28, 0.55), (0, -0.1, 1), 0.03, 0.75), STEEL),
        (_box((0.0, -0.33, 0.95), (0.16, 0.26, 0.06)), BLACK),
        (_rod((0.0, 0.30, 0.80), (0, 0.15, 1), 0.03, 0.75), STEEL),
        (_rod((0.0, 0.30, 1.18), (1, 0, 0), 0.02, 0.45), BLACK),
        *((_box((0.0, y_m, 0.03), (0.5, 0.08, 0.05)), BLACK) for y_m in (-0.45, 0.5)),
    ]


def _cage(rng: np.random.Generator) -> list[Part]:
    colour = _any_colour(rng)
    posts = [(_box((x, y, 1.1), (0.07, 0.07, 2.2)), colour) for x in (-0.25, 0.25) for y in (-0.48, 0.48)]
    beams = [(_box((x, 0.0, 2.17), (0.07, 1.0, 0.07)), colour) for x in (-0.25, 0.25)]
    bar = (_rod((-0.27, 0.0, 1.25), (0, 1, 0), 0.015, 1.5), STEEL)
    plates = [(_rod((-0.27, y, 1.25), (0, 1, 0), 0.2, 0.06), _any_colour(rng)) for y in (-0.62, 0.62)]
    return [*posts, *beams, bar, *plates]


def _kettlebells(rng: np.random.Generator) -> list[Part]:
    parts: list[Part] = []
    for y_m in np.linspace(-0.4, 0.4, int(rng.integers(2, 5))):
        radius_m = float(rng.uniform(0.08, 0.12))
        handle = pv.ParametricTorus(ringradius=0.055, crosssectionradius=0.014).rotate_x(90)
        colour = _any_colour(rng)
        parts.append((pv.Sphere(radius=radius_m, center=(0, y_m, radius_m)), colour))
        parts.append((handle.translate((0, y_m, 2 * radius_m + 0.01)), colour))
    return parts


def _ball(rng: np.random.Generator) -> list[Part]:
    radius_m = float(rng.uniform(0.27, 0.37))
    return [(pv.Sphere(radius=radius_m, center=(0.0, 0.0, radius_m), theta_resolution=40), _any_colour(rng))]


def _cupboard(rng: np.random.Generator) -> list[Part]:
    height_m, width_m = float(rng.uniform(0.6, 1.9)), float(rng.uniform(0.5, 1.0))
    colour: Colour = ((0.50, 0.36, 0.24), WHITE, (0.35, 0.36, 0.38))[rng.integers(3)]
    doors = [
        (_box((-0.21, side * width_m / 4, height_m / 2), (0.02, width_m / 2 - 0.03, height_m - 0.08)), colour)
        for side in (-1, 1)
    ]
    darker = (colour[0] * 0.75, colour[1] * 0.75, colour[2] * 0.75)
    return [(_box((0.0, 0.0, height_m / 2), (0.40, width_m, height_m)), darker), *doors]


def _plant(rng: np.random.Generator) -> list[Part]:
    leaves: list[Part] = []
    for _ in range(9):
        x, y, z = rng.uniform(-0.2, 0.2), rng.uniform(-0.28, 0.28), rng.uniform(0.5, 1.2)
        leaf = pv.Sphere(radius=float(rng.uniform(0.09, 0.17)), theta_resolution=14, phi_resolution=10)
        leaves.append((leaf.scale((0.6, 1.0, 0.5)).translate((x, y, z)), (0.16, float(rng.uniform(0.28, 0.45)), 0.15)))
    return [
        (_rod((0, 0, 0.2), (0, 0, 1), 0.17, 0.4), _any_colour(rng)),
        (_rod((0, 0, 0.5), (0, 0, 1), 0.02, 0.5), (0.3, 0.2, 0.1)),
        *leaves,
    ]


def _poster(rng: np.random.Generator) -> list[Part]:
    width_m, height_m, z_m = rng.uniform(0.4, 0.9), rng.uniform(0.5, 1.1), rng.uniform(1.5, 2.0)
    parts: list[Part] = [(_box((0.0, 0.0, z_m), (0.01, width_m, height_m)), _any_colour(rng))]
    for _ in range(int(rng.integers(1, 4))):
        size_m = (0.012, float(rng.uniform(0.2, 0.8) * width_m), float(rng.uniform(0.06, 0.35) * height_m))
        centre = (-0.006, 0.0, float(z_m + rng.uniform(-0.3, 0.3) * height_m))
        parts.append((_box(centre, size_m), _any_colour(rng)))
    return parts


def _window(rng: np.random.Generator) -> list[Part]:
    z_m, sky = 1.75, (0.80, 0.88, 0.95) if rng.random() < 0.7 else (0.12, 0.14, 0.20)
    frame = [(_box((-0.01, y, z_m), (0.04, 0.05, 1.2)), WHITE) for y in (-0.5, 0.0, 0.5)]
    rails = [(_box((-0.01, 0.0, z_m + side * 0.6), (0.05, 1.05, 0.05)), WHITE) for side in (-1, 1)]
    return [(_box((0.0, 0.0, z_m), (0.01, 1.0, 1.2)), sky), *frame, *rails]


def _clock(rng: np.random.Generator) -> list[Part]:
    hand = rng.uniform(-1, 1, 2)
    return [
        (_rod((0, 0, 2.1), (1, 0, 0), 0.17, 0.02), BLACK),
        (_rod((-0.006, 0, 2.1), (1, 0, 0), 0.155, 0.02), WHITE),
        (_rod((-0.02, 0.04 * hand[0], 2.1 + 0.04 * hand[1]), (0, float(hand[0]), float(hand[1])), 0.006, 0.12), BLACK),
    ]


STANDING: tuple[Maker, ...] = (
    _dumbbell_rack,
    _leaning_plates,
    _machine,
    _bicycle,
    _cage,
    _kettlebells,
    _ball,
    _cupboard,
    _plant,
)
HANGING: tuple[Maker, ...] = (_poster, _poster, _window, _clock)
