"""How long the parts of a repetition take."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hingewise.assessment.metrics.metric import ANY_LOCKOUT, ANY_VIEW, Metric
from hingewise.assessment.observation import Observation, Part, lockout, span_s
from hingewise.assessment.types import Measured, missing
from hingewise.repetitions.types import Phase, Repetition
from hingewise.signal.filtering import smooth
from hingewise.signal.gaps import find_runs
from hingewise.signal.known import median_known
from hingewise.units import BoolArray

SD_PHASE_S = {
    Phase.ECCENTRIC: {"trunk_thigh_flexion": 0.08, "hip_bend": 0.25},
    Phase.CONCENTRIC: {"trunk_thigh_flexion": 0.04, "hip_bend": 0.08},
}
"""Of the length of a phase, by the signal that its ends are read from: the angle of the side, or
the coarse bend where plates or the view hide that (fitting bodies of the study)."""

MIN_PHASE_S = {Phase.ECCENTRIC: 0.28, Phase.CONCENTRIC: 0.15}
"""Nobody falls, or rises, through the range of a hinge any faster: something else was seen."""

STILL_DEG_S = 15.0
"""Hips that turn no faster are still (BIOMECHANICS 4c, lockout pause)."""

STRAIGHT_DEG = 8.0
"""Hips that are bent by this much more are not at the lockout (BIOMECHANICS 4c)."""

STILL_CUTOFF_HZ = 3.0
"""What shakes faster than this is the film, not the hips."""

SD_HOLD_S = 0.075

DOUBTED_DEG = 7.0
"""Hips that stand straight are known to 3 to 6 degrees; with more, they are in doubt."""


def _lasts(kind: Phase) -> Callable[[Observation, Repetition], Measured]:
    def read(seen: Observation, repetition: Repetition) -> Measured:
        span = repetition.phase(kind)
        if span is None:
            return missing(f"the film does not show the {kind}")
        signal = seen.segmentation.signal
        if hips_in_doubt(seen, repetition):
            signal = "hip_bend"
        if span.duration_s < MIN_PHASE_S[kind]:
            return missing(f"the {kind} is not seen surely", span.start_s, span.end_s)
        sd = SD_PHASE_S[kind][signal]
        return Measured(value=span.duration_s, sd=sd, start_s=span.start_s, end_s=span.end_s)

    return read


def hips_in_doubt(seen: Observation, repetition: Repetition) -> bool:
    """Whether plates, or the view, put the hips' angle in doubt in this repetition."""
    sd = seen.kinematics.sd_deg["trunk_thigh_flexion"][lockout(seen, repetition).rows]
    return bool(np.median(sd) > DOUBTED_DEG)


def _as_straight(seen: Observation, part: Part) -> BoolArray:
    """Where hips and trunk are about as straight as at this lockout: who sinks slowly holds not."""
    straight = np.ones(seen.time_s.size, dtype=np.bool_)
    for name in ("trunk_thigh_flexion", "trunk_inclination"):
        angle = seen.kinematics.angle_deg[name]
        level = median_known(angle[part.rows])
        straight &= ~(np.abs(angle - level) > STRAIGHT_DEG)  # NaN: not seen
    return straight


def _hold(seen: Observation, repetition: Repetition) -> Measured:
    """How long the hips are still at the lockout, and as straight as they get there."""
    part = lockout(seen, repetition)
    start_s, end_s = span_s(seen, part)
    if repetition.number == seen.segmentation.repetitions[-1].number:
        return missing("after the last repetition everybody stands still", start_s, end_s)
    rates = [seen.kinematics.rate_deg_s[a] for a in ("trunk_thigh_flexion", "trunk_inclination")]
    rate = next((r for r in rates if np.isfinite(r[part.rows]).all()), None)
    if rate is None or hips_in_doubt(seen, repetition):
        return missing("the hips are out of sight at the lockout", start_s, end_s)
    still = np.abs(smooth(seen.time_s, rate, cutoff_hz=STILL_CUTOFF_HZ)) < STILL_DEG_S
    still &= _as_straight(seen, part)
    runs = [(a, b) for a, b in find_runs(still) if a < part.end and b > part.start]
    if not runs:
        return Measured(value=0.0, sd=SD_HOLD_S, start_s=start_s, end_s=end_s)
    a, b = max(runs, key=lambda run: run[1] - run[0])
    start_s, end_s = float(seen.time_s[a]), float(seen.time_s[min(b, seen.time_s.size - 1)])
    return Measured(value=end_s - start_s, sd=SD_HOLD_S, start_s=start_s, end_s=end_s)


METRICS = (
    Metric(name="eccentric_s", unit="s", needs=ANY_VIEW, read=_lasts(Phase.ECCENTRIC)),
    Metric(name="concentric_s", unit="s", needs=ANY_LOCKOUT, read=_lasts(Phase.CONCENTRIC)),
    Metric(name="lockout_hold_s", unit="s", needs=ANY_LOCKOUT, read=_hold),
)
