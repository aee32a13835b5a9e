"""What the lifter wears, as patches of the body surface moved outward."""

from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.body import Body
from hingewise_validation.lifter.rotations import FloatArray, unit
from hingewise_validation.picture.meshes import MeshPatch, cut_patch

ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
HEAD = ("neck", "head", "eye")
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """Colours (RGB, 0-1) and cut of the clothes."""

    skin: Colour = (0.80, 0.59, 0.47)
    hair: Colour = (0.16, 0.11, 0.08)
    shirt: Colour = (0.13, 0.36, 0.62)
    shorts: Colour = (0.13, 0.13, 0.16)
    socks: Colour = (0.88, 0.88, 0.86)
    shoes: Colour = (0.72, 0.16, 0.14)
    soles: Colour = (0.92, 0.92, 0.90)
    sleeve_fraction: float = 0.62
    shorts_fraction: float = 0.72


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """One visible surface: a patch of the body, ``offset_m`` outside the skin."""

    name: str
    colour: Colour
    patch: MeshPatch
    offset_m: FloatArray
    specular: float = 0.05


def dress(body: Body, outfit: Outfit) -> tuple[Layer, ...]:
    """Skin, hair and clothes of the body, innermost first."""
    shirt, shorts = _shirt_field(body, outfit), _shorts_field(body, outfit)
    socks, hair = _sock_field(body), _hair_field(body)
    eyes = body.bone_weight(("eye",)) - 0.5
    covered = np.maximum.reduce([shirt, shorts, socks])
    skin = np.minimum(0.03 - covered, -eyes)
    return (
        _layer(body, "skin", outfit.skin, skin, 0.0, specular=0.12),
        _layer(body, "eyes", (0.25, 0.2, 0.18), eyes, 0.0, specular=0.3),
        _layer(body, "brows", outfit.hair, _brow_field(body), 0.002),
        _layer(body, "hair", outfit.hair, hair, np.clip(hair * 0.5, 0.002, 0.013)),
        _layer(body, "socks", outfit.socks, socks, 0.004),
        _layer(body, "shorts", outfit.shorts, shorts, _shorts_offset_m(body, shorts)),
        _layer(body, "shirt", outfit.shirt, shirt, _flare(shirt, 0.010, 0.015)),
    )


def _layer(
    body: Body, name: str, colour: Colour, field: FloatArray, offset_m: FloatArray | float, *, specular: float = 0.05
) -> Layer:
    patch = cut_patch(body.faces, field)
    offsets_m = np.broadcast_to(np.asarray(offset_m, dtype=np.float64), field.shape)
    return Layer(name=name, colour=colour, patch=patch, offset_m=patch.carry(offsets_m), specular=specular)


def _flare(field: FloatArray, inner_m: float, hem_m: float) -> FloatArray:
    """Offset that grows from ``inner_m`` to ``hem_m`` over the last 8 cm before the hem."""
    return np.asarray(hem_m + (inner_m - hem_m) * np.clip(field / 0.08, 0, 1))


def _shorts_offset_m(body: Body, field: FloatArray) -> FloatArray:
    """Loose at the legs, close to the skin under the shirt."""
    above_hip_m = body.rest_vertices_m[:, 2] - body.skeleton.head_m("upperleg01.R")[2]
    return np.asarray(np.where(above_hip_m > -0.03, 0.003, _flare(field, 0.007, 0.016)))


def _shirt_field(body: Body, outfit: Outfit) -> FloatArray:
    waist_m = body.skeleton.head_m("upperleg01.R")[2] - 0.015
    above = body.rest_vertices_m[:, 2] - waist_m
    sleeve = np.full(above.shape, 1.0)
    weight = body.bone_weight(ARM)
    for side in ("L", "R"):
        shoulder, elbow = body.skeleton.head_m(f"upperarm01.{side}"), body.skeleton.head_m(f"lowerarm01.{side}")
        length_m = float(np.linalg.norm(elbow - shoulder))
        along_m = (body.rest_vertices_m - shoulder) @ unit(elbow - shoulder)
        same_side = np.sign(shoulder[0]) * body.rest_vertices_m[:, 0] > 0
        limit_m = outfit.sleeve_fraction * length_m - along_m * np.clip(weight * 2, 0, 1)
        sleeve = np.where(same_side, np.minimum(sleeve, limit_m), sleeve)
    collar = 0.12 * (0.30 - body.bone_weight(HEAD))
    return np.asarray(np.minimum.reduce([above, sleeve, collar]))


def _shorts_field(body: Body, outfit: Outfit) -> FloatArray:
    hip_m, knee_m = body.skeleton.head_m("upperleg01.R")[2], body.skeleton.head_m("lowerleg01.R")[2]
    height_m = body.rest_vertices_m[:, 2]
    hem_m = hip_m + outfit.shorts_fraction * (knee_m - hip_m)
    below_waist = hip_m + 0.05 - height_m
    return np.asarray(np.minimum.reduce([height_m - hem_m, below_waist, 0.2 * (0.5 - body.bone_weight(ARM))]))


def _sock_field(body: Body) -> FloatArray:
    return np.asarray(body.skeleton.head_m("foot.R")[2] + 0.11 - body.rest_vertices_m[:, 2])


def _hair_field(body: Body) -> FloatArray:
    """Positive above a plane from the forehead to the nape."""
    head = body.bone_weight(("head", "neck"))
    centre = body.rest_vertices_m[body.bone_weight(("head",)) > 0.99].mean(axis=0)
    eye_m = body.skeleton.head_m("eye.R")
    relative = body.rest_vertices_m - np.array([0.0, eye_m[1] + 0.075, eye_m[2]])
    ear = np.abs(body.rest_vertices_m[:, 0] - centre[0]) - 0.082
    plane = relative[:, 2] + 0.75 * relative[:, 1] + 0.005
    return np.asarray(np.minimum.reduce([plane, -ear * 2, 0.2 * (head - 0.8)]))


def _brow_field(body: Body) -> FloatArray:
    eye_m = body.skeleton.head_m("eye.R")
    relative = np.abs(body.rest_vertices_m - eye_m * np.array([0, 1, 1]) - np.array([0, -0.02, 0.026]))
    half_m = np.array([0.05, 0.03, 0.005])
    inner = np.abs(body.rest_vertices_m[:, 0]) - 0.013
    return np.asarray(np.minimum((half_m - relative).min(axis=1), inner))
