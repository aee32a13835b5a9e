"""A loose T-shirt: a tube of cloth round the trunk that hangs from chest and shoulder blades and bridges hollows."""

from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.body import Body
from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.surface import Float32Array, IntArray
from hingewise_validation.picture.lifters import Colour
from hingewise_validation.picture.meshes import MeshPatch

LEVELS, AROUND = 36, 48
ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
CLOTH_M = 0.014
"""Cloth that lies on the body, from the skin."""
SLACK_M = 0.105
"""How far the hem can hang away from the body; less above."""
BRIDGED_RINGS = (10, 6, 4, 2, 1, 8, 5, 3, 2, 1, 6, 3, 1, 1)
"""How far apart the rings are between which the cloth is stretched, one round after the other."""
PELVIS_MARKS = 60
ARM_M = 0.055
"""Radius of an arm in its sleeve."""
DOWN = np.array([0.0, 0.0, -1.0], dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drape:
    """Tube of ``LEVELS`` rings (from the armpits to the hem) of ``AROUND`` points, each above a point of the skin.

    ``arm_joints`` are the vertices round shoulder, elbow and wrist of both arms, which push the cloth in.
    """

    name: str
    colour: Colour
    patch: MeshPatch
    pelvis: "_Pelvis"
    arm_joints: tuple[tuple[IntArray, IntArray, IntArray], ...]
    specular: float = 0.04

    @property
    def faces(self) -> IntArray:
        """Triangles (F, 3)."""
        return self.patch.faces

    @property
    def n_points(self) -> int:
        """Number of its points."""
        return len(self.patch.parents)

    def shape(self, vertices_m: Float32Array, normals: Float32Array) -> tuple[Float32Array, Float32Array]:
        """Points and normals (N, 3) for the body's vertices; the body's normals are not asked."""
        skin_m = self.patch.carry(vertices_m)
        skin_m += self.pelvis.share * (self.pelvis.carry(vertices_m) - skin_m)
        skin_m = _even(skin_m.reshape(LEVELS, AROUND, 3))
        outward = _outward(skin_m)
        cloth_m = _bridge(_hang(skin_m, outward), outward)
        for joints in self.arm_joints:
            shoulder_m, elbow_m, wrist_m = (vertices_m[around].mean(axis=0) for around in joints)
            cloth_m = _tuck(cloth_m, skin_m, outward, (shoulder_m / 2 + elbow_m / 2, elbow_m))
            cloth_m = _tuck(cloth_m, skin_m, outward, (elbow_m, wrist_m))
        cloth_m = _even(cloth_m)
        return cloth_m.reshape(-1, 3), _tube_normals(cloth_m).reshape(-1, 3)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pelvis:
    """What keeps the hem from folding into the hips: near them the cloth goes where the pelvis, not the thighs, goes.

    ``marks`` are vertices of the pelvis (M,) at ``marks_m`` (M, 3) in the reference pose, where the tube's points are
    over ``skin_m`` (N, 3); ``share`` (N, 1) is how much of it counts.
    """

    marks: IntArray
    marks_m: Float32Array
    skin_m: Float32Array
    share: Float32Array

    def carry(self, vertices_m: Float32Array) -> Float32Array:
        """``skin_m`` moved as the marks have moved, by least squares."""
        now_m = vertices_m[self.marks]
        middle_m, rest_middle_m = now_m.mean(axis=0), self.marks_m.mean(axis=0)
        left, _, right = np.linalg.svd((now_m - middle_m).T @ (self.marks_m - rest_middle_m))
        left[:, 2] *= np.sign(np.linalg.det(left @ right))
        return np.asarray((self.skin_m - rest_middle_m) @ (left @ right).T + middle_m)


def hang_shirt(body: Body, colour: Colour) -> Drape:
    """The trunk's part of a loose shirt."""
    hip_m = body.skeleton.head_m("upperleg01.R")[2]
    heights_m = np.linspace(top_of_tube_m(body), hip_m - 0.07, LEVELS)
    rings = [_ring(body, height_m) for height_m in heights_m]
    grid = np.arange(LEVELS * AROUND).reshape(LEVELS, AROUND)
    here, right = grid, np.roll(grid, -1, axis=1)
    first = np.stack([here[:-1], right[:-1], here[1:]], axis=-1).reshape(-1, 3)
    second = np.stack([right[:-1], right[1:], here[1:]], axis=-1).reshape(-1, 3)
    patch = MeshPatch(
        parents=np.concatenate([parents for parents, _ in rings]),
        weights=np.concatenate([weights for _, weights in rings]).astype(np.float32),
        faces=np.concatenate([first, second]),
    )
    skin_m = patch.carry(body.rest_vertices_m).astype(np.float32)
    marks = np.argsort(-body.bone_weight(("root", "pelvis", "spine05")))[:PELVIS_MARKS]
    pelvis = _Pelvis(
        marks=marks,
        marks_m=body.rest_vertices_m[marks].astype(np.float32),
        skin_m=skin_m,
        share=np.clip((hip_m + 0.09 - skin_m[:, 2:]) / 0.09, 0, 1),
    )
    arm_joints = tuple(
        (_near(body, f"upperarm01.{side}"), _near(body, f"lowerarm01.{side}"), _near(body, f"wrist.{side}"))
        for side in ("L", "R")
    )
    return Drape(name="loose shirt", colour=colour, patch=patch, pelvis=pelvis, arm_joints=arm_joints)


def _near(body: Body, bone: str) -> IntArray:
    """The arm's vertices nearest to the head of a bone."""
    distance_m = np.linalg.norm(body.rest_vertices_m - body.skeleton.head_m(bone), axis=1)
    return np.argsort(distance_m + (body.bone_weight(ARM) < 0.5))[:24]


def top_of_tube_m(body: Body) -> float:
    """Height at which the tube begins, under the armpits."""
    return float(body.skeleton.head_m("upperarm01.R")[2] - 0.055)


def _ring(body: Body, height_m: float) -> tuple[IntArray, FloatArray]:
    """Where the trunk's outline at a height is met in ``AROUND`` directions: edges of the mesh, and places on them."""
    edges = np.concatenate([body.faces[:, [0, 1]], body.faces[:, [1, 2]], body.faces[:, [2, 0]]])
    edges = edges[edges[:, 0] < edges[:, 1]]
    edges = edges[(body.bone_weight(ARM)[edges] < 0.45).all(axis=1)]
    above_m = body.rest_vertices_m[edges, 2] - height_m
    edges, above_m = edges[above_m[:, 0] * above_m[:, 1] < 0], above_m[above_m[:, 0] * above_m[:, 1] < 0]
    weights = above_m[:, 0] / (above_m[:, 0] - above_m[:, 1])
    ends_m = body.rest_vertices_m[edges, :2]
    points_m = ends_m[:, 0] + weights[:, None] * (ends_m[:, 1] - ends_m[:, 0])
    points_m = points_m - (points_m.min(axis=0) + points_m.max(axis=0)) / 2
    angle, radius_m = np.arctan2(points_m[:, 1], points_m[:, 0]), np.linalg.norm(points_m, axis=1)
    wanted = np.linspace(-np.pi, np.pi, AROUND, endpoint=False)
    apart = np.abs((angle - wanted[:, None] + np.pi) % (2 * np.pi) - np.pi)
    # Outermost of what lies near the direction: inner thighs and folds are left out.
    best = np.argmin(apart - 2.0 * np.where(apart < np.pi / AROUND, radius_m, 0.0), axis=1)
    return edges[best], weights[best]


def _outward(skin_m: Float32Array) -> Float32Array:
    """Unit vectors from the middle of each ring, at right angles to the line from ring to ring."""
    middle_m = skin_m.mean(axis=1)
    along = np.gradient(middle_m, axis=0)
    along /= np.linalg.norm(along, axis=-1, keepdims=True)
    away = skin_m - middle_m[:, None]
    away -= np.sum(away * along[:, None], axis=-1, keepdims=True) * along[:, None]
    return np.asarray(away / np.linalg.norm(away, axis=-1, keepdims=True))


def _hang(skin_m: Float32Array, outward: Float32Array) -> Float32Array:
    """Cloth that falls from ring to ring, no nearer to the skin than its own thickness, no farther than its slack."""
    slack_m = np.linspace(CLOTH_M, SLACK_M, LEVELS, dtype=np.float32)[:, None]
    level = np.arange(LEVELS, dtype=np.float32)[:, None]
    thickness_m = CLOTH_M * (np.minimum(0.4 + 0.15 * level, 1.0) + 0.5 * level / LEVELS)
    cloth_m = skin_m + thickness_m[..., None] * outward
    for row in range(1, LEVELS):
        step = skin_m[row] - skin_m[row - 1]
        length_m = np.linalg.norm(step, axis=-1, keepdims=True)
        falling = 0.8 * length_m * DOWN + 0.2 * step
        free_m = np.sum((cloth_m[row - 1] + falling - skin_m[row]) * outward[row], axis=-1)
        away_m = np.clip(free_m, thickness_m[row], np.maximum(slack_m[row], thickness_m[row]))
        cloth_m[row] = skin_m[row] + away_m[:, None] * outward[row]
    return cloth_m


def _bridge(cloth_m: Float32Array, outward: Float32Array) -> Float32Array:
    """Cloth stretched over hollows: a point that lies inside the line between its neighbours moves out to it."""
    for apart in BRIDGED_RINGS:
        middle_m = (cloth_m[: -2 * apart] + cloth_m[2 * apart :]) / 2
        between = slice(apart, LEVELS - apart)
        inside_m = np.sum((middle_m - cloth_m[between]) * outward[between], axis=-1, keepdims=True)
        cloth_m[between] += np.maximum(inside_m, 0) * outward[between]
    return cloth_m


def _tuck(
    cloth_m: Float32Array, skin_m: Float32Array, outward: Float32Array, bone_m: tuple[Float32Array, Float32Array]
) -> Float32Array:
    """Cloth kept under an arm that is held close: no farther out than where the arm begins."""
    start_m, along_m = bone_m[0], bone_m[1] - bone_m[0]
    from_start_m = skin_m - start_m
    steep = outward @ along_m
    length2 = along_m @ along_m
    out_m, share = np.sum(outward * from_start_m, axis=-1), from_start_m @ along_m
    out_m = (steep * share - length2 * out_m) / np.maximum(length2 - steep**2, 1e-6)
    nearest_m = start_m + np.clip((share + out_m * steep) / length2, 0, 1)[..., None] * along_m
    out_m = np.sum((nearest_m - skin_m) * outward, axis=-1)
    aside_m = np.linalg.norm(skin_m + out_m[..., None] * outward - nearest_m, axis=-1)
    begins_m = out_m - np.sqrt(np.maximum(ARM_M**2 - aside_m**2, 0))
    reach_m = np.sum((cloth_m - skin_m) * outward, axis=-1)
    held_m = np.where((aside_m < ARM_M) & (out_m > -ARM_M), np.minimum(reach_m, np.maximum(begins_m, 0.004)), reach_m)
    return np.asarray(cloth_m + (held_m - reach_m)[..., None] * outward, dtype=np.float32)


def _even(grid_m: Float32Array) -> Float32Array:
    """Smoothed round each ring and a little from ring to ring."""
    smooth_m = grid_m.copy()
    for _ in range(2):
        smooth_m = np.asarray(
            (2 * smooth_m + np.roll(smooth_m, 1, axis=1) + np.roll(smooth_m, -1, axis=1)) / 4, np.float32
        )
    smooth_m[1:-1] = (2 * smooth_m[1:-1] + smooth_m[:-2] + smooth_m[2:]) / 4
    return smooth_m


def _tube_normals(cloth_m: Float32Array) -> Float32Array:
    around = np.roll(cloth_m, -1, axis=1) - np.roll(cloth_m, 1, axis=1)
    down = np.gradient(cloth_m, axis=0)
    normals = np.cross(around, down)
    return np.asarray(normals / (np.linalg.norm(normals, axis=-1, keepdims=True) + 1e-9), dtype=np.float32)
