"""Which family a set belongs to, from what the body does at the bottoms and tops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.kinematics.movement import Movement
from hingewise.repetitions.extensions import STEEP_SHARE, Extension, level, steep_span
from hingewise.repetitions.types import Family, Recognition
from hingewise.signal.known import mean_known, median_known

LYING_TOP_LEAN_DEG = 45.0
"""At the top of a thrust the trunk lies; at the top of everything else it stands."""

SWING_HAND_RISE = 0.10
"""In a swing the hands fly up against the shoulders by this share of the body's length or more."""

SWING_HAND_RISE_PER_SQUAT = 0.10
"""More is asked of what looks like squats: hands that hold a load before the chest rise too."""

SWING_SNAP_S, SWING_SNAP_STEP_S = 0.45, 0.12
SWING_HAND_RISE_OF_SNAP = 0.08
"""Less rise is asked of a hinge that snaps: hands that hide before the body or far from the camera
seem to rise by 0.03 only in some of the study's swings. The steepest part of these takes 0.33 s at
most, that of any other lift done standing 0.47 s and more."""

SWING_MAX_EXTENSION_S = 1.0
SWING_MAX_CYCLE_S = 2.5

SQUAT_KNEE_TO_HIP = 0.70
SQUAT_KNEE_TO_HIP_STEP = 0.15
SQUAT_HIP_HEIGHT = 0.33
SQUAT_HIP_HEIGHT_STEP = 0.08
SQUAT_TRUNK_LEAN_DEG = 52.0
SQUAT_TRUNK_LEAN_STEP_DEG = 12.0
"""A squat bends the knees as much as the hips, drops the hips and keeps the trunk up; each sign
counts one at a step beyond its middle. Anchors: knee-to-hip ratios 0.07 good morning, 0.5 deadlift,
1.0 squat (BIOMECHANICS 4a); trunk within squats 30-50 degrees, hinges 45-85 (4c)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionFeatures:
    """What an extension looks like; see ``Movement`` for the units.

    ``risen_s`` is when the lifter has straightened up, ``turn_s`` how long the turn at the bottom
    takes, ``hands_ahead`` where the hands are in it.
    """

    extension_s: float
    risen_s: float
    turn_s: float
    cycle_s: float
    knee_to_hip: float
    hip_height: float
    bottom_lean_deg: float
    top_lean_deg: float
    hand_rise: float
    hands_ahead: float


def describe(movement: Movement, extension: Extension) -> ExtensionFeatures:
    """Measure one extension."""
    time_s = movement.time_s
    interval = float(np.median(np.diff(time_s)))
    reach = max(1, round(0.07 / interval))
    bottom, top = extension.bottom, extension.top
    end = (
        extension.after
        if extension.after is not None
        else min(time_s.size - 1, top + round(1.0 / interval))
    )
    rise = _hand_rise(movement, extension, end) - level(movement.hand_height, bottom, reach=reach)
    first, last = steep_span(movement, extension)
    begin = extension.before if extension.before is not None else bottom
    return ExtensionFeatures(
        extension_s=float(time_s[last] - time_s[first]),
        risen_s=float(time_s[last]),
        turn_s=_turn_s(movement, extension, first),
        cycle_s=float(time_s[end] - time_s[bottom])
        if extension.after is not None
        else float(time_s[top] - time_s[begin]),
        knee_to_hip=level(movement.knee_bend_deg, bottom, reach=reach) / extension.bottom_deg,
        hip_height=level(movement.hip_height, bottom, reach=reach),
        bottom_lean_deg=level(movement.trunk_lean_deg, bottom, reach=reach),
        top_lean_deg=level(movement.trunk_lean_deg, top, reach=reach),
        hand_rise=rise,
        hands_ahead=level(movement.hands_ahead, bottom, reach=reach),
    )


def _turn_s(movement: Movement, extension: Extension, leaves: int) -> float:
    """Time from coming near the bottom until ``leaves``, where the extension begins in earnest."""
    part = movement.hip_bend_deg[: extension.bottom + 1]
    higher = np.flatnonzero(part < extension.bottom_deg - STEEP_SHARE * extension.rom_deg)
    arrives = int(higher[-1]) + 1 if higher.size else 0
    return float(movement.time_s[leaves] - movement.time_s[arrives])


def _hand_rise(movement: Movement, extension: Extension, end: int) -> float:
    """How high the hands get while the hips are more straight than bent. NaN where not seen.

    At the next bottom they are behind the body, and as high.
    """
    span = slice(extension.bottom, end + 1)
    straight = movement.hip_bend_deg[span] < extension.bottom_deg - 0.5 * extension.rom_deg
    hands = movement.hand_height[span][straight]
    return float(np.nanmax(hands)) if np.isfinite(hands).any() else float("nan")


def recognise(features: list[ExtensionFeatures]) -> Recognition:
    """Tell the family of a set from its extensions (those of typical range)."""
    if not features:
        return Recognition(family=Family.NONE, how="recognised", confidence=1.0)
    if _median(features, "top_lean_deg") > LYING_TOP_LEAN_DEG:
        margin = (_median(features, "top_lean_deg") - LYING_TOP_LEAN_DEG) / 15.0
        return _recognised(Family.THRUST, margin)
    swing = swing_margin(features)
    if swing > 0:
        return _recognised(Family.SWING, swing)
    squat = _median_squat(features)
    family = Family.SQUAT if squat > 0 else Family.HINGE
    return _recognised(family, abs(squat))


def swing_margin(features: list[ExtensionFeatures]) -> float:
    """How clearly a set swings; positive when it does."""
    squat = _median_squat(features)
    needed = SWING_HAND_RISE + SWING_HAND_RISE_PER_SQUAT * max(0.0, squat)
    extension_s = _median(features, "extension_s")
    snap = float(np.clip((SWING_SNAP_S - extension_s) / SWING_SNAP_STEP_S, 0.0, 1.0))
    needed -= SWING_HAND_RISE_OF_SNAP * snap * float(np.clip(-squat, 0.0, 1.0))
    rise = (_median(features, "hand_rise") - needed) / 0.05
    quick = (SWING_MAX_EXTENSION_S - extension_s) / 0.2
    cycle = (SWING_MAX_CYCLE_S - _median(features, "cycle_s")) / 0.5
    return float(np.nan_to_num(min(rise, quick, cycle), nan=-1.0))


def _median_squat(features: list[ExtensionFeatures]) -> float:
    """Where nobody saw how the knees bend, a set is as much a squat as not."""
    squat = median_known(squat_score(f) for f in features)
    return squat if np.isfinite(squat) else 0.0


def squat_score(f: ExtensionFeatures) -> float:
    """Positive for a squat, negative for a hinge; one is clear. NaN where nothing tells."""
    signs = [
        (f.knee_to_hip - SQUAT_KNEE_TO_HIP) / SQUAT_KNEE_TO_HIP_STEP,
        (SQUAT_HIP_HEIGHT - f.hip_height) / SQUAT_HIP_HEIGHT_STEP,
        (SQUAT_TRUNK_LEAN_DEG - f.bottom_lean_deg) / SQUAT_TRUNK_LEAN_STEP_DEG,
    ]
    return mean_known(signs)


def _median(features: list[ExtensionFeatures], name: str) -> float:
    return median_known(getattr(f, name) for f in features)


def _recognised(family: Family, margin: float) -> Recognition:
    """Confidence rises from one half at the border to nearly one at two steps beyond it."""
    return Recognition(
        family=family, how="recognised", confidence=float(1.0 / (1.0 + np.exp(-2.0 * margin)))
    )
