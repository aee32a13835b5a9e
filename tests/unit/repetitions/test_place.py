"""Whether the lifter steps or turns within an extension, against what the feet do each time."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from hingewise.kinematics.movement import Movement, compute_movement
from hingewise.repetitions.extensions import Extension, find_extensions, steep_span
from hingewise.repetitions.place import (
    MIN_USUAL,
    STEP_LENGTH,
    TURN_DEG,
    moves_within,
)
from hingewise.repetitions.recognise import LYING_TOP_LEAN_DEG
from hingewise.repetitions.segmenter import count_repetitions
from hingewise.units import FloatArray
from tests.builders import make_lifter
from tests.builders_sets import hinge

N = 4
STRAY = 1.5 * STEP_LENGTH
STEPPING, TURNING = "stepping", "turning"


@cache
def hinges() -> tuple[Movement, tuple[Extension, ...]]:
    """Four hinges in one place, and their extensions."""
    movement = compute_movement(make_lifter(hinge(N)))
    return movement, tuple(find_extensions(movement))


def low(number: int) -> slice:
    """The samples around a bottom in which a plate is before the feet."""
    movement, extensions = hinges()
    extension = extensions[number]
    start, end = steep_span(movement, extension)
    assert extension.before is not None
    return slice((extension.before + extension.bottom) // 2, (start + end) // 2)


def shift(series: FloatArray, rows: slice, by: float) -> FloatArray:
    shifted = series.copy()
    shifted[rows] += by
    return shifted


def stray(movement: Movement, *numbers: int, hips: float = 1.0, axis: str = "feet_x") -> Movement:
    """Feet, and hips with them, are seen elsewhere at these bottoms and come back after."""
    for number in numbers:
        feet = shift(getattr(movement, axis), low(number), -STRAY)
        along = hips if axis == "feet_x" else 0.0
        hips_x = shift(movement.hips_x, low(number), -along * STRAY)
        movement = replace(movement, hips_x=hips_x, **{axis: feet})
    return movement


def step(movement: Movement, number: int) -> Movement:
    """A step while straightening up, after which the lifter stands there."""
    rows = slice(low(number).stop, None)
    return replace(
        movement,
        feet_x=shift(movement.feet_x, rows, STRAY),
        hips_x=shift(movement.hips_x, rows, STRAY),
    )


def hide_feet(movement: Movement, *numbers: int) -> Movement:
    """Feet that no one sees at these bottoms."""
    for number in numbers:
        feet = [shift(s, low(number), float("nan")) for s in (movement.feet_x, movement.feet_y)]
        movement = replace(movement, feet_x=feet[0], feet_y=feet[1])
    return movement


def moves(movement: Movement) -> list[str]:
    return moves_within(movement, hinges()[1])


def test_who_stays_does_not_move() -> None:
    assert moves(hinges()[0]) == [""] * N
    assert moves_within(hinges()[0], ()) == []


def test_feet_that_stray_once_have_stepped() -> None:
    """What comes back once may be a step to and fro."""
    for number in range(N):
        expected = [STEPPING if number == each else "" for each in range(N)]
        assert moves(stray(hinges()[0], number)) == expected


@pytest.mark.parametrize("axis", ["feet_x", "feet_y"])
@pytest.mark.parametrize("numbers", [(0, 1, 2, 3), (0, 1, 2), (1, 2, 3)])
def test_feet_that_stray_and_come_back_in_most_have_not_stepped(
    numbers: tuple[int, ...], axis: str
) -> None:
    assert moves(stray(hinges()[0], *numbers, axis=axis)) == [""] * N


def test_feet_that_stray_in_half_have_stepped() -> None:
    expected = [STEPPING, STEPPING, "", ""]
    assert moves(stray(hinges()[0], 0, 1)) == expected


def test_of_most_only_those_count_whose_feet_are_seen() -> None:
    assert moves(hide_feet(stray(hinges()[0], 0, 1), 2)) == [""] * N
    assert moves(hide_feet(stray(hinges()[0], 0, 1), 2, 3)) == [""] * N


def test_what_is_seen_to_stray_once_only_is_not_usual() -> None:
    """Though it is all whose feet are seen."""
    assert MIN_USUAL == 2
    movement = hide_feet(stray(hinges()[0], 2), 0, 1, 3)
    assert moves(movement) == ["", "", STEPPING, ""]


def test_feet_that_do_not_come_back_have_stepped() -> None:
    """A step each time, always the same way."""
    movement = hinges()[0]
    for number in range(N):
        movement = step(movement, number)
    assert moves(movement) == [STEPPING] * N


def test_a_step_among_feet_that_stray_is_a_step() -> None:
    movement = step(stray(hinges()[0], 0, 1, 2), 3)
    assert moves(movement) == ["", "", "", STEPPING]


def test_feet_that_the_hips_do_not_follow_have_not_stepped() -> None:
    """Once is enough: behind a plate the feet stray alone."""
    assert moves(stray(hinges()[0], 1, hips=0.0)) == [""] * N


def test_a_set_whose_feet_stray_each_time_is_counted() -> None:
    """The same set with one such repetition has one less."""
    assert len(count_repetitions(stray(hinges()[0], 0, 1, 2, 3), given=None).counted) == N
    once = count_repetitions(stray(hinges()[0], 2), given=None)
    assert len(once.counted) == N - 1
    assert [r.reason for r in once.rejected] == ["stepping while straightening up"]


def turn(movement: Movement, number: int, lean_deg: float) -> Movement:
    """Heading elsewhere from a bottom on; the trunk leans by so much from there."""
    rows = slice(low(number).stop, None)
    lean = movement.trunk_lean_deg.copy()
    lean[rows] = lean_deg
    return replace(
        movement,
        turn_deg=shift(np.zeros_like(lean), rows, TURN_DEG + 10.0),
        trunk_lean_deg=lean,
    )


@pytest.mark.parametrize(
    "lean_deg,found",
    [
        (0.0, TURNING),
        (LYING_TOP_LEAN_DEG - 1.0, TURNING),
        (LYING_TOP_LEAN_DEG + 1.0, ""),
        (90.0, ""),
    ],
)
def test_who_ends_upright_has_turned_and_who_ends_lying_has_not(
    lean_deg: float, found: str
) -> None:
    """Of one who lies the network guesses the heading; who lies at the end lay before."""
    assert moves(turn(hinges()[0], 1, lean_deg)) == ["", found, "", ""]


def test_who_lies_may_step_all_the_same() -> None:
    assert moves(step(turn(hinges()[0], 1, 90.0), 1)) == ["", STEPPING, "", ""]


def test_a_turn_among_feet_that_stray_is_a_turn() -> None:
    movement = turn(stray(hinges()[0], 0, 1, 2), 3, 0.0)
    assert moves(movement) == ["", "", "", TURNING]
