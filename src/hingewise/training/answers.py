"""What a lifter answered: the eight questions from which a plan is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hingewise.errors import TrainingError
from hingewise.training.kit import KitItem
from hingewise.training.sets import PerformedSet

Goal = Literal["learn", "muscle", "strength", "power", "health"]
Experience = Literal["none", "unsure", "hinge", "swing", "deadlift"]
Habit = Literal["sitting", "heels", "front_of_legs"]

DAYS = (1, 6)
MINUTES = (15, 120)
WEEKDAYS = 7
MAX_LOADS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers, as they were given.

    Attributes
    ----------
    goal
        What it is for.
    experience
        How far one is on the way from the first hinge to the deadlift.
    days
        Of training a week, 1 to 6.
    minutes
        For each of them, warm-up included, 15 to 120.
    weekdays
        On which they are, Monday 0; () for the usual ones.
    equipment
        Ids of what is there.
    kit
        What loads these things make; () for what is usual.
    loads
        What one does now: sets with their loads.
    conditions
        Ids of flags: reasons for care.
    cleared
        Of these, what a health professional has looked at and allowed.
    habits
        Of those that make the hinge harder.
    mistakes
        Ids of faults that were there before.
    """

    goal: Goal
    experience: Experience
    days: int
    minutes: int
    weekdays: tuple[int, ...] = ()
    equipment: tuple[str, ...] = ()
    kit: tuple[KitItem, ...] = ()
    loads: tuple[PerformedSet, ...] = ()
    conditions: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    habits: tuple[Habit, ...] = ()
    mistakes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        problems = [*self._wrong_times(), *self._wrong_lists()]
        if problems:
            raise TrainingError(
                f"expected answers that can be followed: {'; '.join(problems)}.",
                problems=tuple(problems),
            )

    def _wrong_times(self) -> list[str]:
        problems = []
        if not DAYS[0] <= self.days <= DAYS[1]:
            problems.append(f"days: expected {DAYS[0]} to {DAYS[1]} a week, got {self.days}")
        if not MINUTES[0] <= self.minutes <= MINUTES[1]:
            problems.append(f"minutes: expected {MINUTES[0]} to {MINUTES[1]}, got {self.minutes}")
        if self.weekdays and len(self.weekdays) != self.days:
            problems.append(
                f"weekdays: expected as many as days ({self.days}), got {len(self.weekdays)}"
            )
        if any(not 0 <= day < WEEKDAYS for day in self.weekdays):
            problems.append(f"weekdays: expected 0 (Monday) to 6, got {list(self.weekdays)}")
        if list(self.weekdays) != sorted(set(self.weekdays)):
            problems.append(f"weekdays: expected them in order, got {list(self.weekdays)}")
        return problems

    def _wrong_lists(self) -> list[str]:
        problems = []
        for name in ("equipment", "conditions", "cleared", "habits", "mistakes"):
            given = getattr(self, name)
            if len(set(given)) < len(given):
                problems.append(f"{name}: expected each once, got {list(given)}")
        items = [item.equipment for item in self.kit]
        if len(set(items)) < len(items):
            problems.append(f"kit: expected each thing once, got {items}")
        unasked = [each for each in self.cleared if each not in self.conditions]
        if unasked:
            problems.append(f"cleared: expected only conditions that are there, got {unasked}")
        if len(self.loads) > MAX_LOADS:
            problems.append(f"loads: expected up to {MAX_LOADS} sets, got {len(self.loads)}")
        return problems
