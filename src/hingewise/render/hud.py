"""The panel in the corner of the film: counter, phase, angles and depth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.render.palette import PANEL, TEXT, TEXT_FAINT, Rgb
from hingewise.render.sprites import ByteArray, blend, panel_mask, text_mask
from hingewise.units import FloatArray

NO_READING = "-"
"""The drawn font has neither a true dash nor a true minus sign."""

CORNERS: tuple[str, ...] = ("top_left", "top_right", "bottom_left", "bottom_right")

_PANEL_OPACITY = 214
_WIDTH_UNITS = 9.6
_ROW_UNITS = 1.35
_HEADER_UNITS = 2.5
_DEPTH_UNITS = 1.3
_PADDING_UNITS = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class HudAngle:
    """One angle; NaN shows as a dash."""

    label: str
    value_deg: float
    rgb: Rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class Hud:
    """What the panel says.

    ``counter`` is the large number, ``total`` what stands under the phase, ``depth_fraction``
    how deep the lifter is between standing (0) and the bottom (1), NaN where that is not known.
    """

    counter: str
    total: str
    phase: str
    angles: tuple[HudAngle, ...]
    depth_fraction: float
    corner: str = "top_left"


def text_size_px(size_px: tuple[int, int]) -> int:
    """Text that can be read on a phone: a share of the picture's shorter side."""
    return max(11, round(min(size_px) / 29))


def panel_size_px(size_px: tuple[int, int], n_angles: int) -> tuple[int, int]:
    """Width and height of the panel in a picture of this size."""
    unit = text_size_px(size_px)
    height = _HEADER_UNITS + n_angles * _ROW_UNITS + _DEPTH_UNITS + 2 * _PADDING_UNITS
    return round(_WIDTH_UNITS * unit), round(height * unit)


def choose_corner(points_px: FloatArray, size_px: tuple[int, int], n_angles: int) -> str:
    """Return the corner whose panel covers the fewest of the lifter's points.

    Parameters
    ----------
    points_px
        Every point of the lifter in the whole film; NaN rows are left out. Shape (N, 2).
    size_px
        Width and height of the picture.
    n_angles
        Rows of the panel.
    """
    points = points_px[np.isfinite(points_px).all(axis=1)]
    panel = np.array(panel_size_px(size_px, n_angles), dtype=np.float64)
    covered = []
    for corner in CORNERS:
        low = np.array(_origin(corner, size_px, n_angles), dtype=np.float64)
        inside = (points >= low) & (points <= low + panel)
        covered.append(int(inside.all(axis=1).sum()))
    return CORNERS[int(np.argmin(covered))]


def draw_hud(frame: ByteArray, hud: Hud) -> None:
    """Draw the panel into ``frame`` (changed in place)."""
    size = (frame.shape[1], frame.shape[0])
    unit = text_size_px(size)
    width, height = panel_size_px(size, len(hud.angles))
    left, top = _origin(hud.corner, size, len(hud.angles))
    blend(frame, panel_mask(width, height, round(0.5 * unit), _PANEL_OPACITY), left, top, PANEL)
    pad = round(_PADDING_UNITS * unit)
    x, y, inner = left + pad, top + pad, width - 2 * pad
    _draw_header(frame, hud, x, y, unit)
    y += round(_HEADER_UNITS * unit)
    for angle in hud.angles:
        _draw_angle(frame, angle, (x, y), inner, unit)
        y += round(_ROW_UNITS * unit)
    _draw_depth(frame, hud.depth_fraction, (x, y), inner, unit)


def _origin(corner: str, size_px: tuple[int, int], n_angles: int) -> tuple[int, int]:
    width, height = panel_size_px(size_px, n_angles)
    margin = round(0.5 * text_size_px(size_px))
    x = margin if corner.endswith("left") else size_px[0] - width - margin
    y = margin if corner.startswith("top") else size_px[1] - height - margin
    return x, y


def _draw_header(frame: ByteArray, hud: Hud, x: int, y: int, unit: int) -> None:
    counter = text_mask(hud.counter or NO_READING, round(2.2 * unit), bold=True)
    blend(frame, counter, x, y - round(0.45 * unit), TEXT)
    beside = x + counter.shape[1] + round(0.5 * unit)
    blend(frame, text_mask(hud.phase, unit, bold=True), beside, y - round(0.05 * unit), TEXT)
    small = max(10, round(0.8 * unit))
    blend(frame, text_mask(hud.total, small), beside, y + round(1.1 * unit), TEXT_FAINT)


def _draw_angle(
    frame: ByteArray, angle: HudAngle, at: tuple[int, int], inner_px: int, unit: int
) -> None:
    x, y = at
    bar = max(2, round(0.22 * unit))
    frame[y + round(0.2 * unit) : y + round(1.05 * unit), x : x + bar] = angle.rgb
    blend(frame, text_mask(angle.label, unit), x + round(0.55 * unit), y, TEXT_FAINT)
    known = bool(np.isfinite(angle.value_deg))
    text = f"{round(angle.value_deg) + 0}°" if known else NO_READING
    value = text_mask(text, unit, bold=True)
    blend(frame, value, x + inner_px - value.shape[1], y, TEXT if known else TEXT_FAINT)


def _draw_depth(
    frame: ByteArray, depth_fraction: float, at: tuple[int, int], inner_px: int, unit: int
) -> None:
    """A bar that fills as the lifter goes down; left out where the depth is not known."""
    if not np.isfinite(depth_fraction):
        return
    x, y = at
    label = text_mask("Depth", max(10, round(0.8 * unit)))
    blend(frame, label, x, y + round(0.3 * unit), TEXT_FAINT)
    start = x + round(2.9 * unit)
    end = x + inner_px
    low, high = y + round(0.6 * unit), y + round(1.0 * unit)
    frame[low:high, start:end] //= 2
    filled = start + round(float(np.clip(depth_fraction, 0.0, 1.0)) * (end - start))
    frame[low:high, start:filled] = TEXT
