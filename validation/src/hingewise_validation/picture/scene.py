"""The picture: room, lifter in clothes, equipment, lights, camera."""

import numpy as np
import pyvista as pv
from numpy.typing import NDArray

from hingewise_validation.lifter.body import Body, SkinnedFrame
from hingewise_validation.lifter.rotations import unit
from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.clothes import Layer, Outfit, dress
from hingewise_validation.picture.equipment import Hands, make_equipment
from hingewise_validation.picture.gym import add_room
from hingewise_validation.picture.meshes import vertex_normals
from hingewise_validation.picture.shoes import make_shoe

SUPERSAMPLING = 2


class Scene:
    """Off-screen scene that draws one skinned frame at a time."""

    def __init__(
        self, body: Body, first: SkinnedFrame, *, equipment: str, camera: Camera, outfit: Outfit, seed: int = 0
    ) -> None:
        """Build every mesh once; frames only move points."""
        self._body = body
        self._camera = camera
        self._feet = {side: body.skeleton.index(f"foot.{side}") for side in ("L", "R")}
        size = (camera.width_px * SUPERSAMPLING, camera.height_px * SUPERSAMPLING)
        self._plotter = pv.Plotter(off_screen=True, window_size=size, lighting="none")
        ankles_m = np.array([first.bone_heads_m[index, :2] for index in self._feet.values()])
        add_room(self._plotter, shadow_centres_m=ankles_m - np.array([0.0, 0.05]), seed=seed)
        self._layers = [(layer, self._add_layer(layer)) for layer in dress(body, outfit)]
        self._shoes = [make_shoe(body, side) for side in ("L", "R")]
        self._shoe_actors = [
            [self._plotter.add_mesh(part, color=colour, specular=0.1, smooth_shading=False) for part, colour in parts]
            for parts in ([(shoe.upper, outfit.shoes), (shoe.sole, outfit.soles)] for shoe in self._shoes)
        ]
        for actor in (actor for pair in self._shoe_actors for actor in pair):
            actor.prop.interpolation = "phong"
        self._equipment = make_equipment(equipment, self._plotter)
        self._add_lights()
        self._aim()

    def draw(self, frame: SkinnedFrame) -> NDArray[np.uint8]:
        """Picture of one frame, RGB, shape (height_px, width_px, 3)."""
        normals = vertex_normals(frame.vertices_m, self._body.faces)
        for layer, mesh in self._layers:
            carried = unit(layer.patch.carry(normals))
            mesh.points = layer.patch.carry(frame.vertices_m) + layer.offset_m[:, None] * carried
            mesh.point_data.active_normals = carried.astype(np.float32)
        for shoe, actors in zip(self._shoes, self._shoe_actors, strict=True):
            for actor in actors:
                actor.user_matrix = shoe.transform(frame, self._feet[shoe.side])
        self._equipment.update(self._hands(frame))
        self._plotter.render()
        return _reduce(np.asarray(self._plotter.screenshot(return_img=True)))

    def close(self) -> None:
        """Free the window."""
        self._plotter.close()

    def _add_layer(self, layer: Layer) -> pv.PolyData:
        faces = layer.patch.faces
        cells = np.concatenate([np.full((len(faces), 1), 3), faces], axis=1).ravel()
        mesh = pv.PolyData(layer.patch.carry(self._body.rest_vertices_m), cells)
        mesh.point_data.active_normals = np.tile(np.array([0, 0, 1], np.float32), (mesh.n_points, 1))
        actor = self._plotter.add_mesh(
            mesh,
            color=layer.colour,
            specular=layer.specular,
            specular_power=12,
            ambient=0.18,
            diffuse=0.9,
            copy_mesh=False,
        )
        actor.prop.interpolation = "phong"
        return mesh

    def _hands(self, frame: SkinnedFrame) -> Hands:
        skeleton = self._body.skeleton
        grips, forearms = [], []
        for side in ("L", "R"):
            knuckle_m = frame.bone_heads_m[skeleton.index(f"finger3-1.{side}")]
            tip_m = frame.bone_heads_m[skeleton.index(f"finger3-3.{side}")]
            grips.append((knuckle_m + tip_m) / 2)
            wrist_m = frame.bone_heads_m[skeleton.index(f"wrist.{side}")]
            forearms.append(wrist_m - frame.bone_heads_m[skeleton.index(f"lowerarm01.{side}")])
        return Hands(left_m=grips[0], right_m=grips[1], forearm=unit(forearms[0] + forearms[1]))

    def _add_lights(self) -> None:
        for position, intensity in (((-3.0, -2.5, 4.0), 0.75), ((-3.5, 3.0, 2.0), 0.35), ((0.5, 0.0, 4.0), 0.30)):
            self._plotter.add_light(
                pv.Light(position=position, focal_point=(0, 0, 0.8), intensity=intensity, light_type="scene light")
            )

    def _aim(self) -> None:
        camera = self._plotter.camera
        camera.position = tuple(self._camera.position_m)
        camera.focal_point = tuple(self._camera.target_m)
        camera.up = (0.0, 0.0, 1.0)
        camera.view_angle = self._camera.vertical_field_deg
        self._plotter.renderer.ResetCameraClippingRange()


def _reduce(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Mean of every block of ``SUPERSAMPLING`` x ``SUPERSAMPLING`` pixels."""
    k = SUPERSAMPLING
    total = np.zeros((picture.shape[0] // k, picture.shape[1] // k, 3), dtype=np.uint16)
    for row in range(k):
        for column in range(k):
            total += picture[row::k, column::k]
    return np.asarray((total + k * k // 2) // (k * k), dtype=np.uint8)
