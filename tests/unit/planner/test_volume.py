"""How many sets a week a muscle gets, counted by hand."""

from __future__ import annotations

import pytest

from hingewise.planner.volume import most_sets, shares, weight
from tests.builders_plans import LIBRARY, make_answers


def test_a_set_counts_one_for_its_target_and_a_half_for_what_helps() -> None:
    assert shares(LIBRARY.exercises["posterior_pelvic_tilt_hip_thrust"]) == {
        "gluteus_maximus": 1.0,
        "core": 0.5,
        "hamstrings": 0.5,
    }


@pytest.mark.parametrize(
    "rir, counts", [(None, 1.0), (0.0, 1.0), (2.0, 1.0), (2.9, 1.0), (3.0, 0.5), (4.0, 0.5)]
)
def test_a_light_set_counts_a_half(rir: float | None, counts: float) -> None:
    assert weight(rir) == counts


@pytest.mark.parametrize("experience, most", [("none", 20), ("unsure", 30), ("deadlift", 30)])
def test_who_is_new_gets_fewer(experience: str, most: float) -> None:
    assert most_sets(make_answers(experience=experience)) == most
