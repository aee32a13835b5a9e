"""What is unknown must neither count nor make everything unknown."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.signal.known import known, mean_known, median_known

NAN = float("nan")


def test_what_is_known_keeps_its_order() -> None:
    assert known([3.0, NAN, 1.0, float("inf")]).tolist() == [3.0, 1.0]


@pytest.mark.parametrize("summary, expected", [(median_known, 2.0), (mean_known, 3.0)])
def test_unknown_values_do_not_count(summary: object, expected: float) -> None:
    assert callable(summary)
    assert summary(value for value in (1.0, NAN, 2.0, 6.0)) == expected


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("values", [[], [NAN], [NAN, NAN]])
def test_of_nothing_known_nothing_is_known(values: list[float]) -> None:
    assert np.isnan(median_known(values))
    assert np.isnan(mean_known(values))
