"""The parametric body: phenotype, reference skeleton, skinned mesh."""

import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import anny
import numpy as np
import torch

from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.skeleton import BonePoses, Skeleton
from hingewise_validation.lifter.surface import Float32Array, IntArray


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
        output = self._model(phenotype_kwargs=asdict(phenotype))
        self.rest_vertices_m: FloatArray = output["vertices"][0].numpy()
        self.faces: IntArray = self._model.faces.numpy().astype(np.int64)
        self.skeleton = Skeleton(
            labels=tuple(self._model.bone_labels),
            parents=tuple(int(parent) for parent in self._model.bone_parents),
            heads_m=output["bone_poses"][0, :, :3, 3].numpy().copy(),
        )
        self.stature_m = float(np.ptp(self.rest_vertices_m[:, 2]))
        self.mass_kg = float(anny.Anthropometry(self._model).mass(output["rest_vertices"])[0])
        self._skin = _bind(self._model, output)
        regressor = anny.KeypointsRegressor.coco(self._model)
        weights = regressor.regression_weights.numpy()
        used = np.flatnonzero((weights != 0).any(axis=0))
        self._keypoints = (tuple(regressor.labels), used, weights[:, used].astype(np.float64))

    def bone_weight(self, prefixes: tuple[str, ...]) -> FloatArray:
        """Share of each vertex that follows the bones whose names begin with one of ``prefixes``. Shape (V,)."""
        chosen = torch.tensor([label.startswith(prefixes) for label in self.skeleton.labels])
        weights = self._model.vertex_bone_weights
        belongs = chosen[self._model.vertex_bone_indices].to(weights.dtype)
        return np.asarray((weights * belongs).sum(dim=1).numpy())

    def frames(self, poses: BonePoses) -> Iterator[SkinnedFrame]:
        """Skin the body in every pose."""
        labels, used, weights = self._keypoints
        for rotations, heads_m in zip(poses.rotations, poses.heads_m, strict=True):
            vertices_m = self._skin.pose(rotations, heads_m).astype(np.float64)
            yield SkinnedFrame(
                vertices_m=vertices_m,
                bone_heads_m=heads_m,
                bone_rotations=rotations,
                keypoints_m=dict(zip(labels, weights @ vertices_m[used], strict=True)),
            )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Skin:
    """Linear blend skinning as one sparse product; several times faster than a call of the model.

    ``vertices`` (V, 4) are those of the pose the weights were painted in, ``to_bone`` (B, 4, 4) takes that pose to
    bone axes and ``reference`` (B, 3, 3) bone axes to the reference pose.
    """

    weights: torch.Tensor
    vertices: Float32Array
    to_bone: FloatArray
    reference: FloatArray

    def pose(self, rotations: FloatArray, heads_m: FloatArray) -> Float32Array:
        """Vertices for global bone ``rotations`` (B, 3, 3) from the reference pose and bone ``heads_m``."""
        placed = np.concatenate([rotations @ self.reference, heads_m[:, :, None]], axis=2) @ self.to_bone
        flat = torch.from_numpy(placed.reshape(-1, 12).astype(np.float32))
        blended = (self.weights @ flat).numpy().reshape(-1, 3, 4)
        return np.asarray(np.einsum("vij,vj->vi", blended, self.vertices))


def _bind(model: Any, output: dict[str, Any]) -> _Skin:  # noqa: ANN401 - anny has no types
    vertices = output["rest_vertices"][0].numpy()
    weights = torch.zeros(len(vertices), len(model.bone_labels))
    weights.scatter_add_(1, model.vertex_bone_indices.long(), model.vertex_bone_weights.float())
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparse CSR")  # torch calls it beta; the result is tested against the model
        sparse = weights.to_sparse_csr()
    return _Skin(
        weights=sparse,
        vertices=np.concatenate([vertices, np.ones((len(vertices), 1))], axis=1).astype(np.float32),
        to_bone=np.linalg.inv(output["rest_bone_poses"][0].numpy()),
        reference=output["bone_poses"][0, :, :3, :3].numpy(),
    )
