"""Cutting a triangle mesh along a level of a vertex field, and surface normals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hingewise_validation.lifter.rotations import FloatArray, unit

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeshPatch:
    """Part of a base mesh: each vertex lies on an edge of it, ``weights`` of the way from parent 0 to parent 1."""

    parents: IntArray
    weights: FloatArray
    faces: IntArray

    def carry(self, values: FloatArray) -> FloatArray:
        """Interpolate values of the base vertices, shape (V, ...), to the patch."""
        weights = self.weights.reshape(-1, *([1] * (values.ndim - 1)))
        return np.asarray(values[self.parents[:, 0]] * (1 - weights) + values[self.parents[:, 1]] * weights)


def cut_patch(faces: IntArray, field: FloatArray) -> MeshPatch:
    """Part of the mesh where ``field`` >= 0, with a smooth border where the field is zero."""
    index: dict[tuple[int, int], int] = {}
    weights: list[float] = []

    def vertex(first: int, second: int) -> int:
        key = (min(first, second), max(first, second))
        if key not in index:
            index[key] = len(weights)
            low, high = float(field[key[0]]), float(field[key[1]])
            weights.append(0.0 if first == second else low / (low - high))
        return index[key]

    kept: list[tuple[int, int, int]] = []
    for face in faces[(field[faces] >= 0).any(axis=1)].tolist():
        polygon: list[int] = []
        for start, end in zip(face, face[1:] + face[:1], strict=True):
            if field[start] >= 0:
                polygon.append(vertex(start, start))
            if (field[start] >= 0) != (field[end] >= 0):
                polygon.append(vertex(start, end))
        kept += [(polygon[0], polygon[i], polygon[i + 1]) for i in range(1, len(polygon) - 1)]
    return MeshPatch(
        parents=np.array(list(index), dtype=np.int64),
        weights=np.array(weights),
        faces=np.array(kept, dtype=np.int64),
    )


def vertex_normals(vertices_m: FloatArray, faces: IntArray) -> FloatArray:
    """Area-weighted outward unit normals of the vertices. Shape (V, 3)."""
    corners = vertices_m[faces]
    face_normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat = faces.ravel()
    spread = np.repeat(face_normals, 3, axis=0)
    normals = np.zeros_like(vertices_m)
    for axis in range(3):
        normals[:, axis] = np.bincount(flat, weights=spread[:, axis], minlength=len(vertices_m))
    return unit(normals + 1e-12)
