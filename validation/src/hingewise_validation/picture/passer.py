"""Somebody else who walks to and fro behind the lifter."""

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.body import Body
from hingewise_validation.lifter.footsteps import Walk, walk_duration_s
from hingewise_validation.lifter.gait import pose_walker
from hingewise_validation.lifter.skeleton import BonePoses
from hingewise_validation.picture.clothes import load_outfits, wear
from hingewise_validation.picture.figure import Figure
from hingewise_validation.picture.lifters import load_bodies
from hingewise_validation.picture.shoes import ankle_above_floor_m

FAR_M = 4.6
BEHIND_M = (1.0, 1.4)
FIRST_S = (2.5, 7.0)
EVERY_S = (16.0, 22.0)
RATE_HZ = 120


class PasserBy:
    """A dressed body that crosses the picture again and again, every time the other way."""

    def __init__(self, plotter: pv.Plotter, *, seed: int) -> None:
        """Choose who, in what, and when."""
        rng = np.random.default_rng([seed, 5])
        lifters, outfits = list(load_bodies().values()), list(load_outfits().values())
        lifter = lifters[rng.integers(len(lifters))]
        self._body = Body(lifter.phenotype)
        self._figure = Figure(plotter, self._body, wear(outfits[rng.integers(len(outfits))], lifter))
        x_m = float(rng.uniform(*BEHIND_M))
        ways = [((x_m, FAR_M), (x_m, -FAR_M)), ((x_m, -FAR_M), (x_m, FAR_M))][:: rng.choice((-1, 1))]
        self._first_s, self._every_s = float(rng.uniform(*FIRST_S)), float(rng.uniform(*EVERY_S))
        self._crossings = [self._cross(*way) for way in ways]

    def move(self, time_s: float) -> None:
        """Be where one is at a time of the film."""
        number, since_s = divmod(time_s - self._first_s, self._every_s)
        poses = self._crossings[int(number) % 2]
        index = round(since_s * RATE_HZ)
        here = number >= 0 and index < len(poses.heads_m)
        self._figure.show(here)
        if here:
            moment = slice(index, index + 1)
            pose = BonePoses(skeleton=poses.skeleton, rotations=poses.rotations[moment], heads_m=poses.heads_m[moment])
            self._figure.move(next(self._body.frames(pose)))

    def _cross(self, from_m: tuple[float, float], to_m: tuple[float, float]) -> BonePoses:
        duration_s = walk_duration_s(Walk(begin_s=0.0, from_m=from_m, to_m=to_m))
        return pose_walker(
            self._body.skeleton,
            np.arange(0, duration_s, 1 / RATE_HZ),
            from_m=from_m,
            to_m=to_m,
            begin_s=0.0,
            sole_height_m=ankle_above_floor_m(self._body),
        )
