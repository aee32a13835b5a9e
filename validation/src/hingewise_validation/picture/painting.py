"""Painted walls and floors: textures with their shading, so that the background never flickers.

Coordinates in metres: walls along the room and up, floors away from the camera and along the room.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray

PIXELS_PER_M = 100
Painter = Callable[[np.random.Generator, FloatArray, FloatArray], FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """How a kind of room is painted: pictures (H, W, 3), 0-1, for places along and up, or away and along [m]."""

    name: str
    wall: Painter
    floor: Painter


def grid_m(limits_m: tuple[float, float]) -> FloatArray:
    """Middles of the pixels between two limits."""
    n_cells = round((limits_m[1] - limits_m[0]) * PIXELS_PER_M)
    return limits_m[0] + (np.arange(n_cells) + 0.5) / PIXELS_PER_M


def _tinted(grey: FloatArray, *tint: float) -> FloatArray:
    return np.asarray(grey[..., None] * np.array(tint))


def _wall_light(rng: np.random.Generator, along_m: FloatArray, up_m: FloatArray) -> FloatArray:
    """Brighter above and towards a window on one side."""
    return 1 + 0.02 * up_m - 0.01 * along_m + 0.006 * soft_noise(rng, up_m.shape, 60)


def _plaster(rng: np.random.Generator, along_m: FloatArray, up_m: FloatArray) -> FloatArray:
    """Light plaster, a darker painted base with a stripe."""
    picture = _tinted(0.80 * _wall_light(rng, along_m, up_m), 0.97, 0.97, 0.95)
    base = np.array([0.78, 0.82, 0.84]) * (1 + rng.uniform(-0.10, 0.04, 3) * (rng.random() < 0.7))
    picture[up_m < 0.85] *= base
    picture[(up_m > 0.85) & (up_m < 0.90)] *= np.array([0.45, 0.52, 0.58])
    picture[up_m < 0.10] = np.array([0.22, 0.23, 0.25])
    return picture


def _brick(rng: np.random.Generator, along_m: FloatArray, up_m: FloatArray) -> FloatArray:
    """Bricks of slightly different reds, sometimes painted white."""
    course = np.floor(up_m / 0.08).astype(int)
    shifted_m = along_m + 0.125 * (course % 2) + 50.0
    brick = np.floor(shifted_m / 0.25).astype(int)
    shade = rng.uniform(0.82, 1.12, (course.max() + 1, brick.max() + 1))[course, brick]
    colour = np.array([0.80, 0.79, 0.76]) if rng.random() < 0.35 else np.array([0.56, 0.31, 0.24])
    picture = _tinted(shade * _wall_light(rng, along_m, up_m), *colour)
    joints = (np.mod(up_m, 0.08) < 0.012) | (np.mod(shifted_m, 0.25) < 0.012)
    picture[joints] = picture[joints] * 0.4 + 0.6 * np.array([0.62, 0.59, 0.55]) * colour.max() ** 0.3
    return picture


def _dark(rng: np.random.Generator, along_m: FloatArray, up_m: FloatArray) -> FloatArray:
    """Charcoal wall with one stripe of a bright colour."""
    picture = _tinted(0.19 * _wall_light(rng, along_m, up_m) ** 2, 1.0, 1.0, 1.05)
    stripe = rng.choice(np.array([[0.80, 0.25, 0.10], [0.85, 0.72, 0.10], [0.15, 0.45, 0.75], [0.20, 0.55, 0.30]]))
    low_m = rng.uniform(1.0, 2.0)
    picture[(up_m > low_m) & (up_m < low_m + 0.22)] = stripe * 0.8
    return picture


def _garage(rng: np.random.Generator, along_m: FloatArray, up_m: FloatArray) -> FloatArray:
    """Concrete blocks with stains."""
    grey = 0.56 * _wall_light(rng, along_m, up_m) + 0.035 * soft_noise(rng, up_m.shape, 45)
    grey += 0.02 * soft_noise(rng, up_m.shape, 7)
    row = np.floor(up_m / 0.2)
    joints = (np.mod(up_m, 0.2) < 0.01) | (np.mod(along_m + 0.2 * (row % 2), 0.4) < 0.01)
    grey[joints] -= 0.07
    return _tinted(grey, 1.0, 0.99, 0.96)


def _living_room(rng: np.random.Generator, along_m: FloatArray, up_m: FloatArray) -> FloatArray:
    """One quiet colour and a white skirting board."""
    colours = np.array([[0.82, 0.76, 0.66], [0.66, 0.73, 0.68], [0.60, 0.67, 0.76], [0.86, 0.84, 0.80]])
    picture = _tinted(_wall_light(rng, along_m, up_m), *rng.choice(colours))
    picture[up_m < 0.09] = np.array([0.88, 0.87, 0.85])
    return picture


def _rubber(rng: np.random.Generator, away_m: FloatArray, along_m: FloatArray) -> FloatArray:
    """Dark rubber tiles with speckles."""
    grey = 0.30 + 0.05 * soft_noise(rng, along_m.shape, 40)
    grey += np.where(rng.random(along_m.shape) > 0.97, 0.10, 0.0)
    joints = np.minimum(np.mod(away_m, 1.0), np.mod(along_m + 0.4, 1.0))
    grey -= np.where(joints < 0.012, 0.06, 0.0)
    return _tinted(grey, 1.0, 1.0, 1.04)


def _black_rubber(rng: np.random.Generator, away_m: FloatArray, along_m: FloatArray) -> FloatArray:
    """Black rubber with coloured crumbs."""
    picture = _tinted(0.13 + 0.02 * soft_noise(rng, along_m.shape, 50), 1.0, 1.0, 1.0)
    picture[rng.random(along_m.shape) > 0.96] += rng.uniform(0.0, 0.25, 3)
    return picture


def _concrete(rng: np.random.Generator, away_m: FloatArray, along_m: FloatArray) -> FloatArray:
    """Grey screed with stains."""
    grey = 0.50 + 0.06 * soft_noise(rng, along_m.shape, 70) + 0.03 * soft_noise(rng, along_m.shape, 9)
    return _tinted(grey, 1.0, 0.99, 0.97)


def _wood(rng: np.random.Generator, away_m: FloatArray, along_m: FloatArray) -> FloatArray:
    """Boards along the room."""
    board = np.floor((away_m + 20) / 0.14).astype(int)
    start_m = rng.uniform(0, 1.6, board.max() + 1)[board]
    piece = np.floor((along_m + 20 + start_m) / 1.6).astype(int)
    shade = rng.uniform(0.86, 1.08, (board.max() + 1, piece.max() + 1))[board, piece]
    grain = 1 + 0.04 * soft_noise(rng, along_m.shape, 6)
    colour = rng.choice(np.array([[0.62, 0.45, 0.29], [0.72, 0.58, 0.42], [0.40, 0.27, 0.18]]))
    picture = _tinted(shade * grain, *colour)
    picture[(np.mod(away_m + 20, 0.14) < 0.01) | (np.mod(along_m + 20 + start_m, 1.6) < 0.012)] *= 0.75
    return picture


def _blue_mats(rng: np.random.Generator, away_m: FloatArray, along_m: FloatArray) -> FloatArray:
    """Mats of one colour, as in a sports hall."""
    colour = rng.choice(np.array([[0.20, 0.30, 0.46], [0.36, 0.38, 0.40], [0.22, 0.36, 0.30]]))
    picture = _tinted(1 + 0.05 * soft_noise(rng, along_m.shape, 50), *colour)
    picture[(np.mod(away_m, 2.0) < 0.015) | (np.mod(along_m + 0.7, 1.0) < 0.015)] *= 0.7
    return picture


def soft_noise(rng: np.random.Generator, shape: tuple[int, ...], cell: int) -> FloatArray:
    """Smooth noise, about -1 to 1, with structures of ``cell`` pixels."""
    coarse = rng.standard_normal((shape[0] // cell + 3, shape[1] // cell + 3))
    rows, columns = np.arange(shape[0]) / cell, np.arange(shape[1]) / cell
    i, j = rows.astype(int), columns.astype(int)
    u, v = (rows - i)[:, None], (columns - j)[None]
    u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
    top = coarse[i][:, j] * (1 - v) + coarse[i][:, j + 1] * v
    low = coarse[i + 1][:, j] * (1 - v) + coarse[i + 1][:, j + 1] * v
    return np.asarray((top * (1 - u) + low * u) * 0.6)


PALETTES = (
    Palette(name="gym", wall=_plaster, floor=_rubber),
    Palette(name="loft", wall=_brick, floor=_concrete),
    Palette(name="dark gym", wall=_dark, floor=_black_rubber),
    Palette(name="garage", wall=_garage, floor=_concrete),
    Palette(name="living room", wall=_living_room, floor=_wood),
    Palette(name="sports hall", wall=_plaster, floor=_blue_mats),
    Palette(name="brick gym", wall=_brick, floor=_rubber),
)
"""The first is the room of seed 0, of the example film."""
