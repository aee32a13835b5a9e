"""The room round the lifter: floor with contact shadows, walls, perhaps a mirror."""

from dataclasses import dataclass

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.picture.painting import PALETTES, grid_m
from hingewise_validation.picture.stage import MIRROR_KEY

ALONG_M = (-7.0, 7.0)
NEAR_M = -5.0
WALL_X_M = 2.0
"""Back wall, behind the lifter as the camera sees them; in most rooms it is farther away."""
WALL_HEIGHT_M = 3.4
MIRROR_Y_M, MIRROR_Z_M = (-2.3, 2.3), (0.25, 2.15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """Soft dark spot on the floor: where, how far it reaches [m], how dark (0-1)."""

    x_m: float
    y_m: float
    reach_x_m: float
    reach_y_m: float
    depth: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Room:
    """What the stage must know of the room: plane of the mirror, if any, and what hangs in it or behind it."""

    wall_x_m: float
    mirror_x_m: float | None
    not_reflected: tuple[pv.Actor, ...]


def choose_wall_x_m(seed: int) -> float:
    """Where the back wall stands; the room of seed 0 is the narrow one of the example film."""
    return WALL_X_M + (0.0 if seed == 0 else float(np.random.default_rng([seed, 1]).uniform(0.3, 1.4)))


def cast_shadows(ankles_m: FloatArray, trunk_m: FloatArray) -> list[Shadow]:
    """Spots under both feet, and a wide one under the trunk that is darker the lower it is; points (N, 3)."""
    feet = [Shadow(x_m=x, y_m=y - 0.05, reach_x_m=0.13, reach_y_m=0.24, depth=0.55) for x, y, _ in ankles_m.tolist()]
    x_m, y_m, _ = ankles_m.mean(axis=0).tolist()
    wide = Shadow(x_m=x_m, y_m=y_m, reach_x_m=0.6, reach_y_m=0.7, depth=0.25)
    low = [
        Shadow(x_m=x, y_m=y, reach_x_m=0.30, reach_y_m=0.26, depth=0.5 * float(np.exp(-z / 0.25)))
        for x, y, z in trunk_m.tolist()
    ]
    return [*feet, wide, *low]


def add_room(plotter: pv.Plotter, shadows: list[Shadow], *, seed: int, mirror: bool) -> Room:
    """Add floor, walls and mirror."""
    rng = np.random.default_rng([seed, 2])
    palette = PALETTES[seed % len(PALETTES)]
    wall_x_m = choose_wall_x_m(seed)
    away_m, along_m = grid_m((NEAR_M, wall_x_m)), grid_m(ALONG_M)
    # Rows of a floor's picture run over y downwards from the far end, columns over x.
    y_m, x_m = np.meshgrid(along_m[::-1], away_m, indexing="ij")
    floor = palette.floor(rng, x_m, y_m) * _shade(shadows, x_m, y_m)[..., None]
    middle_m = ((NEAR_M + wall_x_m) / 2, sum(ALONG_M) / 2, 0.0)
    plane = pv.Plane(center=middle_m, i_size=wall_x_m - NEAR_M, j_size=ALONG_M[1] - ALONG_M[0])
    _add_painted(plotter, plane, floor)
    z_m, across_m = np.meshgrid(grid_m((0.0, WALL_HEIGHT_M))[::-1], along_m, indexing="ij")
    picture = palette.wall(rng, across_m, z_m)
    walls = [_add_wall(plotter, picture, (wall_x_m, ALONG_M[0]), (wall_x_m, ALONG_M[1]))]
    for y_end_m in ALONG_M:
        _add_wall(plotter, picture[:, ::-1] * 0.93, (NEAR_M, y_end_m), (wall_x_m, y_end_m))
    if not mirror:
        return Room(wall_x_m=wall_x_m, mirror_x_m=None, not_reflected=())
    mirror_x_m = wall_x_m - 0.02
    return Room(wall_x_m=wall_x_m, mirror_x_m=mirror_x_m, not_reflected=(*walls, *_add_mirror(plotter, mirror_x_m)))


def _add_wall(
    plotter: pv.Plotter, picture: FloatArray, start_m: tuple[float, float], end_m: tuple[float, float]
) -> pv.Actor:
    """Upright rectangle over the line on the floor from ``start_m`` to ``end_m``."""
    low, high = np.array([*start_m, 0.0]), np.array([*end_m, 0.0])
    up = np.array([0.0, 0.0, WALL_HEIGHT_M])
    wall = pv.PolyData(np.array([low, high, high + up, low + up]), [4, 0, 1, 2, 3])
    wall.active_texture_coordinates = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    return _add_painted(plotter, wall, picture)


def _add_painted(plotter: pv.Plotter, surface: pv.PolyData, picture: FloatArray) -> pv.Actor:
    texture = pv.numpy_to_texture((np.clip(picture, 0, 1) * 255).astype(np.uint8))
    texture.interpolate = True
    texture.mipmap = True
    return plotter.add_mesh(surface, texture=texture, lighting=False)


def _add_mirror(plotter: pv.Plotter, x_m: float) -> list[pv.Actor]:
    (left_m, right_m), (low_m, high_m) = MIRROR_Y_M, MIRROR_Z_M
    corners = [[x_m, left_m, low_m], [x_m, right_m, low_m], [x_m, right_m, high_m], [x_m, left_m, high_m]]
    glass = pv.PolyData(np.array(corners), [4, 0, 1, 2, 3])
    back = pv.Box((x_m + 0.002, x_m + 0.015, left_m - 0.03, right_m + 0.03, low_m - 0.03, high_m + 0.03))
    key = tuple(channel / 255 for channel in MIRROR_KEY)
    return [plotter.add_mesh(glass, color=key, lighting=False), plotter.add_mesh(back, color=(0.3, 0.3, 0.32))]


def _shade(shadows: list[Shadow], x_m: FloatArray, y_m: FloatArray) -> FloatArray:
    shade = np.ones_like(x_m)
    for shadow in shadows:
        distance2 = ((x_m - shadow.x_m) / shadow.reach_x_m) ** 2 + ((y_m - shadow.y_m) / shadow.reach_y_m) ** 2
        shade *= 1 - shadow.depth * np.exp(-distance2)
    return shade
