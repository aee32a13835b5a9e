"""Solving large symmetric systems that have numbers near their diagonal only."""

from __future__ import annotations

import numpy as np

from hingewise.units import FloatArray

BLOCK = 32
"""Unknowns that are solved at once: few steps are left, and each is cheap."""


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
    n_blocks = -(-n // BLOCK)
    inner, outer = _cut(bands, n, n_blocks)
    values = np.zeros((n_blocks, BLOCK, m))
    values.reshape(-1, m)[:n] = right
    carried = np.empty_like(outer)
    for k in range(n_blocks):
        if k:
            inner[k] -= outer[k - 1].T @ carried[k - 1]
            values[k] -= outer[k - 1].T @ values[k - 1]
        solved = np.linalg.solve(inner[k], np.hstack([outer[k], values[k]]))
        carried[k], values[k] = solved[:, :BLOCK], solved[:, BLOCK:]
    for k in range(n_blocks - 2, -1, -1):
        values[k] -= carried[k] @ values[k + 1]
    return values.reshape(-1, m)[:n]


def _cut(bands: FloatArray, n: int, n_blocks: int) -> tuple[FloatArray, FloatArray]:
    """Blocks on the diagonal, filled up with ones, and blocks to the right of them."""
    padded = np.zeros((bands.shape[0], n_blocks * BLOCK))
    padded[0] = 1.0
    wide = np.zeros((n_blocks, BLOCK, 2 * BLOCK))
    row = np.arange(n_blocks * BLOCK)
    for k, band in enumerate(bands[:n]):
        padded[k, : n - k] = band[: n - k]
        wide[row // BLOCK, row % BLOCK, row % BLOCK + k] = padded[k]
    inner = wide[:, :, :BLOCK].copy()
    inner += np.triu(inner, 1).transpose(0, 2, 1)
    return inner, wide[:, :, BLOCK:].copy()
