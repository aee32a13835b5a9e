"""Hair: fields on the scalp, and what hangs or stands off the head."""

from dataclasses import dataclass

import numpy as np
import pyvista as pv

from hingewise_validation.lifter.body import Body, SkinnedFrame
from hingewise_validation.lifter.rotations import FloatArray, align, unit
from hingewise_validation.picture.lifters import HairStyle

TAIL_M = 0.24


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tuft:
    """Bun or ponytail: a mesh about the point where it is tied, which the head carries.

    ``droop`` 0 turns with the head, 1 hangs straight down.
    """

    mesh: pv.PolyData
    tied_m: FloatArray
    droop: float

    def transform(self, frame: SkinnedFrame, head: int, head_m: FloatArray) -> FloatArray:
        """Matrix (4, 4) to the frame; ``head`` is the number of the head's bone, ``head_m`` its reference place."""
        rotation = frame.bone_rotations[head]
        away = rotation @ np.array([0.0, 0.75, -0.66])
        along = unit((1 - self.droop) * away + self.droop * np.array([0.0, 0.0, -1.0]))
        matrix = np.eye(4)
        matrix[:3, :3] = align(np.array([0.0, 0.0, -1.0]), along)
        matrix[:3, 3] = frame.bone_heads_m[head] + rotation @ (self.tied_m - head_m)
        return matrix


def make_tuft(body: Body, style: HairStyle) -> Tuft | None:
    """What is tied at the back of the head, if anything."""
    if style not in ("bun", "ponytail"):
        return None
    skull = body.rest_vertices_m[body.bone_weight(("head",)) > 0.99]
    back_m, top_m = skull[:, 1].max(), skull[:, 2].max()
    if style == "bun":
        return Tuft(
            mesh=pv.ParametricEllipsoid(0.042, 0.036, 0.042, u_res=20, v_res=14),
            tied_m=np.array([0.0, back_m + 0.005, top_m - 0.075]),
            droop=0.0,
        )
    along = np.linspace(0, 1, 12)
    radius_m = 0.008 + 0.024 * np.sin(np.pi * np.clip(along * 1.05 + 0.06, 0, 1)) ** 0.7
    line = pv.MultipleLines(np.column_stack([np.zeros(12), 0.02 * np.sin(3 * along), -TAIL_M * along]))
    line["radius"] = radius_m
    tail = line.tube(scalars="radius", absolute=True, n_sides=12, capping=True)
    tail.clear_data()
    return Tuft(mesh=tail, tied_m=np.array([0.0, back_m - 0.004, top_m - 0.085]), droop=0.72)


def hair_field(body: Body, style: HairStyle) -> FloatArray:
    """Positive above a plane from the forehead to the nape; long hair also covers ears and neck."""
    head = body.bone_weight(("head", "neck"))
    centre = body.rest_vertices_m[body.bone_weight(("head",)) > 0.99].mean(axis=0)
    eye_m = body.skeleton.head_m("eye.R")
    relative = body.rest_vertices_m - np.array([0.0, eye_m[1] + 0.075, eye_m[2]])
    plane = relative[:, 2] + 0.75 * relative[:, 1] + 0.005
    if style == "long":
        curtain = np.minimum(relative[:, 1] + 0.012, relative[:, 2] + 0.145)
        return np.asarray(np.minimum(np.maximum(plane, curtain), 0.2 * (head - 0.6)))
    ear = np.abs(body.rest_vertices_m[:, 0] - centre[0]) - 0.082
    return np.asarray(np.minimum.reduce([plane, -ear * 2, 0.2 * (head - 0.8)]))


def hair_thickness_m(field: FloatArray, style: HairStyle) -> FloatArray:
    """How far the hair stands off the scalp."""
    if style == "long":
        return np.asarray(np.clip(field * 0.8, 0.003, 0.026))
    thickest_m = 0.008 if style in ("bun", "ponytail") else 0.013
    return np.asarray(np.clip(field * 0.5, 0.002, thickest_m))


def brow_field(body: Body) -> FloatArray:
    """Two bars above the eyes."""
    eye_m = body.skeleton.head_m("eye.R")
    relative = np.abs(body.rest_vertices_m - eye_m * np.array([0, 1, 1]) - np.array([0, -0.02, 0.026]))
    half_m = np.array([0.05, 0.03, 0.005])
    inner = np.abs(body.rest_vertices_m[:, 0]) - 0.013
    return np.asarray(np.minimum((half_m - relative).min(axis=1), inner))


def beard_field(body: Body) -> FloatArray:
    """Jaw and chin below the mouth's corners, up to the ears."""
    eye_m = body.skeleton.head_m("eye.R")
    relative = body.rest_vertices_m - np.array([0.0, eye_m[1], eye_m[2]])
    head = body.bone_weight(("head", "jaw", "levator", "oris", "risorius", "tongue"))
    below = -0.066 - 0.45 * (relative[:, 1] + 0.02) * -1.0 - relative[:, 2]
    above_throat = relative[:, 2] + 0.135
    front = 0.085 - relative[:, 1]
    return np.asarray(np.minimum.reduce([below, above_throat, front, 0.2 * (head - 0.5)]))
