"""Kettlebells and dumbbells."""

from collections.abc import Sequence

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.rotations import align, rotation_x, unit
from hingewise_validation.picture.equipment.anchors import Anchors
from hingewise_validation.picture.equipment.parts import BLACK, CHROME, Painted, Rigid, rod, turned

BELL_RADIUS_M = 0.10
BELL_BELOW_M = 0.145
"""From the grip to the middle of the bell."""

DUMBBELL_LENGTH_M = 0.30
DUMBBELL_HEAD_RADIUS_M = 0.068
_GIVE_M = 0.05
"""How far a bell that would be in the chest is moved out of the hands; hands farther in are the movement's mistake."""

_UP = np.array([0.0, 0.0, 1.0])
_ACROSS = np.array([1.0, 0.0, 0.0])


class Kettlebell:
    """Kettlebell of 16 kg in both hands: hangs in line with the forearms, or is held by the horns before the chest."""

    static_actors: Sequence[pv.Actor] = ()

    def __init__(self, plotter: pv.Plotter, first: Anchors, *, at_chest: bool = False) -> None:
        """Add bell and handle."""
        self._at_chest = at_chest
        self._bell = Rigid(plotter, _kettlebell_parts())
        self.moving_actors: Sequence[pv.Actor] = (self._bell.actor,)
        self.update(first)

    def update(self, anchors: Anchors) -> None:
        """Hang from the hands."""
        hanging, handle_m = anchors.forearm, anchors.grip_m
        if self._at_chest:
            hanging = -anchors.chest[:, 2]
            inside_m = anchors.breast.clear_m(handle_m + BELL_BELOW_M * hanging, BELL_RADIUS_M)
            handle_m = handle_m + float(np.clip(inside_m, 0.0, _GIVE_M)) * anchors.breast.outward
        # Quarter turns about x keep the handle across; the shortest turn is not defined for straight down.
        flip = np.diag([1.0, -1.0, -1.0])
        self._bell.place(align(-_UP, hanging) @ flip, handle_m)


class Dumbbells:
    """A dumbbell in each hand: along the knuckles beside the thighs, across in front of them."""

    static_actors: Sequence[pv.Actor] = ()

    def __init__(self, plotter: pv.Plotter, first: Anchors) -> None:
        """Add both; the first frame decides how they are held."""
        self._across = not _is_beside_thighs(first)
        self._pair = [Rigid(plotter, _dumbbell_parts()) for _ in range(2)]
        self.moving_actors: Sequence[pv.Actor] = [one.actor for one in self._pair]
        self.update(first)

    def update(self, anchors: Anchors) -> None:
        """Move with the hands."""
        for one, hand in zip(self._pair, (anchors.left, anchors.right), strict=True):
            direction = hand.knuckles * np.sign(hand.knuckles[0] or 1.0)  # both ends are alike: take the shorter turn
            if self._across:
                direction = unit(_ACROSS - (_ACROSS @ hand.forearm) * hand.forearm)
            one.place(align(_ACROSS, direction), hand.grip_m)


class DumbbellHips:
    """A dumbbell across the crease of the hips."""

    static_actors: Sequence[pv.Actor] = ()

    def __init__(self, plotter: pv.Plotter, first: Anchors) -> None:
        """Add it."""
        self._one = Rigid(plotter, _dumbbell_parts())
        self.moving_actors: Sequence[pv.Actor] = (self._one.actor,)
        self.update(first)

    def update(self, anchors: Anchors) -> None:
        """Lie on the hips with a flat side of the heads down."""
        self._one.place(rotation_x(30.0), anchors.lap.place_m(DUMBBELL_HEAD_RADIUS_M * np.cos(np.pi / 6)))


def _is_beside_thighs(anchors: Anchors) -> bool:
    """Whether there is room for a dumbbell between each hand and the middle of the thigh."""
    legs, hands = (anchors.left_leg, anchors.right_leg), (anchors.left, anchors.right)
    outside_m = [abs(hand.grip_m[0]) - abs(leg.girth_centre_m[0]) for leg, hand in zip(legs, hands, strict=True)]
    return min(outside_m) > 0.08 + DUMBBELL_HEAD_RADIUS_M


def _kettlebell_parts() -> list[Painted]:
    """Handle at the origin, bell above it along z."""
    bell = pv.Sphere(radius=BELL_RADIUS_M, center=(0, 0, BELL_BELOW_M), theta_resolution=40, phi_resolution=40)
    bell = bell.clip("z", origin=(0, 0, 0.232), invert=True)
    handle = pv.ParametricTorus(ringradius=0.058, crosssectionradius=0.016, u_res=40, v_res=20, w_res=20)
    return [(bell, BLACK), (handle.rotate_x(90).translate((0, 0, 0.035)), BLACK)]


def _dumbbell_parts() -> list[Painted]:
    """Hexagonal rubber heads on a steel handle along x."""
    end_m, head_m, radius_m = DUMBBELL_LENGTH_M / 2, 0.085, DUMBBELL_HEAD_RADIUS_M
    parts: list[Painted] = [(rod((-0.07, 0, 0), (0.07, 0, 0), 0.016), CHROME)]
    for side in (-1.0, 1.0):
        profile = [(0.0, 0.75 * radius_m), (0.012, radius_m), (head_m - 0.012, radius_m), (head_m, 0.75 * radius_m)]
        solid = [(0.0, 0.001), *profile, (head_m, 0.001)]
        head = turned([(side * (end_m - x_m), r_m) for x_m, r_m in solid], n_sides=6)
        parts.append((head, BLACK))
        disc = rod((side * (end_m - 0.001), 0, 0), (side * (end_m + 0.001), 0, 0), 0.6 * radius_m)
        parts.append((disc, (0.62, 0.63, 0.65)))
    return parts
