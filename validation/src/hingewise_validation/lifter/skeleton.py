"""Forward kinematics of a bone tree whose rotations are given in body axes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Skeleton:
    """Bones in topological order with the positions of their heads in the reference pose [m]."""

    labels: tuple[str, ...]
    parents: tuple[int, ...]
    heads_m: FloatArray

    def __post_init__(self) -> None:
        """Check the order of the tree and freeze the array."""
        if any(parent >= child for child, parent in enumerate(self.parents)):
            raise ValueError("parents must come before their children")
        self.heads_m.setflags(write=False)

    def index(self, label: str) -> int:
        """Position of the bone ``label``."""
        return self.labels.index(label)

    def head_m(self, label: str) -> FloatArray:
        """Reference position of the head of ``label``."""
        return np.asarray(self.heads_m[self.index(label)])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BonePoses:
    """Global bone rotations (T, B, 3, 3) and head positions (T, B, 3) [m]."""

    skeleton: Skeleton
    rotations: FloatArray
    heads_m: FloatArray

    def head(self, label: str) -> FloatArray:
        """Head of one bone over time. Shape (T, 3)."""
        return np.asarray(self.heads_m[:, self.skeleton.index(label)])

    def rotation(self, label: str) -> FloatArray:
        """Global rotation of one bone over time. Shape (T, 3, 3)."""
        return np.asarray(self.rotations[:, self.skeleton.index(label)])

    def translated(self, offset_m: FloatArray) -> "BonePoses":
        """The same pose moved by ``offset_m`` (T, 3)."""
        return BonePoses(skeleton=self.skeleton, rotations=self.rotations, heads_m=self.heads_m + offset_m[:, None])

    def at(self, index: int) -> "BonePoses":
        """One of the poses, as a row of one."""
        row = slice(index, index + 1)
        return BonePoses(skeleton=self.skeleton, rotations=self.rotations[row], heads_m=self.heads_m[row])

    def local_rotations(self) -> FloatArray:
        """Rotation of every bone relative to its parent. Shape (T, B, 3, 3)."""
        parents = np.array(self.skeleton.parents[1:])
        local = self.rotations.copy()
        local[:, 1:] = np.swapaxes(self.rotations[:, parents], -1, -2) @ self.rotations[:, 1:]
        return local


def compute_poses(skeleton: Skeleton, driven: Mapping[str, FloatArray], n_times: int) -> BonePoses:
    """Pose the tree from global rotations of the ``driven`` bones; the others follow their parents.

    The root's head stays at its reference position.
    """
    n_bones = len(skeleton.labels)
    rotations = np.empty((n_times, n_bones, 3, 3))
    heads_m = np.empty((n_times, n_bones, 3))
    for bone, (label, parent) in enumerate(zip(skeleton.labels, skeleton.parents, strict=True)):
        if parent < 0:
            rotations[:, bone] = driven.get(label, np.eye(3))
            heads_m[:, bone] = skeleton.heads_m[bone]
            continue
        rotations[:, bone] = driven.get(label, rotations[:, parent])
        offset_m = skeleton.heads_m[bone] - skeleton.heads_m[parent]
        heads_m[:, bone] = heads_m[:, parent] + rotations[:, parent] @ offset_m
    return BonePoses(skeleton=skeleton, rotations=rotations, heads_m=heads_m)
