"""Where hips, hands and feet are, in lengths of the body's own parts or in metres."""

from __future__ import annotations

import numpy as np

from hingewise.assessment.metrics.metric import SIDE, SIDE_BOTH, SIDE_BOTTOM, SIDE_LOCKOUT, Metric
from hingewise.assessment.observation import (
    Observation,
    Part,
    bottom,
    lockout,
    phase_part,
    read_angle,
    read_series,
    span_s,
)
from hingewise.assessment.types import Measured, missing
from hingewise.repetitions.types import Phase, Repetition
from hingewise.units import FloatArray

SD_HIP_TRAVEL = 0.03
"""Of a share of the leg's length (fitting bodies of the study)."""

SD_HIP_HEIGHT = 0.03
"""Of a share of the leg's length, behind plates as well (fitting bodies of the study)."""

SHANK_SHARE = 0.5
"""Of the leg's length: a shank that is seen to lean otherwise moves the foot by so much."""

SURE_FOOT = 0.6
"""Feet seen with less confidence are guessed, and guesses sway."""

SURE_SOLE = 0.85
"""Heels and toes that plates hide are guessed with less confidence."""

SOLE_TURNS_DEG, SD_SOLE_DEG = 5.0, 5.0
"""A foot that stays flat seems to turn so much between lockout and bottom, and the sd of it
(squats of fitting bodies of the study)."""

SURE_WRIST = 0.85
SD_HAND_M, SD_UNSURE_HAND_M = 0.04, 0.085
"""A wrist that is seen with this confidence is found to so many metres, and else to so many
(fitting bodies of the study)."""

NOISE_M, SD_SWAY_M = 0.01, 0.014
"""By how much noise widens the range of a sway, and the sd of it (fitting bodies of the study)."""

SD_ARM_DEG, SD_STILL_ARM_DEG = 8.0, 3.0
"""Of the line from shoulder to wrist, on the way and at a lockout with a sure wrist (fitting bodies
of the study)."""

HALF_WAY, AROUND_S = 0.5, 0.055
"""An arm is read over so long before and after the hips are half-way."""


def leg_length_m(seen: Observation) -> float:
    """Thigh and shank as they are seen at their usual length."""
    hip, knee, ankle = (seen.sagittal.landmark(name) for name in ("hip", "knee", "ankle"))
    bones = [np.hypot(*(a - b).T) for a, b in ((hip, knee), (knee, ankle))]
    if not all(np.isfinite(bone).any() for bone in bones):
        return float("nan")
    return float(sum(np.nanmedian(bone) for bone in bones))


def _hip_travel(seen: Observation, repetition: Repetition) -> Measured:
    """How far the hips go back against the feet on the way down, of the leg's length."""
    hip, ankle = (seen.sagittal.landmark(name)[:, 0] for name in ("hip", "ankle"))
    ahead = (hip - ankle) / leg_length_m(seen)
    low, high = (
        read_series(seen, ahead, SD_HIP_TRAVEL, part(seen, repetition), what="hip or foot")
        for part in (bottom, lockout)
    )
    if not (low.seen and high.seen):
        return low if low.reason else high
    leaning = np.radians(read_angle(seen, "shank_inclination", bottom(seen, repetition)).sd)
    sd = float(np.hypot(SD_HIP_TRAVEL, SHANK_SHARE * leaning))
    return Measured(value=high.value - low.value, sd=sd, start_s=low.start_s, end_s=low.end_s)


def _hip_height(seen: Observation, repetition: Repetition) -> Measured:
    """How high the hips are over the ankles at the bottom, of the leg's length.

    The feet stand still: where plates hide them at the bottom, they are where they are mostly seen.
    """
    height = seen.sagittal.landmark("hip")[:, 1]
    floor = seen.sagittal.landmark("ankle")[:, 1]
    part = bottom(seen, repetition)
    if not np.isfinite(floor).any():
        return missing("the feet are out of sight", *span_s(seen, part))
    share = (height - float(np.nanmedian(floor))) / leg_length_m(seen)
    return read_series(seen, share, SD_HIP_HEIGHT, part, what="the hip")


def _heel_rise(seen: Observation, repetition: Repetition) -> Measured:
    """How much steeper the foot stands on its toes at the bottom than at the lockout. [deg]"""
    low, high = bottom(seen, repetition), lockout(seen, repetition)
    soles = [seen.sagittal.landmarks.index(name) for name in ("heel", "foot_index")]
    for part in (low, high):
        if not seen.sagittal.confidence[part.rows][:, soles].mean(axis=0).min() >= SURE_SOLE:
            return missing(f"heel or toes are not seen surely {part.name}", *span_s(seen, part))
    foot = seen.sagittal.landmark("foot_index") - seen.sagittal.landmark("heel")
    pitch = np.degrees(np.arctan2(-foot[:, 1], np.abs(foot[:, 0])))
    down, up = (
        read_series(seen, pitch, SD_SOLE_DEG, part, what="the foot") for part in (low, high)
    )
    if not (down.seen and up.seen):
        return down if down.reason else up
    value = down.value - up.value - SOLE_TURNS_DEG
    return Measured(value=value, sd=SD_SOLE_DEG, start_s=down.start_s, end_s=down.end_s)


def _hand_to_leg(seen: Observation, repetition: Repetition) -> Measured:
    """How far the hand hangs before the leg at the bottom, at the height of the hand. [m]"""
    part = bottom(seen, repetition)
    points = {n: seen.sagittal.landmark(n)[part.rows] for n in ("hip", "knee", "ankle", "wrist")}
    ahead = points["wrist"][:, 0] - _leg_at(points, points["wrist"][:, 1])
    whole = np.full(seen.time_s.size, np.nan)
    whole[part.rows] = ahead
    wrist = seen.sagittal.landmarks.index("wrist")
    sure = float(np.mean(seen.sagittal.confidence[part.rows, wrist])) >= SURE_WRIST
    sd = SD_HAND_M if sure else SD_UNSURE_HAND_M
    return read_series(seen, whole, sd, part, what="hand or leg")


def _leg_at(points: dict[str, FloatArray], height: FloatArray) -> FloatArray:
    """Where the front of the leg's line is at some height; below the ankle, where the ankle is."""
    hip, knee, ankle = (points[name] for name in ("hip", "knee", "ankle"))
    upper = height > knee[:, 1]
    low, high = np.where(upper[:, None], knee, ankle), np.where(upper[:, None], hip, knee)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.clip((height - low[:, 1]) / (high[:, 1] - low[:, 1]), 0.0, 1.0)
    return np.asarray(low[:, 0] + share * (high[:, 0] - low[:, 0]))


def _sway(seen: Observation, repetition: Repetition) -> Measured:
    """How far the shoulders sway over the feet during the lockout. [m]"""
    part = lockout(seen, repetition)
    start_s, end_s = span_s(seen, part)
    ahead = seen.sagittal.stance_m[part.rows, 0]
    foot = seen.sagittal.confidence[part.rows, seen.sagittal.landmarks.index("ankle")]
    if foot.size and float(np.mean(foot)) < SURE_FOOT:
        return missing("the feet are out of sight at the lockout", start_s, end_s)
    if ahead.size < 3 or not np.isfinite(ahead).all():
        return missing("shoulder or foot is out of sight at the lockout", start_s, end_s)
    return Measured(
        value=max(0.0, float(np.ptp(ahead)) - NOISE_M), sd=SD_SWAY_M, start_s=start_s, end_s=end_s
    )


def arm_to_trunk_deg(seen: Observation) -> FloatArray:
    """Angle of the line shoulder-wrist before the trunk; 0 along it, forward +. Shape (T,)."""
    shoulder, wrist = (seen.sagittal.landmark(name) for name in ("shoulder", "wrist"))
    arm = wrist - shoulder
    from_down = np.degrees(np.arctan2(arm[:, 0], -arm[:, 1]))
    return np.asarray(from_down + seen.kinematics.angle_deg["trunk_inclination"])


def _arm_lift(seen: Observation, repetition: Repetition) -> Measured:
    """How far the arm has left the trunk when the hips are half straight. [deg]"""
    part = phase_part(repetition, Phase.CONCENTRIC)
    if part is None:
        return missing("the film does not show the way up")
    trunk = seen.kinematics.angle_deg["trunk_inclination"][part.rows]
    if not np.isfinite(trunk).all():
        return missing("the trunk is out of sight on the way up", *span_s(seen, part))
    risen = (trunk[0] - trunk) / (trunk[0] - trunk[-1]) if trunk[0] > trunk[-1] else trunk * 0.0
    after = max(1, int(np.argmax(risen >= HALF_WAY)))
    rows = slice(part.start + after - 1, part.start + after + 1)
    half_s = float(np.interp(HALF_WAY, risen[after - 1 : after + 1], seen.time_s[rows]))
    start, end = np.searchsorted(seen.time_s, [half_s - AROUND_S, half_s + AROUND_S])
    moment = Part(start=int(start), end=max(int(end), int(start) + 1), name="on the way up")
    return read_series(seen, arm_to_trunk_deg(seen), SD_ARM_DEG, moment, what="hand")


def _arm_at_lockout(seen: Observation, repetition: Repetition) -> Measured:
    """How far the hands are before the trunk at the lockout, as the angle of the arm. [deg]"""
    part = lockout(seen, repetition)
    wrist = seen.sagittal.landmarks.index("wrist")
    if not float(np.mean(seen.sagittal.confidence[part.rows, wrist])) >= SURE_WRIST:
        return missing("the hand is not seen surely at the lockout", *span_s(seen, part))
    return read_series(seen, arm_to_trunk_deg(seen), SD_STILL_ARM_DEG, part, what="hand")


METRICS = (
    Metric(name="hip_travel", unit="", needs=SIDE_BOTH, read=_hip_travel),
    Metric(name="hip_height_at_bottom", unit="", needs=SIDE_BOTTOM, read=_hip_height),
    Metric(name="heel_rise", unit="deg", needs=SIDE_BOTH, read=_heel_rise),
    Metric(name="hand_to_leg", unit="m", needs=SIDE_BOTTOM, read=_hand_to_leg),
    Metric(name="lockout_sway", unit="m", needs=SIDE_LOCKOUT, read=_sway),
    Metric(name="arm_at_lockout", unit="deg", needs=SIDE_LOCKOUT, read=_arm_at_lockout),
    Metric(name="arm_lift_at_half", unit="deg", needs=SIDE, read=_arm_lift),
)
