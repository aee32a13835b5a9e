"""What only the whole set shows: that it gets worse, or that no repetition is like the other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hingewise.assessment.metrics.metric import ANY_VIEW, SIDE, SetMetric
from hingewise.assessment.metrics.timing import hips_in_doubt
from hingewise.assessment.observation import Observation, bottom, lockout, read_angle
from hingewise.assessment.types import Measured, missing
from hingewise.repetitions.types import Family, Phase, Repetition
from hingewise.units import FloatArray

DONE_SO = ("shallow", "no lockout")
"""A repetition that is partial for these reasons was done so; for others the film shows less."""

MOSTLY = 0.5

MIN_REPETITIONS = 4
"""In a shorter set there is no beginning and no end to compare."""

END_SHARE = 1.0 / 3.0
"""The first and the last third of the set are compared."""

MIN_ON_LINE, MIN_SPAN = 3, 0.5
"""Fewer repetitions that are seen, or less of the set from the first to the last of them, tell no
trend."""

ALIKE = 0.5
"""Where one of the three is unseen, the others tell only if they are as near as this (steps)."""

RANGE_LOSS = 0.10
SLOWDOWN = 0.25
LOCKOUT_LOSS_DEG = 8.0
"""So much less range, so much longer, or so much less straight is one step of getting worse."""

SD_DECAY, SD_SPREAD, SD_SPREAD_SHARE = 0.25, 0.3, 0.15
"""Of steps of getting worse; of steps of differing, always and as a share of them (fitting bodies
of the study)."""

COARSE = 1.8
"""Where range and tempo are read from the coarse bend of the hips, or plates put the hips in doubt,
they are so much less sure (fitting bodies of the study)."""

DEPTH_SPREAD = 0.08
TEMPO_SPREAD = 0.20
"""Within a set whose repetitions are alike the range spreads by 0.04 and the tempo by 0.08 (fitting
bodies of the study); twice as much is one step."""

ROUNDING_SD_SHARE = 0.7
"""What of the back's sd does not fall out of a difference within one set (fitting bodies)."""


def _decay(seen: Observation) -> Measured:
    """How much range, speed and lockout get worse together, in steps: the second worst of them."""
    repetitions = _whole(seen)
    span = _span_s(repetitions)
    if len(repetitions) < MIN_REPETITIONS:
        return missing(f"it takes {MIN_REPETITIONS} repetitions to see a set get worse", *span)
    if _hidden(seen):
        return missing("plates hide the hips", *span)
    depth = _each(repetitions, lambda r: r.depth_fraction)
    time = np.log(_each(repetitions, _concentric_s))
    straight = _each(
        repetitions,
        lambda r: read_angle(seen, "trunk_inclination", lockout(seen, r)).value,
    )
    trends = [_trend(series) for series in (-depth, time, straight)]
    one_step = (RANGE_LOSS, np.log1p(SLOWDOWN), LOCKOUT_LOSS_DEG)
    steps = [change / one for (change, _), one in zip(trends, one_step, strict=True)]
    told = sorted(step for step in steps if np.isfinite(step))
    if len(told) < 2 or (len(told) == 2 and told[1] - told[0] > ALIKE):
        return missing("too little of the set is in sight", *span)
    sd = SD_DECAY * _coarse(seen) * max(unsure for _, unsure in trends)
    return Measured(value=float(told[-2]), sd=sd, start_s=span[0], end_s=span[1])


def _spread(seen: Observation) -> Measured:
    """How much the repetitions differ from one another in range or in tempo, in steps.

    What changes steadily over the set is no spread.
    """
    repetitions = _whole(seen)
    span = _span_s(repetitions)
    if len(repetitions) < MIN_REPETITIONS:
        return missing(f"it takes {MIN_REPETITIONS} repetitions to see that they differ", *span)
    if _hidden(seen):
        return missing("plates hide the hips", *span)
    depth = _each(repetitions, lambda r: r.depth_fraction)
    time = np.log(_each(repetitions, _moving_s))
    steps = [_residual(depth) / DEPTH_SPREAD, _residual(time) / TEMPO_SPREAD]
    told = [step for step in steps if np.isfinite(step)]
    if not told:
        return missing("too little of the set is in sight", *span)
    value = float(max(told))
    sd = float(np.hypot(SD_SPREAD, SD_SPREAD_SHARE * value)) * _coarse(seen)
    return Measured(value=value, sd=sd, start_s=span[0], end_s=span[1])


def _rounding_drift(seen: Observation) -> Measured:
    """How much more the back rounds at the end of the set than in its first repetitions. [deg]"""
    repetitions = _whole(seen)
    span = _span_s(repetitions)
    if len(repetitions) < MIN_REPETITIONS:
        return missing(f"it takes {MIN_REPETITIONS} repetitions to see a back give in", *span)
    read = [read_angle(seen, "lumbar_flexion", bottom(seen, r)) for r in repetitions]
    change = _change(np.array([each.value for each in read]))
    sds = [each.sd for each in read if each.seen]
    if not np.isfinite(change) or not sds:
        return missing(seen.back_reason or "the back is not told", *span)
    sd = ROUNDING_SD_SHARE * float(np.median(sds))
    return Measured(value=float(change), sd=sd, start_s=span[0], end_s=span[1])


def _coarse(seen: Observation) -> float:
    """By how much range and tempo are less sure than from the side's own angle."""
    return COARSE if seen.segmentation.signal == "hip_bend" or _doubted(seen) else 1.0


def _hidden(seen: Observation) -> bool:
    """Whether plates lie before the hips: in a thrust nothing else tells range and tempo."""
    return seen.segmentation.recognition.family is Family.THRUST and _doubted(seen)


def _doubted(seen: Observation) -> bool:
    doubted = [hips_in_doubt(seen, repetition) for repetition in seen.segmentation.repetitions]
    return bool(np.mean(doubted) >= MOSTLY)


def _each(repetitions: tuple[Repetition, ...], value: Callable[[Repetition], float]) -> FloatArray:
    return np.array([value(repetition) for repetition in repetitions], dtype=np.float64)


def _concentric_s(repetition: Repetition) -> float:
    span = repetition.phase(Phase.CONCENTRIC)
    return span.duration_s if span is not None else float("nan")


def _moving_s(repetition: Repetition) -> float:
    """How long the way down and the way up take; where one is not shown, it is not told."""
    spans = [repetition.phase(kind) for kind in (Phase.ECCENTRIC, Phase.CONCENTRIC)]
    return sum(s.duration_s if s is not None else float("nan") for s in spans)


def _change(values: FloatArray) -> float:
    """From the median of the first third to that of the last; NaN where one of them is unseen."""
    n = max(1, round(END_SHARE * values.size))
    first, last = values[:n], values[-n:]
    if not (np.isfinite(first).any() and np.isfinite(last).any()):
        return float("nan")
    return float(np.nanmedian(last) - np.nanmedian(first))


def _trend(values: FloatArray) -> tuple[float, float]:
    """The same change, and by how much less sure it is than from both ends.

    Where an end is unseen, it is read from a straight line through what is seen, if that is most of
    the set.
    """
    change = _change(values)
    seen = np.flatnonzero(np.isfinite(values))
    if np.isfinite(change) or seen.size < MIN_ON_LINE or np.ptp(seen) < MIN_SPAN * values.size:
        return change, 1.0
    n = max(1, round(END_SHARE * values.size))
    way = values.size - n
    slope = np.polynomial.Polynomial.fit(seen, values[seen], 1).convert().coef[-1]
    of_line = way / np.sqrt(np.square(seen - seen.mean()).sum())
    return float(slope * way), float(max(1.0, of_line / np.sqrt(2.0 / n)))


def _residual(values: FloatArray) -> float:
    """Standard deviation about a straight line over the set."""
    seen = np.flatnonzero(np.isfinite(values))
    if seen.size < MIN_REPETITIONS - 1:
        return float("nan")
    line = np.polynomial.Polynomial.fit(seen, values[seen], 1)
    return float(np.sqrt(np.square(values[seen] - line(seen)).sum() / (seen.size - 2)))


def _whole(seen: Observation) -> tuple[Repetition, ...]:
    """The repetitions whose range and tempo the film shows from end to end."""
    return tuple(
        repetition
        for repetition in seen.segmentation.repetitions
        if not repetition.partial or repetition.partial_reason in DONE_SO
    )


def _span_s(repetitions: tuple[Repetition, ...]) -> tuple[float, float]:
    if not repetitions:
        return float("nan"), float("nan")
    return repetitions[0].start_s, repetitions[-1].end_s


METRICS = (
    SetMetric(name="set_decay", unit="steps", needs=ANY_VIEW, read=_decay),
    SetMetric(name="set_spread", unit="steps", needs=ANY_VIEW, read=_spread),
    SetMetric(name="rounding_drift", unit="deg", needs=SIDE, read=_rounding_drift),
)
