"""The banded solver gives what a dense one gives, for any size around its blocks."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.signal.banded import BLOCK, solve_symmetric_banded


@pytest.mark.parametrize("n", [1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5])
@pytest.mark.parametrize("n_bands", [1, 2, 3, 7, BLOCK])
def test_it_agrees_with_a_dense_solver(n: int, n_bands: int) -> None:
    rng = np.random.default_rng(n + 100 * n_bands)
    bands = rng.normal(size=(n_bands, n))
    bands[0] = 2 * np.abs(bands[1:]).sum() + 1.0
    right = rng.normal(size=(n, 3))
    dense = np.zeros((n, n))
    for k in range(min(n_bands, n)):
        row = np.arange(n - k)
        dense[row, row + k] = dense[row + k, row] = bands[k, : n - k]
    solved = solve_symmetric_banded(bands, right)
    np.testing.assert_allclose(solved, np.linalg.solve(dense, right), rtol=1e-10, atol=1e-14)


def test_what_lies_beyond_the_matrix_is_not_used() -> None:
    bands = np.array([[4.0, 5.0, 6.0], [1.0, 2.0, np.nan], [0.5, np.nan, np.nan]])
    right = np.ones((3, 1))
    dense = np.array([[4, 1, 0.5], [1, 5, 2], [0.5, 2, 6]])
    np.testing.assert_allclose(
        solve_symmetric_banded(bands, right), np.linalg.solve(dense, right), rtol=1e-12
    )
    np.testing.assert_array_equal(right, 1.0)
