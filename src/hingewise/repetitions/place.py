"""Where the lifter stands and which way: steps and turns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hingewise.kinematics.movement import Movement
from hingewise.repetitions.extensions import Extension, steep_span
from hingewise.repetitions.recognise import LYING_TOP_LEAN_DEG
from hingewise.units import BoolArray, wrap_deg

STEP_LENGTH = 0.25
"""Feet that move by this share of the body's length have stepped."""

TURN_DEG = 50.0
"""Hips that head elsewhere by this much have turned."""


FOLLOWING_SHARE = 0.3
"""The hips take this share of a step at least; the rest may be the way that straightening up takes
them back."""

MIN_USUAL = 2
"""What is done once is not what the lifter does each time."""

GONE_LENGTH = 0.5
"""Feet that are so far away have walked off."""


def moves_within(movement: Movement, extensions: Sequence[Extension]) -> list[str]:
    """How the lifter leaves the place in each extension: stepping, turning or not ("").

    At the bottom a plate may hide the feet, and what is seen of them strays. So a step takes the
    hips along, and whoever heads after it where they headed before it has not turned. Feet that
    come back each time have not stepped either, and who lies at the end of it lay before.
    """
    found = [_moves_within(movement, extension) for extension in extensions]
    strays = [
        moves == "stepping" and _comes_back(movement, extension)
        for moves, extension in zip(found, extensions, strict=True)
    ]
    seen = [_sees_feet(movement, extension) for extension in extensions]
    if sum(strays) >= MIN_USUAL and sum(strays) > sum(seen) / 2:
        return ["" if stray else moves for moves, stray in zip(found, strays, strict=True)]
    return found


def _moves_within(movement: Movement, extension: Extension) -> str:
    start, end = steep_span(movement, extension)
    if _steps(movement, start, end) and _hips_follow(movement, start, end):
        return "stepping"
    lying = bool(movement.trunk_lean_deg[end] > LYING_TOP_LEAN_DEG)
    turns = _turns(movement, start, end) and not lying
    back = extension.before is not None and turned_deg(movement, extension.before, end) <= TURN_DEG
    return "turning" if turns and not back else ""


def _sees_feet(movement: Movement, extension: Extension) -> bool:
    return bool(np.isfinite(movement.feet_x[list(steep_span(movement, extension))]).all())


def _comes_back(movement: Movement, extension: Extension) -> bool:
    """Whether the feet stand after straightening up where they stood before bending."""
    _, end = steep_span(movement, extension)
    before = extension.before
    seen = before is not None and bool(np.isfinite(movement.feet_x[[before, end]]).all())
    return before is not None and seen and not _steps(movement, before, end)


def moves_between(movement: Movement, last: Extension, following: Extension) -> bool:
    """Whether the lifter stands elsewhere, at the bottom and above it, in a later extension."""
    (start, end), (next_start, next_end) = (steep_span(movement, e) for e in (last, following))
    seen = bool(np.isfinite(movement.feet_x[[end, next_end]]).all())
    return _moves(movement, start, next_start) and (not seen or _moves(movement, end, next_end))


def walks_off(movement: Movement, extension: Extension, *, within_s: float) -> bool:
    """Whether the lifter walks away so soon after straightening up."""
    _, end = steep_span(movement, extension)
    until = int(np.searchsorted(movement.time_s, movement.time_s[end] + within_s))
    away_x = movement.feet_x[end:until] - movement.feet_x[end]
    away_y = movement.feet_y[end:until] - movement.feet_y[end]
    return bool((np.hypot(away_x, away_y) > GONE_LENGTH).any())


def _moves(movement: Movement, start: int, end: int) -> bool:
    return _steps(movement, start, end) or _turns(movement, start, end)


def _steps(movement: Movement, start: int, end: int) -> bool:
    dx = movement.feet_x[end] - movement.feet_x[start]
    dy = movement.feet_y[end] - movement.feet_y[start]
    return bool(np.hypot(dx, dy) > STEP_LENGTH)


def _hips_follow(movement: Movement, start: int, end: int) -> bool:
    """Whether the hips go where the feet go; so it is where the feet go to the camera."""
    step = movement.feet_x[end] - movement.feet_x[start]
    hips = movement.hips_x[end] - movement.hips_x[start]
    return bool(abs(step) <= STEP_LENGTH or hips * np.sign(step) >= FOLLOWING_SHARE * abs(step))


def _turns(movement: Movement, start: int, end: int) -> bool:
    return turned_deg(movement, start, end) > TURN_DEG


def turned_deg(movement: Movement, start: int, end: int) -> float:
    """By how much the lifter heads elsewhere, 0-180; a whole turn is none. NaN where unseen."""
    return float(np.abs(wrap_deg(movement.turn_deg[end] - movement.turn_deg[start])))


def find_stay(movement: Movement, start: int, end: int) -> tuple[int, int]:
    """First and last seen sample around ``[start, end]`` without a step or a turn in between."""
    first, last = find_seen_span(movement)
    earlier = np.flatnonzero(_moved(movement, start)[first:start])
    later = np.flatnonzero(_moved(movement, end)[end + 1 : last + 1])
    since = first + int(earlier[-1]) + 1 if earlier.size else first
    until = end + int(later[0]) if later.size else last
    return since, until


def _moved(movement: Movement, at: int) -> BoolArray:
    """Samples in which the lifter stands elsewhere or heads elsewhere than in this one."""
    away = np.hypot(movement.feet_x - movement.feet_x[at], movement.feet_y - movement.feet_y[at])
    turned = np.abs(wrap_deg(movement.turn_deg - movement.turn_deg[at]))
    with np.errstate(invalid="ignore"):
        return np.asarray((away > STEP_LENGTH) | (turned > TURN_DEG), dtype=np.bool_)


def find_seen_span(movement: Movement) -> tuple[int, int]:
    """First and last sample with a lifter."""
    seen = np.flatnonzero(np.isfinite(movement.hip_bend_deg))
    return int(seen[0]), int(seen[-1])
