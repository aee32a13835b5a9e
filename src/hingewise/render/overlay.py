"""What was measured, drawn onto a frame: skeleton, outline of the back, and a panel in a corner.

Only what is known in this very frame is drawn: a point that is NaN leaves a gap, never an old line.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from hingewise.errors import ShapeError
from hingewise.pose.skeletons import DRAWN_SEGMENTS, LANDMARKS
from hingewise.render.hud import Hud, draw_hud
from hingewise.render.palette import BONE, CASING, FAR_SIDE, Rgb, trace_colour
from hingewise.render.sprites import ByteArray
from hingewise.units import FloatArray

_SHIFT = 3
_FAR_OPACITY = 0.45

_SEGMENT_COLOURS: dict[tuple[str, str], Rgb] = {
    ("shoulder", "hip"): trace_colour("trunk_inclination").on_film,
}
_JOINT_COLOURS: dict[str, Rgb] = {
    "hip": trace_colour("trunk_thigh_flexion").on_film,
    "knee": trace_colour("knee_flexion").on_film,
}
_DORSAL_COLOUR = trace_colour("lumbar_flexion").on_film


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OverlayState:
    """Everything to be drawn on one frame, in pixels of that frame.

    Attributes
    ----------
    near_px, far_px
        Landmarks of the near and the far side, in the order of ``LANDMARKS``. Shape (L, 2).
    dorsal_px
        Outline of the back from shoulder to hip, or None. Shape (C, 2).
    held_px
        Where that outline would be if the back had kept the shape of standing, or None. Only a
        proof shows it. Shape (C, 2).
    hud
        The panel, or None for a picture without one.
    line_scale
        How much thicker than usual lines are, for pictures that are shown small.
    """

    near_px: FloatArray
    far_px: FloatArray
    dorsal_px: FloatArray | None = None
    held_px: FloatArray | None = None
    hud: Hud | None = None
    line_scale: float = 1.0

    def __post_init__(self) -> None:
        for name in ("near_px", "far_px"):
            shape = getattr(self, name).shape
            if shape != (len(LANDMARKS), 2):
                raise ShapeError(f"{name}: expected ({len(LANDMARKS)}, 2), got {shape}")


def draw_frame(rgb: ByteArray, state: OverlayState) -> ByteArray:
    """Return a copy of the frame with everything drawn on it.

    Parameters
    ----------
    rgb
        Upright picture. Shape (H, W, 3).
    state
        What to draw, in pixels of this picture.
    """
    frame = np.ascontiguousarray(rgb).copy()
    pen_px = max(2, round(state.line_scale * min(frame.shape[:2]) / 170))
    _draw_far_side(frame, state.far_px, pen_px)
    if state.dorsal_px is not None:
        _draw_polyline(frame, state.dorsal_px, pen_px)
    _draw_near_side(frame, state.near_px, pen_px)
    if state.hud is not None:
        draw_hud(frame, state.hud)
    return frame


def _segments(points_px: FloatArray) -> list[tuple[tuple[str, str], FloatArray, FloatArray]]:
    """Pairs of points of which both were observed."""
    lines = []
    for pair in DRAWN_SEGMENTS:
        start, end = (points_px[LANDMARKS.index(name)] for name in pair)
        if np.isfinite(start).all() and np.isfinite(end).all():
            lines.append((pair, start, end))
    return lines


def _draw_near_side(frame: ByteArray, points_px: FloatArray, pen_px: int) -> None:
    lines = _segments(points_px)
    for _, start, end in lines:
        _line(frame, start, end, CASING, pen_px + 2)
    for pair, start, end in lines:
        _line(frame, start, end, _SEGMENT_COLOURS.get(pair, BONE), pen_px)
    for name, point in zip(LANDMARKS, points_px, strict=True):
        if np.isfinite(point).all():
            radius = pen_px * (1.7 if name in _JOINT_COLOURS else 1.1)
            _dot(frame, point, CASING, radius + 1.5)
            _dot(frame, point, _JOINT_COLOURS.get(name, BONE), radius)


def _draw_far_side(frame: ByteArray, points_px: FloatArray, pen_px: int) -> None:
    """Thin, see-through lines: the far side is only guessed by the network."""
    lines = _segments(points_px)
    if not lines:
        return
    ends = np.array([point for _, *both in lines for point in both])
    height, width = frame.shape[:2]
    low = np.clip(np.floor(ends.min(axis=0)) - pen_px, 0, (width, height)).astype(int)
    high = np.clip(np.ceil(ends.max(axis=0)) + pen_px, 0, (width, height)).astype(int)
    if (high <= low).any():
        return
    part = frame[low[1] : high[1], low[0] : high[0]]
    layer = part.copy()
    for _, start, end in lines:
        _line(layer, start - low, end - low, FAR_SIDE, max(1, pen_px - 1))
    part[:] = cv2.addWeighted(layer, _FAR_OPACITY, part, 1.0 - _FAR_OPACITY, 0.0)


def _draw_polyline(frame: ByteArray, points_px: FloatArray, pen_px: int) -> None:
    """A line through the points, broken where one was not observed."""
    runs = [_fixed(run).reshape(-1, 1, 2) for run in _observed_runs(points_px)]
    for colour, width in ((CASING, pen_px + 2), (_DORSAL_COLOUR, pen_px)):
        cv2.polylines(frame, runs, False, colour, width, cv2.LINE_AA, _SHIFT)


def _observed_runs(points_px: FloatArray) -> list[FloatArray]:
    observed = np.isfinite(points_px).all(axis=1)
    cuts = np.flatnonzero(np.diff(observed.astype(np.int8))) + 1
    runs = np.split(points_px, cuts)
    return [run for run in runs if len(run) > 1 and np.isfinite(run[0]).all()]


def _fixed(points_px: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    """Sub-pixel coordinates as OpenCV takes them; far-off points stay within its range."""
    fixed = np.clip(np.round(points_px * 2**_SHIFT), -(2**20), 2**20)
    return np.asarray(fixed, dtype=np.int32)


def _line(frame: ByteArray, start: FloatArray, end: FloatArray, rgb: Rgb, width_px: int) -> None:
    (x0, y0), (x1, y1) = _fixed(start).tolist(), _fixed(end).tolist()
    cv2.line(frame, (x0, y0), (x1, y1), rgb, width_px, cv2.LINE_AA, _SHIFT)


def _dot(frame: ByteArray, point: FloatArray, rgb: Rgb, radius_px: float) -> None:
    x, y = _fixed(point).tolist()
    cv2.circle(frame, (x, y), round(radius_px * 2**_SHIFT), rgb, -1, cv2.LINE_AA, _SHIFT)
