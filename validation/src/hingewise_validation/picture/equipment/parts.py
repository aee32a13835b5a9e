"""Painted solids and the actors that carry them."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.rotations import FloatArray, align, unit
from hingewise_validation.picture.equipment.anchors import Anchors

Colour = tuple[float, float, float]
Painted = tuple[pv.PolyData, Colour]

STEEL: Colour = (0.55, 0.57, 0.60)
CHROME: Colour = (0.72, 0.74, 0.77)
IRON: Colour = (0.13, 0.13, 0.14)
BLACK: Colour = (0.10, 0.10, 0.11)
RED: Colour = (0.66, 0.10, 0.10)
WOOD: Colour = (0.74, 0.58, 0.38)

_CREASE_DEG = 22.0


class Equipment(Protocol):
    """Something the lifter moves or uses; actors that never move are apart from those that do."""

    @property
    def static_actors(self) -> Sequence[pv.Actor]:
        """Actors that stay as they were made."""

    @property
    def moving_actors(self) -> Sequence[pv.Actor]:
        """Actors that change with every update."""

    def update(self, anchors: Anchors) -> None:
        """Move to where the body is."""


class Bar:
    """Straight round or flat bar between two points that change."""

    def __init__(
        self, plotter: pv.Plotter, *, radius_m: float, colour: Colour, flatness: float = 1.0, specular: float = 0.2
    ) -> None:
        """Add the bar to the scene; its thickness across the sagittal plane is ``flatness`` of that within it."""
        mesh = pv.Cylinder(direction=(0, 0, 1), radius=radius_m, height=1.0, resolution=20)
        self._flatness = flatness
        self.actor = plotter.add_mesh(
            mesh, color=colour, smooth_shading=True, specular=specular, split_sharp_edges=True
        )

    def span(self, start_m: FloatArray, end_m: FloatArray, *, thickness: float = 1.0) -> None:
        """Reach from ``start_m`` to ``end_m``, ``thickness`` times as thick as made."""
        length_m = float(np.linalg.norm(end_m - start_m))
        scale = np.array([thickness * self._flatness, thickness, length_m])
        rotation = align(np.array([0.0, 0.0, 1.0]), unit(end_m - start_m)) * scale
        self.actor.user_matrix = _matrix(rotation, (start_m + end_m) / 2)


class Rigid:
    """Painted solids that move together, drawn as one actor."""

    def __init__(self, plotter: pv.Plotter, parts: Sequence[Painted], *, specular: float = 0.25) -> None:
        """Add the solids to the scene."""
        self.actor = add_painted(plotter, parts, specular=specular)

    def place(self, rotation: FloatArray, origin_m: FloatArray) -> None:
        """Turn by ``rotation`` (3, 3) and put the solids' origin at ``origin_m``."""
        self.actor.user_matrix = _matrix(rotation, origin_m)


def add_painted(plotter: pv.Plotter, parts: Sequence[Painted], *, specular: float = 0.15) -> pv.Actor:
    """Add solids of several colours as one actor."""
    surfaces = [_with_normals(mesh) for mesh, _ in parts]
    starts = np.cumsum([0, *(surface.n_points for surface in surfaces[:-1])])
    faces = [surface.regular_faces + start for surface, start in zip(surfaces, starts, strict=True)]
    joined = pv.PolyData.from_regular_faces(np.concatenate([s.points for s in surfaces]), np.concatenate(faces))
    joined.point_data.active_normals = np.concatenate([s.point_data["Normals"] for s in surfaces])
    colours = [
        np.tile(np.round(np.array(colour) * 255).astype(np.uint8), (surface.n_points, 1))
        for surface, (_, colour) in zip(surfaces, parts, strict=True)
    ]
    joined.point_data["colour"] = np.concatenate(colours)
    actor = plotter.add_mesh(
        joined, scalars="colour", rgb=True, specular=specular, specular_power=20, show_scalar_bar=False
    )
    actor.prop.interpolation = "phong"
    return actor


def box(low_m: Sequence[float], high_m: Sequence[float]) -> pv.PolyData:
    """Axis-parallel box between two corners."""
    bounds = [limit for pair in zip(low_m, high_m, strict=True) for limit in pair]
    return pv.Box(bounds)


def rod(start_m: Sequence[float], end_m: Sequence[float], radius_m: float) -> pv.PolyData:
    """Cylinder between two points."""
    start, end = np.asarray(start_m), np.asarray(end_m)
    length_m = float(np.linalg.norm(end - start))
    return pv.Cylinder(center=(start + end) / 2, direction=end - start, radius=radius_m, height=length_m, resolution=24)


def turned(profile_m: Sequence[tuple[float, float]], *, n_sides: int = 48) -> pv.PolyData:
    """Solid of revolution about x from a closed profile of (x, radius), counterclockwise seen with radius up."""
    profile = np.asarray(profile_m, dtype=np.float64)
    n_rings = len(profile)
    angles_rad = 2 * np.pi * (np.arange(n_sides) + 0.5) / n_sides
    circle = np.stack([np.cos(angles_rad), np.sin(angles_rad)], axis=-1)
    points = np.empty((n_rings, n_sides, 3))
    points[:, :, 0] = profile[:, :1]
    points[:, :, 1:] = profile[:, 1, None, None] * circle
    ring, side = np.meshgrid(np.arange(n_rings), np.arange(n_sides), indexing="ij")
    next_ring, next_side = (ring + 1) % n_rings, (side + 1) % n_sides
    corners = [ring * n_sides + side, next_ring * n_sides + side]
    corners += [next_ring * n_sides + next_side, ring * n_sides + next_side]
    quads = np.stack(corners, axis=-1).reshape(-1, 4)
    return pv.PolyData.from_regular_faces(points.reshape(-1, 3), quads)


def rounded_beam(low_m: Sequence[float], high_m: Sequence[float], radius_m: float) -> pv.PolyData:
    """Box whose edges along x are round, as of a padded bench."""
    (x0, y0, z0), (x1, y1, z1) = low_m, high_m
    corners = ((y1, z1, 0.0), (y0, z1, 90.0), (y0, z0, 180.0), (y1, z0, 270.0))
    profile = []
    for y, z, start_deg in corners:
        inward = np.sign(np.array([y0 + y1 - 2 * y, z0 + z1 - 2 * z])) * radius_m
        for angle_deg in np.linspace(start_deg, start_deg + 90.0, 7):
            angle_rad = np.deg2rad(angle_deg)
            profile.append(np.array([y, z]) + inward + radius_m * np.array([np.cos(angle_rad), np.sin(angle_rad)]))
    points = np.array([(x0, y, z) for y, z in profile])
    outline = pv.PolyData(points, faces=[len(points), *range(len(points))])
    return outline.extrude((x1 - x0, 0.0, 0.0), capping=True)


def _with_normals(mesh: pv.PolyData) -> pv.PolyData:
    surface = mesh.triangulate().clean()
    return surface.compute_normals(
        cell_normals=False, split_vertices=True, feature_angle=_CREASE_DEG, auto_orient_normals=True
    )


def _matrix(linear: FloatArray, origin_m: FloatArray) -> FloatArray:
    matrix = np.eye(4)
    matrix[:3, :3] = linear
    matrix[:3, 3] = origin_m
    return matrix
