"""What hides the bottom of a repetition does not make it shallow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingewise.kinematics.movement import Movement, compute_movement
from hingewise.repetitions.runs import COMPLETE_SHARE
from hingewise.repetitions.segmenter import USUAL_LEAN_SHARE, Count, count_repetitions
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


HIDDEN_BEND = 0.6
"""So much of the hips' bend is seen behind plates: too little for a complete repetition."""


def read_low(movement: Movement, lean_share: float, *numbers: int) -> Movement:
    """Some repetitions whose hips are seen to bend too little, and whose trunk leans by a share."""
    counted = count_repetitions(movement, given=None).counted
    bend, lean = movement.hip_bend_deg.copy(), movement.trunk_lean_deg.copy()
    for extension in (counted[number].extension for number in numbers):
        rows = slice(extension.before, extension.top)
        bend[rows] *= HIDDEN_BEND
        lean[rows] *= lean_share
    return replace(movement, hip_bend_deg=bend, trunk_lean_deg=lean)


@pytest.mark.parametrize("noise_px", [0.0, 2.0])
@pytest.mark.parametrize(
    "lean_share,reasons",
    [
        (1.0, []),
        (0.9, []),
        (USUAL_LEAN_SHARE + 0.02, []),
        (USUAL_LEAN_SHARE - 0.02, ["shallow"]),
        (0.75, ["shallow"]),
    ],
)
def test_a_trunk_that_goes_down_nearly_as_usual_shows_a_complete_repetition(
    lean_share: float, reasons: list[str], noise_px: float
) -> None:
    """Not one that goes down by the share of the usual which is enough for the hips."""
    assert HIDDEN_BEND < COMPLETE_SHARE < 0.75
    movement = compute_movement(make_lifter(hinge(4), trouble=Trouble(noise_px=noise_px)))
    result = count_repetitions(read_low(movement, lean_share, 1), given=None)
    assert (complete(result), partial(result)) == (4 - len(reasons), reasons)


def test_half_a_set_that_is_shallow_does_not_lower_how_far_the_trunk_usually_goes() -> None:
    movement = compute_movement(make_lifter(hinge(4)))
    result = count_repetitions(read_low(movement, 0.75, 1, 3), given=None)
    assert (complete(result), partial(result)) == (2, ["shallow", "shallow"])
    hidden = count_repetitions(read_low(movement, 0.95, 1, 3), given=None)
    assert (complete(hidden), partial(hidden)) == (4, [])
