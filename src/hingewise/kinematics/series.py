"""Kinematics: the angles of a set over time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np

from hingewise.errors import ShapeError
from hingewise.pose.roll import Vertical
from hingewise.units import BoolArray, FloatArray

ANGLES: tuple[str, ...] = (
    "trunk_inclination",
    "thigh_inclination",
    "shank_inclination",
    "knee_flexion",
    "trunk_thigh_flexion",
    "ankle_dorsiflexion",
    "elbow_flexion",
    "head_inclination",
    "lumbar_flexion",
)
"""Segments from vertical (forward +), joints from straight (flexion +), lumbar from standing."""

BackZero = Literal["standing", "lockouts", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingZero:
    """Quiet standing found in the film, from which the joint angles are measured.

    The times are NaN where there is none. ``angle_deg`` holds what was subtracted, by name: of the
    joints that were seen.
    """

    start_s: float
    end_s: float
    angle_deg: dict[str, float]

    @property
    def found(self) -> bool:
        """Whether the film shows quiet standing."""
        return bool(np.isfinite(self.start_s))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kinematics:
    """Angles and rates of one lifter.

    Attributes
    ----------
    time_s
        Shape (T,).
    angle_deg
        By name; each shape (T,), NaN where not observed. [deg]
    rate_deg_s
        By name; each shape (T,). [deg/s]
    sd_deg
        Standard deviation of each angle, by posture and view; each shape (T,). [deg]
    filled
        Frames whose landmarks were bridged over a short gap. Shape (T,).
    standing
        The zero of the joint angles.
    upright
        Frames from which the bend of the back is measured: of quiet standing, else of the
        lockouts. Shape (T,).
    vertical
        The zero of the segments: inclinations are measured from there.
    cutoff_hz
        Cut-off of the low-pass filter.
    """

    time_s: FloatArray
    angle_deg: dict[str, FloatArray]
    rate_deg_s: dict[str, FloatArray]
    sd_deg: dict[str, FloatArray]
    filled: BoolArray
    standing: StandingZero
    upright: BoolArray
    vertical: Vertical
    cutoff_hz: float

    @property
    def back_zero(self) -> BackZero:
        """What the bend of the back is measured from; "" for nothing."""
        if not self.upright.any():
            return ""
        return "standing" if self.standing.found else "lockouts"

    def __post_init__(self) -> None:
        n = self.time_s.size
        wrong = [
            name
            for table in (self.angle_deg, self.rate_deg_s, self.sd_deg)
            for name, series in table.items()
            if series.shape != (n,)
        ]
        wrong += [name for name in ("filled", "upright") if getattr(self, name).shape != (n,)]
        if wrong:
            raise ShapeError(f"expected series of {n} samples, got others for {wrong}")
        for field in fields(self):
            value = getattr(self, field.name)
            for series in value.values() if isinstance(value, dict) else (value,):
                if isinstance(series, np.ndarray):
                    series.flags.writeable = False
