"""Angles of segments and joints in the sagittal plane, and the standing they are measured from."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hingewise.kinematics.bones import MAX_SHORTER, keeps_length
from hingewise.kinematics.calibration import Calibration
from hingewise.kinematics.conventions import JOINTS, REPORTED, SEGMENTS
from hingewise.kinematics.joint_centres import to_joint_centres
from hingewise.kinematics.leaning import (
    CORRECTED,
    WITH_SD,
    Leaning,
    describe_posture,
    estimate_leaning,
)
from hingewise.kinematics.lumbar import (
    LumbarFlexion,
    estimate_lumbar_flexion,
    load_lumbar_rule,
)
from hingewise.kinematics.series import Kinematics, StandingZero
from hingewise.kinematics.spread import compute_sd, leg_doubt
from hingewise.kinematics.standing import find_standing, find_upright, standing_rows, zero_in
from hingewise.pose.roll import Vertical, estimate_vertical
from hingewise.pose.sagittal import SagittalTrack
from hingewise.signal.derivative import differentiate
from hingewise.signal.filtering import remove_spikes, smooth
from hingewise.signal.gaps import bridge_gaps
from hingewise.units import BoolArray, FloatArray, wrap_deg

SPIKE_HALF_WIDTH_S = 0.1

MAX_OUTLINE_GAP_S = 0.25
"""Between outlines no further apart than this the bend of the back follows a straight line."""


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
    calibration: Calibration,
    hip_bend_deg: FloatArray,
) -> Kinematics:
    """Angles and rates of the near side, filtered on the true timestamps.

    Joint angles and the lumbar angle are measured from quiet standing where the film shows it, and
    the lumbar angle else from the lockouts; segments from the vertical that standing tells: a
    tilted camera must not tilt the lifter.

    Parameters
    ----------
    track
        The near side.
    cutoff_hz
        Of the low-pass filter, by the tempo of the exercise.
    calibration
        How the network's landmarks err.
    hip_bend_deg
        How far the hips are bent as seen in space, by both sides (``movement.Movement``): the back
        is judged by it, for a plate before the near knee hides the hip's own angle. Shape (T,).
    """
    time_s = track.time_s
    position = smooth_positions(track, cutoff_hz)
    landmark = {name: position[:, i] for i, name in enumerate(track.landmarks)}
    angle = _segment_angles(track, landmark, calibration)
    angle |= _joint_angles(angle)
    standing = find_standing(time_s, angle, hip_bend_deg)
    leaning = _leaning(track, landmark, standing, calibration, cutoff_hz)
    if leaning is not None:
        angle |= _corrected(angle, landmark, leaning)
        angle |= _joint_angles(angle)
        standing = zero_in(standing, time_s, angle)
    for joint in JOINTS:
        if joint.zeroed and standing.found:
            # Unseen in standing, something stands before it; elsewhere it is not seen well either.
            angle[joint.name] = angle[joint.name] - standing.angle_deg.get(joint.name, np.nan)
    vertical = estimate_vertical(track, standing.start_s, standing.end_s)
    for segment in SEGMENTS:
        angle[segment.name] = angle[segment.name] - vertical.tilt_deg
    upright = _upright(track, standing, angle, hip_bend_deg)
    back = _lumbar_flexion(track, hip_bend_deg, upright, cutoff_hz)
    angle["lumbar_flexion"] = back.flexion_deg
    reported = {name: angle[name] for name in REPORTED}
    sd_deg = compute_sd(
        calibration.spreads,
        reported["trunk_thigh_flexion"],
        yaw_deg=track.view.yaw_deg,
        vertical=vertical,
        standing_found=standing.found,
        doubt=leg_doubt(track.confidence, track.landmarks),
    )
    if leaning is not None:
        sd_deg |= _told_sd(sd_deg, leaning, vertical)
    return Kinematics(
        time_s=time_s,
        angle_deg=reported,
        rate_deg_s={name: _rate(time_s, series) for name, series in reported.items()},
        sd_deg=sd_deg | {"lumbar_flexion": back.sd_deg},
        filled=track.filled,
        standing=standing,
        upright=upright,
        vertical=vertical,
        cutoff_hz=cutoff_hz,
    )


def _segment_angles(
    track: SagittalTrack, landmark: Mapping[str, FloatArray], calibration: Calibration
) -> dict[str, FloatArray]:
    """Inclinations between joint centres, NaN where a bone does not keep its length."""
    point = to_joint_centres(landmark, calibration.offsets, body_m=track.scale.body_m)
    angle = {s.name: compute_segment_angle(point[s.lower], point[s.upper]) for s in SEGMENTS}
    for segment in SEGMENTS:
        if segment.name in MAX_SHORTER:
            ends = point[segment.lower], point[segment.upper]
            sound = keeps_length(segment.name, *ends, yaw_deg=track.view.yaw_deg)
            angle[segment.name] = np.where(sound, angle[segment.name], np.nan)
    return angle


def _joint_angles(segment_deg: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    return {
        joint.name: wrap_deg(
            joint.sign * (segment_deg[joint.upper] - segment_deg[joint.lower]) + joint.offset_deg
        )
        for joint in JOINTS
    }


def _leaning(
    track: SagittalTrack,
    landmark: Mapping[str, FloatArray],
    standing: StandingZero,
    calibration: Calibration,
    cutoff_hz: float,
) -> Leaning | None:
    """What the network says of trunk, thigh and shank, smoothed like the landmarks.

    Where it says nothing in between, as where the trunk is hidden, the corrections of the moments
    before and after hold: joints must not jump.
    """
    if calibration.leaning is None or not calibration.leaning.holds(track.view.yaw_deg):
        return None
    said = estimate_leaning(
        describe_posture(landmark, body_m=track.scale.body_m),
        track.confidence,
        standing_rows(standing, track.time_s),
        calibration.leaning,
        oblique_deg=track.view.oblique_deg,
    )
    known = np.isfinite(said.correction_deg).all(axis=1)
    if not known.any():
        return None
    correction = [
        np.interp(track.time_s, track.time_s[known], c[known]) for c in said.correction_deg.T
    ]
    steady = smooth(track.time_s, np.stack(correction, axis=1), cutoff_hz=cutoff_hz)
    return Leaning(correction_deg=steady, sd_deg=said.sd_deg)


def _corrected(
    angle: Mapping[str, FloatArray], landmark: Mapping[str, FloatArray], leaning: Leaning
) -> dict[str, FloatArray]:
    """The landmarks' own inclinations, corrected; as they were where the network says nothing."""
    ends = {segment.name: (segment.lower, segment.upper) for segment in SEGMENTS}
    corrected = {}
    for name, correction in zip(CORRECTED, leaning.correction_deg.T, strict=True):
        lower, upper = ends[name]
        told = wrap_deg(compute_segment_angle(landmark[lower], landmark[upper]) + correction)
        use = np.isfinite(told) & np.isfinite(angle[name])
        corrected[name] = np.where(use, told, angle[name])
    return corrected


def _told_sd(
    sd_deg: Mapping[str, FloatArray], leaning: Leaning, vertical: Vertical
) -> dict[str, FloatArray]:
    """The standard deviations that the network tells, where it does."""
    told = {}
    for name, own in zip(WITH_SD, leaning.sd_deg.T, strict=True):
        tilt = vertical.sd_deg if name in CORRECTED and not vertical.found else 0.0
        told[name] = np.where(np.isfinite(own), np.hypot(own, tilt), sd_deg[name])
    return told


def _upright(
    track: SagittalTrack,
    standing: StandingZero,
    angle: Mapping[str, FloatArray],
    hip_bend_deg: FloatArray,
) -> BoolArray:
    """Frames that show the lifter's own back unbent: of standing, else of the lockouts."""
    if track.back is None:
        return np.zeros(track.time_s.size, dtype=np.bool_)
    if standing.found:
        return standing_rows(standing, track.time_s)
    return find_upright(track.time_s, angle, hip_bend_deg)


def _lumbar_flexion(
    track: SagittalTrack, hip_bend_deg: FloatArray, upright: BoolArray, cutoff_hz: float
) -> LumbarFlexion:
    """Lumbar flexion on all frames; the back's outline is seen in some of them only."""
    nowhere = np.full(track.time_s.size, np.nan)
    if track.back is None or not upright.any():
        return LumbarFlexion(flexion_deg=nowhere, sd_deg=nowhere)
    seen = estimate_lumbar_flexion(track.back, hip_bend_deg, upright, load_lumbar_rule())
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


def smooth_positions(track: SagittalTrack, cutoff_hz: float) -> FloatArray:
    """Landmarks without spikes, low-pass filtered. Shape (T, L, 2). [m]"""
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
