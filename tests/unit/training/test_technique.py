"""What is known of how a set looked: what cannot be true is refused."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

import pytest

from hingewise.errors import TrainingError
from tests.builders_plans import make_technique


def test_a_film_and_a_word() -> None:
    film = make_technique(
        "rounding_back", how="film", absent=("squatting_it",), score=0.0, sha256="0" * 64
    )
    assert film.score == 0.0
    assert make_technique().present == ()


@pytest.mark.parametrize(
    "said, says",
    [
        ({"entry": "short"}, "ids of 32 hexadecimal digits"),
        ({"at": datetime(2026, 1, 1)}, "a time with its zone"),
        ({"absent": ("rounding_back",)}, r"got both of \['rounding_back'\]"),
        ({"score": 100.1}, "a score from 0 to 100"),
        ({"score": -0.1}, "a score from 0 to 100"),
        ({"score": math.nan}, "a score from 0 to 100"),
        ({"sha256": "abc"}, "the hash of a film"),
        ({"film": "x" * 3000}, "up to 2000 letters"),
        ({"results": "a\x00b"}, "bytes that are none"),
    ],
)
def test_what_cannot_be_true(said: dict[str, Any], says: str) -> None:
    with pytest.raises(TrainingError, match=says):
        make_technique("rounding_back", **said)
