"""Arrays in a file are arrays like any others, only that their memory can be given back."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from hingewise.capture.mapped import make_mapped_arrays
from hingewise.pose.track import let_go

N_MB = 64


def test_each_is_full_of_its_number() -> None:
    seen, unseen, long = make_mapped_arrays(((3, 2), 0.0), ((5,), np.nan), ((700_000,), 7.0))
    np.testing.assert_array_equal(seen, np.zeros((3, 2), np.float32))
    assert np.isnan(unseen).all()
    assert long.min() == long.max() == 7.0


def test_what_was_written_outlives_letting_go() -> None:
    first, second = make_mapped_arrays(((1000, 3), np.nan), ((1000,), 0.0))
    first[:] = np.arange(3000).reshape(1000, 3)
    second[500:] = 1.0
    let_go(first)
    np.testing.assert_array_equal(first.ravel(), np.arange(3000))
    assert second.sum() == 500


def test_letting_go_gives_memory_back() -> None:
    """Also of a view of a part, and also when arrays in memory are among them."""
    (array,) = make_mapped_arrays(((N_MB << 18,), 1.0))
    before = _resident_mb()
    array += 1.0
    assert _resident_mb() - before > 0.9 * N_MB
    let_go(np.zeros(3), array[10:20].reshape(2, 5))
    assert _resident_mb() - before < 0.1 * N_MB
    assert array[-1] == 2.0


def test_no_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    arrays = make_mapped_arrays(((10,), 0.0))
    assert list(tmp_path.iterdir()) == []
    assert arrays[0].size == 10


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
