"""Camera roll, from the lifter's own upright standing."""

from __future__ import annotations

import numpy as np

from hingewise.pose.body import middle_px
from hingewise.pose.track import PoseTrack

STANDING_LEAN_DEG = 1.5
"""People stand with the shoulders a little in front of the ankles: the body's line of gravity falls
in front of the ankle joint. The rendered lifter leans 1.4 degrees so."""

ROLL_SD_DEG = 2.5
"""Spread of that lean among people."""


def estimate_roll(track: PoseTrack, start_s: float, end_s: float, *, facing: str) -> float:
    """Tilt of the picture while the lifter stands quietly.

    Parameters
    ----------
    track
        The lifter.
    start_s, end_s
        Quiet standing; NaN where there is none.
    facing
        ``left`` or ``right``: where the natural lean goes; anything else leaves it out.

    Returns
    -------
    Degrees by which upright things lean to the right in the picture; NaN without standing. [deg]
    """
    standing = (track.time_s >= start_s) & (track.time_s <= end_s)
    if not standing.any():
        return float("nan")
    upward = (middle_px(track, "shoulder") - middle_px(track, "ankle"))[standing]
    lean = np.degrees(np.arctan2(upward[:, 0], -upward[:, 1]))
    if not np.isfinite(lean).any():
        return float("nan")
    natural = {"right": STANDING_LEAN_DEG, "left": -STANDING_LEAN_DEG}.get(facing, 0.0)
    return float(np.nanmedian(lean)) - natural
