"""Who trains: what they can lift, how fast they learn, what hurts, and what they write down.

Every lifter is deterministic: a number of their own seeds all that varies.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from hingewise.library.exercise import Exercise
from hingewise.planner.loads import implement, kit_item
from hingewise.training.answers import Answers
from hingewise.training.intensity import EPLEY_DIVISOR
from hingewise.training.load import BODY, Load
from hingewise.training.plan import Line
from hingewise.training.sets import PerformedSet

FIRST_KG = 20.0
"""With so much everybody begins where a load is found by going up to it."""

MAXIMUM_KG = 50.0
"""What everybody can lift once at the beginning."""

EASY = 22
"""Repetitions with a band or the body alone at the beginning."""

HEAVY = 500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What comes of one line on one day: the sets, the pain, and how they looked (None: unseen).

    ``absurd`` where what was written down cannot be.
    """

    sets: tuple[PerformedSet, ...]
    pain: int | None = None
    faults: tuple[str, ...] | None = ()
    absurd: bool = False


@dataclass(slots=True, kw_only=True)
class Lifter:
    """A lifter.

    Attributes
    ----------
    name, what
        What they are called, and what is special about them.
    answers
        To the eight questions.
    sessions_to_learn
        So many sessions of an exercise until it is clean.
    growth
        Of what they can lift, a session.
    fault
        That they show until it is clean, and again where ``loses`` says so.
    loses
        Share of later sessions in which the fault comes back.
    hurts
        Session numbers at which something hurts, and how much.
    silent
        Whether they neither film nor say how it looked.
    nonsense
        Whether they write down what cannot be true.
    """

    name: str
    what: str
    answers: Answers
    sessions_to_learn: int = 2
    growth: float = 0.01
    fault: str = "squatting_it"
    loses: float = 0.0
    hurts: dict[int, int] = field(default_factory=dict)
    silent: bool = False
    nonsense: bool = False
    seed: int = 1
    _done: dict[str, int] = field(default_factory=dict)
    _strength: dict[str, float] = field(default_factory=dict)

    def train(self, line: Line, exercise: Exercise, number: int, n_sets: int) -> Told:
        """Do one line of a session."""
        dice = random.Random(f"{self.seed}-{number}-{line.id}")
        n_done = self._done[exercise.id] = self._done.get(exercise.id, 0) + 1
        load = self._load(line, exercise)
        able = self._able(exercise, load)
        counts, left = [], []
        for n in range(n_sets):
            count = max(1, min(line.repetitions[1], able - n // 2 - int(line.rir or 0)))
            counts.append(count)
            left.append(float(max(0, min(6, able - n // 2 - count))))
        absurd = self.nonsense and dice.random() < 0.3
        if absurd:
            load = _absurd(load, dice)
            counts, left = [dice.choice((1, 200)) for _ in counts], [0.0] * n_sets
        sets = tuple(
            PerformedSet(exercise=exercise.id, repetitions=count, load=load, rir=rir)
            for count, rir in zip(counts, left, strict=True)
        )
        faults = self._faults(exercise, n_done, dice)
        return Told(sets=sets, pain=self.hurts.get(number), faults=faults, absurd=absurd)

    def _load(self, line: Line, exercise: Exercise) -> Load:
        hangs_on = implement(exercise)
        if hangs_on is None:
            return BODY
        lightest = kit_item(hangs_on.equipment, self.answers).loads(hangs_on.count)[0]
        found = Load(kind="mass", value=FIRST_KG / hangs_on.count, count=hangs_on.count)
        return line.load or (lightest if lightest.kind == "band" else found)

    def _able(self, exercise: Exercise, load: Load) -> int:
        """How many repetitions are in them today: Epley's rule the other way round."""
        strength = self._strength.setdefault(exercise.id, 1.0)
        self._strength[exercise.id] = strength + self.growth
        if load.kind != "mass":
            return round(EASY * strength**2)
        return max(1, round(EPLEY_DIVISOR * (MAXIMUM_KG * strength / load.mass_kg - 1.0)))

    def _faults(self, exercise: Exercise, n_done: int, dice: random.Random) -> tuple[str, ...] | None:
        if self.silent:
            return None
        can_show = self.fault in exercise.mistakes
        wrong = n_done <= self.sessions_to_learn or dice.random() < self.loses
        return (self.fault,) if can_show and wrong else ()


def _absurd(load: Load, dice: random.Random) -> Load:
    if load.kind != "mass":
        return Load(kind="mass", value=HEAVY, unit="kg")
    return Load(kind="mass", value=dice.choice((1.0, HEAVY)), unit=load.unit)
