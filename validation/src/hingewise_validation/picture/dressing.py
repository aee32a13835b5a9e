"""Clothes as patches of the body surface moved outward."""

import numpy as np

from hingewise_validation.lifter.body import Body
from hingewise_validation.lifter.rotations import FloatArray, unit
from hingewise_validation.picture.clothes import Outfit
from hingewise_validation.picture.drape import hang_shirt, top_of_tube_m
from hingewise_validation.picture.hair import beard_field, brow_field, hair_field, hair_thickness_m
from hingewise_validation.picture.layers import Layer, Sheet, cut_layer

ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
HEAD = ("neck", "head", "eye")
HIDDEN_BY_SHOE_M = 0.035
"""What lies so far below the ankle is in the shoe and is not drawn."""
SHORT_SLEEVE = {"tight": 0.50, "normal": 0.62, "loose": 0.78}
"""Share of the upper arm that a short sleeve covers."""
SHORTS = {"tight": 0.45, "normal": 0.72, "loose": 0.78}
"""Share of the thigh that shorts cover."""
SHIRT_M = {"tight": (0.0035, 0.0035), "normal": (0.010, 0.015), "loose": (0.010, 0.010)}
SLEEVE_HEM_M = {"tight": 0.0035, "normal": 0.014, "loose": 0.030}
LEG_M = {"tight": (0.0025, 0.0025), "normal": (0.007, 0.016), "loose": (0.008, 0.020)}
"""How far the cloth is from the skin, and at the hem."""


def dress(body: Body, outfit: Outfit) -> tuple[Sheet, ...]:
    """Skin, hair and clothes of the body, innermost first."""
    shirt, shorts = _shirt_field(body, outfit), _shorts_field(body, outfit)
    above_ankle_m = body.rest_vertices_m[:, 2] - body.skeleton.head_m("foot.R")[2]
    above_shoe_m = above_ankle_m + HIDDEN_BY_SHOE_M
    socks = np.minimum(0.11 - above_ankle_m, above_shoe_m)
    yoke = shirt
    if outfit.fit == "loose":  # below, the shirt is a tube of its own
        yoke = np.minimum(shirt, body.rest_vertices_m[:, 2] - top_of_tube_m(body) + 0.06)
    eyes = body.bone_weight(("eye",)) - 0.5
    covered = np.maximum.reduce([shirt, shorts, socks])
    sheets: list[Sheet] = [
        cut_layer(
            body, "skin", outfit.skin, np.minimum.reduce([0.03 - covered, -eyes, above_shoe_m]), 0.0, specular=0.12
        ),
        cut_layer(body, "eyes", (0.25, 0.2, 0.18), eyes, 0.0, specular=0.3),
        cut_layer(body, "brows", outfit.hair, brow_field(body), 0.002),
        _socks(body, outfit, socks, shorts),
        cut_layer(body, "shorts", outfit.shorts, shorts, _shorts_offset_m(body, outfit, shorts)),
        cut_layer(body, "shirt", outfit.shirt, yoke, _shirt_offset_m(body, outfit, shirt)),
    ]
    if outfit.hair_style != "bald":
        hair = hair_field(body, outfit.hair_style)
        sheets.append(cut_layer(body, "hair", outfit.hair, hair, hair_thickness_m(hair, outfit.hair_style)))
    if outfit.beard:
        beard = beard_field(body)
        sheets.append(cut_layer(body, "beard", outfit.hair, beard, np.clip(beard * 0.4, 0.001, 0.007)))
    if outfit.fit == "loose":
        sheets.append(hang_shirt(body, outfit.shirt))
    return tuple(sheets)


def _socks(body: Body, outfit: Outfit, socks: FloatArray, shorts: FloatArray) -> Layer:
    visible = np.minimum(socks, 0.02 - shorts) if outfit.trousers == "long" else socks
    return cut_layer(body, "socks", outfit.socks, visible, 0.002 if outfit.trousers == "long" else 0.004)


def _flare(field: FloatArray, inner_m: float, hem_m: float) -> FloatArray:
    """Offset that grows from ``inner_m`` to ``hem_m`` over the last 8 cm before the hem."""
    return np.asarray(hem_m + (inner_m - hem_m) * np.clip(field / 0.08, 0, 1))


def _shorts_offset_m(body: Body, outfit: Outfit, field: FloatArray) -> FloatArray:
    """Loose at the legs, close to the skin under the shirt."""
    inner_m, hem_m = LEG_M[outfit.fit]
    if outfit.trousers == "long":
        hem_m = min(hem_m, 0.012)
    above_hip_m = body.rest_vertices_m[:, 2] - body.skeleton.head_m("upperleg01.R")[2]
    close = np.clip((above_hip_m + 0.08) / 0.05, 0, 1)
    return np.asarray(close * min(0.003, inner_m) + (1 - close) * _flare(field, inner_m, hem_m))


def _shirt_offset_m(body: Body, outfit: Outfit, field: FloatArray) -> FloatArray:
    on_arm = np.clip(body.bone_weight(ARM) * 2, 0, 1)
    inner_m, hem_m = SHIRT_M[outfit.fit]
    sleeve_m = 0.010 if outfit.sleeves == "long" else SLEEVE_HEM_M[outfit.fit]
    inner_sleeve_m = min(inner_m, 0.008)
    return np.asarray((1 - on_arm) * _flare(field, inner_m, hem_m) + on_arm * _flare(field, inner_sleeve_m, sleeve_m))


def _shirt_field(body: Body, outfit: Outfit) -> FloatArray:
    waist_m = body.skeleton.head_m("upperleg01.R")[2] + (0.03 if outfit.fit == "tight" else -0.015)
    on_arm = np.clip(body.bone_weight(ARM) * 2, 0, 1)
    above = (body.rest_vertices_m[:, 2] - waist_m) * (1 - on_arm) + on_arm
    collar = 0.12 * (0.30 - body.bone_weight(HEAD))
    return np.asarray(np.minimum.reduce([above, _sleeve_field(body, outfit), collar]))


def _sleeve_field(body: Body, outfit: Outfit) -> FloatArray:
    weight = body.bone_weight(ARM)
    if outfit.sleeves == "none":
        return np.asarray(0.12 * (0.42 - weight))
    field = np.full(weight.shape, 1.0)
    bones = ("lowerarm01", "wrist") if outfit.sleeves == "long" else ("upperarm01", "lowerarm01")
    fraction = 0.97 if outfit.sleeves == "long" else SHORT_SLEEVE[outfit.fit]
    beyond = body.bone_weight(ARM if outfit.sleeves == "short" else ARM[1:])
    for side in ("L", "R"):
        start_m, end_m = (body.skeleton.head_m(f"{bone}.{side}") for bone in bones)
        length_m = float(np.linalg.norm(end_m - start_m))
        along_m = (body.rest_vertices_m - start_m) @ unit(end_m - start_m)
        same_side = np.sign(start_m[0]) * body.rest_vertices_m[:, 0] > 0
        limit_m = fraction * length_m - along_m * np.clip(beyond * 2, 0, 1)
        field = np.where(same_side, np.minimum(field, limit_m), field)
    return field


def _shorts_field(body: Body, outfit: Outfit) -> FloatArray:
    hip_m, knee_m = body.skeleton.head_m("upperleg01.R")[2], body.skeleton.head_m("lowerleg01.R")[2]
    height_m = body.rest_vertices_m[:, 2]
    hem_m = {
        "shorts": hip_m + SHORTS[outfit.fit] * (knee_m - hip_m),
        "knee": knee_m - 0.045,
        "long": body.skeleton.head_m("foot.R")[2] + (0.045 if outfit.fit == "tight" else 0.025),
    }[outfit.trousers]
    below_waist = hip_m + (0.09 if outfit.fit == "tight" else 0.05) - height_m
    return np.asarray(np.minimum.reduce([height_m - hem_m, below_waist, 0.2 * (0.5 - body.bone_weight(ARM))]))
