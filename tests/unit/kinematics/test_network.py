"""Layers work as by hand, and what was not seen spoils no other frame."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest

from hingewise.kinematics.network import Layer, read_layers, run_layers, softplus

SILU = {1.0: 0.7310585786, -2.0: -0.2384058440, 0.0: 0.0}
"""x / (1 + exp(-x))."""

PLAIN = Layer(weight=np.array([[2.0, 0.0], [-1.0, 3.0]]), bias=np.array([0.5, -4.0]))
SUM = Layer(weight=np.array([[1.0], [1.0]]), bias=np.array([10.0]))
TABLES = """
[[layer]]
weight = [[2.0, 0.0], [-1.0, 3.0]]
bias = [0.5, -4.0]
[[layer]]
weight = [[1.0], [1.0]]
bias = [10.0]
"""


def hand_on(first: Layer) -> Layer:
    """A last layer that hands on what comes."""
    n = first.bias.size
    return Layer(weight=np.eye(n), bias=np.zeros(n))


def test_one_layer_is_plain() -> None:
    """2 x 1 - 1 x 3 + 0.5 and 3 x 3 - 4; below zero it is not bent."""
    got = run_layers((PLAIN,), np.array([[1.0, 3.0], [0.0, 0.0]]))
    np.testing.assert_allclose(got, [[-0.5, 5.0], [0.5, -4.0]])


def test_between_layers_every_unit_is_weighted_by_its_sigmoid() -> None:
    """Inputs that make the first layer say 1 and -2, then -2 and 0."""
    first = Layer(weight=np.eye(2), bias=np.array([0.5, -1.0]))
    got = run_layers((first, SUM), np.array([[0.5, -1.0], [-2.5, 1.0]]))
    expected = [[10.0 + SILU[1.0] + SILU[-2.0]], [10.0 + SILU[-2.0] + SILU[0.0]]]
    np.testing.assert_allclose(got, expected)


def test_every_layer_but_the_last_is_bent() -> None:
    """Three of one unit: silu(silu(1)), doubled."""
    one = Layer(weight=np.eye(1), bias=np.zeros(1))
    double = Layer(weight=np.array([[2.0]]), bias=np.zeros(1))
    inner = SILU[1.0]
    got = run_layers((one, one, double), np.ones((1, 1)))
    np.testing.assert_allclose(got, [[2.0 * inner / (1.0 + np.exp(-inner))]])


def test_units_far_from_zero_are_shut_or_open() -> None:
    first = Layer(weight=np.eye(1), bias=np.zeros(1))
    got = run_layers((first, hand_on(first)), np.array([[-1e4], [1e4]]))
    np.testing.assert_allclose(got, [[0.0], [1e4]], atol=1e-12)


def test_a_frame_that_was_not_seen_spoils_no_other() -> None:
    seen = np.array([[1.0, 3.0], [0.2, -0.4], [2.0, 1.0]])
    hidden = seen.copy()
    hidden[1, 0] = np.nan
    got, whole = (run_layers((PLAIN, SUM), inputs) for inputs in (hidden, seen))
    assert np.isnan(got[1]).all()
    np.testing.assert_array_equal(got[[0, 2]], whole[[0, 2]])


def test_no_frames_give_no_frames() -> None:
    assert run_layers((PLAIN, SUM), np.zeros((0, 2))).shape == (0, 1)


@pytest.mark.parametrize(
    "value,expected",
    [(0.0, np.log(2.0)), (1.0, np.log1p(np.e)), (-3.0, np.log1p(np.exp(-3.0))), (1e4, 1e4)],
)
def test_softplus(value: float, expected: float) -> None:
    assert softplus(np.array([value]))[0] == pytest.approx(expected)


def test_softplus_is_never_negative_and_grows() -> None:
    got = softplus(np.array([-1e4, -30.0, -1.0, 0.0, 1.0, 30.0, 1e4]))
    assert got[0] == 0.0
    assert (np.diff(got) > 0.0).all()


def test_softplus_keeps_what_is_unknown() -> None:
    got = softplus(np.array([[np.nan, 0.0]]))
    assert np.isnan(got[0, 0])
    assert np.isfinite(got[0, 1])


def test_layers_are_read_in_their_order() -> None:
    layers = read_layers(tomllib.loads(TABLES)["layer"])
    for got, expected in zip(layers, (PLAIN, SUM), strict=True):
        np.testing.assert_array_equal(got.weight, expected.weight)
        np.testing.assert_array_equal(got.bias, expected.bias)
    assert read_layers([]) == ()
