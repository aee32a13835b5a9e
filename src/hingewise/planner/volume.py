"""How many sets a week a muscle gets, and how many it may get."""

from __future__ import annotations

from collections.abc import Mapping

from hingewise.library.exercise import Exercise
from hingewise.planner.tables import number
from hingewise.training.answers import Answers


def weight(rir: float | None) -> float:
    """Return what a set counts: less where it ends far from its last repetition."""
    return number("light_share") if rir is not None and rir >= number("light_rir") else 1.0


def shares(exercise: Exercise) -> Mapping[str, float]:
    """Return what one set of an exercise counts for each muscle."""
    worth = {"target": 1.0, "secondary": number("secondary_share")}
    return {use.muscle: worth[use.role] for use in exercise.muscles if use.role in worth}


def most_sets(answers: Answers) -> float:
    """Return how many sets a week a muscle may get."""
    new = answers.experience == "none"
    return number("weekly_sets_most_none" if new else "weekly_sets_most")
