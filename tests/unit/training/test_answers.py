"""Answers that cannot be followed are refused, with all that is wrong in them."""

from __future__ import annotations

from typing import Any

import pytest

from hingewise.errors import TrainingError
from hingewise.training.answers import MAX_LOADS, Answers
from hingewise.training.kit import KitItem
from hingewise.training.sets import PerformedSet
from tests.builders_plans import kg

USUAL: dict[str, Any] = {"goal": "muscle", "experience": "hinge", "days": 3, "minutes": 45}
CABLE = KitItem(equipment="cable_machine", least=5.0, most=100.0, step=5.0)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"days": 1, "minutes": 15},
        {"days": 6, "minutes": 120},
        {"weekdays": (0, 2, 6)},
        {"conditions": ("knee_pain",), "cleared": ("knee_pain",)},
    ],
)
def test_answers_that_can_be_followed(given: dict[str, Any]) -> None:
    answers = Answers(**{**USUAL, **given})
    assert answers.days == given.get("days", 3)


@pytest.mark.parametrize(
    "given, says",
    [
        ({"days": 0}, "days: expected 1 to 6 a week, got 0"),
        ({"days": 7}, "days: expected 1 to 6 a week, got 7"),
        ({"minutes": 14}, "minutes: expected 15 to 120, got 14"),
        ({"minutes": 121}, "minutes: expected 15 to 120, got 121"),
        ({"weekdays": (0, 2)}, "expected as many as days (3), got 2"),
        ({"weekdays": (0, 2, 7)}, "expected 0 (Monday) to 6"),
        ({"weekdays": (4, 2, 0)}, "expected them in order"),
        ({"weekdays": (0, 0, 2)}, "expected them in order"),
        ({"equipment": ("bench", "bench")}, "equipment: expected each once"),
        ({"habits": ("sitting", "sitting")}, "habits: expected each once"),
        ({"kit": (CABLE, CABLE)}, "kit: expected each thing once"),
        ({"cleared": ("knee_pain",)}, "expected only conditions that are there"),
        (
            {
                "loads": tuple(
                    PerformedSet(exercise="lunge", repetitions=n + 1, load=kg(10))
                    for n in range(MAX_LOADS + 1)
                )
            },
            "expected up to 50 sets, got 51",
        ),
    ],
)
def test_answers_that_cannot(given: dict[str, Any], says: str) -> None:
    with pytest.raises(TrainingError) as caught:
        Answers(**{**USUAL, **given})
    assert says in str(caught.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(TrainingError) as caught:
        Answers(**{**USUAL, "days": 9, "minutes": 5, "cleared": ("knee_pain",)})
    assert [each.split(":")[0] for each in caught.value.problems] == ["days", "minutes", "cleared"]
