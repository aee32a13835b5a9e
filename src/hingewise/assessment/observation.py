"""What a film showed of a set, and the parts of a repetition in which technique is read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.assessment.types import Measured, missing
from hingewise.kinematics.frontal import Frontal
from hingewise.kinematics.series import Kinematics
from hingewise.pose.sagittal import SagittalTrack
from hingewise.pose.view import View
from hingewise.repetitions.types import Phase, Repetition, SetSegmentation
from hingewise.signal.known import median_known
from hingewise.units import FloatArray

MOMENT_S = 0.07
"""A moment is read over so long before and after it, so that one wrong frame does not matter."""

MIN_LOCKOUT_S = 0.1
"""A lockout shorter than this is read like a moment."""

MIN_SEEN = 0.5
"""What is seen in less than this share of a part of a repetition is not seen."""

JOINT_OF = {
    "trunk_inclination": "shoulder or hip",
    "thigh_inclination": "hip or knee",
    "shank_inclination": "knee or foot",
    "knee_flexion": "knee or foot",
    "trunk_thigh_flexion": "shoulder, hip or knee",
    "elbow_flexion": "elbow or hand",
    "head_inclination": "head",
}
"""What is out of sight where an angle is missing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observation:
    """Everything that technique is judged by.

    ``face_pitch_deg`` (T,) is where the face points, above level, NaN where not seen;
    ``back_reason`` says why the back is not told, where it is not.
    """

    kinematics: Kinematics
    sagittal: SagittalTrack
    frontal: Frontal
    face_pitch_deg: FloatArray
    segmentation: SetSegmentation
    view: View
    back_reason: str = ""

    @property
    def time_s(self) -> FloatArray:
        """Time of the frames. Shape (T,)."""
        return self.kinematics.time_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some frames ``[start, end)`` of a repetition, and what that part of it is called."""

    start: int
    end: int
    name: str

    @property
    def rows(self) -> slice:
        """As an index."""
        return slice(self.start, self.end)


def bottom(seen: Observation, repetition: Repetition) -> Part:
    """The moment of the bottom."""
    return _moment(seen, repetition.bottom_s, "at the bottom")


def lockout(seen: Observation, repetition: Repetition) -> Part:
    """The whole lockout, or the float of a swing; its first moment where it is short."""
    span = repetition.phase(Phase.LOCKOUT) or repetition.phase(Phase.FLOAT)
    if span is None or span.duration_s < MIN_LOCKOUT_S:
        return _moment(seen, repetition.top_s, "at the lockout")
    return Part(start=span.start, end=span.end, name="at the lockout")


def phase_part(repetition: Repetition, kind: Phase) -> Part | None:
    """The frames of a phase, or None where the film does not show it."""
    span = repetition.phase(kind)
    if span is None or span.end - span.start < 2:
        return None
    return Part(start=span.start, end=span.end, name=f"in the {kind}")


def read_angle(seen: Observation, name: str, part: Part) -> Measured:
    """Median of an angle in a part of a repetition, in degrees."""
    angle, sd = (table[name] for table in (seen.kinematics.angle_deg, seen.kinematics.sd_deg))
    typical_sd = median_known(sd[part.rows])
    return read_series(seen, angle, typical_sd, part, what=why_unseen(name))


def read_series(
    seen: Observation, values: FloatArray, sd: float, part: Part, *, what: str
) -> Measured:
    """Median of any series in a part of a repetition; ``what`` names what hides where it hides."""
    inside = values[part.rows]
    start_s, end_s = span_s(seen, part)
    finite = np.isfinite(inside)
    if inside.size == 0 or finite.mean() < MIN_SEEN:
        return missing(f"{what} is out of sight {part.name}", start_s, end_s)
    return Measured(value=float(np.median(inside[finite])), sd=sd, start_s=start_s, end_s=end_s)


def span_s(seen: Observation, part: Part) -> tuple[float, float]:
    """First and last moment of a part. [s]"""
    last = max(part.start, min(part.end, seen.time_s.size) - 1)
    return float(seen.time_s[part.start]), float(seen.time_s[last])


def why_unseen(angle: str) -> str:
    """What is out of sight where this angle is missing."""
    return JOINT_OF.get(angle, angle.replace("_", " "))


def _moment(seen: Observation, at_s: float, name: str) -> Part:
    start, end = np.searchsorted(seen.time_s, [at_s - MOMENT_S, at_s + MOMENT_S], side="left")
    return Part(
        start=int(min(start, seen.time_s.size - 1)), end=int(max(end, start + 1)), name=name
    )
