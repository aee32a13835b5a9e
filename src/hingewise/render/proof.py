"""A fault drawn onto a picture: the measured line, its base, the limit between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from hingewise.pose.skeletons import LANDMARKS
from hingewise.render.marks import draw_mark
from hingewise.render.overlay import OverlayState
from hingewise.render.palette import Rgb
from hingewise.render.pen import BASE, LIMIT, MEASURED, draw_dashed, draw_line, fill, pen_of
from hingewise.render.sprites import ByteArray
from hingewise.report.proof import UP, Lines, Proof
from hingewise.units import FloatArray

PANEL: Rgb = (16, 20, 24)

TEXT_SHARE = 0.052
"""Height of the words, of the picture's width: readable where a picture is a few centimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rays:
    """Directions from a vertex (unit vectors, y down), and how long to draw them."""

    vertex: FloatArray
    base: FloatArray
    measured: FloatArray
    limit: FloatArray | None
    length_px: float


def draw_proof(rgb: ByteArray, state: OverlayState, proof: Proof, *, forward: float) -> ByteArray:
    """Return a copy of a picture with what proves a fault drawn on it.

    Parameters
    ----------
    rgb
        Shape (H, W, 3).
    state
        Landmarks and outlines in this picture.
    proof
        What to show.
    forward
        1 where the lifter faces right in the picture, -1 where left.
    """
    picture = np.ascontiguousarray(rgb).copy()
    rays = None if proof.lines is None else _find_rays(state.near_px, proof, proof.lines, forward)
    if rays is not None:
        _draw_rays(picture, rays)
    if proof.mark:
        draw_mark(picture, state, proof.mark, limit=proof.limit)
    return _write(picture, proof.label)


def _find_rays(near_px: FloatArray, proof: Proof, lines: Lines, forward: float) -> _Rays | None:
    """Where the lines lie; None where a landmark is out of sight."""
    at = dict(zip(LANDMARKS, near_px, strict=True))
    vertex, end = at[lines.vertex], at[lines.end]
    base = np.array([0.0, -1.0]) if lines.base == UP else _unit(vertex - at[lines.base])
    if lines.towards:
        base = -base
    measured = _unit(end - vertex)
    if not np.isfinite([*vertex, *base, *measured]).all():
        return None
    limit = None
    if lines.at_limit:
        turned = proof.limit
        if lines.limit_of_hips:
            turned *= _bend_deg(at)
        # Clockwise where the lifter faces right; from a line that hangs down, the other way.
        limit = _turn(base, (-forward if lines.towards else forward) * turned)
    length_px = 1.15 * float(np.hypot(*(end - vertex)))
    return _Rays(vertex=vertex, base=base, measured=measured, limit=limit, length_px=length_px)


def _bend_deg(at: dict[str, FloatArray]) -> float:
    """How far the hips are bent in the picture."""
    trunk, thigh = _unit(at["shoulder"] - at["hip"]), _unit(at["hip"] - at["knee"])
    return float(np.degrees(np.arccos(np.clip(trunk @ thigh, -1.0, 1.0))))


def _draw_rays(picture: ByteArray, rays: _Rays) -> None:
    pen_px = pen_of(picture)
    tips = {
        name: rays.vertex + rays.length_px * direction
        for name, direction in (("base", rays.base), ("limit", rays.limit), ("m", rays.measured))
        if direction is not None
    }
    if rays.limit is not None:
        fill(picture, np.array([rays.vertex, tips["limit"], tips["m"]]), MEASURED)
        draw_line(picture, rays.vertex, tips["limit"], LIMIT, pen_px)
    draw_dashed(picture, rays.vertex, tips["base"], BASE, max(1, pen_px - 1))
    draw_line(picture, rays.vertex, tips["m"], MEASURED, pen_px + 1)


def _write(picture: ByteArray, label: str) -> ByteArray:
    """The label on a dark panel in the lower left corner."""
    image = Image.fromarray(picture)
    draw = ImageDraw.Draw(image)
    size = max(11, round(TEXT_SHARE * image.width))
    font = ImageFont.load_default(size)
    pad = size // 2
    left, top, right, bottom = draw.textbbox((0, 0), label, font=font)
    height = bottom - top + 2 * pad
    draw.rectangle((0, image.height - height, right - left + 2 * pad, image.height), fill=PANEL)
    draw.text((pad - left, image.height - height + pad - top), label, font=font, fill=BASE)
    return np.asarray(image, dtype=np.uint8)


def _turn(direction: FloatArray, clockwise_deg: float) -> FloatArray:
    """A direction turned, as seen in a picture (y down)."""
    angle = np.radians(clockwise_deg)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array(
        [cos * direction[0] - sin * direction[1], sin * direction[0] + cos * direction[1]]
    )


def _unit(vector: FloatArray) -> FloatArray:
    length = float(np.hypot(*vector))
    return vector / length if length > 0 else np.full(2, np.nan)
