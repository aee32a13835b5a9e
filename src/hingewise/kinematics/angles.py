"""Angles of segments and joints in the sagittal plane, and the standing they are measured from."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hingewise.kinematics.conventions import JOINTS, REPORTED, SEGMENTS
from hingewise.kinematics.lumbar import compute_back_bend
from hingewise.kinematics.series import Kinematics, StandingZero
from hingewise.pose.roll import Vertical, estimate_vertical
from hingewise.pose.sagittal import SagittalTrack
from hingewise.signal.derivative import differentiate
from hingewise.signal.events import find_holds
from hingewise.signal.filtering import remove_spikes, smooth
from hingewise.signal.gaps import bridge_gaps
from hingewise.units import FloatArray, wrap_deg

SPIKE_HALF_WIDTH_S = 0.1

MAX_OUTLINE_GAP_S = 0.25
"""Between outlines no further apart than this the bend of the back follows a straight line."""

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

WORK_BEND_DEG = 45.0
"""A bend of this size is work: quiet standing lies before the first or after the last of it."""

BASE_SD_DEG = {
    "trunk_inclination": 4.0,
    "thigh_inclination": 4.0,
    "shank_inclination": 5.0,
    "head_inclination": 8.0,
    "trunk_thigh_flexion": 8.0,
    "knee_flexion": 6.0,
    "ankle_dorsiflexion": 10.0,
    "elbow_flexion": 10.0,
    "lumbar_flexion": 10.0,
}
"""Targets for a side view (BIOMECHANICS 1a, last line); lumbar from the rendered films."""

NO_ZERO_FACTOR = 1.5
"""Without quiet standing the landmarks' bias stays in the joint angles."""


def compute_segment_angle(lower_m: FloatArray, upper_m: FloatArray) -> FloatArray:
    """Angle of a body segment in the sagittal plane.

    Parameters
    ----------
    lower_m, upper_m
        End points, x anterior, y up. Shape (T, 2). [m]

    Returns
    -------
    Inclination from vertical, positive when the upper end stands in front. Shape (T,), range
    [-180, 180], NaN where an end point is NaN. [deg]

    Examples
    --------
    >>> compute_segment_angle(np.array([[0.0, 0.0]]), np.array([[1.0, 1.0]]))
    array([45.])
    """
    d = upper_m - lower_m
    return np.asarray(np.degrees(np.arctan2(d[:, 0], d[:, 1])), dtype=np.float64)


def compute_kinematics(
    track: SagittalTrack, *, cutoff_hz: float, bias_deg: Mapping[str, float]
) -> Kinematics:
    """Angles and rates of the near side, filtered on the true timestamps.

    Joint angles and the lumbar angle are measured from quiet standing where the film shows it,
    segments from the vertical that it tells: a tilted camera must not tilt the lifter.

    Parameters
    ----------
    track
        The near side.
    cutoff_hz
        Of the low-pass filter, by the tempo of the exercise.
    bias_deg
        What the network is known to measure too much, by segment; subtracted. [deg]
    """
    time_s = track.time_s
    position = _smooth_positions(track, cutoff_hz)
    point = {name: position[:, i] for i, name in enumerate(track.landmarks)}
    angle = {s.name: compute_segment_angle(point[s.lower], point[s.upper]) for s in SEGMENTS}
    # Sample by sample: a frame that is upside down spoils no other.
    for name, bias in bias_deg.items():
        angle[name] = wrap_deg(angle[name] - bias)
    for joint in JOINTS:
        angle[joint.name] = wrap_deg(
            joint.sign * (angle[joint.upper] - angle[joint.lower]) + joint.offset_deg
        )
    angle["lumbar_flexion"] = _back_bend(track, cutoff_hz)
    standing = find_standing(time_s, angle)
    for name, zero in standing.angle_deg.items():
        angle[name] = angle[name] - zero
    vertical = estimate_vertical(track, standing.start_s, standing.end_s)
    for segment in SEGMENTS:
        angle[segment.name] = angle[segment.name] - vertical.tilt_deg
    if not standing.found:
        angle["lumbar_flexion"] = np.full(time_s.size, np.nan)
    reported = {name: angle[name] for name in REPORTED}
    return Kinematics(
        time_s=time_s,
        angle_deg=reported,
        rate_deg_s={name: _rate(time_s, series) for name, series in reported.items()},
        sd_deg=_spread(track, standing, vertical),
        filled=track.filled,
        standing=standing,
        vertical=vertical,
        cutoff_hz=cutoff_hz,
    )


def _back_bend(track: SagittalTrack, cutoff_hz: float) -> FloatArray:
    """Bend of the back on all frames; its outline is seen in some of them only."""
    back = np.full(track.time_s.size, np.nan)
    if track.dorsal_px is None:
        return back
    seen = compute_back_bend(track.dorsal_px, track.to_m)
    rows = np.flatnonzero(np.isfinite(seen))
    if rows.size == 0:
        return back
    time_s = track.time_s[rows]
    steady = remove_spikes(seen[rows], half_width=_half_width(time_s))
    back[rows] = smooth(time_s, steady, cutoff_hz=cutoff_hz)
    bridged, _ = bridge_gaps(track.time_s, back, max_gap_s=MAX_OUTLINE_GAP_S)
    return bridged


def find_standing(time_s: FloatArray, angle: dict[str, FloatArray]) -> StandingZero:
    """Find quiet standing before the work, or after it, and the angles there.

    Lockouts between repetitions do not count: a lockout that is never reached would hide itself.
    Feet count as they point now, however often they turned round on the way.
    """
    needed = ("trunk_thigh_flexion", "knee_flexion", "trunk_inclination", "foot_inclination")
    bend, knee, trunk, foot = (angle[name] for name in needed)
    rate = np.abs(differentiate(time_s, smooth(time_s, bend, cutoff_hz=QUIET_CUTOFF_HZ)))
    with np.errstate(invalid="ignore"):
        quiet = (
            (rate < QUIET_RATE_DEG_S)
            & (np.abs(trunk) < STANDING_MAX_TRUNK_DEG)
            & (np.abs(bend) < STANDING_MAX_BEND_DEG)
            & (np.abs(knee) < STANDING_MAX_BEND_DEG)
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
    names = [joint.name for joint in JOINTS if joint.zeroed] + ["lumbar_flexion"]
    zero = {
        name: float(np.nanmedian(angle[name][start:end]))
        for name in names
        if np.isfinite(angle[name][start:end]).any()
    }
    return StandingZero(start_s=float(time_s[start]), end_s=float(time_s[end - 1]), angle_deg=zero)


def _smooth_positions(track: SagittalTrack, cutoff_hz: float) -> FloatArray:
    flat = track.position_m.reshape(track.time_s.size, -1)
    clean = remove_spikes(flat, half_width=_half_width(track.time_s))
    return smooth(track.time_s, clean, cutoff_hz=cutoff_hz).reshape(track.position_m.shape)


def _half_width(time_s: FloatArray) -> int:
    interval = float(np.median(np.diff(time_s))) if time_s.size > 1 else 1.0
    return max(1, round(SPIKE_HALF_WIDTH_S / interval))


def _rate(time_s: FloatArray, angle: FloatArray) -> FloatArray:
    """Rate of an angle, also where it passes half a turn. [deg/s]"""
    whole = angle.copy()
    seen = np.isfinite(whole)
    whole[seen] = np.unwrap(whole[seen], period=360.0)
    return differentiate(time_s, whole)


def _spread(track: SagittalTrack, standing: StandingZero, vertical: Vertical) -> dict[str, float]:
    """Standard deviations: those of a side view, widened by yaw and by a doubtful zero."""
    yaw = track.view.yaw_deg if np.isfinite(track.view.yaw_deg) else 45.0
    # The cosine error of an oblique view grows with the square of the yaw (BIOMECHANICS 1b).
    oblique = 9.5 * (yaw / 45.0) ** 2
    zeroed = {joint.name for joint in JOINTS if joint.zeroed}
    segments = {segment.name for segment in SEGMENTS}
    spread = {}
    for name, base in BASE_SD_DEG.items():
        factor = NO_ZERO_FACTOR if name in zeroed and not standing.found else 1.0
        upright = vertical.sd_deg if name in segments else 0.0
        spread[name] = float(np.linalg.norm([base * factor, oblique, upright]))
    return spread
