"""What stands or lies on the floor: bench, mat, rack."""

from collections.abc import Sequence

import numpy as np
import pyvista as pv

from hingewise_validation.picture.equipment.anchors import CLOTH_M, Anchors
from hingewise_validation.picture.equipment.parts import (
    BLACK,
    CHROME,
    IRON,
    Painted,
    add_painted,
    box,
    rod,
    rounded_beam,
)

BENCH_LENGTH_M = 1.20
BENCH_DEPTH_M = 0.32
BENCH_PAD_M = 0.08
MAT_M = (0.61, 1.83, 0.008)
RACK_HEIGHT_M = 2.20
_RACK_X_M, _RACK_Y_M = 0.55, 0.60
_NEAR_X_M, _NEAR_Y_M = -0.65, 0.33
_HALF_TUBE_M = 0.03
_RACK_COLOUR = (0.20, 0.21, 0.24)


class Standing:
    """Furniture: never moves."""

    moving_actors: Sequence[pv.Actor] = ()

    def __init__(self, plotter: pv.Plotter, parts: Sequence[Painted]) -> None:
        """Add the parts to the scene."""
        self.static_actors: Sequence[pv.Actor] = (add_painted(plotter, parts),) if parts else ()

    def update(self, anchors: Anchors) -> None:
        """Nothing moves."""


def make_bench(plotter: pv.Plotter, first: Anchors) -> Standing:
    """Bench across behind the lifter: its front edge lies under the shoulder blades as they are at first."""
    edge_m, top_m = first.back.contact_m[1], bench_top_m(first)
    back_m, half_m = edge_m + BENCH_DEPTH_M, BENCH_LENGTH_M / 2
    pad = rounded_beam((-half_m, edge_m, top_m - BENCH_PAD_M), (half_m, back_m, top_m), 0.03)
    parts: list[Painted] = [(pad, (0.13, 0.13, 0.15))]
    board_m = top_m - BENCH_PAD_M
    parts.append((box((-half_m + 0.03, edge_m + 0.02, board_m - 0.03), (half_m - 0.03, back_m - 0.02, board_m)), IRON))
    for x_m in (-half_m + 0.12, half_m - 0.12):
        for y_m in (edge_m + 0.05, back_m - 0.05):
            parts.append((box((x_m - 0.025, y_m - 0.025, 0.0), (x_m + 0.025, y_m + 0.025, board_m - 0.03)), CHROME))
        parts.append((box((x_m - 0.03, edge_m + 0.0, 0.0), (x_m + 0.03, back_m, 0.035)), BLACK))
    return Standing(plotter, parts)


def bench_top_m(first: Anchors) -> float:
    """Height of a bench under the shirt of the upper back, which must be that of a chair, not of the floor."""
    top_m = float(first.back.contact_m[2]) - CLOTH_M
    if not 0.25 <= top_m <= 0.65:
        raise ValueError(
            f"expected the upper back 0.25-0.65 m above the floor to put a bench under it, got {top_m:.2f}"
        )
    return top_m


def make_mat(plotter: pv.Plotter, first: Anchors) -> Standing:
    """Mat under hips, back and head of a lifter who lies, or under the feet of one who stands."""
    middle_m = float(first.hip_m[1] + first.head_m[1]) / 2
    half_x, half_y, thick_m = MAT_M[0] / 2, MAT_M[1] / 2, MAT_M[2]
    sheet = box((-half_x, middle_m - half_y, 0.0), (half_x, middle_m + half_y, thick_m))
    return Standing(plotter, [(sheet, (0.16, 0.30, 0.46))])


def make_rack(plotter: pv.Plotter, first: Anchors, *, near: bool = False) -> Standing:
    """Two uprights on the far side, one behind and one in front of the lifter; ``near`` puts one before the camera."""
    parts = [*upright(_RACK_X_M, _RACK_Y_M), *upright(_RACK_X_M, -_RACK_Y_M)]
    low, high = _RACK_X_M - _HALF_TUBE_M, _RACK_X_M + _HALF_TUBE_M
    for floor_m in (0.0, RACK_HEIGHT_M - 2 * _HALF_TUBE_M):
        beam = box((low, -_RACK_Y_M - 0.1, floor_m), (high, _RACK_Y_M + 0.1, floor_m + 2 * _HALF_TUBE_M))
        parts.append((beam, _RACK_COLOUR))
    for y_m in (-_RACK_Y_M, _RACK_Y_M):
        parts.append((box((low - 0.10, y_m - 0.04, 1.28), (low, y_m + 0.04, 1.31)), BLACK))
        parts.append((box((low - 0.10, y_m - 0.04, 1.31), (low - 0.085, y_m + 0.04, 1.36)), BLACK))
    if near:
        parts += upright(_NEAR_X_M, _NEAR_Y_M)
        foot = box((_NEAR_X_M - 0.03, _NEAR_Y_M - 0.15, 0.0), (_NEAR_X_M + 0.03, _NEAR_Y_M + 0.15, 0.02))
        parts.append((foot, _RACK_COLOUR))
    return Standing(plotter, parts)


def upright(x_m: float, y_m: float) -> list[Painted]:
    """Square steel tube with holes every 10 cm towards both sides."""
    half = _HALF_TUBE_M
    holes: list[Painted] = [
        (rod((x_m - half - 0.001, y_m, z_m), (x_m + half + 0.001, y_m, z_m), 0.0125), (0.02, 0.02, 0.02))
        for z_m in np.arange(0.15, RACK_HEIGHT_M - 0.05, 0.10).tolist()
    ]
    return [(box((x_m - half, y_m - half, 0.0), (x_m + half, y_m + half, RACK_HEIGHT_M)), _RACK_COLOUR), *holes]
