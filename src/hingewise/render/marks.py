"""Faults that are distances: a back that bulges, a hand that hangs away, knees that fall in.

Red is what was measured, white dashes what it is measured from, yellow the limit where the picture
can show it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hingewise.pose.skeletons import LANDMARKS
from hingewise.render.overlay import OverlayState
from hingewise.render.pen import (
    BASE,
    LIMIT,
    MEASURED,
    draw_curve,
    draw_dashed,
    draw_line,
    fill,
    pen_of,
)
from hingewise.render.sprites import ByteArray
from hingewise.report.proof import Mark
from hingewise.units import FloatArray

TICK_PENS = 3.0
"""Half the length of the tick that shows a limit, in pens."""


def draw_mark(picture: ByteArray, state: OverlayState, mark: Mark, *, limit: float) -> None:
    """Draw a mark onto a picture; what is out of sight is left out.

    Parameters
    ----------
    picture
        Shape (H, W, 3); it is changed.
    state
        Landmarks and outlines in this picture.
    mark
        Which one.
    limit
        Of the measure, in its own unit; NaN for none that the picture could show.
    """
    DRAW[mark](picture, state, limit)


def _draw_back(picture: ByteArray, state: OverlayState, limit: float) -> None:
    """The outline, and what bulges over the shape that it has in standing."""
    del limit  # degrees are not to be seen in an outline
    if state.dorsal_px is None:
        return
    pen_px = pen_of(picture)
    if state.held_px is not None:
        both = np.isfinite(state.dorsal_px).all(axis=1) & np.isfinite(state.held_px).all(axis=1)
        if both.sum() > 1:
            fill(
                picture,
                np.concatenate([state.dorsal_px[both], state.held_px[both][::-1]]),
                MEASURED,
            )
            draw_curve(picture, state.held_px, BASE, max(1, pen_px - 1), every=2)
    draw_curve(picture, state.dorsal_px, MEASURED, pen_px + 1)


def _draw_hand(picture: ByteArray, state: OverlayState, limit: float) -> None:
    """From the leg to the hand, at the height of the hand."""
    del limit  # metres are not known in every picture
    hand, leg = (_near(state, name) for name in ("wrist", "knee"))
    foot, hip = (_near(state, name) for name in ("ankle", "hip"))
    low, high = (leg, hip) if hand[1] < leg[1] else (foot, leg)
    rise = high[1] - low[1]
    share = float(np.clip((hand[1] - low[1]) / rise, 0.0, 1.0)) if rise else 0.0
    at_leg = np.array([low[0] + share * (high[0] - low[0]), hand[1]])
    draw_line(picture, at_leg, hand, MEASURED, pen_of(picture) + 1)


def _draw_height(picture: ByteArray, state: OverlayState, limit: float) -> None:
    """How high the hips are, and how high they should be, of the leg as it is seen."""
    hip, knee, ankle = (_near(state, name) for name in ("hip", "knee", "ankle"))
    leg_px = np.hypot(*(hip - knee)) + np.hypot(*(knee - ankle))
    pen_px, half = pen_of(picture), np.array([0.35 * leg_px, 0.0])
    should = np.array([hip[0], ankle[1] - limit * leg_px])
    draw_dashed(picture, np.array([hip[0], ankle[1]]), hip, BASE, max(1, pen_px - 1))
    draw_line(picture, should - half, should + half, LIMIT, pen_px)
    draw_line(picture, hip - half, hip + half, MEASURED, pen_px + 1)


def _draw_knees(picture: ByteArray, state: OverlayState, limit: float) -> None:
    """The line between the knees, over dashes from the feet, with ticks where the limit is."""
    knees, feet = (_both(state, name) for name in ("knee", "ankle"))
    pen_px = pen_of(picture)
    for foot in feet:
        draw_dashed(
            picture, foot, np.array([foot[0], knees[:, 1].mean()]), BASE, max(1, pen_px - 1)
        )
    middle = np.array([feet[:, 0].mean(), knees[:, 1].mean()])
    for side in (feet - feet.mean(axis=0)) * limit:
        at = middle + np.array([side[0], 0.0])
        up = np.array([0.0, TICK_PENS * pen_px])
        draw_line(picture, at - up, at + up, LIMIT, pen_px)
    draw_line(picture, knees[0], knees[1], MEASURED, pen_px + 1)


def _draw_weight(picture: ByteArray, state: OverlayState, limit: float) -> None:
    """The middle of the body beside the dashes that rise from the middle between the feet."""
    del limit  # it is measured against the lockout
    middle = _both(state, "ankle").mean(axis=0)
    body = np.mean([_both(state, name).mean(axis=0) for name in ("shoulder", "hip")], axis=0)
    pen_px = pen_of(picture)
    at = np.array([middle[0], body[1]])
    draw_dashed(picture, middle, at, BASE, max(1, pen_px - 1))
    draw_line(picture, at, body, MEASURED, pen_px + 1)
    draw_line(picture, middle, body, MEASURED, pen_px)


def _near(state: OverlayState, name: str) -> FloatArray:
    return np.asarray(state.near_px[LANDMARKS.index(name)])


def _both(state: OverlayState, name: str) -> FloatArray:
    """The near and the far one. Shape (2, 2)."""
    row = LANDMARKS.index(name)
    return np.stack([state.near_px[row], state.far_px[row]])


DRAW: dict[Mark, Callable[[ByteArray, OverlayState, float], None]] = {
    "back": _draw_back,
    "hand": _draw_hand,
    "height": _draw_height,
    "knees": _draw_knees,
    "weight": _draw_weight,
}
