"""What hides the bottom of a repetition does not make it shallow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingewise.kinematics.movement import compute_movement
from hingewise.repetitions.segmenter import Count, count_repetitions
from tests.builders import Trouble, make_lifter
from tests.builders_sets import hinge


def complete(result: Count) -> int:
    return len(result.counted) - len(partial(result))


def partial(result: Count) -> list[str]:
    return [counted.partial_reason for counted in result.counted if counted.partial_reason]


def test_a_bend_that_a_plate_hides_is_not_called_shallow() -> None:
    """The trunk goes down as in the others: only hip and knee are seen wrongly."""
    movement = compute_movement(make_lifter(hinge(4)))
    second = count_repetitions(movement, given=None).counted[1].extension
    bend = movement.hip_bend_deg.copy()
    rows = slice(second.before, second.top)
    bend[rows] = 0.6 * bend[rows]
    hidden = count_repetitions(replace(movement, hip_bend_deg=bend), given=None)
    assert (complete(hidden), partial(hidden)) == (4, [])
    lean = movement.trunk_lean_deg.copy()
    lean[rows] = 0.6 * lean[rows]
    half = count_repetitions(replace(movement, hip_bend_deg=bend, trunk_lean_deg=lean), given=None)
    assert (complete(half), partial(half)) == (3, ["shallow"])


@pytest.mark.parametrize("gone_s", [(5.7, 8.55), (6.5, 8.6)])
def test_whose_bottom_nobody_saw_was_not_shallow(gone_s: tuple[float, float]) -> None:
    """Hidden on the way down until the middle of the way up, the hips' bend is seen half."""
    script = hinge(4, tempo_s=(2.0, 0.3, 1.1, 0.8))
    film = make_lifter(script, trouble=Trouble(gaps_s=(gone_s,)))
    result = count_repetitions(compute_movement(film), given=None)
    assert (complete(result), partial(result)) == (4, [])
