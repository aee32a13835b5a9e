"""The window that is drawn into: what stands still is drawn once, every frame only what moves.

Drawing is bound by the number of triangles, so the room costs nothing after the first frame; colour and depth of the
still picture are kept, and what moves is put in front of it where it is nearer. The window's own antialiasing takes
five times as long as the drawing without it: fine pictures are drawn larger and averaged instead.
"""

from dataclasses import dataclass, replace

import numpy as np
import pyvista as pv
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkFloatArray, vtkUnsignedCharArray

from hingewise_validation.lifter.rotations import FloatArray
from hingewise_validation.picture.camera import Camera

Picture = NDArray[np.uint8]
Packed = NDArray[np.uint32]
DEPTH_RANGE_M = (0.3, 20.0)
MIRROR_KEY = (255, 0, 255)
"""Colour of a mirror's surface in the still picture: where it is seen, the reflection is put. (RGB)"""
MIRROR_BRIGHTNESS = 0.86
LIGHTS = (((-3.0, -2.5, 4.0), 0.75), ((-3.5, 3.0, 2.0), 0.35), ((0.5, 0.0, 4.0), 0.30))
"""Places [m] and intensities."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _View:
    """A camera's place and what it sees of the things that stand still, rows from the bottom up."""

    position_m: FloatArray
    target_m: FloatArray
    up: FloatArray
    colours: Packed
    depths: NDArray[np.float32]


class Stage:
    """Off-screen window with a camera and lights; add things to ``plotter``."""

    def __init__(self, camera: Camera, *, supersampling: int = 1) -> None:
        """Open the window; every pixel is drawn as ``supersampling`` squared ones."""
        self._camera = camera
        self._supersampling = supersampling
        self._size = (camera.width_px * supersampling, camera.height_px * supersampling)
        self.plotter = pv.Plotter(off_screen=True, window_size=self._size, lighting="none")
        self.plotter.render_window.SetMultiSamples(0)
        self.plotter.camera.view_angle = camera.vertical_field_deg
        self.plotter.camera.clipping_range = DEPTH_RANGE_M
        self.plotter.set_background((0.62, 0.62, 0.60))
        for position, intensity in LIGHTS:
            light = pv.Light(position=position, focal_point=(0, 0, 0.8), intensity=intensity, light_type="scene light")
            self.plotter.add_light(light)
        self._bytes, self._floats = vtkUnsignedCharArray(), vtkFloatArray()
        self._view = self._look(camera.position_m, camera.target_m, -camera.axes[1])
        self._reflected: _View | None = None

    def keep_still(self, *, mirror_x_m: float | None = None, not_reflected: tuple[pv.Actor, ...] = ()) -> None:
        """Draw everything added so far once, for all frames.

        A mirror hangs in the plane x = ``mirror_x_m`` and is painted in ``MIRROR_KEY``; the wall it hangs on and the
        mirror itself are ``not_reflected``.
        """
        still = list(self.plotter.renderer.GetActors())
        position_m, target_m, up = self._view.position_m, self._view.target_m, self._view.up
        self._view = self._look(position_m, target_m, up)
        if mirror_x_m is not None:
            for actor in not_reflected:
                actor.VisibilityOff()
            flip, shift_m = np.array([-1.0, 1.0, 1.0]), np.array([2 * mirror_x_m, 0.0, 0.0])
            self._reflected = self._look(flip * position_m + shift_m, flip * target_m + shift_m, flip * up)
        for actor in still:
            actor.VisibilityOff()

    def take(self) -> Picture:
        """Picture of the stage as it is now, RGB, shape (height_px, width_px, 3)."""
        packed = self._in_front_of(self._view)
        if self._reflected is not None:
            shown = packed == _pack(MIRROR_KEY)
            # The reflected camera sees the mirror's picture as from behind the glass: left and right change places.
            reflection = self._in_front_of(self._reflected)[:, ::-1][shown]
            dimmed = reflection[:, None].view(np.uint8) * np.float32(MIRROR_BRIGHTNESS)
            packed[shown] = dimmed.astype(np.uint8).view(np.uint32)[:, 0]
        colours = packed.view(np.uint8).reshape(*packed.shape, 4)[::-1, :, :3]
        if self._camera.mirrored:
            colours = colours[:, ::-1]
        return _reduce(colours, self._supersampling)

    def close(self) -> None:
        """Free the window."""
        self.plotter.close()

    def _look(self, position_m: FloatArray, target_m: FloatArray, up: FloatArray) -> _View:
        empty = np.ones(self._size[::-1], dtype=np.float32)
        view = _View(position_m=position_m, target_m=target_m, up=up, colours=empty.view(np.uint32), depths=empty)
        colours, depths = self._shoot(view)
        return replace(view, colours=colours.copy(), depths=depths.copy())

    def _in_front_of(self, view: _View) -> Packed:
        """What moves, put in front of what stands still where it is nearer."""
        colours, depths = self._shoot(view)
        return np.where(depths < view.depths, colours, view.colours)

    def _shoot(self, view: _View) -> tuple[Packed, NDArray[np.float32]]:
        """Colours and depths of what is visible; they lie in buffers that the next call overwrites."""
        camera, window = self.plotter.camera, self.plotter.render_window
        camera.SetPosition(*view.position_m)
        camera.SetFocalPoint(*view.target_m)
        camera.SetViewUp(*view.up)
        window.Render()
        width, height = self._size
        window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 1, self._bytes)
        window.GetZbufferData(0, 0, width - 1, height - 1, self._floats)
        colours = vtk_to_numpy(self._bytes).reshape(-1).view(np.uint32).reshape(height, width)
        return colours, vtk_to_numpy(self._floats).reshape(height, width)


def _pack(colour: tuple[int, int, int]) -> np.uint32:
    return np.array([*colour, 255], dtype=np.uint8).view(np.uint32)[0]


def _reduce(picture: Picture, block: int) -> Picture:
    """Mean of every ``block`` x ``block`` pixels."""
    if block == 1:
        plain = np.empty_like(picture, order="C")
        for channel in range(3):
            plain[..., channel] = picture[..., channel]
        return plain
    total = np.zeros((picture.shape[0] // block, picture.shape[1] // block, 3), dtype=np.uint16)
    for row in range(block):
        for column in range(block):
            total += picture[row::block, column::block]
    return np.asarray((total + block * block // 2) // (block * block), dtype=np.uint8)
