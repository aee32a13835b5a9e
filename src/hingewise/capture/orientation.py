"""Which way up a film's pictures are shown, and the map from upright pixels to stored samples.

Integer coordinates are the middles of pixels, in the upright picture and in the stored one, so a
turned or mirrored film is measured at the very same samples as the film it was made from.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from av.video.frame import VideoFrame

from hingewise.units import FloatArray


def read_orientation(frame: VideoFrame) -> FloatArray:
    """Nearest quarter turn or mirror image that the display matrix asks for. Shape (2, 2).

    It turns a stored direction into an upright one; entries are -1, 0 and 1. A matrix that is no
    quarter turn (or shows nothing) is left out.
    """
    table: Any = frame.side_data
    for data in table:
        if data.type.name == "DISPLAYMATRIX":
            raw = np.frombuffer(data, np.int32)[:9].reshape(3, 3).astype(np.float64)
            linear = raw[:2, :2].T
            signs = np.where(np.abs(linear) > np.abs(linear).max() / 2, np.sign(linear), 0.0)
            if abs(np.linalg.det(signs)) == 1:
                return signs
    return np.eye(2)


def rotation_deg(orientation: FloatArray) -> int:
    """Clockwise turn of the upright picture against the stored one: 0, 90, 180 or 270."""
    return round(float(np.degrees(np.arctan2(orientation[1, 0], orientation[0, 0])))) % 360


def upright_size_px(
    stored_px: tuple[int, int], pixel_aspect: float, orientation: FloatArray
) -> tuple[int, int]:
    """Size of the upright picture with square pixels; its stored height is kept."""
    square = np.array([stored_px[0] * pixel_aspect, float(stored_px[1])])
    width, height = np.abs(orientation @ square)
    return max(1, round(float(width))), max(1, round(float(height)))


def stored_from_upright(
    orientation: FloatArray, upright_px: tuple[int, int], stored_px: tuple[int, int]
) -> FloatArray:
    """Affine (2, 3) from upright pixels to stored samples; both pictures fill their frames.

    Examples
    --------
    >>> stored_from_upright(-np.eye(2), (4, 2), (4, 2)) @ np.array([0.0, 0.0, 1.0])
    array([3., 1.])
    """
    inverse = orientation.T
    upright = np.asarray(upright_px, dtype=np.float64)
    stored = np.asarray(stored_px, dtype=np.float64)
    scale = stored / np.abs(inverse @ upright)
    linear = scale[:, np.newaxis] * inverse
    offset = (stored - 1.0) / 2.0 - linear @ ((upright - 1.0) / 2.0)
    return np.column_stack([linear, offset])
