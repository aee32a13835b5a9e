"""The parametric body: phenotype, reference skeleton, skinned mesh."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import anny
import numpy as np
import torch
from numpy.typing import NDArray

from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phenotype:
    """Shape parameters of the body model, each 0-1 (``gender``: 0 man, 1 woman)."""

    gender: float = 0.0
    age: float = 0.6
    muscle: float = 0.62
    weight: float = 0.5
    height: float = 0.42
    proportions: float = 0.7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SkinnedFrame:
    """One posed frame: mesh vertices (V, 3), bone heads (B, 3), bone rotations (B, 3, 3), surface keypoints [m]."""

    vertices_m: FloatArray
    bone_heads_m: FloatArray
    bone_rotations: FloatArray
    keypoints_m: dict[str, FloatArray]


class Body:
    """One person of the body model in the reference pose, ready to be posed."""

    def __init__(self, phenotype: Phenotype) -> None:
        """Load the model and build the person (seconds; a minute the first time on a machine)."""
        torch.set_num_threads(1)
        self.phenotype = phenotype
        self._model = anny.Anny()
        self._parameters = asdict(phenotype)
        output = self._model(phenotype_kwargs=self._parameters)
        self.rest_vertices_m: FloatArray = output["vertices"][0].numpy()
        self.faces: IntArray = self._model.faces.numpy().astype(np.int64)
        self._rest_rotations: FloatArray = output["bone_poses"][0, :, :3, :3].numpy()
        self.skeleton = Skeleton(
            labels=tuple(self._model.bone_labels),
            parents=tuple(int(parent) for parent in self._model.bone_parents),
            heads_m=output["bone_poses"][0, :, :3, 3].numpy().copy(),
        )
        self.stature_m = float(np.ptp(self.rest_vertices_m[:, 2]))
        self.mass_kg = float(anny.Anthropometry(self._model).mass(output["rest_vertices"])[0])
        self._keypoints = anny.KeypointsRegressor.coco(self._model)

    def bone_weight(self, prefixes: tuple[str, ...]) -> FloatArray:
        """Share of each vertex that follows the bones whose names begin with one of ``prefixes``. Shape (V,)."""
        chosen = torch.tensor([label.startswith(prefixes) for label in self.skeleton.labels])
        weights = self._model.vertex_bone_weights
        belongs = chosen[self._model.vertex_bone_indices].to(weights.dtype)
        return np.asarray((weights * belongs).sum(dim=1).numpy())

    def frames(self, poses: BonePoses) -> Iterator[SkinnedFrame]:
        """Skin the body in every pose."""
        deltas = np.zeros((*poses.rotations.shape[:2], 4, 4))
        deltas[..., :3, :3] = poses.local_rotations()
        deltas[:, 0, :3, 3] = poses.heads_m[:, 0]
        deltas[..., 3, 3] = 1.0
        for delta in deltas:
            output = self._model(pose_parameters=torch.from_numpy(delta[None]), phenotype_kwargs=self._parameters)
            yield self._frame(output)

    def _frame(self, output: dict[str, Any]) -> SkinnedFrame:
        bone_poses = output["bone_poses"][0].numpy()
        points = self._keypoints(output)[0].numpy()
        return SkinnedFrame(
            vertices_m=output["vertices"][0].numpy(),
            bone_heads_m=bone_poses[:, :3, 3],
            bone_rotations=bone_poses[:, :3, :3] @ np.swapaxes(self._rest_rotations, -1, -2),
            keypoints_m=dict(zip(self._keypoints.labels, points, strict=True)),
        )
