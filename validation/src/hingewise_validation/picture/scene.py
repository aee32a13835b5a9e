"""The picture: room, lifter in clothes, equipment."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hingewise_validation.lifter.body import Body, SkinnedFrame
from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.clothes import Outfit
from hingewise_validation.picture.equipment import Anchors, make_equipment
from hingewise_validation.picture.figure import Figure
from hingewise_validation.picture.passer import PasserBy
from hingewise_validation.picture.room import Shadow, add_room, cast_shadows, choose_wall_x_m
from hingewise_validation.picture.stage import Stage
from hingewise_validation.picture.surroundings import Surroundings
from hingewise_validation.picture.things import add_things, choose_things

HIGHEST_RESTING_M = 0.45
"""A load that is taken below this height lies on the floor before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is in the picture and how finely it is drawn."""

    camera: Camera = Camera()
    outfit: Outfit = Outfit()
    equipment: tuple[str, ...] = ()
    surroundings: Surroundings = Surroundings()
    supersampling: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Load:
    """When the hands hold what is lifted [s]; before and after it lies where they take it, as in ``taken``."""

    taken: SkinnedFrame
    from_s: float
    to_s: float


class Scene:
    """Off-screen scene that draws one skinned frame at a time."""

    def __init__(self, body: Body, first: SkinnedFrame, look: Look, load: Load | None = None) -> None:
        """Build every mesh once and draw what stands still; ``first`` says where the lifter stands.

        Without a ``load`` the hands hold it all the time.
        """
        self._load = load
        self._resting = None if load is None else Anchors.from_frame(body, load.taken)
        self._body = body
        self._stage = Stage(look.camera, supersampling=look.supersampling)
        plotter = self._stage.plotter
        around = look.surroundings
        things = choose_things(
            around.seed, around.busyness, wall_x_m=choose_wall_x_m(around.seed), mirror=around.mirror
        )
        shadows = _shadows(body, first) + [thing.shadow for thing in things if thing.shadow]
        room = add_room(plotter, shadows, seed=around.seed, mirror=around.mirror)
        add_things(plotter, things)
        self._equipment = make_equipment(look.equipment, plotter, Anchors.from_frame(body, first))
        for actor in self._equipment.moving_actors:
            actor.VisibilityOff()
        self._stage.keep_still(mirror_x_m=room.mirror_x_m, not_reflected=room.not_reflected)
        for actor in self._equipment.moving_actors:
            actor.VisibilityOn()
        self._figure = Figure(plotter, body, look.outfit)
        self._passer = PasserBy(plotter, seed=around.seed) if around.passer_by else None

    def draw(self, frame: SkinnedFrame, time_s: float = 0.0) -> NDArray[np.uint8]:
        """Picture of one frame, RGB, shape (height_px, width_px, 3); ``time_s`` is when, for whoever walks by."""
        if self._passer is not None:
            self._passer.move(time_s)
        self._figure.move(frame)
        self._place_equipment(frame, time_s)
        return self._stage.take()

    def _place_equipment(self, frame: SkinnedFrame, time_s: float) -> None:
        held = self._load is None or self._load.from_s <= time_s <= self._load.to_s
        resting = self._resting
        if held or resting is None:
            self._equipment.update(Anchors.from_frame(self._body, frame))
        else:
            self._equipment.update(resting)
        # What is taken out of the air, like the end of a cable, hangs at its machine until then.
        hidden = not held and resting is not None and resting.grip_m[2] > HIGHEST_RESTING_M
        for actor in self._equipment.moving_actors:
            actor.SetVisibility(not hidden)

    def close(self) -> None:
        """Free the window."""
        self._stage.close()


def _shadows(body: Body, frame: SkinnedFrame) -> list[Shadow]:
    ankles_m, trunk_m = (
        frame.bone_heads_m[[body.skeleton.index(bone) for bone in bones]]
        for bones in (("foot.L", "foot.R"), ("root", "spine03", "spine01", "head"))
    )
    return cast_shadows(ankles_m, trunk_m)
