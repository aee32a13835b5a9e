"""Rotations in body axes: x = left, -y = front, z = up."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def rotation_x(angle_deg: FloatArray | float) -> FloatArray:
    """Rotation about the left axis; positive tips an upright segment forward. Shape (..., 3, 3)."""
    return _axis_rotation(angle_deg, 0)


def rotation_y(angle_deg: FloatArray | float) -> FloatArray:
    """Rotation about the backward axis. Shape (..., 3, 3)."""
    return _axis_rotation(angle_deg, 1)


def rotation_z(angle_deg: FloatArray | float) -> FloatArray:
    """Rotation about the vertical axis; positive turns to the left. Shape (..., 3, 3)."""
    return _axis_rotation(angle_deg, 2)


def align(source: FloatArray, target: FloatArray) -> FloatArray:
    """Smallest rotation that takes unit vectors ``source`` to ``target``. Shape (..., 3, 3)."""
    source, target = np.broadcast_arrays(source, target)
    axis = np.cross(source, target)
    cosine = np.sum(source * target, axis=-1)[..., None, None]
    cross = np.zeros((*axis.shape[:-1], 3, 3))
    cross[..., 0, 1], cross[..., 0, 2], cross[..., 1, 2] = -axis[..., 2], axis[..., 1], -axis[..., 0]
    cross -= np.swapaxes(cross, -1, -2)
    return np.asarray(np.eye(3) + cross + cross @ cross / (1 + cosine))


def axis_angle(axis: FloatArray, angle_deg: FloatArray | float) -> FloatArray:
    """Rotation of ``angle_deg`` (...) about a unit ``axis`` (..., 3) (Rodrigues). Shape (..., 3, 3)."""
    cross = np.zeros((*axis.shape[:-1], 3, 3))
    cross[..., 0, 1], cross[..., 0, 2], cross[..., 1, 2] = -axis[..., 2], axis[..., 1], -axis[..., 0]
    cross -= np.swapaxes(cross, -1, -2)
    angle_rad = np.deg2rad(np.asarray(angle_deg, dtype=np.float64))[..., None, None]
    return np.asarray(np.eye(3) + np.sin(angle_rad) * cross + (1 - np.cos(angle_rad)) * cross @ cross)


def unit(vector: FloatArray) -> FloatArray:
    """``vector`` scaled to length one along the last axis."""
    return np.asarray(vector / np.linalg.norm(vector, axis=-1, keepdims=True))


def inclination_deg(distal_m: FloatArray, proximal_m: FloatArray) -> FloatArray:
    """Sagittal angle of distal -> proximal from vertical; positive when the proximal end leans forward."""
    segment = np.asarray(proximal_m) - np.asarray(distal_m)
    return np.asarray(np.rad2deg(np.arctan2(-segment[..., 1], segment[..., 2])))


def _axis_rotation(angle_deg: FloatArray | float, axis: int) -> FloatArray:
    angle_rad = np.deg2rad(np.asarray(angle_deg, dtype=np.float64))
    i, j = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.zeros((*angle_rad.shape, 3, 3))
    matrix[..., axis, axis] = 1.0
    matrix[..., i, i] = matrix[..., j, j] = np.cos(angle_rad)
    matrix[..., i, j], matrix[..., j, i] = -np.sin(angle_rad), np.sin(angle_rad)
    return matrix
