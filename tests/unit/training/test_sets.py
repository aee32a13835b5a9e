"""What was planned and what was done: nothing that nobody does."""

from __future__ import annotations

import math

import pytest

from hingewise.errors import TrainingError
from hingewise.training.load import BODY, Load
from hingewise.training.sets import MAX_HOLD_S, MAX_REPETITIONS, PerformedSet, PlannedSet

FORTY = Load(kind="mass", value=40.0)


@pytest.mark.parametrize(
    "repetitions, hold, fine",
    [
        (1, False, True),
        (MAX_REPETITIONS, False, True),
        (MAX_REPETITIONS + 1, False, False),
        (MAX_REPETITIONS + 1, True, True),
        (MAX_HOLD_S + 1, True, False),
        (0, False, False),
    ],
)
def test_nobody_does_so_many(repetitions: int, hold: bool, fine: bool) -> None:
    if fine:
        PerformedSet(exercise="x", repetitions=repetitions, load=BODY, hold=hold)
        PlannedSet(exercise="x", repetitions=(1, repetitions), hold=hold)
        return
    for make in (
        lambda: PerformedSet(exercise="x", repetitions=repetitions, load=BODY, hold=hold),
        lambda: PlannedSet(exercise="x", repetitions=(1, repetitions), hold=hold),
    ):
        with pytest.raises(TrainingError):
            make()


def test_from_least_to_most() -> None:
    with pytest.raises(TrainingError, match="from least to most"):
        PlannedSet(exercise="x", repetitions=(12, 8))


def test_a_reserve_is_checked_wherever_it_stands() -> None:
    with pytest.raises(TrainingError):
        PlannedSet(exercise="x", repetitions=(8, 12), rir=9.0)
    with pytest.raises(TrainingError):
        PerformedSet(exercise="x", repetitions=8, load=BODY, rir=9.0)


def test_volume_is_load_times_repetitions() -> None:
    done = PerformedSet(exercise="x", repetitions=12, load=FORTY)
    assert done.volume_kg == 480.0
    assert PerformedSet(exercise="x", repetitions=30, load=FORTY, hold=True).volume_kg == 0.0
    assert PerformedSet(exercise="x", repetitions=12, load=BODY).volume_kg == 0.0


def test_a_maximum_needs_to_know_what_was_left() -> None:
    """Nobody may guess that a set went to failure."""
    said = PerformedSet(exercise="x", repetitions=5, load=FORTY, rir=1.0)
    assert said.maximum_kg == pytest.approx(48.0)
    unsaid = PerformedSet(exercise="x", repetitions=5, load=FORTY)
    held = PerformedSet(exercise="x", repetitions=5, load=FORTY, rir=1.0, hold=True)
    assert math.isnan(unsaid.maximum_kg)
    assert math.isnan(held.maximum_kg)
