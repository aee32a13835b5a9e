"""Normals of triangle meshes that keep their faces while they move."""

import warnings

import numpy as np
import torch
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
Float32Array = NDArray[np.float32]


class Surface:
    """Triangles between vertices, ready to give normals fast: the sum over the faces is a sparse product."""

    def __init__(self, faces: IntArray, n_vertices: int) -> None:
        """Remember which faces meet at which vertex; ``faces`` (F, 3)."""
        self._corners = [np.ascontiguousarray(faces[:, corner]) for corner in range(3)]
        order = np.argsort(faces.ravel(), kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(faces.ravel(), minlength=n_vertices))])
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sparse CSR")  # torch calls it beta; tested against plain sums
            self._sum = torch.sparse_csr_tensor(
                torch.from_numpy(starts),
                torch.from_numpy(order // 3),
                torch.ones(faces.size),
                size=(n_vertices, len(faces)),
                check_invariants=True,
            )

    def normals(self, vertices_m: Float32Array) -> Float32Array:
        """Area-weighted outward unit normals of the vertices. Shape (V, 3)."""
        first, second, third = (vertices_m[corner] for corner in self._corners)
        second -= first
        third -= first
        faces = np.empty_like(first)
        for axis in range(3):
            i, j = (axis + 1) % 3, (axis + 2) % 3
            faces[:, axis] = second[:, i] * third[:, j] - second[:, j] * third[:, i]
        normals: Float32Array = (self._sum @ torch.from_numpy(faces)).numpy()
        normals /= np.sqrt(np.einsum("vi,vi->v", normals, normals))[:, None] + np.float32(1e-12)
        return normals
