"""Where equipment hangs on the body, in one frame."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hingewise_validation.lifter.body import Body, SkinnedFrame
from hingewise_validation.lifter.rotations import FloatArray, unit

CLOTH_M = 0.012
ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
SIDES = ("L", "R")
IntArray = NDArray[np.int64]
_MINI_BAND_ABOVE_KNEE_M = 0.085


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hand:
    """Grip centre, direction of the forearm towards the hand, and of the knuckles from index to little finger."""

    grip_m: FloatArray
    forearm: FloatArray
    knuckles: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leg:
    """Knee, directions of thigh and shank (downward), and the girth of the thigh just above the knee."""

    knee_m: FloatArray
    thigh: FloatArray
    shank: FloatArray
    girth_centre_m: FloatArray
    girth_radius_m: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rest:
    """Part of the body on which something round lies: ``surface_m`` reached from inside along ``outward``."""

    origin_m: FloatArray
    outward: FloatArray
    surface_m: FloatArray

    def place_m(self, radius_m: float) -> FloatArray:
        """Axis of a cylinder along x that touches the clothes from outside."""
        return np.asarray(self.origin_m + self.clear_m(self.origin_m, radius_m) * self.outward)

    def clear_m(self, axis_m: FloatArray, radius_m: float) -> float:
        """How far a cylinder along x through ``axis_m`` has to move outward to touch the clothes; may be negative."""
        reach_m = radius_m + CLOTH_M
        relative = (self.surface_m - axis_m)[:, 1:]
        along_m = relative @ self.outward[1:]
        aside_m2 = np.sum(relative**2, axis=-1) - along_m**2
        touching = aside_m2 < reach_m**2
        out_m = along_m[touching] + np.sqrt(reach_m**2 - aside_m2[touching])
        return float(out_m.max(initial=-np.inf))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Back:
    """Skin along the middle of the back: points at sacrum, shoulder blades and head, and the line between them."""

    sacrum_m: FloatArray
    contact_m: FloatArray
    head_m: FloatArray
    midline_m: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Anchors:
    """All of them; rotations (3, 3) are relative to the upright body."""

    left: Hand
    right: Hand
    left_leg: Leg
    right_leg: Leg
    chest: FloatArray
    pelvis: FloatArray
    left_shoulder_m: FloatArray
    right_shoulder_m: FloatArray
    hip_m: FloatArray
    head_m: FloatArray
    traps: Rest
    lap: Rest
    breast: Rest
    back: Back

    @property
    def grip_m(self) -> FloatArray:
        """Point half-way between the hands."""
        return (self.left.grip_m + self.right.grip_m) / 2

    @property
    def forearm(self) -> FloatArray:
        """Mean direction of both forearms."""
        return unit(self.left.forearm + self.right.forearm)

    @classmethod
    def from_frame(cls, body: Body, frame: SkinnedFrame) -> "Anchors":
        """Anchors of ``body`` posed as in ``frame``."""
        marks = _find_marks(body)
        pose = _Pose(body=body, frame=frame)
        legs = [_leg(pose, side, girth) for side, girth in zip(SIDES, marks.girths, strict=True)]
        hands = [_hand(pose, side) for side in SIDES]
        chest, pelvis = pose.rotation("spine01"), pose.rotation("root")
        hip_m = (pose.head_m("upperleg01.L") + pose.head_m("upperleg01.R")) / 2
        thigh = unit(legs[0].thigh + legs[1].thigh)
        return cls(
            left=hands[0],
            right=hands[1],
            left_leg=legs[0],
            right_leg=legs[1],
            chest=chest,
            pelvis=pelvis,
            left_shoulder_m=pose.head_m("upperarm01.L"),
            right_shoulder_m=pose.head_m("upperarm01.R"),
            hip_m=hip_m,
            head_m=pose.head_m("head"),
            traps=_traps(pose, marks),
            breast=Rest(
                origin_m=(pose.head_m("upperarm01.L") + pose.head_m("upperarm01.R")) / 2,
                outward=-chest[:, 1],
                surface_m=frame.vertices_m[marks.breast],
            ),
            lap=_lap(frame, marks, hip_m=hip_m, pelvis=pelvis, thigh=thigh),
            back=Back(
                sacrum_m=pose.carry_m(marks.sacrum),
                contact_m=pose.carry_m(marks.contact),
                head_m=pose.carry_m(marks.head),
                midline_m=frame.vertices_m[marks.midline],
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Mark:
    """Point of the reference pose that is carried rigidly by a bone."""

    bone: str
    rest_m: FloatArray
    radius_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Marks:
    """What a body's reference mesh says once: marks, and vertices near which equipment lies."""

    traps: _Mark
    contact: _Mark
    sacrum: _Mark
    head: _Mark
    girths: tuple[_Mark, _Mark]
    upper_back: IntArray
    lap: IntArray
    breast: IntArray
    midline: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pose:
    body: Body
    frame: SkinnedFrame

    def head_m(self, bone: str) -> FloatArray:
        return np.asarray(self.frame.bone_heads_m[self.body.skeleton.index(bone)])

    def rotation(self, bone: str) -> FloatArray:
        return np.asarray(self.frame.bone_rotations[self.body.skeleton.index(bone)])

    def carry_m(self, mark: _Mark) -> FloatArray:
        offset_m = mark.rest_m - self.body.skeleton.head_m(mark.bone)
        return self.head_m(mark.bone) + self.rotation(mark.bone) @ offset_m


def _hand(pose: _Pose, side: str) -> Hand:
    wrist_m, elbow_m = pose.head_m(f"wrist.{side}"), pose.head_m(f"lowerarm01.{side}")
    return Hand(
        grip_m=(pose.head_m(f"finger3-1.{side}") + pose.head_m(f"finger3-3.{side}")) / 2,
        forearm=unit(wrist_m - elbow_m),
        knuckles=unit(pose.head_m(f"finger5-1.{side}") - pose.head_m(f"finger2-1.{side}")),
    )


def _leg(pose: _Pose, side: str, girth: _Mark) -> Leg:
    knee_m = pose.head_m(f"lowerleg01.{side}")
    return Leg(
        knee_m=knee_m,
        thigh=unit(knee_m - pose.head_m(f"upperleg01.{side}")),
        shank=unit(pose.head_m(f"foot.{side}") - knee_m),
        girth_centre_m=pose.carry_m(girth),
        girth_radius_m=girth.radius_m,
    )


def _traps(pose: _Pose, marks: _Marks) -> Rest:
    """Shelf behind the neck; a bar pressed on it from behind and above."""
    outward = pose.rotation("spine01") @ unit(np.array([0.0, 0.94, 0.34]))
    inside_m = pose.carry_m(marks.traps) - 0.06 * outward
    return Rest(origin_m=inside_m, outward=outward, surface_m=pose.frame.vertices_m[marks.upper_back])


def _lap(frame: SkinnedFrame, marks: _Marks, *, hip_m: FloatArray, pelvis: FloatArray, thigh: FloatArray) -> Rest:
    """Crease of the hip, half-way between the fronts of pelvis and thighs, 3 cm above the joint."""
    up, front = pelvis[:, 2], -pelvis[:, 1]
    thigh_front = np.cross(thigh, pelvis[:, 0])
    outward = unit(front + unit(thigh_front))
    return Rest(origin_m=hip_m + 0.03 * up, outward=outward, surface_m=frame.vertices_m[marks.lap])


@lru_cache(maxsize=2)
def _find_marks(body: Body) -> _Marks:
    points = body.rest_vertices_m
    skeleton = body.skeleton
    neck_m, shoulder_m = skeleton.head_m("neck01")[2], skeleton.head_m("upperarm01.L")[2]
    blade_m = skeleton.head_m("spine01")[2] + 0.3 * (shoulder_m - skeleton.head_m("spine01")[2])
    hip_m, skull_m = skeleton.head_m("upperleg01.L")[2], skeleton.head_m("head")[2]
    across_m, height_m = np.abs(points[:, 0]), points[:, 2]
    trunk = body.bone_weight(ARM) < 0.3
    trap_m = shoulder_m + 0.4 * (neck_m - shoulder_m)
    behind = trunk & (points[:, 1] > 0)
    shelf = behind & (across_m < 0.15) & (np.abs(height_m - trap_m) < 0.12)
    return _Marks(
        traps=_hindmost(points[behind & (across_m < 0.12)], "spine01", trap_m),
        contact=_hindmost(points[behind & (across_m < 0.14)], "spine01", blade_m),
        sacrum=_hindmost(points[behind & (across_m < 0.03)], "root", hip_m + 0.06),
        head=_hindmost(points[behind & (across_m < 0.03)], "head", skull_m + 0.06),
        girths=(_find_girth(body, "L"), _find_girth(body, "R")),
        upper_back=np.flatnonzero(shelf),
        lap=np.flatnonzero(trunk & (across_m < 0.22) & (np.abs(height_m - hip_m) < 0.26)),
        breast=np.flatnonzero(
            trunk & (points[:, 1] < 0) & (across_m < 0.12) & (height_m > hip_m) & (height_m < neck_m)
        ),
        midline=np.flatnonzero(behind & (across_m < 0.02) & (height_m > blade_m - 0.12)),
    )


def _hindmost(points: FloatArray, bone: str, height_m: float) -> _Mark:
    """Hindmost of the ``points`` at a height of the reference pose, put in the middle."""
    off_m = np.abs(points[:, 2] - height_m)
    level = points[off_m < max(0.015, float(off_m.min()) + 0.001)]  # the mesh is coarse on tall bodies
    return _Mark(bone=bone, rest_m=np.array([0.0, level[:, 1].max(), height_m]))


def _find_girth(body: Body, side: str) -> _Mark:
    knee_m, hip_m = body.skeleton.head_m(f"lowerleg01.{side}"), body.skeleton.head_m(f"upperleg01.{side}")
    up = unit(hip_m - knee_m)
    along_m = (body.rest_vertices_m - knee_m) @ up
    near = np.abs(along_m - _MINI_BAND_ABOVE_KNEE_M) < 0.015
    ring_m = body.rest_vertices_m[near & (np.sign(knee_m[0]) * body.rest_vertices_m[:, 0] > 0)]
    ring_m = ring_m[np.linalg.norm(ring_m - knee_m, axis=-1) < 0.25]  # the hands hang in the same plane
    centre_m = (ring_m.min(axis=0) + ring_m.max(axis=0)) / 2
    flat = ring_m - centre_m
    flat = flat - (flat @ up)[:, None] * up
    radius_m = float(np.quantile(np.linalg.norm(flat, axis=-1), 0.8))
    return _Mark(bone=f"upperleg01.{side}", rest_m=centre_m, radius_m=radius_m)
