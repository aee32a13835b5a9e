"""The limits of the phases, from the best angle the view allows.

A phase ends where the hip angle leaves a level by more than a tolerance: the lifter's own standing
level around the lockouts, and the deepest level of each repetition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from hingewise.repetitions.extensions import Extension
from hingewise.repetitions.segmenter import Count, Counted
from hingewise.repetitions.types import (
    Family,
    Phase,
    PhaseSpan,
    Repetition,
    SetSegmentation,
)
from hingewise.signal.events import find_crossing_s
from hingewise.units import FloatArray

TOLERANCE_DEG = 3.0
TOLERANCE_SHARE = 0.03
"""A level is left when the angle differs by more than this, or this share of the range."""

LEVEL_TOLERANCES = 3.0
"""Samples within this many tolerances above the lowest angle of a pause may belong to its level:
hidden behind plates, a lifter who stands still seems to bend by 9 degrees within a lockout."""

STILL_SHARE = 0.15
"""Of these, the ones that move at less than this share of the highest speed are its level."""

SETTLING_SHARE = 0.15
"""Slow movement in this first share of the way up is settling, not lifting."""

MIN_SEEN_SHARE = 0.8
"""Limits are only read where this share of bottom and way up was seen."""

REACH_S = 0.3
"""How far before the counting signal's bottom the side's own angle may be deepest."""


MIN_PAUSE_SAMPLES = 3

PAUSE_S = 2.5
"""The standing level is read within this time of the movement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limits:
    """Times of one repetition; NaN where the film does not show it (top and bottom always)."""

    start_s: float
    bottom_start_s: float
    bottom_s: float
    bottom_end_s: float
    top_s: float
    end_s: float


def find_phases(
    time_s: FloatArray, hip_deg: FloatArray, count: Count, *, signal: str
) -> SetSegmentation:
    """Put phases to counted repetitions.

    Parameters
    ----------
    time_s, hip_deg
        The hip angle that the limits are read from, 0 straight, flexion positive. Shape (T,).
    count
        What was counted.
    signal
        Name of the hip angle, for the record.
    """
    limits: list[_Limits] = []
    for number, counted in enumerate(count.counted, start=1):
        following = count.counted[number] if number < len(count.counted) else None
        limits.append(_find_limits(time_s, hip_deg, counted, following))
    limits = _end_last_lockout(_join(limits))
    family = count.recognition.family
    repetitions = [
        _to_repetition(number, time_s, counted, limit, family)
        for number, (counted, limit) in enumerate(zip(count.counted, limits, strict=True), start=1)
    ]
    return SetSegmentation(
        recognition=count.recognition,
        repetitions=tuple(repetitions),
        rejected=count.rejected,
        signal=signal,
    )


def _join(limits: list[_Limits]) -> list[_Limits]:
    """Let each lockout last until the next repetition begins, where that is seen."""
    joined = list(limits)
    for index, (this, following) in enumerate(pairwise(limits)):
        if following.start_s > this.top_s and np.isfinite(this.end_s):
            joined[index] = replace(this, end_s=following.start_s)
    return joined


def _end_last_lockout(limits: list[_Limits]) -> list[_Limits]:
    """Let the last lockout last no longer than the others.

    After the last repetition the lifter just stands; how much of that is lockout, no film shows.
    """
    holds = [limit.end_s - limit.top_s for limit in limits[:-1] if np.isfinite(limit.end_s)]
    if not holds:
        return limits
    last = limits[-1]
    end_s = float(np.fmin(last.end_s, last.top_s + float(np.median(holds))))
    return [*limits[:-1], replace(last, end_s=end_s)]


def _find_limits(
    time_s: FloatArray, hip: FloatArray, counted: Counted, following: Counted | None
) -> _Limits:
    e = counted.extension
    first, last = _window(time_s, counted)
    # Not from the top before: what is hidden in a rest, or early on the way down, spares the rest.
    near_bottom = max(first, e.bottom - (e.top - e.bottom) // 2)
    if np.isfinite(hip[near_bottom : e.top + 1]).mean() < MIN_SEEN_SHARE:
        return _unseen(time_s, e)
    bottom = _deepest(hip, first, e.top)
    deepest = float(hip[bottom])
    rom = deepest - float(np.nanmin(hip[bottom : last + 1]))
    tolerance = max(TOLERANCE_DEG, TOLERANCE_SHARE * rom)
    shallow = deepest - tolerance
    half = deepest - 0.5 * rom
    pause_end = _reach(time_s, hip, bottom, last, half)
    top_level = _pause_level(time_s, hip, bottom, pause_end, tolerance) + tolerance
    start_s, bottom_start_s = float("nan"), float("nan")
    if e.before is not None:
        begin = max(counted.since, _previous_bottom(hip, first, 0.5 * rom))
        begin = _reach(time_s, hip, bottom, begin, half)
        start_level = _pause_level(time_s, hip, begin, bottom, tolerance) + tolerance
        start_s = _crossing(time_s, hip, start_level, begin, bottom, last=True)
        bottom_start_s = _crossing(time_s, hip, shallow, first, bottom, last=False)
        start_s = _if_seen(time_s, hip, start_s, bottom)
        bottom_start_s = _if_seen(time_s, hip, bottom_start_s, bottom)
    top_s = _crossing(time_s, hip, top_level, bottom, last, last=False)
    end_from = _sample_at(time_s, top_s, bottom)
    if following is not None and following.extension.before is not None:
        end_s = _crossing(time_s, hip, top_level, end_from, last, last=True)
    else:
        # Left is the level where the angle goes on to leave it clearly: noise comes back.
        beyond_s = _crossing(time_s, hip, top_level + tolerance, end_from, last, last=False)
        end_s = _crossing(
            time_s, hip, top_level, end_from + 1, _sample_at(time_s, beyond_s, last), last=True
        )
        if not np.isfinite(beyond_s):
            end_s = float("nan")
    if not np.isfinite(end_s) and np.isfinite(hip[end_from : last + 1]).all():
        end_s = float(time_s[last])
    bottom_end_s = _end_of_bottom(time_s, hip, bottom, e.top, tolerance)
    middle_s = (bottom_start_s + bottom_end_s) / 2
    return _Limits(
        start_s=start_s,
        bottom_start_s=bottom_start_s,
        bottom_s=middle_s if np.isfinite(middle_s) else float(time_s[bottom]),
        bottom_end_s=bottom_end_s,
        top_s=top_s if np.isfinite(top_s) else float(time_s[e.top]),
        end_s=end_s,
    )


def _end_of_bottom(
    time_s: FloatArray, hip: FloatArray, bottom: int, top: int, tolerance: float
) -> float:
    """When the hips begin to extend: they leave the deepest level, and not only by settling.

    Who sets up for a pull from the floor comes up by some degrees, slowly, long before lifting.
    """
    deepest = float(hip[bottom])
    leaves_s = _crossing(time_s, hip, deepest - tolerance, bottom, top, last=True)
    rom = deepest - float(np.nanmin(hip[bottom : top + 1]))
    lifts_s = _crossing(time_s, hip, deepest - SETTLING_SHARE * rom, bottom, top, last=True)
    start, end = (_sample_at(time_s, at_s, bottom) for at_s in (leaves_s, lifts_s))
    if not end > start + 1:
        return leaves_s
    speed = -np.gradient(hip[start : top + 1], time_s[start : top + 1])
    with np.errstate(invalid="ignore"):
        slow = np.flatnonzero(speed[: end - start] < STILL_SHARE * np.nanmax(speed, initial=0.0))
    return float(time_s[start + int(slow[-1])]) if slow.size else leaves_s


def _reach(time_s: FloatArray, hip: FloatArray, bottom: int, end: int, half_deg: float) -> int:
    """How far from a bottom, towards ``end``, the pause beside it tells the standing level.

    A lifter who stands for long sways and settles: the standing next to the movement counts.
    """
    start, stop = min(bottom, end), max(bottom, end)
    half_s = _crossing(time_s, hip, half_deg, start, stop, last=end < bottom)
    if not np.isfinite(half_s):
        return end
    moving_s = abs(half_s - float(time_s[bottom]))
    far_s = 2 * moving_s + PAUSE_S
    limit_s = float(time_s[bottom]) + (far_s if end > bottom else -far_s)
    index = _sample_at(time_s, limit_s, end)
    return min(index, end) if end > bottom else max(index, end)


def _window(time_s: FloatArray, counted: Counted) -> tuple[int, int]:
    """First and last sample that can belong to a repetition: between its neighbours' bottoms."""
    e = counted.extension
    first, last = e.before, e.after
    if first is None:
        first = int(np.searchsorted(time_s, time_s[e.bottom] - REACH_S))
    return max(first, counted.since), max(
        e.top, counted.until if last is None else min(last, counted.until)
    )


def _unseen(time_s: FloatArray, e: Extension) -> _Limits:
    """Limits where the angle was hidden: only bottom and lockout, from the counting signal."""
    nan, top_s = float("nan"), float(time_s[e.top])
    return _Limits(
        start_s=nan,
        bottom_start_s=nan,
        bottom_s=float(time_s[e.bottom]),
        bottom_end_s=nan,
        top_s=top_s,
        end_s=nan,
    )


def _deepest(hip: FloatArray, start: int, end: int) -> int:
    """Sample of the deepest flexion in ``[start, end]``."""
    return start + int(np.nanargmax(hip[start : end + 1]))


def _previous_bottom(hip: FloatArray, before: int, bent_deg: float) -> int:
    """Where the pause that contains a top begins: back to where the hips were clearly bent."""
    level = hip[before]
    index = before
    while index > 0 and np.isfinite(hip[index - 1]) and hip[index - 1] - level < bent_deg:
        index -= 1
    return index


def _pause_level(
    time_s: FloatArray, hip: FloatArray, start: int, end: int, tolerance: float
) -> float:
    """Typical angle of the straightest pause between two bottoms.

    Of what holds still the straighter quarter begins: hips that are thrown forward for a moment, to
    lift a bar overhead, are no pause.
    """
    part = hip[start : end + 1]
    seen = part[np.isfinite(part)]
    if seen.size < MIN_PAUSE_SAMPLES:
        return float(seen.min()) if seen.size else float("nan")
    speed = np.abs(np.gradient(part, time_s[start : end + 1]))
    with np.errstate(invalid="ignore"):
        still = speed <= STILL_SHARE * np.nanmax(speed, initial=0.0)
        straight = part[still & (part <= float(seen.min() + seen.max()) / 2)]
        lowest = float(np.percentile(straight, 25)) if straight.size else float(seen.min())
        near = np.abs(part - lowest) <= LEVEL_TOLERANCES * tolerance
    return float(np.nanmedian(part[still & near if (still & near).any() else near]))


def _crossing(
    time_s: FloatArray, hip: FloatArray, level: float, start: int, end: int, *, last: bool
) -> float:
    found = find_crossing_s(time_s, hip, level, start=start, end=end, last=last)
    return float("nan") if found is None else found


def _if_seen(time_s: FloatArray, hip: FloatArray, at_s: float, bottom: int) -> float:
    """A time before a bottom, or NaN if anything between the two was hidden: it may lie there."""
    seen = np.isfinite(at_s) and np.isfinite(hip[_sample_at(time_s, at_s, bottom) : bottom]).all()
    return at_s if seen else float("nan")


def _sample_at(time_s: FloatArray, at_s: float, default: int) -> int:
    if not np.isfinite(at_s):
        return default
    return min(int(np.searchsorted(time_s, at_s)), time_s.size - 1)


def _to_repetition(
    number: int, time_s: FloatArray, counted: Counted, limits: _Limits, family: Family
) -> Repetition:
    lockout = Phase.FLOAT if family is Family.SWING else Phase.LOCKOUT
    bounds = [
        (Phase.ECCENTRIC, limits.start_s, limits.bottom_start_s),
        (Phase.BOTTOM, limits.bottom_start_s, limits.bottom_end_s),
        (Phase.CONCENTRIC, limits.bottom_end_s, limits.top_s),
        (lockout, limits.top_s, limits.end_s),
    ]
    spans = [
        _to_span(time_s, kind, a, b)
        for kind, a, b in bounds
        if np.isfinite([a, b]).all() and b >= a
    ]
    start = next(
        (t for t in (limits.start_s, limits.bottom_start_s) if np.isfinite(t)), limits.bottom_s
    )
    return Repetition(
        number=number,
        partial=bool(counted.partial_reason),
        partial_reason=counted.partial_reason,
        start_s=start,
        bottom_s=limits.bottom_s,
        top_s=limits.top_s,
        end_s=limits.end_s if np.isfinite(limits.end_s) else limits.top_s,
        depth_fraction=counted.rom_fraction,
        phases=tuple(spans),
    )


def _to_span(time_s: FloatArray, kind: Phase, start_s: float, end_s: float) -> PhaseSpan:
    start, end = np.searchsorted(time_s, [start_s, end_s])
    return PhaseSpan(kind=kind, start=int(start), end=int(end), start_s=start_s, end_s=end_s)
