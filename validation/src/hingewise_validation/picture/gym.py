"""Plain gym room: wall and floor with painted shading, so that the background never flickers."""

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.rotations import FloatArray

FLOOR_X_M = (-3.0, 2.0)
FLOOR_Y_M = (-4.0, 4.0)
WALL_HEIGHT_M = 3.2
PIXELS_PER_M = 130


def add_room(plotter: pv.Plotter, *, shadow_centres_m: FloatArray, seed: int) -> None:
    """Add wall and floor; soft contact shadows lie under ``shadow_centres_m`` (N, 2)."""
    rng = np.random.default_rng(seed)
    floor = pv.Plane(
        center=(sum(FLOOR_X_M) / 2, sum(FLOOR_Y_M) / 2, 0.0),
        i_size=FLOOR_X_M[1] - FLOOR_X_M[0],
        j_size=FLOOR_Y_M[1] - FLOOR_Y_M[0],
    )
    _add_painted(plotter, floor, _floor_picture(rng, shadow_centres_m))
    wall = pv.Plane(
        center=(FLOOR_X_M[1], sum(FLOOR_Y_M) / 2, WALL_HEIGHT_M / 2),
        direction=(-1, 0, 0),
        i_size=WALL_HEIGHT_M,
        j_size=FLOOR_Y_M[1] - FLOOR_Y_M[0],
    )
    height = wall.points[:, 2] / WALL_HEIGHT_M
    across = (wall.points[:, 1] - FLOOR_Y_M[0]) / (FLOOR_Y_M[1] - FLOOR_Y_M[0])
    wall.active_texture_coordinates = np.stack([across, height], axis=-1)
    _add_painted(plotter, wall, _wall_picture(rng))


def _add_painted(plotter: pv.Plotter, surface: pv.PolyData, picture: FloatArray) -> None:
    texture = pv.numpy_to_texture((np.clip(picture, 0, 1) * 255).astype(np.uint8))
    texture.interpolate = True
    texture.mipmap = True
    plotter.add_mesh(surface, texture=texture, lighting=False)


def _floor_picture(rng: np.random.Generator, shadow_centres_m: FloatArray) -> FloatArray:
    """Dark rubber tiles with speckles; rows run over y downwards from the far end, columns over x."""
    rows, columns = _grid(FLOOR_Y_M), _grid(FLOOR_X_M)
    y_m, x_m = np.meshgrid(rows[::-1], columns, indexing="ij")
    grey = 0.30 + 0.05 * _soft_noise(rng, y_m.shape, 40)
    grey += np.where(rng.random(y_m.shape) > 0.97, 0.10, 0.0)
    joints = np.minimum(np.mod(x_m, 1.0), np.mod(y_m + 0.4, 1.0))
    grey -= np.where(joints < 0.012, 0.06, 0.0)
    shade = np.ones_like(grey)
    for x_centre_m, y_centre_m in shadow_centres_m:
        distance = np.hypot((x_m - x_centre_m) / 0.13, (y_m - y_centre_m) / 0.24)
        shade *= 1 - 0.55 * np.exp(-(distance**2))
    shade *= 1 - 0.25 * np.exp(-(np.hypot(x_m / 0.6, y_m / 0.7) ** 2))
    return np.asarray((grey * shade)[..., None] * np.array([1.0, 1.0, 1.04]))


def _wall_picture(rng: np.random.Generator) -> FloatArray:
    """Light plaster, a darker painted base with a stripe, brighter towards a window on one side."""
    height_m = _grid((0.0, WALL_HEIGHT_M))[::-1]
    across_m = _grid(FLOOR_Y_M)
    z_m, y_m = np.meshgrid(height_m, across_m, indexing="ij")
    light = 0.80 + 0.05 * (z_m / WALL_HEIGHT_M) - 0.035 * y_m / FLOOR_Y_M[1] + 0.005 * _soft_noise(rng, z_m.shape, 60)
    picture = light[..., None] * np.array([0.97, 0.97, 0.95])
    picture[z_m < 0.85] *= np.array([0.78, 0.82, 0.84])
    picture[(z_m > 0.85) & (z_m < 0.90)] *= np.array([0.45, 0.52, 0.58])
    picture[z_m < 0.10] = np.array([0.22, 0.23, 0.25])
    return np.asarray(picture)


def _grid(limits_m: tuple[float, float]) -> FloatArray:
    n_cells = round((limits_m[1] - limits_m[0]) * PIXELS_PER_M)
    return limits_m[0] + (np.arange(n_cells) + 0.5) / PIXELS_PER_M


def _soft_noise(rng: np.random.Generator, shape: tuple[int, ...], cell: int) -> FloatArray:
    """Smooth noise, about -1 to 1, with structures of ``cell`` pixels."""
    coarse = rng.standard_normal((shape[0] // cell + 3, shape[1] // cell + 3))
    rows, columns = np.arange(shape[0]) / cell, np.arange(shape[1]) / cell
    i, j = rows.astype(int), columns.astype(int)
    u, v = (rows - i)[:, None], (columns - j)[None]
    u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
    top = coarse[i][:, j] * (1 - v) + coarse[i][:, j + 1] * v
    low = coarse[i + 1][:, j] * (1 - v) + coarse[i + 1][:, j + 1] * v
    return np.asarray((top * (1 - u) + low * u) * 0.6)
