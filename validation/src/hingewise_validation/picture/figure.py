"""A dressed person on the stage."""

import numpy as np
import pyvista as pv
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import vtk_to_numpy

from hingewise_validation.lifter.body import Body, SkinnedFrame
from hingewise_validation.lifter.surface import Surface
from hingewise_validation.picture.clothes import Outfit
from hingewise_validation.picture.dressing import dress
from hingewise_validation.picture.hair import make_tuft
from hingewise_validation.picture.layers import Sheet
from hingewise_validation.picture.shoes import make_shoe

Float32Array = NDArray[np.float32]


class Figure:
    """Skin, clothes and shoes of one person; every frame only moves points."""

    def __init__(self, plotter: pv.Plotter, body: Body, outfit: Outfit) -> None:
        """Build every mesh once."""
        before = set(plotter.renderer.GetActors())
        self._surface = Surface(body.faces, len(body.rest_vertices_m))
        self._layers = [_MovingSheet(plotter, layer) for layer in dress(body, outfit)]
        self._shoes = [(make_shoe(body, side), body.skeleton.index(f"foot.{side}")) for side in ("L", "R")]
        self._shoe_actors = [
            [plotter.add_mesh(part, color=colour, specular=0.1, smooth_shading=False) for part, colour in parts]
            for parts in ([(shoe.upper, outfit.shoes), (shoe.sole, outfit.soles)] for shoe, _ in self._shoes)
        ]
        for actor in (actor for pair in self._shoe_actors for actor in pair):
            actor.prop.interpolation = "phong"
        self._head = (body.skeleton.index("head"), body.skeleton.head_m("head"))
        self._tuft = make_tuft(body, outfit.hair_style)
        if self._tuft is not None:
            self._tuft_actor = plotter.add_mesh(self._tuft.mesh, color=outfit.hair, smooth_shading=True)
        self._actors = [actor for actor in plotter.renderer.GetActors() if actor not in before]

    def show(self, visible: bool) -> None:
        """Be in the picture, or not."""
        for actor in self._actors:
            actor.SetVisibility(visible)

    def move(self, frame: SkinnedFrame) -> None:
        """Take the pose of ``frame``."""
        vertices_m = frame.vertices_m.astype(np.float32)
        normals = self._surface.normals(vertices_m)
        for layer in self._layers:
            layer.move(vertices_m, normals)
        for (shoe, foot), actors in zip(self._shoes, self._shoe_actors, strict=True):
            for actor in actors:
                actor.user_matrix = shoe.transform(frame, foot)
        if self._tuft is not None:
            self._tuft_actor.user_matrix = self._tuft.transform(frame, *self._head)


class _MovingSheet:
    """One layer as a mesh whose points and normals are written in place."""

    def __init__(self, plotter: pv.Plotter, layer: Sheet) -> None:
        faces, n_points = layer.faces, layer.n_points
        self._layer = layer
        cells = np.concatenate([np.full((len(faces), 1), 3), faces], axis=1).ravel()
        self._mesh = pv.PolyData(np.zeros((n_points, 3), np.float32), cells)
        self._mesh.point_data.active_normals = np.tile(np.array([0, 0, 1], np.float32), (n_points, 1))
        self._arrays = (self._mesh.GetPoints().GetData(), self._mesh.GetPointData().GetNormals())
        self._points, self._normals = (vtk_to_numpy(array) for array in self._arrays)
        actor = plotter.add_mesh(
            self._mesh,
            color=layer.colour,
            specular=layer.specular,
            specular_power=12,
            ambient=0.18,
            diffuse=0.9,
            copy_mesh=False,
        )
        actor.prop.interpolation = "phong"

    def move(self, vertices_m: Float32Array, normals: Float32Array) -> None:
        """Follow the body's vertices."""
        points, directions = self._layer.shape(vertices_m, normals)
        self._points[:] = points
        self._normals[:] = directions
        for array in self._arrays:
            array.Modified()
        self._mesh.Modified()
