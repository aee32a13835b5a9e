"""Visible surfaces that follow the body's skin."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from hingewise_validation.lifter.body import Body
from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.lifter.surface import Float32Array, IntArray
from hingewise_validation.picture.lifters import Colour
from hingewise_validation.picture.meshes import MeshPatch, cut_patch


class Sheet(Protocol):
    """One surface of one colour, with the same triangles in every frame."""

    @property
    def colour(self) -> Colour:
        """RGB, 0-1."""

    @property
    def specular(self) -> float:
        """How much it shines, 0-1."""

    @property
    def faces(self) -> IntArray:
        """Triangles (F, 3)."""

    @property
    def n_points(self) -> int:
        """Number of its points."""

    def shape(self, vertices_m: Float32Array, normals: Float32Array) -> tuple[Float32Array, Float32Array]:
        """Points and normals (N, 3) for the body's vertices and normals (V, 3)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """A patch of the body, ``offset_m`` outside the skin."""

    name: str
    colour: Colour
    patch: MeshPatch
    offset_m: Float32Array
    specular: float = 0.05

    @property
    def faces(self) -> IntArray:
        """Triangles (F, 3)."""
        return self.patch.faces

    @property
    def n_points(self) -> int:
        """Number of its points."""
        return len(self.patch.parents)

    def shape(self, vertices_m: Float32Array, normals: Float32Array) -> tuple[Float32Array, Float32Array]:
        """Points and normals (N, 3) for the body's vertices and normals (V, 3)."""
        directions = self.patch.carry(normals)
        directions /= np.sqrt(np.einsum("vi,vi->v", directions, directions))[:, None]
        return self.patch.carry(vertices_m) + self.offset_m[:, None] * directions, directions


def cut_layer(
    body: Body, name: str, colour: Colour, field: FloatArray, offset_m: FloatArray | float, *, specular: float = 0.05
) -> Layer:
    """Layer where ``field`` (V,) >= 0."""
    patch = cut_patch(body.faces, field)
    offsets_m = np.broadcast_to(np.asarray(offset_m, dtype=np.float64), field.shape).copy()
    carried_m = patch.carry(offsets_m).astype(np.float32)
    return Layer(name=name, colour=colour, patch=patch, offset_m=carried_m, specular=specular)
