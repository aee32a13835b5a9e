"""The figures in docs/accuracy.md are these sums."""

import numpy as np
import pytest

from hingewise_validation.study.statistics import area_under_curve


@pytest.mark.parametrize(
    "score, positive, area",
    [
        ([1, 2, 3, 4], [0, 0, 1, 1], 1.0),
        ([4, 3, 2, 1], [0, 0, 1, 1], 0.0),
        ([1, 1, 1, 1], [0, 0, 1, 1], 0.5),
        ([1, 3, 2, 4], [0, 0, 1, 1], 0.75),
    ],
)
def test_area_under_the_curve(score: list[float], positive: list[int], area: float) -> None:
    found = area_under_curve(np.array(score, dtype=float), np.array(positive, dtype=bool))

    assert found == pytest.approx(area)


def test_area_needs_both_kinds() -> None:
    assert np.isnan(area_under_curve(np.array([1.0, 2.0]), np.array([True, True])))
