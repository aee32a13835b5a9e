"""Whether a film plays in slow motion, judged by how slowly the lifter moves."""

from __future__ import annotations

import numpy as np

from hingewise.repetitions.types import Family, Phase, SetSegmentation
from hingewise.units import FloatArray

FACTORS = (2.0, 4.0, 8.0, 16.0)
"""Factors that phones and editing programs use."""

SLOW_PEAK_DEG_S = {Family.SWING: 200.0}
SLOW_PEAK_DEFAULT_DEG_S = 40.0
"""Even heavy, deliberate lifts open the hips faster than this at their quickest; swings much more
(BIOMECHANICS 4d: above 400 degrees a second)."""

USUAL_PEAK_DEG_S = {Family.SWING: 450.0}
USUAL_PEAK_DEFAULT_DEG_S = 120.0


def suggest_slow_motion(
    time_s: FloatArray, hip_deg: FloatArray, segmentation: SetSegmentation
) -> float:
    """How many times slower than life the film seems to play; 1 where nothing speaks for it.

    Lowering may be slow on purpose, lifting hardly ever is: the quickest moment of lifting counts.
    """
    family = segmentation.recognition.family
    peaks = []
    for repetition in segmentation.repetitions:
        span = repetition.phase(Phase.CONCENTRIC)
        if span is None or span.end - span.start < 3:
            continue
        part = slice(span.start, span.end)
        rate = np.gradient(hip_deg[part], time_s[part])
        if np.isfinite(rate).any():
            peaks.append(float(np.nanpercentile(-rate, 95)))
    if not peaks:
        return 1.0
    peak = float(np.median(peaks))
    if peak > SLOW_PEAK_DEG_S.get(family, SLOW_PEAK_DEFAULT_DEG_S) or peak <= 0:
        return 1.0
    usual = USUAL_PEAK_DEG_S.get(family, USUAL_PEAK_DEFAULT_DEG_S)
    return min(FACTORS, key=lambda factor: abs(np.log(factor * peak / usual)))
