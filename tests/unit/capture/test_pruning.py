"""A network without an output gives the others to the bit, and leaves out what only it needs."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.capture.interpreter import LANDMARK_MODEL, Network
from hingewise.capture.pruning import without_output
from hingewise.capture.reading import INPUT_SIZE_PX, MASK
from hingewise.units import SampleArray

CONTENT = LANDMARK_MODEL.path.read_bytes()
N_OUTPUTS = 5


def run(network: Network, seed: int) -> list[SampleArray]:
    rng = np.random.default_rng(seed)
    crop = rng.integers(0, 256, (INPUT_SIZE_PX, INPUT_SIZE_PX, 3), dtype=np.uint8)
    return [output.copy() for output in network.run(crop)]


def test_without_the_mask_the_other_outputs_keep_their_bits() -> None:
    whole, brief = Network(LANDMARK_MODEL), Network(LANDMARK_MODEL, without=MASK)
    for seed in range(3):
        expected = run(whole, seed)
        del expected[MASK]
        found = run(brief, seed)
        assert len(found) == N_OUTPUTS - 1
        assert all(np.array_equal(a, b) for a, b in zip(expected, found, strict=True))


@pytest.mark.parametrize("number", range(N_OUTPUTS))
def test_any_output_can_be_left_out(number: int) -> None:
    expected = run(Network(LANDMARK_MODEL), 7)
    del expected[number]
    found = run(Network(LANDMARK_MODEL, without=number), 7)
    assert all(np.array_equal(a, b) for a, b in zip(expected, found, strict=True))


def test_the_content_that_was_given_stays_as_it_was() -> None:
    before = bytes(CONTENT)
    pruned = without_output(CONTENT, MASK)
    assert before == CONTENT
    assert len(pruned) == len(CONTENT)
    assert pruned != CONTENT


@pytest.mark.parametrize("number", [-1, N_OUTPUTS])
def test_an_output_that_is_not_there(number: int) -> None:
    with pytest.raises(ValueError, match="expected an output from 0 to 4"):
        without_output(CONTENT, number)
