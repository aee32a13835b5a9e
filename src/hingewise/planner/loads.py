"""First loads: from what somebody lifts now, lower than due, and such as their things can make."""

from __future__ import annotations

import math

from hingewise.library.exercise import Exercise
from hingewise.planner.doses import Given
from hingewise.planner.tables import number, usual_kit
from hingewise.training.answers import Answers
from hingewise.training.intensity import EPLEY_DIVISOR, estimate_maximum_kg
from hingewise.training.kit import IMPLEMENTS, Implement, KitItem
from hingewise.training.load import Load, MassUnit
from hingewise.training.sets import PerformedSet


def implement(exercise: Exercise) -> Implement | None:
    """Return what the load of an exercise hangs on, None where there is none."""
    return IMPLEMENTS.get(exercise.figure.load)


def kit_item(equipment: str, answers: Answers) -> KitItem:
    """Return the loads of a thing: as the lifter said, else what is usual in their unit."""
    own = next((item for item in answers.kit if item.equipment == equipment), None)
    return own or usual_kit(unit_of(answers))[equipment]


def unit_of(answers: Answers) -> MassUnit:
    """Return the unit in which this lifter thinks: that of most of the loads they named."""
    units = [each.load.unit for each in answers.loads if each.load.kind == "mass"]
    units += [item.unit for item in answers.kit if not item.bands]
    return "lb" if 2 * units.count("lb") > len(units) else "kg"


def first_load(exercise: Exercise, given: Given, answers: Answers) -> Load | None:
    """Return a load to begin with, None where it is found by going up to it."""
    hangs_on = implement(exercise)
    done = [each for each in answers.loads if each.exercise == exercise.id and not each.hold]
    if hangs_on is None or given.stage == "learning" or not done:
        return None
    item = kit_item(hangs_on.equipment, answers)
    if item.bands:
        return _same_band(done, item, given)
    due = max(_due_kg(each, given) for each in done)
    return item.at_most(due * number("first_load_share"), hangs_on.count)


def _due_kg(done: PerformedSet, given: Given) -> float:
    """What one set says of the load for a dose; 0 where it says nothing. [kg]"""
    rir = done.rir or 0.0
    wanted = given.repetitions[0] + (given.rir or 0.0)
    most = estimate_maximum_kg(done.load.mass_kg, done.repetitions, rir)
    if math.isnan(most):  # long sets tell no maximum, but that the load can be lifted so often
        return done.load.mass_kg if done.repetitions + rir >= wanted else 0.0
    return most / (1.0 + wanted / EPLEY_DIVISOR)


def _same_band(done: list[PerformedSet], item: KitItem, given: Given) -> Load | None:
    """The heaviest band of the kit with which enough repetitions were done."""
    enough = [
        each.load
        for each in done
        if not math.isnan(item.place(each.load)) and each.repetitions >= given.repetitions[0]
    ]
    return max(enough, key=item.place, default=None)
