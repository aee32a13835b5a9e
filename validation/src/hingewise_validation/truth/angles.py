"""Ground truth of a synthetic set, computed from the joints of the posed body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hingewise_validation.lifter.rotations import FloatArray, inclination_deg, rotation_z

PHASE_THRESHOLD_DEG = 3.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Angles:
    """Sagittal angles over time, each of shape (T,) [deg]."""

    trunk_inclination_deg: FloatArray
    thigh_inclination_deg: FloatArray
    shank_inclination_deg: FloatArray
    knee_flexion_deg: FloatArray
    trunk_thigh_flexion_deg: FloatArray
    lumbar_flexion_deg: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Details:
    """What else can be seen of arms, head, knees and weight over time, each of shape (T,)."""

    elbow_flexion_deg: FloatArray
    head_inclination_deg: FloatArray
    hand_forward_m: FloatArray
    hand_height_m: FloatArray
    knee_separation_fraction: FloatArray
    weight_shift_fraction: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionTimes:
    """Limits of one repetition, defined by movement (see ``PHASE_THRESHOLD_DEG``)."""

    number: int
    start_s: float
    bottom_start_s: float | None
    bottom_s: float | None
    bottom_end_s: float
    top_s: float
    end_s: float


def compute_angles(
    joints_m: Mapping[str, FloatArray], pelvis: FloatArray, thorax: FloatArray, *, quiet: slice
) -> Angles:
    """Angles from near-side joint centres (T, 3) and pelvis and thorax rotations (T, 3, 3).

    ``quiet`` is the standing part of the clip, the zero of lumbar flexion.
    """
    trunk_deg = inclination_deg(joints_m["hip"], joints_m["shoulder"])
    thigh_deg = inclination_deg(joints_m["knee"], joints_m["hip"])
    shank_deg = inclination_deg(joints_m["ankle"], joints_m["knee"])
    lumbar_deg = _sagittal_turn_deg(np.swapaxes(pelvis, -1, -2) @ thorax)
    return Angles(
        trunk_inclination_deg=trunk_deg,
        thigh_inclination_deg=thigh_deg,
        shank_inclination_deg=shank_deg,
        knee_flexion_deg=_wrap_deg(shank_deg - thigh_deg),
        trunk_thigh_flexion_deg=_wrap_deg(trunk_deg - thigh_deg),
        lumbar_flexion_deg=lumbar_deg - np.median(lumbar_deg[quiet]),
    )


def compute_details(joints_m: Mapping[str, FloatArray], far_m: Mapping[str, FloatArray]) -> Details:
    """From near-side joints with the ear, and the far side's joints, in the body's own frame."""
    upper, lower = joints_m["elbow"] - joints_m["shoulder"], joints_m["wrist"] - joints_m["elbow"]
    cosine = np.sum(upper * lower, axis=-1) / (np.linalg.norm(upper, axis=-1) * np.linalg.norm(lower, axis=-1))
    return Details(
        elbow_flexion_deg=np.rad2deg(np.arccos(np.clip(cosine, -1, 1))),
        head_inclination_deg=inclination_deg(joints_m["shoulder"], joints_m["ear"]),
        hand_forward_m=-(joints_m["wrist"] - joints_m["ankle"])[:, 1],
        hand_height_m=joints_m["wrist"][:, 2],
        knee_separation_fraction=_apart_m(joints_m, far_m, "knee") / _apart_m(joints_m, far_m, "ankle"),
        weight_shift_fraction=_shift_m(joints_m, far_m) / _apart_m(joints_m, far_m, "ankle"),
    )


def turn_to_front(points_m: FloatArray, pelvis: FloatArray) -> FloatArray:
    """Points (T, 3) in the frame of a body that faces -y, turned about the vertical by where its pelvis faces."""
    heading_rad = np.arctan2(pelvis[:, 1, 0], pelvis[:, 0, 0])
    return np.asarray((np.swapaxes(rotation_z(np.rad2deg(heading_rad)), -1, -2) @ points_m[..., None])[..., 0])


def segment_repetitions(
    time_s: FloatArray, flexion_deg: FloatArray, windows_s: Sequence[tuple[float, float]]
) -> tuple[RepetitionTimes, ...]:
    """Limits of each repetition inside its commanded window, from trunk-thigh flexion.

    A repetition starts when flexion leaves, and reaches lockout when it enters, ``PHASE_THRESHOLD_DEG`` above its
    level at the window's limits; the bottom is the interval within that threshold of the deepest flexion.
    It ends where the next begins to move, the last one at the end of its window.
    """
    found: list[RepetitionTimes] = []
    for number, (begin_s, end_s) in enumerate(windows_s, start=1):
        inside = np.flatnonzero((time_s >= begin_s) & (time_s <= end_s))
        times_s, flexion = time_s[inside], flexion_deg[inside]
        deepest = int(np.argmax(flexion))
        before = _Side(times_s[: deepest + 1][::-1], flexion[: deepest + 1][::-1])
        after = _Side(times_s[deepest:], flexion[deepest:])
        bottom_deg = flexion[deepest] - PHASE_THRESHOLD_DEG
        bottom_start_s, bottom_end_s = before.falls_below_s(bottom_deg), after.falls_below_s(bottom_deg)
        found.append(
            RepetitionTimes(
                number=number,
                start_s=before.falls_below_s(flexion[0] + PHASE_THRESHOLD_DEG),
                bottom_start_s=bottom_start_s,
                bottom_s=(bottom_start_s + bottom_end_s) / 2,
                bottom_end_s=bottom_end_s,
                top_s=after.falls_below_s(flexion[-1] + PHASE_THRESHOLD_DEG),
                end_s=end_s,
            )
        )
    return _join_ends(found)


def segment_bottom_repetitions(
    time_s: FloatArray, flexion_deg: FloatArray, windows_s: Sequence[tuple[float, float]]
) -> tuple[RepetitionTimes, ...]:
    """Limits of repetitions that begin at the bottom, such as a bridge: start, lockout, end of the lockout hold.

    They start where flexion falls ``PHASE_THRESHOLD_DEG`` below its level at the window's begin and have no eccentric
    of their own.
    """
    found: list[RepetitionTimes] = []
    for number, (begin_s, end_s) in enumerate(windows_s, start=1):
        inside = np.flatnonzero((time_s >= begin_s) & (time_s <= end_s))
        times_s, extension = time_s[inside], -flexion_deg[inside]
        top = int(np.argmax(extension))
        before = _Side(times_s[: top + 1][::-1], extension[: top + 1][::-1])
        after = _Side(times_s[top:], extension[top:])
        start_s = before.falls_below_s(extension[0] + PHASE_THRESHOLD_DEG)
        found.append(
            RepetitionTimes(
                number=number,
                start_s=start_s,
                bottom_start_s=None,
                bottom_s=None,
                bottom_end_s=start_s,
                top_s=before.falls_below_s(extension[top] - PHASE_THRESHOLD_DEG),
                end_s=after.falls_below_s(extension[top] - PHASE_THRESHOLD_DEG),
            )
        )
    return tuple(found)


def segment_floor_repetitions(
    time_s: FloatArray, flexion_deg: FloatArray, windows_s: Sequence[tuple[float, float]]
) -> tuple[RepetitionTimes, ...]:
    """Limits of repetitions that begin and end on the floor: each but the first owns the lowering before it."""
    first = segment_bottom_repetitions(time_s, flexion_deg, windows_s[:1])
    later = segment_repetitions(time_s, flexion_deg, windows_s[1:])
    whole = [replace(first[0], end_s=windows_s[0][1])] if first else []
    return _join_ends(whole + [replace(each, number=each.number + 1) for each in later])


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """An angle walked from its peak outward, in time order or against it."""

    times_s: FloatArray
    angle_deg: FloatArray

    def falls_below_s(self, level_deg: float) -> float:
        """Interpolated time at which the angle first falls below ``level_deg``."""
        low = np.flatnonzero(self.angle_deg < level_deg)
        if low.size == 0 or low[0] == 0:
            return float(self.times_s[-1])
        i = int(low[0])
        high_deg, low_deg = self.angle_deg[i - 1], self.angle_deg[i]
        share = (high_deg - level_deg) / (high_deg - low_deg)
        return float(self.times_s[i - 1] + share * (self.times_s[i] - self.times_s[i - 1]))


def _join_ends(found: list[RepetitionTimes]) -> tuple[RepetitionTimes, ...]:
    ends_s = [after.start_s for after in found[1:]] + [found[-1].end_s] if found else []
    return tuple(replace(repetition, end_s=end_s) for repetition, end_s in zip(found, ends_s, strict=True))


def _apart_m(near_m: Mapping[str, FloatArray], far_m: Mapping[str, FloatArray], joint: str) -> FloatArray:
    return np.abs((near_m[joint] - far_m[joint])[:, 0])


def _shift_m(near_m: Mapping[str, FloatArray], far_m: Mapping[str, FloatArray]) -> FloatArray:
    """How far the middle of shoulders and hips lies beside the middle of the feet, towards the near side +."""
    middle = {name: (near_m[name] + far_m[name])[:, 0] / 2 for name in ("shoulder", "hip", "ankle")}
    beside = (middle["shoulder"] + middle["hip"]) / 2 - middle["ankle"]
    return np.asarray(beside * np.sign((near_m["hip"] - far_m["hip"])[:, 0]))


def _sagittal_turn_deg(rotation: FloatArray) -> FloatArray:
    """Rotation about the left axis of where the vertical axis goes."""
    return np.asarray(np.rad2deg(np.arctan2(-rotation[..., 1, 2], rotation[..., 2, 2])))


def _wrap_deg(angle_deg: FloatArray) -> FloatArray:
    return np.asarray((angle_deg + 180) % 360 - 180)
