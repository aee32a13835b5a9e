"""The bias table is read by estimator and names real segments."""

from __future__ import annotations

import pytest

from hingewise.kinematics.bias import load_bias_deg
from hingewise.kinematics.conventions import SEGMENTS


def test_the_default_network_has_a_table_of_segments() -> None:
    bias = load_bias_deg("blazepose-full")
    assert bias
    assert set(bias) <= {segment.name for segment in SEGMENTS}
    assert all(abs(value) < 12.0 for value in bias.values())


@pytest.mark.parametrize("estimator", ["exact", "openpose", ""])
def test_an_estimator_without_a_table_is_left_as_it_is(estimator: str) -> None:
    assert load_bias_deg(estimator) == {}
