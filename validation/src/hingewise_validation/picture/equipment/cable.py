"""Cable column with a low pulley behind the lifter, and what hangs on the cable."""

from collections.abc import Sequence

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.rotations import FloatArray, unit
from hingewise_validation.picture.equipment.anchors import Anchors
from hingewise_validation.picture.equipment.parts import BLACK, CHROME, STEEL, Bar, Painted, add_painted, box, rod

BEHIND_M = 0.86
PULLEY_HEIGHT_M = 0.28
PULLEY_M = np.array([0.0, BEHIND_M - 0.05, PULLEY_HEIGHT_M])
_FRAME_COLOUR = (0.75, 0.22, 0.16)
_STACK_COLOUR = (0.16, 0.16, 0.18)


class CableRope:
    """Rope held between the legs."""

    def __init__(self, plotter: pv.Plotter, first: Anchors) -> None:
        """Add the column, the cable and the rope."""
        self.static_actors: Sequence[pv.Actor] = (add_painted(plotter, _column()),)
        self._cable = Bar(plotter, radius_m=0.005, colour=BLACK)
        self._ends = [Bar(plotter, radius_m=0.014, colour=(0.23, 0.20, 0.17)) for _ in range(2)]
        self._tails = [Bar(plotter, radius_m=0.019, colour=BLACK) for _ in range(2)]
        self.moving_actors: Sequence[pv.Actor] = [bar.actor for bar in (self._cable, *self._ends, *self._tails)]
        self.update(first)

    def update(self, anchors: Anchors) -> None:
        """Stretch the cable to the ring and the rope from the ring to the hands."""
        ring_m = anchors.grip_m + 0.20 * unit(PULLEY_M - anchors.grip_m)
        self._cable.span(PULLEY_M, ring_m)
        for end, tail, hand in zip(self._ends, self._tails, (anchors.left, anchors.right), strict=True):
            along = unit(hand.grip_m - ring_m)
            end.span(ring_m, hand.grip_m)
            tail.span(hand.grip_m - 0.035 * along, hand.grip_m + 0.075 * along)


class CableHandle:
    """D-handle held by the right hand."""

    def __init__(self, plotter: pv.Plotter, first: Anchors) -> None:
        """Add the column, the cable, the handle and its two straps."""
        self.static_actors: Sequence[pv.Actor] = (add_painted(plotter, _column()),)
        self._cable = Bar(plotter, radius_m=0.005, colour=BLACK)
        self._straps = [Bar(plotter, radius_m=0.010, colour=BLACK) for _ in range(2)]
        self._grip = Bar(plotter, radius_m=0.017, colour=CHROME)
        self.moving_actors: Sequence[pv.Actor] = [bar.actor for bar in (self._cable, *self._straps, self._grip)]
        self.update(first)

    def update(self, anchors: Anchors) -> None:
        """Stretch the cable to the handle; the grip lies across the pull, along the knuckles."""
        hand_m = anchors.right.grip_m
        pull = unit(PULLEY_M - hand_m)
        ring_m = hand_m + 0.17 * pull
        across: FloatArray = unit(anchors.right.knuckles - (anchors.right.knuckles @ pull) * pull)
        ends_m = hand_m + 0.065 * across, hand_m - 0.065 * across
        self._cable.span(PULLEY_M, ring_m)
        self._grip.span(*ends_m)
        for strap, end_m in zip(self._straps, ends_m, strict=True):
            strap.span(ring_m, end_m)


def _column() -> list[Painted]:
    """Two rails, a weight stack, a foot and the pulley."""
    y_m, z_m = BEHIND_M + 0.12, PULLEY_HEIGHT_M
    frame = [
        box((-0.22, y_m - 0.04, 0.0), (-0.16, y_m + 0.04, 2.15)),
        box((0.16, y_m - 0.04, 0.0), (0.22, y_m + 0.04, 2.15)),
        box((-0.22, y_m - 0.05, 2.08), (0.22, y_m + 0.05, 2.16)),
        box((-0.28, y_m - 0.14, 0.0), (0.28, y_m + 0.20, 0.06)),
    ]
    stack = [
        box((-0.13, y_m + 0.02, low_m), (0.13, y_m + 0.14, low_m + 0.05)) for low_m in 0.10 + 0.055 * np.arange(12)
    ]
    pulley = [
        rod((-0.015, BEHIND_M, z_m), (0.015, BEHIND_M, z_m), 0.05),
        box((-0.16, y_m - 0.10, z_m - 0.02), (0.16, y_m - 0.02, z_m + 0.02)),
    ]
    return [
        *((part, _FRAME_COLOUR) for part in frame),
        *((part, _STACK_COLOUR) for part in stack),
        *((part, STEEL) for part in pulley),
    ]
