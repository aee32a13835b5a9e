"""Angles at the bottom and at the lockout, and what they are to one another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hingewise.assessment.metrics.metric import (
    ANY_BOTH,
    SIDE_BOTH,
    SIDE_BOTTOM,
    SIDE_LOCKOUT,
    Metric,
)
from hingewise.assessment.observation import (
    Observation,
    Part,
    bottom,
    lockout,
    read_angle,
    read_series,
    span_s,
    why_unseen,
)
from hingewise.assessment.types import Measured, missing
from hingewise.repetitions.types import Family, Repetition

MAX_SD_DEG = 20.0
"""What is known to no more than this is not known."""

SURE_HIPS_DEG = 8.0
"""Hips that are known to more than this are hidden by plates."""

HIPS_PER_TRUNK, SD_HIPS_BY_TRUNK_DEG = 1.35, 2.5
"""By how much the hips bend for every degree that the trunk leans where somebody does not come up,
and what that leaves open (fitting bodies of the study)."""

MAX_UPRIGHT_DEG = 45.0
"""A trunk that leans further does not stand: lying in a thrust it tells nothing of the hips."""

MIN_HIPS_DEG = -30.0
"""Nobody's hips go further past the straight line: something else was seen."""

MIN_BENT_DEG = 30.0
"""With the hips bent less than this, their share in a bend means nothing."""

DEEP_DEG = 60.0
"""Hips that bend less are not at the bottom of a hinge (BIOMECHANICS 4c, depth)."""

SAME_BODY_SHARE = 0.5
"""Of the sd of an angle, this share is the same all through one repetition and falls out of a
difference: landmarks are off by as much at both ends (fitting bodies of the study)."""

RATIO_SHARE = 0.75
"""Knee and hip err together: of the sd that their ratio would have otherwise (fitting bodies)."""

SD_DEPTH = {"trunk_thigh_flexion": 0.06, "hip_bend": 0.12}
"""Of a range as a share of another in the same set, by the signal that it is read from (fitting
bodies of the study)."""

SD_NECK_DEG = 8.0
"""Of the direction of the face (fitting bodies of the study)."""

EAR_SHARE, AGREE_DEG = 0.4, 14.0
"""The ear moves over the shoulder by this share of what the face turns; where it does not, within
this, one of them is not where the network thinks (fitting bodies of the study)."""


def _at(angle: str, moment: Callable[[Observation, Repetition], Part]) -> Callable[..., Measured]:
    def read(seen: Observation, repetition: Repetition) -> Measured:
        measured = read_angle(seen, angle, moment(seen, repetition))
        if measured.sd > MAX_SD_DEG:
            what = why_unseen(angle)
            return missing(f"plates or the view hide {what}", measured.start_s, measured.end_s)
        if measured.reason and angle == "lumbar_flexion" and seen.back_reason:
            return missing(seen.back_reason, measured.start_s, measured.end_s)
        return measured

    return read


def _ratio(seen: Observation, repetition: Repetition) -> Measured:
    """Knee flexion, of hip flexion, at the bottom."""
    knee, hip = (
        read_angle(seen, name, bottom(seen, repetition))
        for name in ("knee_flexion", "trunk_thigh_flexion")
    )
    if not (knee.seen and hip.seen):
        return knee if knee.reason else hip
    if hip.value < MIN_BENT_DEG:
        return missing("the hips hardly bend", hip.start_s, hip.end_s)
    value = knee.value / hip.value
    sd = RATIO_SHARE * float(np.hypot(knee.sd, value * hip.sd)) / hip.value
    return Measured(value=value, sd=sd, start_s=hip.start_s, end_s=hip.end_s)


def _trunk_minus_shank(seen: Observation, repetition: Repetition) -> Measured:
    """How much further the trunk leans than the shank at the bottom.

    Half-way down a hinge the trunk does not lean far yet: that is no squat.
    """
    trunk, shank, hip = (
        read_angle(seen, name, bottom(seen, repetition))
        for name in ("trunk_inclination", "shank_inclination", "trunk_thigh_flexion")
    )
    if not hip.seen:
        return hip
    if hip.value < DEEP_DEG:
        return missing("it is not deep enough to tell a squat from a hinge", hip.start_s, hip.end_s)
    return _difference(trunk, shank, sd_share=1.0)


def _shank_travel(seen: Observation, repetition: Repetition) -> Measured:
    """How much further the knee leans over the foot at the bottom than at the lockout."""
    low, high = (
        read_angle(seen, "shank_inclination", part(seen, repetition)) for part in (bottom, lockout)
    )
    return _difference(low, high, sd_share=1.0)


def _neck_extension(seen: Observation, repetition: Repetition) -> Measured:
    """How much further the head is bent back against the trunk at the bottom than at lockout."""
    trunk = seen.kinematics.angle_deg["trunk_inclination"]
    against = seen.face_pitch_deg + trunk
    low, high = (
        read_series(seen, against, SD_NECK_DEG, part(seen, repetition), what="the head")
        for part in (bottom, lockout)
    )
    face = _difference(low, high, sd_share=SAME_BODY_SHARE)
    if not face.seen:
        return face
    ear = trunk - seen.kinematics.angle_deg["head_inclination"]
    lines = [
        read_series(seen, ear, SD_NECK_DEG, part(seen, repetition), what="the head")
        for part in (bottom, lockout)
    ]
    line = _difference(*lines, sd_share=SAME_BODY_SHARE)
    if not abs(line.value - EAR_SHARE * face.value) <= AGREE_DEG:
        return missing("plates or arms hide the head", face.start_s, face.end_s)
    return face


def _difference(a: Measured, b: Measured, *, sd_share: float) -> Measured:
    if not (a.seen and b.seen):
        return a if a.reason else b
    sd = sd_share * float(np.hypot(a.sd, b.sd))
    return Measured(value=a.value - b.value, sd=sd, start_s=a.start_s, end_s=a.end_s)


def _hips_at_lockout(seen: Observation, repetition: Repetition) -> Measured:
    """How far the hips are bent at the lockout; where plates hide them, as far as the trunk tells.

    Who does not come up leans forward with the trunk for the most part. So does a straight body
    that leans against a pull from behind; but there are no plates in that. Whoever lies has a
    trunk that tells nothing.
    """
    part = lockout(seen, repetition)
    hips = read_angle(seen, "trunk_thigh_flexion", part)
    if hips.seen and hips.sd <= SURE_HIPS_DEG:
        return hips
    if hips.value < MIN_HIPS_DEG:
        return missing("plates hide the hips", hips.start_s, hips.end_s)
    trunk = read_angle(seen, "trunk_inclination", part)
    lies = seen.segmentation.recognition.family is Family.THRUST
    if lies or not trunk.seen or abs(trunk.value) > MAX_UPRIGHT_DEG:
        return hips if hips.reason else missing("plates hide the hips", hips.start_s, hips.end_s)
    sd = float(np.hypot(HIPS_PER_TRUNK * trunk.sd, SD_HIPS_BY_TRUNK_DEG))
    value = HIPS_PER_TRUNK * trunk.value
    return Measured(value=value, sd=sd, start_s=trunk.start_s, end_s=trunk.end_s)


def _depth_share(seen: Observation, repetition: Repetition) -> Measured:
    """Range of the hips, of that of the best repetition of the set.

    Where the range is hidden, a share of a hidden whole is no share.
    """
    best = max((each.depth_fraction for each in seen.segmentation.repetitions), default=0.0)
    part = bottom(seen, repetition)
    start_s, end_s = span_s(seen, part)
    if not best > 0.0:
        return missing("the hips are out of sight", start_s, end_s)
    value = repetition.depth_fraction / best
    sd = SD_DEPTH[seen.segmentation.signal]
    return Measured(value=value, sd=sd, start_s=start_s, end_s=end_s)


METRICS = (
    Metric(name="depth_share", unit="", needs=ANY_BOTH, read=_depth_share),
    Metric(name="knee_to_hip_ratio", unit="", needs=SIDE_BOTTOM, read=_ratio),
    Metric(name="trunk_minus_shank", unit="deg", needs=SIDE_BOTTOM, read=_trunk_minus_shank),
    Metric(name="hip_flexion_at_lockout", unit="deg", needs=SIDE_LOCKOUT, read=_hips_at_lockout),
    Metric(name="shank_travel", unit="deg", needs=SIDE_BOTH, read=_shank_travel),
    Metric(name="neck_extension", unit="deg", needs=SIDE_BOTH, read=_neck_extension),
    *(
        Metric(name=name, unit="deg", needs=SIDE_BOTTOM, read=_at(angle, bottom))
        for name, angle in {
            "thigh_inclination_at_bottom": "thigh_inclination",
            "hip_flexion_at_bottom": "trunk_thigh_flexion",
            "knee_flexion_at_bottom": "knee_flexion",
            "lumbar_flexion_at_bottom": "lumbar_flexion",
        }.items()
    ),
    *(
        Metric(name=name, unit="deg", needs=SIDE_LOCKOUT, read=_at(angle, lockout))
        for name, angle in {
            "trunk_inclination_at_lockout": "trunk_inclination",
            "shank_inclination_at_lockout": "shank_inclination",
            "lumbar_flexion_at_lockout": "lumbar_flexion",
        }.items()
    ),
)
