"""Hip extensions: the candidates for repetitions, from the counting signal alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hingewise.kinematics.movement import Movement
from hingewise.signal.events import TurningPoint, find_turning_points
from hingewise.units import FloatArray

MIN_SWING_DEG = 20.0
"""Smaller movements of the hips are no candidates at all."""

SWING_SHARE = 0.3
"""Hysteresis of the second pass, as a share of the lifter's own typical range."""

MIN_TYPICAL_DEG = 25.0


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
    hysteresis = max(MIN_SWING_DEG, SWING_SHARE * typical)
    return _pair(find_turning_points(bend, min_swing=hysteresis))


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
    """Median around a sample, so that one wrong frame does not matter. NaN without samples."""
    part = values[max(0, index - reach) : index + reach + 1]
    return float(np.nanmedian(part)) if np.isfinite(part).any() else float("nan")
