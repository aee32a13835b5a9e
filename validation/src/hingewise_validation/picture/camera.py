"""Pinhole camera beside the lifter; its pixels agree with the rendered ones."""

from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray, rotation_z, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Camera at ``distance_m`` from the lifter, looking at ``(0, -look_forward_m, look_height_m)``.

    ``yaw_deg`` 0 is the true side view of the right side; positive moves the camera towards the lifter's front.
    ``height_m`` other than ``look_height_m`` tips the camera. ``roll_deg`` turns it about its axis; positive: upright
    things lean to the right in the picture. ``mirrored`` flips the finished picture left to right, so the lifter faces
    left and seems to show the left side (what leaned right then leans left).
    """

    yaw_deg: float = 0.0
    distance_m: float = 3.5
    height_m: float = 0.95
    look_forward_m: float = -0.14
    look_height_m: float = 0.92
    vertical_field_deg: float = 39.0
    roll_deg: float = 0.0
    mirrored: bool = False
    width_px: int = 480
    height_px: int = 640

    @property
    def target_m(self) -> FloatArray:
        """Point in the middle of the picture."""
        return np.array([0.0, -self.look_forward_m, self.look_height_m])

    @property
    def position_m(self) -> FloatArray:
        """Place of the camera."""
        offset = rotation_z(self.yaw_deg) @ np.array([-self.distance_m, 0.0, 0.0])
        return np.asarray(self.target_m * np.array([1, 1, 0]) + offset + np.array([0.0, 0.0, self.height_m]))

    @property
    def focal_px(self) -> float:
        """Focal length; pixels are square."""
        return float(self.height_px / 2 / np.tan(np.deg2rad(self.vertical_field_deg) / 2))

    @property
    def axes(self) -> FloatArray:
        """Unit vectors to the right, down and into the picture before it is mirrored, as rows. Shape (3, 3)."""
        depth = unit(self.target_m - self.position_m)
        level = unit(np.cross(depth, np.array([0.0, 0.0, 1.0])))
        steep = np.cross(depth, level)
        cosine, sine = np.cos(np.deg2rad(self.roll_deg)), np.sin(np.deg2rad(self.roll_deg))
        return np.stack([cosine * level - sine * steep, sine * level + cosine * steep, depth])

    def project_px(self, points_m: FloatArray) -> FloatArray:
        """Pixel positions of world points, shape (..., 2): x right, y down, origin at the outer top left corner."""
        across_m, down_m, depth_m = np.moveaxis((np.asarray(points_m) - self.position_m) @ self.axes.T, -1, 0)
        x_px = self.width_px / 2 + self.focal_px * across_m / depth_m
        y_px = self.height_px / 2 + self.focal_px * down_m / depth_m
        return np.stack([self.width_px - x_px if self.mirrored else x_px, y_px], axis=-1)
