"""The square region of the picture that the landmark model looks at.

A region is ``(centre_x, centre_y, size, rotation)`` in upright picture pixels and radians; the
rotation turns the body upright inside the region, and a mirrored region exchanges left and right.
Geometry after BlazePose (Bazarevsky 2020): the centre is the middle of the hips, the radius reaches
the point that encircles the whole body.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from hingewise.units import FloatArray

REGION_SCALE = 1.25
"""Margin around the body circle, as the landmark model was trained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A rotated, perhaps mirrored square in the upright picture."""

    centre_x_px: float
    centre_y_px: float
    size_px: float
    rotation_rad: float
    mirrored: bool = False

    def to_picture(self) -> FloatArray:
        """Affine map (2, 3) from the unit square ``[0, 1)`` of the region to picture pixels."""
        half = self.size_px / 2
        cos, sin = math.cos(self.rotation_rad) * half, math.sin(self.rotation_rad) * half
        side = -1.0 if self.mirrored else 1.0
        x, y = self.centre_x_px - cos * side + sin, self.centre_y_px - sin * side - cos
        return np.array([[2 * cos * side, -2 * sin, x], [2 * sin * side, 2 * cos, y]])

    def turned_over(self) -> Region:
        """Return the same square for a body whose head is where the feet were thought to be."""
        return replace(self, rotation_rad=self.rotation_rad + math.pi)

    def distance_to(self, other: Region) -> float:
        """Distance of the two middles of the hips, as a share of the larger region."""
        distance = math.hypot(
            self.centre_x_px - other.centre_x_px, self.centre_y_px - other.centre_y_px
        )
        return distance / max(self.size_px, other.size_px, 1e-9)


def region_from_circle(
    centre_x_px: float,
    centre_y_px: float,
    edge_x_px: float,
    edge_y_px: float,
    *,
    mirrored: bool = False,
) -> Region:
    """Return the region of a body whose circle has this centre and passes through this point.

    The point lies above the head along the body axis, so its direction gives the rotation.
    """
    dx, dy = edge_x_px - centre_x_px, edge_y_px - centre_y_px
    rotation = math.pi / 2 - math.atan2(-dy, dx)
    rotation -= 2 * math.pi * math.floor((rotation + math.pi) / (2 * math.pi))
    return Region(
        centre_x_px=centre_x_px,
        centre_y_px=centre_y_px,
        size_px=2 * math.hypot(dx, dy) * REGION_SCALE,
        rotation_rad=rotation,
        mirrored=mirrored,
    )
