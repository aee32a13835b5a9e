"""Cutting a triangle mesh along a level of a vertex field."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.surface import Float32Array, IntArray

F = TypeVar("F", np.float32, np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeshPatch:
    """Part of a base mesh: each vertex lies on an edge of it, ``weights`` of the way from parent 0 to parent 1."""

    parents: IntArray
    weights: Float32Array
    faces: IntArray

    def carry(self, values: NDArray[F]) -> NDArray[F]:
        """Interpolate values of the base vertices, shape (V, ...), to the patch."""
        carried = values[self.parents[:, 0]]
        away = values[self.parents[:, 1]] - carried
        away *= self.weights.reshape(-1, *([1] * (values.ndim - 1)))
        carried += away
        return carried


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
        weights=np.array(weights, dtype=np.float32),
        faces=np.array(kept, dtype=np.int64),
    )
