"""Hip extensions: the candidates for repetitions, from the counting signal alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from hingewise.kinematics.movement import Movement
from hingewise.signal.events import TurningPoint, find_turning_points
from hingewise.units import FloatArray

MIN_SWING_DEG = 20.0
"""Smaller movements of the hips are no candidates at all."""

PARTIAL_SHARE = 0.35
"""Below this share of the lifter's own typical range a movement is not even half a repetition: it
is the hysteresis of the second pass."""

MIN_TYPICAL_DEG = 25.0

STEEP_SHARE = 0.1
"""An extension begins and ends in earnest where this share of its range is done and left."""

LYING_DOWN_DEG = 45.0
"""Hips that extend while the trunk sinks by more than this are lying down, not lifting."""

REACH_S = 0.3

LOCKOUT_SHARE = 0.25
"""An extension ends in a lockout no further from the set's own than this share of its range."""

HIDDEN_S = 1.0
AGAIN_SHARE = 0.1
"""Out of sight for so long, a lifter who is higher than before by this share of the range and then
sinks again by as much has straightened up meanwhile."""

AROUND_S = 20.0
"""What is looked at before and after such a time."""

SAG_SHARE = 0.45
"""Hips that stop short of the lockout and sink again by less than this share have not finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """One hip extension, from its deepest sample to its highest, and what surrounds it.

    ``before`` is the sample of the highest position before the bottom, None when the film begins
    with the hips bent; ``after`` that of the next bottom, None when there is none.
    """

    before: int | None
    bottom: int
    top: int
    after: int | None
    bottom_deg: float
    top_deg: float

    @property
    def rom_deg(self) -> float:
        """How far the hips extended."""
        return self.bottom_deg - self.top_deg


def find_extensions(movement: Movement) -> list[Extension]:
    """Return every hip extension that is large against the lifter's own typical one.

    Two passes: the first with a small fixed hysteresis finds the typical range, the second takes
    its hysteresis from that, so that neither a shaking camera nor a short pause splits a
    repetition.
    """
    bend = movement.hip_bend_deg
    first = _pair(find_turning_points(bend, min_swing=MIN_SWING_DEG))
    typical = typical_rom_deg(first)
    if not np.isfinite(typical):
        return []
    hysteresis = max(MIN_SWING_DEG, PARTIAL_SHARE * typical)
    parts = _parts(movement, AGAIN_SHARE * typical)
    found = [_pair(_turning_points(bend, part, hysteresis)) for part in parts]
    large = [e for part in found for e in part if e.rom_deg >= MIN_TYPICAL_DEG]
    return [
        _after_lying_down(movement, extension)
        for part in found
        for extension in _join_sagging(part, large)
    ]


def _parts(movement: Movement, again_deg: float) -> list[slice]:
    """The film, cut where the lifter was on the way down before and after being out of sight.

    A repetition was over meanwhile, and nobody saw when.
    """
    bend = movement.hip_bend_deg
    seen = np.flatnonzero(np.isfinite(bend))
    gaps = np.flatnonzero(np.diff(movement.time_s[seen]) >= HIDDEN_S)
    limits = [0]
    for last, first in zip(seen[gaps], seen[gaps + 1], strict=True):
        since_s, until_s = movement.time_s[last] - AROUND_S, movement.time_s[first] + AROUND_S
        since, until = np.searchsorted(movement.time_s, [since_s, until_s])
        since = max(int(since), limits[-1])
        before = find_turning_points(bend[since : last + 1], min_swing=again_deg)
        after = find_turning_points(bend[first:until], min_swing=again_deg)
        deepest = max([point.value for point in before[-2:]], default=float(bend[last]))
        sinks = len(after) > 1 and after[0].value + again_deg <= after[1].value
        if sinks and bend[first] + again_deg <= deepest:
            limits.append(int(first))
    limits.append(bend.size)
    return [slice(a, b) for a, b in pairwise(limits)]


def _turning_points(bend: FloatArray, part: slice, min_swing: float) -> list[TurningPoint]:
    points = find_turning_points(bend[part], min_swing=min_swing)
    return [replace(point, index=part.start + point.index) for point in points]


def lockout_level_deg(extensions: list[Extension]) -> float:
    """Median top of the straighter half of the extensions; NaN without any. [deg]"""
    tops = np.sort([e.top_deg for e in extensions])
    return float(np.median(tops[: (tops.size + 1) // 2])) if tops.size else float("nan")


def _join_sagging(extensions: list[Extension], large: list[Extension]) -> list[Extension]:
    """Make one of extensions between which the hips sank a little, short of the lockout.

    ``large`` are the extensions of the whole film that tell where the lockout is.
    """
    lockout = lockout_level_deg(large)
    deepest = np.sort([e.bottom_deg for e in large])[len(large) // 2 :]
    typical = float(np.median(deepest)) - lockout if large else float("nan")
    joined: list[Extension] = []
    for extension in extensions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.top_deg > lockout + LOCKOUT_SHARE * typical
            and extension.bottom_deg - last.top_deg < SAG_SHARE * typical
        ):
            bottom = max(last, extension, key=lambda e: e.bottom_deg)
            joined[-1] = replace(
                extension,
                before=last.before,
                bottom=bottom.bottom,
                bottom_deg=bottom.bottom_deg,
            )
        else:
            joined.append(extension)
    return joined


def steep_span(movement: Movement, extension: Extension) -> tuple[int, int]:
    """Samples between which the middle part of an extension happens, without holds around it.

    The highest and the deepest sample may lie anywhere in a hold, even long after the work.
    """
    part = movement.hip_bend_deg[extension.bottom : extension.top + 1]
    low = extension.top_deg + STEEP_SHARE * extension.rom_deg
    high = extension.bottom_deg - STEEP_SHARE * extension.rom_deg
    below = np.flatnonzero(part <= low)
    end = int(below[0]) if below.size else part.size - 1
    above = np.flatnonzero(part[: end + 1] >= high)
    start = int(above[-1]) if above.size else 0
    return extension.bottom + start, extension.bottom + end


def _after_lying_down(movement: Movement, extension: Extension) -> Extension:
    """The same extension without the lying down before it, as on the way to the first thrust."""
    lean = movement.trunk_lean_deg[extension.bottom : extension.top + 1]
    upright = np.flatnonzero(lean < lean[-1] - LYING_DOWN_DEG)
    if not lean[-1] - lean[0] > LYING_DOWN_DEG or upright.size == 0:
        return extension
    lying = extension.bottom + int(upright[-1]) + 1
    bend = movement.hip_bend_deg[lying : extension.top + 1]
    high = extension.top_deg + (1 - 1.5 * STEEP_SHARE) * (np.nanmax(bend) - extension.top_deg)
    leaves = lying + int(np.flatnonzero(bend >= high)[-1])
    first = max(lying, int(np.searchsorted(movement.time_s, movement.time_s[leaves] - REACH_S)))
    bottom = first + int(np.nanargmax(movement.hip_bend_deg[first : leaves + 1]))
    return replace(
        extension,
        before=None,
        bottom=bottom,
        bottom_deg=float(movement.hip_bend_deg[bottom]),
    )


def typical_rom_deg(extensions: list[Extension]) -> float:
    """Median range of the larger half of the extensions; NaN without any. [deg]"""
    roms = np.sort([e.rom_deg for e in extensions if e.rom_deg >= MIN_TYPICAL_DEG])
    return float(np.median(roms[roms.size // 2 :])) if roms.size else float("nan")


def _pair(points: list[TurningPoint]) -> list[Extension]:
    extensions = []
    for i, (bottom, top) in enumerate(pairwise(points)):
        if not bottom.maximum:
            continue
        extensions.append(
            Extension(
                before=points[i - 1].index if i > 0 else None,
                bottom=bottom.index,
                top=top.index,
                after=points[i + 2].index if i + 2 < len(points) else None,
                bottom_deg=bottom.value,
                top_deg=top.value,
            )
        )
    return extensions


def level(values: FloatArray, index: int, *, reach: int) -> float:
    """Median around a sample: one wrong frame does not matter. NaN where most are unseen."""
    part = values[max(0, index - reach) : index + reach + 1]
    seen = 2 * np.count_nonzero(np.isfinite(part)) > part.size
    return float(np.nanmedian(part)) if seen else float("nan")
