"""A plan: weeks of sessions, sessions of lines, and of every line why it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from hingewise.errors import TrainingError
from hingewise.training.answers import Answers
from hingewise.training.journal import ID
from hingewise.training.load import Load
from hingewise.training.sets import PlannedSet

Role = Literal["primer", "main", "accessory", "power", "conditioning"]
Stage = Literal["learning", "training"]
Question = Literal[
    "goal", "experience", "time", "equipment", "loads", "conditions", "habits", "mistakes", ""
]
"""Which of the eight an answer belongs to; "" where nobody asked."""
WeekKind = Literal["build", "lighter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One reason: a rule, what it means here, where it comes from, and the answer it went by.

    ``rule`` is an id of the library's rules, ``sources`` those of facts and sources, ``question``
    the one that was answered with ``answer`` in the lifter's words.
    """

    rule: str
    text: str
    sources: tuple[str, ...]
    question: Question = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A sentence about the plan as a whole."""

    text: str
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """Sets that lead up to the working sets."""

    sets: int
    repetitions: int
    rest_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One exercise of a session.

    Attributes
    ----------
    id
        ``A.primer``: the session and the slot in it.
    role
        What it is there for.
    exercise
        Its id.
    stage
        Whether it is still learnt.
    sets
        Working sets of a full week.
    lighter_sets
        Those of a lighter one.
    repetitions
        From least to most, a side where ``one_sided``.
    load
        What to take; None where it is found by going up to it.
    loaded
        Whether there is a load at all.
    rir
        Repetitions that should be left; None where nobody asks.
    tempo
        Eccentric-bottom-concentric-lockout in seconds.
    rest_s
        Between sets.
    ramp
        Before the working sets; None for none.
    ladder
        Id of the ladder that it climbs, "" for none.
    alternatives
        Ids of what may be done instead, the likeliest first.
    minutes
        That it takes in a full week.
    because
        Why: never empty.
    """

    id: str
    role: Role
    exercise: str
    stage: Stage
    sets: int
    lighter_sets: int
    repetitions: tuple[int, int]
    load: Load | None
    loaded: bool
    rir: float | None
    tempo: str
    rest_s: int
    minutes: float
    because: tuple[Because, ...]
    one_sided: bool = False
    ramp: Ramp | None = None
    ladder: str = ""
    alternatives: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.because:
            raise TrainingError(f"{self.id}: expected a reason, got none.")
        if not 1 <= self.lighter_sets <= self.sets:
            raise TrainingError(
                f"{self.id}: expected 1 to {self.sets} lighter sets, got {self.lighter_sets}."
            )

    @property
    def slot(self) -> str:
        """Its place in the session; what changes there, changes in every session that has it."""
        return self.id.split(".", 1)[1]

    def planned(self, kind: WeekKind = "build") -> tuple[PlannedSet, ...]:
        """Return the working sets of a week."""
        one = PlannedSet(
            exercise=self.exercise,
            repetitions=self.repetitions,
            load=self.load,
            rir=self.rir,
            tempo=self.tempo,
            rest_s=self.rest_s,
        )
        return (one,) * (self.sets if kind == "build" else self.lighter_sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillLine:
    """One drill of the warm-up, in its phase."""

    id: str
    phase: str
    drill: str
    dose: str
    seconds: int
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is done on one day; ``minutes`` in a full week, warm-up included."""

    id: str
    warm_up: tuple[DrillLine, ...]
    lines: tuple[Line, ...]
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Which sessions in which order; a ``lighter`` week has fewer sets."""

    number: int
    kind: WeekKind
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan as it was made, and what it was made of.

    ``left_out`` says of exercises why they are not in it; ``weekdays`` on which days its sessions
    are, Monday 0. A plan without sessions is one that says what to do first.
    """

    answers: Answers
    sessions: tuple[Session, ...]
    weeks: tuple[Week, ...]
    weekdays: tuple[int, ...]
    notes: tuple[Note, ...]
    left_out: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        ids = [line.id for line in self.lines]
        if len(set(ids)) < len(ids):
            raise TrainingError(f"expected lines with ids of their own, got {ids}.")

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, session by session."""
        return tuple(line for session in self.sessions for line in session.lines)

    def line(self, line_id: str) -> Line:
        """Return a line by its id."""
        return next(each for each in self.lines if each.id == line_id)

    def session(self, session_id: str) -> Session:
        """Return a session by its id."""
        return next(each for each in self.sessions if each.id == session_id)

    def at(self, number: int) -> tuple[Week, Session]:
        """Return the week and the session of a day of training, from 0; behind the end it goes on.

        The weeks repeat, so that training does not end with the paper.
        """
        each = [(week, name) for week in self.weeks for name in week.sessions]
        week, name = each[number % len(each)]
        return week, self.session(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlan:
    """A plan as it is kept: its id, when it was made, and from which day on it counts."""

    id: str
    made_at: datetime
    started_on: date
    plan: Plan

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise TrainingError(f"expected an id of 32 hexadecimal digits, got {self.id!r}.")
        if self.made_at.tzinfo is None:
            raise TrainingError("expected a time with its zone, got one without.")
