"""Quiet standing, from which joint angles are measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from hingewise.kinematics.conventions import JOINTS
from hingewise.kinematics.series import StandingZero
from hingewise.signal.derivative import differentiate
from hingewise.signal.events import find_holds
from hingewise.signal.filtering import smooth
from hingewise.units import BoolArray, FloatArray, wrap_deg

QUIET_RATE_DEG_S = 20.0
QUIET_CUTOFF_HZ = 2.0
QUIET_MIN_S = 0.4
STANDING_MAX_TRUNK_DEG = 25.0
STANDING_MAX_BEND_DEG = 35.0
"""Quiet standing: the hips turn no faster (below a cut-off that noise does not pass), trunk and
joints are no further from upright than this."""

LOCKOUT_MAX_BEND_DEG = 15.0
"""Who is only seen to stand after the last repetition, and more bent than this, may not have come
up: that would hide a lockout that is never reached."""

FOOT_MAX_TILT_DEG = 45.0
"""Feet on the floor that point as during the set: who has turned round is seen mirrored."""

UPRIGHT_TRUNK_DEG = (-10.0, 12.0)
UPRIGHT_RATE_DEG_S = 40.0
UPRIGHT_WITHIN_DEG = 8.0
"""At a lockout the trunk stands upright between these, turns no faster, and the hips are within so
much of as straight as they get there."""

STRAIGHTEST_SHARE = 0.2
"""How straight hips get is what they are in this share of the frames, or straighter."""

WORK_BEND_DEG = 45.0
"""A bend of this size is work: quiet standing lies before the first or after the last of it."""


def find_standing(
    time_s: FloatArray, angle: Mapping[str, FloatArray], hip_bend_deg: FloatArray
) -> StandingZero:
    """Find quiet standing before the work, or after it, and the angles there.

    Lockouts between repetitions do not count: a lockout that is never reached would hide itself.
    Feet count as they point now, however often they turned round on the way. Knees and feet that a
    bar hides do not speak against standing: the hips as they are seen in space stand in.
    """
    needed = ("trunk_thigh_flexion", "knee_flexion", "trunk_inclination", "foot_inclination")
    bend, knee, trunk, foot = (angle[name] for name in needed)
    bend = np.where(np.isfinite(bend), bend, hip_bend_deg)
    rate = np.abs(differentiate(time_s, smooth(time_s, bend, cutoff_hz=QUIET_CUTOFF_HZ)))
    with np.errstate(invalid="ignore"):
        quiet = (
            (rate < QUIET_RATE_DEG_S)
            & (np.abs(trunk) < STANDING_MAX_TRUNK_DEG)
            & (np.abs(bend) < STANDING_MAX_BEND_DEG)
            & ~(np.abs(knee) > STANDING_MAX_BEND_DEG)
            & ~(np.abs(wrap_deg(foot + 90.0)) > FOOT_MAX_TILT_DEG)
        )
        work = np.flatnonzero(bend > WORK_BEND_DEG)
    first, last = (int(work[0]), int(work[-1])) if work.size else (time_s.size, -1)
    outside = np.arange(time_s.size)
    quiet &= (outside < first) | (outside > last)
    holds = find_holds(time_s, quiet, min_duration_s=QUIET_MIN_S)
    if not holds:
        return StandingZero(start_s=float("nan"), end_s=float("nan"), angle_deg={})
    start, end = max(holds, key=lambda hold: time_s[hold[1] - 1] - time_s[hold[0]])
    if start > last and np.nanmedian(bend[start:end]) > LOCKOUT_MAX_BEND_DEG:
        return StandingZero(start_s=float("nan"), end_s=float("nan"), angle_deg={})
    span = StandingZero(start_s=float(time_s[start]), end_s=float(time_s[end - 1]), angle_deg={})
    return zero_in(span, time_s, angle)


def find_upright(
    time_s: FloatArray, angle: Mapping[str, FloatArray], hip_bend_deg: FloatArray
) -> BoolArray:
    """Frames in which the lifter stands upright, lockouts included. Shape (T,).

    For the shape of a back that is enough, where no quiet standing is shown: a lockout that stays
    short of straight by a few degrees changes the hips' zero, and hardly the back.
    """
    trunk = angle["trunk_inclination"]
    rate = np.abs(differentiate(time_s, smooth(time_s, trunk, cutoff_hz=QUIET_CUTOFF_HZ)))
    lowest, highest = UPRIGHT_TRUNK_DEG
    with np.errstate(invalid="ignore"):
        upright = (
            ((trunk > lowest) & (trunk < highest) & (rate < UPRIGHT_RATE_DEG_S))
            & ~(np.abs(angle["knee_flexion"]) > STANDING_MAX_BEND_DEG)
            & ~(np.abs(wrap_deg(angle["foot_inclination"] + 90.0)) > FOOT_MAX_TILT_DEG)
            & np.isfinite(hip_bend_deg)
        )
        if not upright.any():
            return np.asarray(upright)
        straight_deg = np.quantile(hip_bend_deg[upright], STRAIGHTEST_SHARE)
        return np.asarray(upright & (np.abs(hip_bend_deg - straight_deg) < UPRIGHT_WITHIN_DEG))


def standing_rows(standing: StandingZero, time_s: FloatArray) -> BoolArray:
    """Frames of the quiet standing; none where there is none."""
    return np.asarray((time_s >= standing.start_s) & (time_s <= standing.end_s), dtype=np.bool_)


def zero_in(
    standing: StandingZero, time_s: FloatArray, angle: Mapping[str, FloatArray]
) -> StandingZero:
    """The same standing with what these angles are in it, of the joints that are seen."""
    rows = standing_rows(standing, time_s)
    names = [
        joint.name
        for joint in JOINTS
        if joint.zeroed and np.isfinite(angle[joint.name][rows]).any()
    ]
    zero = {name: float(np.nanmedian(angle[name][rows])) for name in names}
    return replace(standing, angle_deg=zero)
