"""Solving large symmetric systems that have numbers near their diagonal only."""

from __future__ import annotations

import numpy as np

from hingewise.units import FloatArray

BLOCK = 32
"""Unknowns that are solved at once: few steps are left, and each is cheap."""

_ROW = np.arange(BLOCK)


def solve_symmetric_banded(bands: FloatArray, right: FloatArray) -> FloatArray:
    """Solve ``A x = right`` for a symmetric, positive definite, banded matrix.

    The matrix is cut into blocks, of which only neighbours meet; these are eliminated one after
    the other (the block form of Thomas's algorithm): A is positive definite, so without pivots.

    Parameters
    ----------
    bands
        ``bands[k, i] = A[i, i + k]``, the diagonal first; the last k numbers of row k are not used.
        Shape (K, N) with K up to 32.
    right
        Shape (N, M).

    Returns
    -------
    Solution. Shape (N, M).

    References
    ----------
    .. [1] Golub and Van Loan, Matrix Computations, 4th edition, 2013, section 4.5.1.
    """
    n, m = right.shape
    reach = min(bands.shape[0], n) - 1
    n_blocks = -(-n // BLOCK)
    values = np.zeros((n_blocks, BLOCK, m))
    values.reshape(-1, m)[:n] = right
    carried = np.empty((n_blocks, BLOCK, reach))
    before = np.empty((BLOCK, reach))
    for k in range(n_blocks):
        inner, outer = _cut(bands, k * BLOCK, n)
        if k:
            inner[:reach, :reach] -= before.T @ carried[k - 1]
            values[k, :reach] -= before.T @ values[k - 1]
        solved = np.linalg.solve(inner, np.hstack([outer[:, :reach], values[k]]))
        carried[k], values[k] = solved[:, :reach], solved[:, reach:]
        before = outer[:, :reach]
    for k in range(n_blocks - 2, -1, -1):
        values[k] -= carried[k] @ values[k + 1, :reach]
    return values.reshape(-1, m)[:n]


def _cut(bands: FloatArray, start: int, n: int) -> tuple[FloatArray, FloatArray]:
    """A block on the diagonal, filled up with ones, and the block to the right of it."""
    wide = np.zeros((BLOCK, 2 * BLOCK))
    wide[_ROW, _ROW] = 1.0
    for k, band in enumerate(bands[:n]):
        inside = band[start : min(start + BLOCK, n - k)]
        row = _ROW[: inside.size]
        wide[row, row + k] = inside
    inner, outer = wide[:, :BLOCK], wide[:, BLOCK:]
    return inner + np.triu(inner, 1).T, outer
