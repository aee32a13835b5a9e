"""Angles of segments and joints in the sagittal plane, and the standing they are measured from."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hingewise.kinematics.bones import MAX_SHORTER, keeps_length
from hingewise.kinematics.conventions import JOINTS, REPORTED, SEGMENTS
from hingewise.kinematics.joint_centres import Offsets, to_joint_centres
from hingewise.kinematics.lumbar import (
    LumbarFlexion,
    estimate_lumbar_flexion,
    load_lumbar_rule,
)
from hingewise.kinematics.series import Kinematics, StandingZero
from hingewise.kinematics.spread import Spread, compute_sd, leg_doubt
from hingewise.pose.roll import estimate_vertical
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
    track: SagittalTrack,
    *,
    cutoff_hz: float,
    offsets: Offsets,
    spreads: Mapping[str, Spread],
    hip_bend_deg: FloatArray,
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
    offsets
        Where the joints lie beside the network's landmarks.
    spreads
        How far the angles may be off.
    hip_bend_deg
        How far the hips are bent as seen in space, by both sides (``movement.Movement``): the back
        is judged by it, for a plate before the near knee hides the hip's own angle. Shape (T,).
    """
    time_s = track.time_s
    position = _smooth_positions(track, cutoff_hz)
    landmark = {name: position[:, i] for i, name in enumerate(track.landmarks)}
    point = to_joint_centres(landmark, offsets, body_m=track.scale.body_m)
    angle = {s.name: compute_segment_angle(point[s.lower], point[s.upper]) for s in SEGMENTS}
    for segment in SEGMENTS:
        if segment.name in MAX_SHORTER:
            ends = point[segment.lower], point[segment.upper]
            sound = keeps_length(segment.name, *ends, yaw_deg=track.view.yaw_deg)
            angle[segment.name] = np.where(sound, angle[segment.name], np.nan)
    for joint in JOINTS:
        angle[joint.name] = wrap_deg(
            joint.sign * (angle[joint.upper] - angle[joint.lower]) + joint.offset_deg
        )
    standing = find_standing(time_s, angle, hip_bend_deg)
    for joint in JOINTS:
        if joint.zeroed and standing.found:
            # Unseen in standing, something stands before it; elsewhere it is not seen well either.
            angle[joint.name] = angle[joint.name] - standing.angle_deg.get(joint.name, np.nan)
    vertical = estimate_vertical(track, standing.start_s, standing.end_s)
    for segment in SEGMENTS:
        angle[segment.name] = angle[segment.name] - vertical.tilt_deg
    back = _lumbar_flexion(track, hip_bend_deg, standing, cutoff_hz)
    angle["lumbar_flexion"] = back.flexion_deg
    reported = {name: angle[name] for name in REPORTED}
    sd_deg = compute_sd(
        spreads,
        reported["trunk_thigh_flexion"],
        yaw_deg=track.view.yaw_deg,
        vertical=vertical,
        standing_found=standing.found,
        doubt=leg_doubt(track.confidence, track.landmarks),
    )
    return Kinematics(
        time_s=time_s,
        angle_deg=reported,
        rate_deg_s={name: _rate(time_s, series) for name, series in reported.items()},
        sd_deg=sd_deg | {"lumbar_flexion": back.sd_deg},
        filled=track.filled,
        standing=standing,
        vertical=vertical,
        cutoff_hz=cutoff_hz,
    )


def _lumbar_flexion(
    track: SagittalTrack, hip_bend_deg: FloatArray, standing: StandingZero, cutoff_hz: float
) -> LumbarFlexion:
    """Lumbar flexion on all frames; the back's outline is seen in some of them only."""
    nowhere = np.full(track.time_s.size, np.nan)
    if track.back is None or not standing.found:
        return LumbarFlexion(flexion_deg=nowhere, sd_deg=nowhere)
    quiet = (track.time_s >= standing.start_s) & (track.time_s <= standing.end_s)
    seen = estimate_lumbar_flexion(track.back, hip_bend_deg, quiet, load_lumbar_rule())
    return LumbarFlexion(
        flexion_deg=_between_outlines(track.time_s, seen.flexion_deg, cutoff_hz),
        sd_deg=_between_outlines(track.time_s, seen.sd_deg, cutoff_hz),
    )


def _between_outlines(time_s: FloatArray, seen: FloatArray, cutoff_hz: float) -> FloatArray:
    """A series of the frames with an outline, smoothed, and on a straight line between them."""
    series = np.full(time_s.size, np.nan)
    rows = np.flatnonzero(np.isfinite(seen))
    if rows.size == 0:
        return series
    steady = remove_spikes(seen[rows], half_width=_half_width(time_s[rows]))
    series[rows] = smooth(time_s[rows], steady, cutoff_hz=cutoff_hz)
    bridged, _ = bridge_gaps(time_s, series, max_gap_s=MAX_OUTLINE_GAP_S)
    return bridged


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
    names = [joint.name for joint in JOINTS if joint.zeroed]
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
