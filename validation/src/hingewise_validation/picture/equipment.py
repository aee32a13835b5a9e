"""What the lifter moves, drawn in every frame."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.rotations import FloatArray, align, unit

STEEL = (0.55, 0.57, 0.60)
BLACK = (0.10, 0.10, 0.11)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hands:
    """Grip centres of both hands, and the direction from elbows to hands (unit)."""

    left_m: FloatArray
    right_m: FloatArray
    forearm: FloatArray

    @property
    def middle_m(self) -> FloatArray:
        """Point half-way between the hands."""
        return (self.left_m + self.right_m) / 2


class Equipment(Protocol):
    """Something that follows the hands."""

    def update(self, hands: Hands) -> None:
        """Move to where the hands are."""


class Bar:
    """Straight cylinder between two points that change."""

    def __init__(self, plotter: pv.Plotter, *, radius_m: float, colour: tuple[float, float, float]) -> None:
        """Add the cylinder to the scene."""
        mesh = pv.Cylinder(direction=(0, 0, 1), radius=radius_m, height=1.0, resolution=16)
        self._actor = plotter.add_mesh(mesh, color=colour, smooth_shading=True, specular=0.2, split_sharp_edges=True)

    def span(self, start_m: FloatArray, end_m: FloatArray) -> None:
        """Reach from ``start_m`` to ``end_m``."""
        matrix = np.eye(4)
        length_m = float(np.linalg.norm(end_m - start_m))
        matrix[:3, :3] = align(np.array([0.0, 0.0, 1.0]), unit(end_m - start_m)) * np.array([1, 1, length_m])
        matrix[:3, 3] = (start_m + end_m) / 2
        self._actor.user_matrix = matrix


class NoEquipment:
    """Bodyweight."""

    def update(self, hands: Hands) -> None:
        """Nothing moves."""


class CableRope:
    """Cable column with a low pulley behind the lifter and a rope held between the legs."""

    def __init__(self, plotter: pv.Plotter, *, behind_m: float = 0.86, pulley_height_m: float = 0.28) -> None:
        """Add the column, the pulley, the cable and the rope."""
        self._pulley_m = np.array([0.0, behind_m - 0.05, pulley_height_m])
        _add_column(plotter, behind_m, pulley_height_m)
        self._cable = Bar(plotter, radius_m=0.005, colour=BLACK)
        self._ends = [Bar(plotter, radius_m=0.014, colour=(0.23, 0.20, 0.17)) for _ in range(2)]
        self._tails = [Bar(plotter, radius_m=0.019, colour=BLACK) for _ in range(2)]

    def update(self, hands: Hands) -> None:
        """Stretch the cable to the ring and the rope from the ring to the hands."""
        pull = unit(self._pulley_m - hands.middle_m)
        ring_m = hands.middle_m + 0.20 * pull
        self._cable.span(self._pulley_m, ring_m)
        for end, tail, hand_m in zip(self._ends, self._tails, (hands.left_m, hands.right_m), strict=True):
            along = unit(hand_m - ring_m)
            end.span(ring_m, hand_m)
            tail.span(hand_m - 0.035 * along, hand_m + 0.075 * along)


class Kettlebell:
    """Kettlebell that hangs in line with the forearms."""

    def __init__(self, plotter: pv.Plotter) -> None:
        """Add bell and handle."""
        bell = pv.Sphere(radius=0.10, center=(0, 0, 0.145)).clip("z", origin=(0, 0, 0.232), invert=True)
        handle = pv.ParametricTorus(ringradius=0.058, crosssectionradius=0.016).rotate_x(90).translate((0, 0, 0.035))
        self._actors = [
            plotter.add_mesh(part, color=BLACK, smooth_shading=True, specular=0.25) for part in (bell, handle)
        ]

    def update(self, hands: Hands) -> None:
        """Hang from the hands along the forearms."""
        matrix = np.eye(4)
        matrix[:3, :3] = align(np.array([0.0, 0.0, 1.0]), hands.forearm)
        matrix[:3, 3] = hands.middle_m
        for actor in self._actors:
            actor.user_matrix = matrix


def make_equipment(name: str, plotter: pv.Plotter) -> Equipment:
    """Equipment by its name in the movement file."""
    makers: dict[str, Callable[[pv.Plotter], Equipment]] = {
        "none": lambda _: NoEquipment(),
        "cable": CableRope,
        "kettlebell": Kettlebell,
    }
    if name not in makers:
        raise ValueError(f"expected equipment out of {sorted(makers)}, got {name!r}")
    return makers[name](plotter)


def _add_column(plotter: pv.Plotter, behind_m: float, pulley_height_m: float) -> None:
    """Two rails, a weight stack, a foot and the pulley."""
    y_m = behind_m + 0.12
    frame = [
        pv.Box((-0.22, -0.16, y_m - 0.04, y_m + 0.04, 0.0, 2.15)),
        pv.Box((0.16, 0.22, y_m - 0.04, y_m + 0.04, 0.0, 2.15)),
        pv.Box((-0.22, 0.22, y_m - 0.05, y_m + 0.05, 2.08, 2.16)),
        pv.Box((-0.28, 0.28, y_m - 0.14, y_m + 0.20, 0.0, 0.06)),
    ]
    for part in frame:
        plotter.add_mesh(part, color=(0.75, 0.22, 0.16))
    for plate in range(12):
        low_m = 0.10 + plate * 0.055
        plotter.add_mesh(pv.Box((-0.13, 0.13, y_m + 0.02, y_m + 0.14, low_m, low_m + 0.05)), color=(0.16, 0.16, 0.18))
    wheel = pv.Cylinder(
        center=(0, behind_m, pulley_height_m), direction=(1, 0, 0), radius=0.05, height=0.03, resolution=40
    )
    plotter.add_mesh(wheel, color=STEEL, smooth_shading=True, split_sharp_edges=True)
    plotter.add_mesh(
        pv.Box((-0.16, 0.16, y_m - 0.10, y_m - 0.02, pulley_height_m - 0.02, pulley_height_m + 0.02)), color=STEEL
    )
