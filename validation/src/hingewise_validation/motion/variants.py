"""The same movement begun and ended another way."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from hingewise_validation.lifter.footsteps import Walk, walking_heading_deg
from hingewise_validation.motion.movement import Movement, Phase

OUTSIDE_M = (0.0, -2.4)
"""In front of the lifter, outside the picture."""
HANGING_HALF_WIDTH_M = 0.24


def with_walks(
    movement: Movement, *, walks_in: bool = True, walks_out: bool = True, outside_m: tuple[float, float] = OUTSIDE_M
) -> Movement:
    """A lifter who comes from ``outside_m``, turns to the front, does the set and goes back there.

    The quiet stand comes when the lifter has arrived.
    """
    if movement.stance.support != "feet":
        raise ValueError(f"{movement.id!r}: whoever lies cannot walk in")
    here, opening = (0.0, 0.0), movement.opening
    takes = movement.stance.hands == "free"
    idle = "idle" if takes else opening
    postures = {**movement.postures, idle: _let_go(movement) if takes else movement.postures[opening]}
    prelude, postlude, quiet_s = movement.prelude, movement.postlude, movement.quiet_before_s
    if walks_in:
        come = Walk(begin_s=0.0, from_m=outside_m, to_m=here, from_heading_deg=_heading(outside_m) + 180.0)
        stand = Phase(name="stand", to=idle, duration_s=movement.quiet_before_s, quiet=True)
        take = (Phase(name="take hold", to=opening, duration_s=0.9),) if takes else ()
        prelude = (Phase(name="walk in", to=idle, walk=come), stand, *take, *prelude)
        quiet_s = 0.1
    if walks_out:
        turned_deg = _heading(outside_m)
        go = Walk(begin_s=0.0, from_m=here, to_m=outside_m, to_heading_deg=turned_deg)
        leave = Phase(name="let go", to=idle, duration_s=1.0)
        postlude = (*postlude, leave, Phase(name="walk out", to=idle, walk=go))
    begin = idle if walks_in else opening
    return replace(
        movement,
        postures=postures,
        opening_posture=begin,
        prelude=prelude,
        postlude=postlude,
        quiet_before_s=quiet_s,
        grips_after_prelude=takes or movement.grips_after_prelude,
    )


def with_partials(
    movement: Movement, fractions: Mapping[int, float], *, of: Literal["depth", "lockout"] = "depth"
) -> Movement:
    """Some repetitions (by number) go only that fraction of the way down, or of the way up."""
    changes = {}
    for number, fraction in fractions.items():
        change = movement.change(number)
        down, up = (fraction, change.lockout_fraction) if of == "depth" else (change.depth_fraction, fraction)
        changes[number] = replace(change, depth_fraction=down, lockout_fraction=up)
    return replace(movement, changes={**movement.changes, **changes})


def with_pauses(
    movement: Movement, numbers: Iterable[int], *, phase: str = "eccentric", share: float = 1.0, wait_s: float = 1.0
) -> Movement:
    """Some repetitions stop ``wait_s`` after that share of the way of a phase; 1 is its end."""
    changes = {
        number: replace(movement.change(number), pauses={**movement.change(number).pauses, phase: (share, wait_s)})
        for number in numbers
    }
    return replace(movement, changes={**movement.changes, **changes})


def with_tiredness(movement: Movement, *, tempo_fraction: float = 0.3, depth_fraction: float = 0.1) -> Movement:
    """Everything slower and shallower towards the end of the set."""
    tired = replace(movement.variability, tired_tempo_fraction=tempo_fraction, tired_depth_fraction=depth_fraction)
    return replace(movement, variability=tired)


def _let_go(movement: Movement) -> dict[str, float]:
    """The opening posture with hanging arms."""
    spread_m = HANGING_HALF_WIDTH_M - movement.stance.grip_half_width_m
    arms = {"arm_inclination_deg": 4.0, "elbow_flexion_deg": 16.0, "grip_spread_m": spread_m}
    return {**movement.postures[movement.opening], **arms}


def _heading(place_m: tuple[float, float]) -> float:
    return walking_heading_deg(Walk(begin_s=0.0, from_m=(0.0, 0.0), to_m=place_m))
