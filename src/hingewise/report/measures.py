"""The numbers of one repetition: what each angle is at the bottom and at lockout."""

from __future__ import annotations

import numpy as np

from hingewise.kinematics.series import Kinematics
from hingewise.repetitions.types import Phase, PhaseSpan, Repetition
from hingewise.report.document import MeasureValue
from hingewise.report.figures import REPORT_ANGLES, value_at

MOMENTS: tuple[str, ...] = ("bottom", "lockout")

MIN_LOCKOUT_SAMPLES = 3


def measure_repetition(kinematics: Kinematics, repetition: Repetition) -> dict[str, MeasureValue]:
    """Read the angles of a repetition.

    Returns
    -------
    ``<angle>_at_bottom`` and ``<angle>_at_lockout`` for every drawn angle, the bottom first; value
    and sd are None where the angle was not observed. A partial repetition has no lockout. At
    lockout stands the median over the whole of it: where it begins, the lifter is still rising.
    """
    angles = [angle for angle in REPORT_ANGLES if angle in kinematics.angle_deg]
    bottom = {f"{a}_at_bottom": _at(kinematics, a, repetition.bottom_s) for a in angles}
    if repetition.partial:
        return bottom
    lockout = repetition.phase(Phase.LOCKOUT) or repetition.phase(Phase.FLOAT)
    return bottom | {
        f"{a}_at_lockout": _at(kinematics, a, repetition.top_s)
        if lockout is None or lockout.end - lockout.start < MIN_LOCKOUT_SAMPLES
        else _during(kinematics, a, lockout)
        for a in angles
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


def _at(kinematics: Kinematics, angle: str, at_s: float) -> MeasureValue:
    time_s = kinematics.time_s
    value = value_at(time_s, kinematics.angle_deg[angle], at_s)
    return _measure(value, value_at(time_s, kinematics.sd_deg[angle], at_s))


def _during(kinematics: Kinematics, angle: str, span: PhaseSpan) -> MeasureValue:
    value, sd = (s[angle][span.start : span.end] for s in (kinematics.angle_deg, kinematics.sd_deg))
    seen = np.isfinite(value)
    if not seen.any():
        return _measure(None, None)
    return _measure(float(np.median(value[seen])), float(np.median(sd[seen])))


def _measure(value: float | None, sd: float | None) -> MeasureValue:
    return MeasureValue(value=value, unit="deg", sd=None if value is None else sd)
