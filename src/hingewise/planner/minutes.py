"""How long sets take: every repetition at its tempo, every rest, every change of place."""

from __future__ import annotations

from hingewise.planner.doses import Given
from hingewise.planner.tables import number

PER_MINUTE = 60.0


def repetition_s(tempo: str) -> float:
    """Time of one repetition; "" is any tempo. [s]

    Examples
    --------
    >>> repetition_s("3-0-1-1")
    5.0
    """
    if not tempo:
        return number("repetition")
    return sum(number("fast") if each == "x" else float(each) for each in tempo.split("-"))


def line_minutes(given: Given, sets: int, *, one_sided: bool) -> float:
    """Time of one exercise with a number of working sets, at the top of its range. [min]

    There is a rest between two sets, and none behind the last; then one walks to the next exercise.
    """
    each = repetition_s(given.dose.tempo) * (2.0 if one_sided else 1.0)
    work = sets * given.repetitions[1] * each
    rests = (sets - 1) * given.rest_s
    ramp = given.ramp
    before = ramp.sets * (ramp.repetitions * each + ramp.rest_s) if ramp else 0.0
    return (number("set_up") + before + work + rests) / PER_MINUTE
