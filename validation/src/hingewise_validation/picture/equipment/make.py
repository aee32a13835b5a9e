"""Equipment by the names in the movement files."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pyvista as pv

from hingewise_validation.picture.equipment.anchors import Anchors
from hingewise_validation.picture.equipment.bands import LoopBand, MiniBand
from hingewise_validation.picture.equipment.barbell import (
    Barbell,
    Dowel,
    Place,
    barbell_parts,
    in_hands,
    on_back,
    on_hips,
)
from hingewise_validation.picture.equipment.bells import DumbbellHips, Dumbbells, Kettlebell
from hingewise_validation.picture.equipment.cable import CableHandle, CableRope
from hingewise_validation.picture.equipment.furniture import make_bench, make_mat, make_rack
from hingewise_validation.picture.equipment.parts import Equipment

Maker = Callable[[pv.Plotter, Anchors], Equipment]


class Group:
    """Several pieces as one."""

    def __init__(self, pieces: Sequence[Equipment]) -> None:
        """Take pieces that are already in the scene."""
        self._pieces = tuple(pieces)
        self.static_actors: Sequence[pv.Actor] = [actor for piece in pieces for actor in piece.static_actors]
        self.moving_actors: Sequence[pv.Actor] = [actor for piece in pieces for actor in piece.moving_actors]

    def update(self, anchors: Anchors) -> None:
        """Move every piece."""
        for piece in self._pieces:
            piece.update(anchors)


def _barbell(
    plotter: pv.Plotter, first: Anchors, *, place: Place = in_hands, small: bool = False, pad: bool = False
) -> Equipment:
    return Barbell(plotter, first, parts=barbell_parts(small=small, pad=pad), place=place)


MAKERS: Mapping[str, Maker] = {
    "band": LoopBand,
    "barbell": _barbell,
    "barbell_back": partial(_barbell, place=on_back),
    "barbell_back_small": partial(_barbell, place=on_back, small=True),
    "barbell_hips": partial(_barbell, place=on_hips, pad=True),
    "barbell_small": partial(_barbell, small=True),
    "bench": make_bench,
    "cable": CableRope,
    "cable_handle": CableHandle,
    "dowel": Dowel,
    "dumbbell_hips": DumbbellHips,
    "dumbbells": Dumbbells,
    "kettlebell": Kettlebell,
    "kettlebell_chest": partial(Kettlebell, at_chest=True),
    "mat": make_mat,
    "mini_band": MiniBand,
    "none": lambda *_: Group(()),
    "rack": make_rack,
    "rack_near": partial(make_rack, near=True),
}


def make_equipment(names: tuple[str, ...], plotter: pv.Plotter, first: Anchors) -> Equipment:
    """Everything named, as it stands in the first frame."""
    if unknown := [name for name in names if name not in MAKERS]:
        raise ValueError(f"expected equipment out of {sorted(MAKERS)}, got {unknown}")
    return Group([MAKERS[name](plotter, first) for name in names])
