"""Lockouts that nobody saw count where the lifter was away for as long as the others took."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.movement import Movement, compute_movement
from hingewise.repetitions.runs import LOST_S
from hingewise.repetitions.segmenter import Count, count_repetitions
from tests.builders import STAND, Key, Script, make_lifter
from tests.builders_sets import HINGE_BOTTOM, hinge

UNSEEN = "out of sight before the lockout"
TEMPO_S = (2.0, 0.3, 2.0, 0.8)


def hide_above(movement: Movement, count: Count, number: int, share: float) -> Movement:
    """Hide the lifter around one lockout while the hips are straighter than a share of the bend."""
    extension = count.counted[number].extension
    level = extension.top_deg + share * extension.rom_deg
    bent = np.flatnonzero(movement.hip_bend_deg > level)
    since = bent[bent < extension.top][-1] + 1
    until = bent[bent > extension.top][0]
    bend = movement.hip_bend_deg.copy()
    bend[since:until] = np.nan
    return replace(movement, hip_bend_deg=bend)


def reasons(movement: Movement) -> list[str]:
    return [counted.partial_reason for counted in count_repetitions(movement, given=None).counted]


@pytest.mark.parametrize("share", [0.35, 0.5, 0.6])
@pytest.mark.parametrize("rate_hz", [24.0, 60.0])
def test_a_lockout_as_long_as_the_others_counts(share: float, rate_hz: float) -> None:
    movement = compute_movement(make_lifter(hinge(4, tempo_s=TEMPO_S).sample(rate_hz)))
    hidden = hide_above(movement, count_repetitions(movement, given=None), 1, share)
    assert reasons(hidden) == ["", "", "", ""]


def half_up(set_: Script) -> Script:
    """The same set with a repetition that turns back two thirds up, and two more."""
    half = STAND.toward(HINGE_BOTTOM, 0.35)
    keys = [Key(duration_s=2.0, pose=HINGE_BOTTOM), Key(duration_s=1.0, pose=half)]
    whole = [
        Key(duration_s=2.0, pose=HINGE_BOTTOM),
        Key(duration_s=0.3, pose=HINGE_BOTTOM),
        Key(duration_s=2.0, pose=STAND),
        Key(duration_s=0.8, pose=STAND),
    ]
    back = [Key(duration_s=1.0, pose=HINGE_BOTTOM), *whole[1:]]
    return set_.then(*keys, *back, *whole)


def test_who_turns_back_half_way_is_away_for_too_short() -> None:
    movement = compute_movement(make_lifter(half_up(hinge(2, tempo_s=TEMPO_S))))
    bend = movement.hip_bend_deg.copy()
    seen = count_repetitions(movement, given=None)
    half = next(c.extension for c in seen.counted if c.partial_reason == "no lockout")
    level = half.top_deg + 0.15 * half.rom_deg
    rows = np.arange(bend.size)
    bend[(rows > half.bottom) & (rows < (half.after or 0)) & (bend < level)] = np.nan
    assert UNSEEN in reasons(replace(movement, hip_bend_deg=bend))


def test_a_rest_out_of_sight_tells_nothing_of_the_lockout() -> None:
    script = hinge(2, tempo_s=TEMPO_S)
    rest = [Key(duration_s=9.0, pose=STAND), Key(duration_s=2.0, pose=HINGE_BOTTOM)]
    up = [Key(duration_s=2.0, pose=STAND), Key(duration_s=0.8, pose=STAND)]
    movement = compute_movement(make_lifter(script.then(*rest, *up)))
    hidden = hide_above(movement, count_repetitions(movement, given=None), 1, 0.5)
    assert reasons(hidden)[1] == UNSEEN


def test_lost_a_moment_after_the_highest_is_lost_on_the_way_up() -> None:
    """A landmark that trembles as it vanishes makes no lockout of the moment before."""
    movement = compute_movement(make_lifter(hinge(4, tempo_s=TEMPO_S)))
    hidden = hide_above(movement, count_repetitions(movement, given=None), 1, 0.5)
    bend = hidden.hip_bend_deg.copy()
    last = int(np.flatnonzero(np.isnan(bend))[0]) - 1
    trembling = np.flatnonzero(movement.time_s[last] - movement.time_s[: last + 1] < LOST_S / 2)
    bend[trembling] += np.linspace(-2.0, 1.0, trembling.size)
    assert reasons(replace(hidden, hip_bend_deg=bend)) == ["", "", "", ""]
