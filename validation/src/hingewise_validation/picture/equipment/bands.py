"""Elastic bands."""

from collections.abc import Sequence

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.rotations import FloatArray, unit
from hingewise_validation.picture.equipment.anchors import Anchors
from hingewise_validation.picture.equipment.furniture import upright
from hingewise_validation.picture.equipment.parts import Bar, Painted, add_painted, box

POST_Y_M = 0.92
ANCHOR_M = np.array([0.0, POST_Y_M - 0.035, 0.30])
SLACK_M = 0.95
"""Length of the doubled loop before it stretches: a band 1.04 m long, some of it round post and hands."""

_BAND_COLOUR = (0.12, 0.42, 0.24)
_MINI_COLOUR = (0.80, 0.30, 0.45)
_MINI_WIDTH_M = 0.05


class LoopBand:
    """Loop band from a post behind the lifter, through the legs, to both hands."""

    def __init__(self, plotter: pv.Plotter, first: Anchors) -> None:
        """Add the post, the two strands and the part in the hands."""
        self.static_actors: Sequence[pv.Actor] = (add_painted(plotter, _post()),)
        self._strands = [Bar(plotter, radius_m=0.021, colour=_BAND_COLOUR, flatness=0.35) for _ in range(2)]
        self._held = Bar(plotter, radius_m=0.013, colour=_BAND_COLOUR)
        self.moving_actors: Sequence[pv.Actor] = [bar.actor for bar in (*self._strands, self._held)]
        self.update(first)

    def update(self, anchors: Anchors) -> None:
        """Stretch to the hands; the volume of the rubber stays, so it becomes thinner."""
        stretch = max(float(np.linalg.norm(anchors.grip_m - ANCHOR_M)) / SLACK_M, 1.0)
        hands_m = anchors.left.grip_m, anchors.right.grip_m
        for strand, side, hand_m in zip(self._strands, (1.0, -1.0), hands_m, strict=True):
            strand.span(ANCHOR_M + np.array([side * 0.03, 0.0, 0.0]), hand_m, thickness=stretch**-0.5)
        self._held.span(*hands_m, thickness=stretch**-0.5)


class MiniBand:
    """Short loop round both thighs just above the knees."""

    def __init__(self, plotter: pv.Plotter, first: Anchors) -> None:
        """Add the loop, a ribbon whose points move."""
        n_around = 2 * len(_HALF_TURN_RAD)
        start = np.arange(n_around)
        following = (start + 1) % n_around
        quads = np.stack([start, following, following + n_around, start + n_around], axis=-1)
        self._mesh = pv.PolyData.from_regular_faces(_ribbon_m(anchors=first), quads)
        actor = plotter.add_mesh(self._mesh, color=_MINI_COLOUR, specular=0.1, copy_mesh=False)
        self.static_actors: Sequence[pv.Actor] = ()
        self.moving_actors: Sequence[pv.Actor] = (actor,)
        self.update(first)

    def update(self, anchors: Anchors) -> None:
        """Lie round the thighs."""
        self._mesh.points = _ribbon_m(anchors)


_HALF_TURN_RAD = np.linspace(-np.pi / 2, np.pi / 2, 17)


def _ribbon_m(anchors: Anchors) -> FloatArray:
    """Upper, then lower edge of the mini-band: a half circle round each thigh. Shape (68, 3)."""
    legs = anchors.left_leg, anchors.right_leg
    across = unit(legs[0].girth_centre_m - legs[1].girth_centre_m)
    edges: list[list[FloatArray]] = [[], []]
    for leg, sign in zip(legs, (1.0, -1.0), strict=True):
        sideways = across - (across @ leg.thigh) * leg.thigh
        front = np.cross(unit(sideways), leg.thigh)
        turn = np.cos(_HALF_TURN_RAD)[:, None] * unit(sideways) + np.sin(_HALF_TURN_RAD)[:, None] * front
        ring_m = leg.girth_centre_m + sign * (leg.girth_radius_m + 0.006) * turn
        for edge, along_m in zip(edges, (-_MINI_WIDTH_M / 2, _MINI_WIDTH_M / 2), strict=True):
            edge.append(ring_m + along_m * leg.thigh)
    return np.concatenate([*edges[0], *edges[1]])


def _post() -> list[Painted]:
    """Upright with a foot and the band's loop round it."""
    low = ANCHOR_M[2] - 0.025
    loop = box((-0.035, POST_Y_M - 0.035, low), (0.035, POST_Y_M + 0.035, low + 0.05))
    foot = box((-0.30, POST_Y_M - 0.30, 0.0), (0.30, POST_Y_M + 0.30, 0.02))
    return [*upright(0.0, POST_Y_M), (foot, (0.20, 0.20, 0.22)), (loop, _BAND_COLOUR)]
