"""Barbells and the stick: long straight things, and where they lie."""

from collections.abc import Callable, Sequence

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.rotations import FloatArray, align, unit
from hingewise_validation.picture.equipment.anchors import Anchors
from hingewise_validation.picture.equipment.parts import (
    BLACK,
    CHROME,
    IRON,
    RED,
    STEEL,
    WOOD,
    Bar,
    Painted,
    Rigid,
    turned,
)

GRIP_RADIUS_M = 0.014
LENGTH_M = 2.20
BETWEEN_COLLARS_M = 1.31
SLEEVE_RADIUS_M = 0.025
PLATE_RADIUS_M = 0.225
SMALL_PLATE_RADIUS_M = 0.16
PAD_RADIUS_M = 0.045
PAD_SINK_M = 0.012
"""How far foam, clothes and flesh give way under the bar."""

_DOWEL_RADIUS_M = 0.014
_SHIRT_M = 0.008
_ACROSS = np.array([1.0, 0.0, 0.0])
Place = Callable[[Anchors], tuple[FloatArray, FloatArray]]
"""Rotation (3, 3) of a bar along x, and its middle."""


class Barbell:
    """Barbell whose place a function of the anchors tells."""

    static_actors: Sequence[pv.Actor] = ()

    def __init__(self, plotter: pv.Plotter, first: Anchors, *, parts: Sequence[Painted], place: Place) -> None:
        """Add the bar with its plates."""
        self._place = place
        self._bar = Rigid(plotter, parts)
        self.moving_actors: Sequence[pv.Actor] = (self._bar.actor,)
        self.update(first)

    def update(self, anchors: Anchors) -> None:
        """Move the bar with the body."""
        self._bar.place(*self._place(anchors))


class Dowel:
    """Stick along the back, from above the head to below the sacrum."""

    static_actors: Sequence[pv.Actor] = ()

    def __init__(self, plotter: pv.Plotter, first: Anchors) -> None:
        """Add the stick."""
        self._stick = Bar(plotter, radius_m=_DOWEL_RADIUS_M, colour=WOOD)
        self.moving_actors: Sequence[pv.Actor] = (self._stick.actor,)
        self.update(first)

    def update(self, anchors: Anchors) -> None:
        """Lie on the sacrum and on what stands out most above it: upper back or head."""
        self._stick.span(*lay_dowel_m(anchors))


def lay_dowel_m(anchors: Anchors) -> tuple[FloatArray, FloatArray]:
    """Lower and upper end of the stick's axis."""
    back = anchors.back
    up = unit(back.contact_m - back.sacrum_m)
    above_m = back.midline_m - back.sacrum_m
    lean_rad = np.arctan2(above_m @ np.cross(up, _ACROSS), above_m @ up).max()
    along = np.cos(lean_rad) * up + np.sin(lean_rad) * np.cross(up, _ACROSS)
    foot_m = back.sacrum_m + (_DOWEL_RADIUS_M + _SHIRT_M) * np.cross(along, _ACROSS)
    top_m = float((back.head_m - back.sacrum_m) @ along)
    return foot_m - 0.15 * along, foot_m + (top_m + 0.20) * along


def in_hands(anchors: Anchors) -> tuple[FloatArray, FloatArray]:
    """Through both grips."""
    apart_m = anchors.left.grip_m - anchors.right.grip_m
    narrow = np.linalg.norm(apart_m) < 0.15  # hands together say nothing about the direction
    return (np.eye(3) if narrow else align(_ACROSS, unit(apart_m))), anchors.grip_m


def on_back(anchors: Anchors) -> tuple[FloatArray, FloatArray]:
    """On the upper back."""
    return np.eye(3), anchors.traps.place_m(GRIP_RADIUS_M)


def on_hips(anchors: Anchors) -> tuple[FloatArray, FloatArray]:
    """In the crease of the hips, on its pad."""
    return np.eye(3), anchors.lap.place_m(PAD_RADIUS_M - PAD_SINK_M)


def barbell_parts(*, small: bool = False, pad: bool = False) -> list[Painted]:
    """Bar along x with a plate and a clamp on each sleeve, and perhaps a foam pad in the middle."""
    collar_m = BETWEEN_COLLARS_M / 2
    parts: list[Painted] = [(_drum(-collar_m, collar_m, GRIP_RADIUS_M), STEEL)]
    thickness_m, plate = (0.036, _iron_plate(0.036)) if small else (0.063, _bumper_plate(0.063))
    for side in (-1.0, 1.0):
        inner_m = collar_m + 0.03
        outer_m = inner_m + thickness_m
        parts += [
            (_drum(side * collar_m, side * inner_m, 0.038), CHROME),
            (_drum(side * inner_m, side * LENGTH_M / 2, SLEEVE_RADIUS_M), CHROME),
            (_drum(side * outer_m, side * (outer_m + 0.03), 0.042), BLACK),
        ]
        middle = (side * (inner_m + thickness_m / 2), 0.0, 0.0)
        parts += [(mesh.translate(middle), colour) for mesh, colour in plate]
    if pad:
        parts.append((_drum(-0.22, 0.22, PAD_RADIUS_M), (0.17, 0.17, 0.18)))
    return parts


def _bumper_plate(thickness_m: float) -> list[Painted]:
    """Rubber plate of 25 kg, 0.45 m: thick rim, thinner web with a pale ring, steel hub."""
    rim, web, radius = thickness_m / 2, 0.32 * thickness_m, PLATE_RADIUS_M
    rubber: list[tuple[float, float]] = [(web, 0.06), (web, 0.165), (rim, 0.178), (rim, radius - 0.006)]
    rubber.append((rim - 0.006, radius))
    return [
        (_mirrored(rubber), RED),
        (_mirrored([(web + 0.0015, 0.128), (web + 0.0015, 0.140)]), (0.86, 0.84, 0.82)),
        (_mirrored([(web + 0.006, 0.0255), (web + 0.006, 0.072), (web, 0.078)]), STEEL),
        *_dents(0.052, web + 0.0065),
    ]


def _iron_plate(thickness_m: float) -> list[Painted]:
    """Cast iron plate, 0.32 m: rim and hub raised."""
    rim, web, radius = thickness_m / 2, 0.28 * thickness_m, SMALL_PLATE_RADIUS_M
    rib: list[tuple[float, float]] = [(web, 0.05), (web, 0.125), (rim, 0.135), (rim, radius - 0.005)]
    rib.append((rim - 0.006, radius))
    return [
        (_mirrored(rib), IRON),
        (_mirrored([(rim, 0.0255), (rim, 0.045), (web, 0.055)]), IRON),
        (_mirrored([(web + 0.0015, 0.085), (web + 0.0015, 0.092)]), (0.55, 0.55, 0.56)),
    ]


def _dents(ring_radius_m: float, half_thickness_m: float) -> list[Painted]:
    """Bolts of the hub, so that the plate has a direction."""
    bolts: list[Painted] = []
    for angle_rad in np.linspace(0, 2 * np.pi, 6, endpoint=False).tolist():
        place = (0.0, ring_radius_m * np.cos(angle_rad), ring_radius_m * np.sin(angle_rad))
        bolt = pv.Cylinder(direction=(1, 0, 0), radius=0.006, height=2 * half_thickness_m, resolution=10)
        bolts.append((bolt.translate(place), BLACK))
    return bolts


def _drum(start_m: float, end_m: float, radius_m: float) -> pv.PolyData:
    """Solid cylinder along x."""
    middle = ((start_m + end_m) / 2, 0.0, 0.0)
    return pv.Cylinder(center=middle, direction=(1, 0, 0), radius=radius_m, height=abs(end_m - start_m), resolution=32)


def _mirrored(half: Sequence[tuple[float, float]]) -> pv.PolyData:
    """Solid of revolution, the same on both sides of x = 0, from the profile of its positive side."""
    return turned([*half, *((-x_m, radius_m) for x_m, radius_m in reversed(half))])
