"""Which extensions belong together."""

from __future__ import annotations

import pytest

from hingewise.kinematics.movement import compute_movement
from hingewise.repetitions.extensions import find_extensions
from hingewise.repetitions.recognise import describe
from hingewise.repetitions.runs import Candidate, group
from tests.builders import make_lifter
from tests.builders_sets import hinge


@pytest.mark.parametrize("moves", ["stepping", "turning"])
@pytest.mark.parametrize("number", range(4))
def test_who_leaves_the_place_meanwhile_belongs_to_no_run(number: int, moves: str) -> None:
    """The others stay together, as nobody moved between them."""
    movement = compute_movement(make_lifter(hinge(4)))
    candidates = [
        Candidate(
            index=index,
            extension=extension,
            moves=moves if index == number else "",
            features=describe(movement, extension),
        )
        for index, extension in enumerate(find_extensions(movement))
    ]
    (run,) = group(movement, candidates)
    assert [each.index for each in run] == [index for index in range(4) if index != number]
