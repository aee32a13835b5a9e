"""Exertion, repetitions in reserve and the maximum they stand for."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.errors import TrainingError
from hingewise.training.intensity import (
    MAX_REPETITIONS,
    MAX_RIR,
    checked_rir,
    estimate_maximum_kg,
    rir_from_rpe,
    rpe_from_rir,
)

halves = st.integers(min_value=0, max_value=round(2 * MAX_RIR)).map(lambda n: n / 2.0)


@given(rir=halves)
def test_exertion_and_reserve_are_each_others_inverse(rir: float) -> None:
    assert rir_from_rpe(rpe_from_rir(rir)) == checked_rir(rir) == rir


@pytest.mark.parametrize("rpe", [3.5, 10.5, 8.3, 0.0, math.nan, math.inf])
def test_an_exertion_off_the_scale_is_refused(rpe: float) -> None:
    with pytest.raises(TrainingError, match="RPE between 4 and 10"):
        rir_from_rpe(rpe)


@pytest.mark.parametrize("rir", [-0.5, MAX_RIR + 0.5, 1.3, math.nan])
def test_a_reserve_that_nobody_can_tell_is_refused(rir: float) -> None:
    with pytest.raises(TrainingError, match="repetitions in reserve"):
        checked_rir(rir)


@given(
    mass=st.floats(min_value=1.0, max_value=500.0),
    repetitions=st.integers(min_value=1, max_value=MAX_REPETITIONS),
)
def test_the_maximum_is_no_less_than_what_was_lifted(mass: float, repetitions: int) -> None:
    one = estimate_maximum_kg(mass, repetitions, 0.0)
    assert one >= mass
    assert (one == mass) == (repetitions == 1)


def test_a_repetition_left_is_worth_one_done() -> None:
    assert estimate_maximum_kg(80.0, 5, 2.0) == estimate_maximum_kg(80.0, 7, 0.0)


@pytest.mark.parametrize(
    "mass, repetitions, rir", [(0.0, 5, 0.0), (40.0, 13, 0.0), (40.0, 10, 3.0)]
)
def test_long_sets_and_no_load_tell_no_maximum(mass: float, repetitions: int, rir: float) -> None:
    assert math.isnan(estimate_maximum_kg(mass, repetitions, rir))
