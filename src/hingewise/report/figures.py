"""The series of a set as plain data, small enough to be drawn: no pixel, no colour, no wording."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hingewise.kinematics.series import Kinematics
from hingewise.repetitions.types import SetSegmentation
from hingewise.units import BoolArray, FloatArray, IntArray

REPORT_ANGLES: tuple[str, ...] = (
    "trunk_thigh_flexion",
    "trunk_inclination",
    "knee_flexion",
    "lumbar_flexion",
)
"""Angles that a report draws, the most telling first."""

MAX_POINTS = 4000
"""Points per trace; more cannot be told apart on any screen or sheet."""

_POINTS_PER_BUCKET = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value that stands out on a trace: at the ``bottom`` or the ``lockout`` of a repetition."""

    repetition: int
    kind: str
    time_s: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One angle over time; ``value`` is None where it was not observed.

    ``sd`` is the standard deviation of a single value, or None where it is not known.
    """

    name: str
    unit: str
    time_s: tuple[float, ...]
    value: tuple[float | None, ...]
    sd: float | None
    marks: tuple[Mark, ...] = ()

    @property
    def observed(self) -> tuple[float, ...]:
        """The values that were observed."""
        return tuple(value for value in self.value if value is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time.

    ``kind`` is a phase, ``repetition``, ``partial``, ``rejected`` or ``standing``; ``repetition``
    is its number from 1, or None; ``note`` says why.
    """

    kind: str
    start_s: float
    end_s: float
    repetition: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigures:
    """Everything that a report draws over time."""

    duration_s: float
    traces: tuple[Trace, ...]
    repetitions: tuple[Span, ...]
    phases: tuple[Span, ...]
    rejected: tuple[Span, ...]
    standing: Span | None = None


def make_figures(
    kinematics: Kinematics,
    segmentation: SetSegmentation,
    *,
    duration_s: float | None = None,
    max_points: int = MAX_POINTS,
) -> ReportFigures:
    """Gather the series and spans of a set.

    Parameters
    ----------
    kinematics, segmentation
        Of the same film.
    duration_s
        Length of the film; the last sample's time if not given.
    max_points
        Most points that a trace keeps; extremes survive.
    """
    time_s = kinematics.time_s
    end_s = float(time_s[-1]) if duration_s is None and time_s.size else duration_s or 0.0
    return ReportFigures(
        duration_s=end_s,
        traces=tuple(
            _make_trace(name, kinematics, segmentation, max_points)
            for name in REPORT_ANGLES
            if name in kinematics.angle_deg
        ),
        repetitions=tuple(
            Span(
                kind="partial" if repetition.partial else "repetition",
                start_s=repetition.start_s,
                end_s=repetition.end_s,
                repetition=repetition.number,
                note=repetition.partial_reason,
            )
            for repetition in segmentation.repetitions
        ),
        phases=tuple(
            Span(
                kind=str(phase.kind),
                start_s=phase.start_s,
                end_s=phase.end_s,
                repetition=repetition.number,
            )
            for repetition in segmentation.repetitions
            for phase in repetition.phases
        ),
        rejected=tuple(
            Span(kind="rejected", start_s=item.start_s, end_s=item.end_s, note=item.reason)
            for item in segmentation.rejected
        ),
        standing=_standing(kinematics),
    )


def thin_series(time_s: FloatArray, value: FloatArray, max_points: int) -> IntArray:
    """Choose the samples that keep a drawn line looking the same.

    Time is cut into equal stretches; of each, the lowest, the highest and the first unobserved
    sample are kept, so that no extreme and no gap is lost.

    Returns
    -------
    Indexes, increasing; at most ``max_points``.

    Examples
    --------
    >>> thin_series(np.arange(9.0), np.array([0, 5, 0, 1, 1, 1, 0, -7, 0.0]), 6)
    array([0, 1, 4, 7])
    """
    if time_s.size <= max_points:
        return np.arange(time_s.size)
    n_buckets = max(1, max_points // _POINTS_PER_BUCKET)
    edges = np.linspace(time_s[0], time_s[-1], n_buckets + 1)
    starts = np.searchsorted(time_s, edges)
    starts[-1] = time_s.size
    chosen = [
        _bucket_indexes(value, int(start), int(end))
        for start, end in pairwise(starts)
        if end > start
    ]
    return np.concatenate(chosen)


def _bucket_indexes(value: FloatArray, start: int, end: int) -> IntArray:
    part = value[start:end]
    missing = np.isnan(part)
    kept: list[int] = []
    if missing.any():
        kept.append(int(np.argmax(missing)))
    if not missing.all():
        kept += [int(np.nanargmin(part)), int(np.nanargmax(part))]
    return start + np.unique(np.asarray(kept, dtype=np.int64))


def _make_trace(
    name: str, kinematics: Kinematics, segmentation: SetSegmentation, max_points: int
) -> Trace:
    series = kinematics.angle_deg[name]
    index = thin_series(kinematics.time_s, series, max_points)
    sd = kinematics.sd_deg.get(name)
    usual = float("nan") if sd is None else float(np.median(sd))
    return Trace(
        name=name,
        unit="deg",
        time_s=tuple(round(float(t), 3) for t in kinematics.time_s[index]),
        value=tuple(None if np.isnan(v) else round(float(v), 2) for v in series[index]),
        sd=round(usual, 2) if np.isfinite(usual) else None,
        marks=_make_marks(kinematics.time_s, series, segmentation),
    )


def _make_marks(
    time_s: FloatArray, series: FloatArray, segmentation: SetSegmentation
) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for repetition in segmentation.repetitions:
        for kind, at_s in (("bottom", repetition.bottom_s), ("lockout", repetition.top_s)):
            value = value_at(time_s, series, at_s)
            if value is not None:
                marks.append(
                    Mark(
                        repetition=repetition.number, kind=kind, time_s=at_s, value=round(value, 2)
                    )
                )
    return tuple(marks)


def value_at(time_s: FloatArray, series: FloatArray, at_s: float) -> float | None:
    """Return the value of the nearest sample, or None where it was not observed."""
    if time_s.size == 0:
        return None
    after = min(int(np.searchsorted(time_s, at_s)), time_s.size - 1)
    before = max(after - 1, 0)
    nearest = before if at_s - time_s[before] < time_s[after] - at_s else after
    value = float(series[nearest])
    return None if np.isnan(value) else value


def _standing(kinematics: Kinematics) -> Span | None:
    standing = kinematics.standing
    if not standing.found:
        return None
    return Span(kind="standing", start_s=standing.start_s, end_s=standing.end_s)


def observed_fraction(trace: Trace) -> float:
    """Share of a trace's points that were observed. Range 0-1."""
    seen: BoolArray = np.array([value is not None for value in trace.value], dtype=np.bool_)
    return float(seen.mean()) if seen.size else 0.0
