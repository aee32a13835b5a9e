"""Pinhole camera beside the lifter; its pixels agree with the rendered ones."""

from dataclasses import dataclass

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray, rotation_z, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Level camera at ``distance_m`` from the lifter, looking at ``(0, -look_forward_m, height_m)``.

    ``yaw_deg`` 0 is the true side view of the right side; positive moves the camera towards the lifter's front.
    """

    yaw_deg: float = 0.0
    distance_m: float = 3.5
    height_m: float = 0.95
    look_forward_m: float = -0.14
    look_height_m: float = 0.92
    vertical_field_deg: float = 39.0
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

    def project_px(self, points_m: FloatArray) -> FloatArray:
        """Pixel positions of world points, shape (..., 2): x right, y down, origin at the outer top left corner."""
        depth_axis = unit(self.target_m - self.position_m)
        right_axis = unit(np.cross(depth_axis, np.array([0.0, 0.0, 1.0])))
        down_axis = np.cross(depth_axis, right_axis)
        relative = np.asarray(points_m) - self.position_m
        depth_m = relative @ depth_axis
        x_px = self.width_px / 2 + self.focal_px * (relative @ right_axis) / depth_m
        y_px = self.height_px / 2 + self.focal_px * (relative @ down_axis) / depth_m
        return np.stack([x_px, y_px], axis=-1)
