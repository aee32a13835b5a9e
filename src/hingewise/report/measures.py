"""The numbers of one repetition: what each angle is at the bottom and at lockout."""

from __future__ import annotations

import numpy as np

from hingewise.kinematics.series import Kinematics
from hingewise.repetitions.types import Repetition
from hingewise.report.document import MeasureValue
from hingewise.report.figures import REPORT_ANGLES, value_at

MOMENTS: tuple[str, ...] = ("bottom", "lockout")


def measure_repetition(kinematics: Kinematics, repetition: Repetition) -> dict[str, MeasureValue]:
    """Read the angles of a repetition.

    Returns
    -------
    ``<angle>_at_bottom`` and ``<angle>_at_lockout`` for every drawn angle, the bottom first; value
    and sd are None where the angle was not observed. A partial repetition has no lockout.
    """
    times = {"bottom": repetition.bottom_s, "lockout": repetition.top_s}
    moments = MOMENTS[:1] if repetition.partial else MOMENTS
    return {
        f"{angle}_at_{moment}": _measure(kinematics, angle, times[moment])
        for moment in moments
        for angle in REPORT_ANGLES
        if angle in kinematics.angle_deg
    }


def split_measure(name: str) -> tuple[str, str]:
    """Split a measure into angle and moment; the moment is empty for any other measure.

    Examples
    --------
    >>> split_measure("knee_flexion_at_bottom")
    ('knee_flexion', 'bottom')
    >>> split_measure("bar_drift")
    ('bar_drift', '')
    """
    angle, found, moment = name.rpartition("_at_")
    return (angle, moment) if found and moment in MOMENTS else (name, "")


def _measure(kinematics: Kinematics, angle: str, at_s: float) -> MeasureValue:
    value = value_at(kinematics.time_s, kinematics.angle_deg[angle], at_s)
    sd = kinematics.sd_deg.get(angle, np.nan)
    known = value is not None and np.isfinite(sd)
    return MeasureValue(value=value, unit="deg", sd=float(sd) if known else None)
