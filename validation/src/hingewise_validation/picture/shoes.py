"""Shoes: the smoothed hull of each foot, carried rigidly by the foot."""

from dataclasses import dataclass

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.body import Body, SkinnedFrame
from hingewise_validation.lifter.rotations import FloatArray

SOLE_M = 0.022
UPPER_M = 0.006
DECIMATION = 0.85
"""Share of the triangles that a shoe can spare: drawing is bound by their number."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shoe:
    """Upper and sole of one shoe in the reference pose."""

    side: str
    ankle_m: FloatArray
    upper: pv.PolyData
    sole: pv.PolyData

    def transform(self, frame: SkinnedFrame, foot_index: int) -> FloatArray:
        """Matrix (4, 4) from the reference pose to the frame."""
        matrix = np.eye(4)
        matrix[:3, :3] = frame.bone_rotations[foot_index]
        matrix[:3, 3] = frame.bone_heads_m[foot_index] - matrix[:3, :3] @ self.ankle_m
        return matrix


def ankle_above_floor_m(body: Body) -> float:
    """Height of the ankle centres when the shoes stand flat."""
    return float(body.skeleton.head_m("foot.R")[2] - body.rest_vertices_m[:, 2].min() + SOLE_M / 2)


def _hull(points_m: FloatArray, offset: float) -> pv.PolyData:
    """Convex hull; ``offset`` is how far away the tetrahedra begin that it is found with."""
    return pv.PolyData(points_m).delaunay_3d(offset=offset).extract_surface(algorithm="dataset_surface").triangulate()


def make_shoe(body: Body, side: str) -> Shoe:
    """Shoe of one side."""
    ankle_m = body.skeleton.head_m(f"foot.{side}")
    sign = np.sign(ankle_m[0])
    points = body.rest_vertices_m
    bottom_m = points[:, 2].min()
    near = (points[:, 2] < ankle_m[2] + 0.012) & (sign * points[:, 0] > 0)
    hull = _hull(points[near], offset=2.5)
    if not hull.is_manifold:
        hull = _hull(points[near], offset=10.0)
    smooth = hull.subdivide(2, "linear").smooth_taubin(n_iter=60, pass_band=0.05)
    smooth = smooth.decimate(DECIMATION).compute_normals(auto_orient_normals=True, split_vertices=False)
    smooth.points = smooth.points + UPPER_M * smooth.point_data["Normals"]
    upper = smooth.compute_normals(auto_orient_normals=True, split_vertices=False)
    sole = upper.copy()
    flat = np.clip((sole.points[:, 2] - bottom_m) / 0.05, 0, 1)
    centre = sole.points[:, :2].mean(axis=0)
    sole.points[:, :2] = centre + (sole.points[:, :2] - centre) * np.array([1.05, 1.02])
    sole.points[:, 2] = bottom_m - SOLE_M / 2 + flat * 0.034
    sole = sole.compute_normals(auto_orient_normals=True, split_vertices=True, feature_angle=40)
    return Shoe(side=side, ankle_m=ankle_m, upper=upper, sole=sole)
