"""A stick skeleton with the bone names of the body model, and the body itself in numbers that tests share."""

from functools import cache

import numpy as np

from hingewise_validation.lifter.body import Body, Phenotype
from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton
from hingewise_validation.truth.angles import Angles, compute_angles
from hingewise_validation.truth.document import BONE_JOINTS

SOLE_M = 0.1
DEFAULT = Phenotype()

MIDDLE = {
    "root": (None, (0, 0, 0)),
    "spine05": ("root", (0, 0, 0)),
    "spine04": ("spine05", (0, 0.03, 0.07)),
    "spine03": ("spine04", (0, 0.02, 0.14)),
    "spine02": ("spine03", (0, 0.02, 0.21)),
    "spine01": ("spine02", (0, 0.03, 0.35)),
    "neck01": ("spine01", (0, 0.01, 0.51)),
    "neck02": ("neck01", (0, 0.0, 0.54)),
    "neck03": ("neck02", (0, -0.01, 0.58)),
    "head": ("neck03", (0, -0.03, 0.61)),
}
SIDE = {
    "eye": ("head", (0.03, -0.1, 0.65)),
    "upperleg01": ("root", (0.1, 0.0, -0.01)),
    "lowerleg01": ("upperleg01", (0.13, -0.03, -0.40)),
    "foot": ("lowerleg01", (0.17, 0.0, -0.80)),
    "upperarm01": ("spine01", (0.165, -0.01, 0.43)),
    "lowerarm01": ("upperarm01", (0.33, -0.02, 0.24)),
    "wrist": ("lowerarm01", (0.45, -0.17, 0.12)),
}


def make_stick() -> Skeleton:
    """The stick skeleton."""
    bones: dict[str, tuple[str | None, tuple[float, float, float]]] = dict(MIDDLE)
    for side, sign in (("L", 1), ("R", -1)):
        for label, (parent, (x, y, z)) in SIDE.items():
            bones[f"{label}.{side}"] = (parent if parent in MIDDLE else f"{parent}.{side}", (sign * x, y, z))
        for finger in range(2, 6):
            for joint in range(1, 4):
                parent = f"wrist.{side}" if joint == 1 else f"finger{finger}-{joint - 1}.{side}"
                x, y, z = 0.50 + 0.02 * joint, -0.25 - 0.025 * joint + 0.01 * finger, 0.10 - 0.02 * (joint + finger)
                bones[f"finger{finger}-{joint}.{side}"] = (parent, (sign * x, y, z))
    labels = tuple(bones)
    parents = tuple(-1 if parent is None else labels.index(parent) for parent, _ in bones.values())
    return Skeleton(labels=labels, parents=parents, heads_m=np.array([head for _, head in bones.values()], float))


@cache
def body_skeleton(phenotype: Phenotype = DEFAULT) -> Skeleton:
    """Skeleton of the body model."""
    return Body(phenotype).skeleton


def true_angles(poses: BonePoses, n_quiet: int = 5) -> Angles:
    """Angles as the truth document has them."""
    joints_m: dict[str, FloatArray] = {name: poses.head(f"{bone}.R") for name, bone in BONE_JOINTS.items()}
    return compute_angles(joints_m, poses.rotation("root"), poses.rotation("spine01"), quiet=slice(0, n_quiet))
