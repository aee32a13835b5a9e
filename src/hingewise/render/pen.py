"""Lines, dashes and shades of a proof, in one hand."""

from __future__ import annotations

import cv2
import numpy as np

from hingewise.render.palette import Rgb
from hingewise.render.sprites import ByteArray
from hingewise.units import FloatArray

MEASURED: Rgb = (255, 92, 66)
LIMIT: Rgb = (255, 214, 64)
BASE: Rgb = (255, 255, 255)
CASING: Rgb = (16, 20, 24)

PEN_SHARE = 1.0 / 90.0
"""Width of a line, of the picture's width."""

N_DASHES = 9
SHADE = 0.35


def pen_of(picture: ByteArray) -> int:
    """Width of the lines in a picture. [px]"""
    return max(2, round(float(picture.shape[1]) * PEN_SHARE))


def draw_line(
    picture: ByteArray, start: FloatArray, end: FloatArray, rgb: Rgb, pen_px: int
) -> None:
    """Draw a line, unless an end is not seen."""
    if np.isfinite([*start, *end]).all():
        (x0, y0), (x1, y1) = (np.round(point).astype(int).tolist() for point in (start, end))
        cv2.line(picture, (x0, y0), (x1, y1), rgb, pen_px, cv2.LINE_AA)


def draw_dashed(
    picture: ByteArray, start: FloatArray, end: FloatArray, rgb: Rgb, pen_px: int
) -> None:
    """Draw a dashed line, from a dash to a dash."""
    for step in range(0, N_DASHES, 2):
        shares = (step / N_DASHES, (step + 1) / N_DASHES)
        part = [start + (end - start) * share for share in shares]
        draw_line(picture, part[0], part[1], rgb, pen_px)


def draw_curve(
    picture: ByteArray, points_px: FloatArray, rgb: Rgb, pen_px: int, *, every: int = 1
) -> None:
    """Draw the pieces between points (N, 2), or every so many of them."""
    for start, end in zip(points_px[:-1:every], points_px[1::every], strict=False):
        draw_line(picture, start, end, rgb, pen_px)


def fill(picture: ByteArray, corners_px: FloatArray, rgb: Rgb) -> None:
    """Shade a polygon (N, 2)."""
    layer = picture.copy()
    cv2.fillPoly(layer, [np.round(corners_px).astype(np.int32)], rgb)
    picture[:] = cv2.addWeighted(layer, SHADE, picture, 1.0 - SHADE, 0.0)
