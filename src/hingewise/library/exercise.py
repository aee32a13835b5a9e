"""An exercise as a coach knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hingewise.library.statements import Answer, Basis, Line
from hingewise.library.strict import STRICT

Pattern = Literal["hinge", "swing", "thrust", "squat", "lunge", "push", "drill"]
FamilyId = Literal["hinge", "swing", "thrust", "squat", "none"]
Category = Literal["strength", "power", "activation", "mobility", "conditioning"]
Difficulty = Literal["beginner", "intermediate", "advanced"]
MuscleRole = Literal["target", "secondary", "stabiliser"]
StepPhase = Literal["set_up", "start", "eccentric", "bottom", "concentric", "lockout", "finish"]
DoseRole = Literal["learning", "warm_up", "primer", "main", "accessory", "power", "conditioning"]
Direction = Literal["easier", "harder", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleUse:
    """What a muscle does in an exercise."""

    __pydantic_config__ = STRICT

    muscle: str
    role: MuscleRole
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do, in the phase of the repetition to which it belongs."""

    __pydantic_config__ = STRICT

    phase: StepPhase
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """The same exercise done otherwise; ``exercise`` is its id where we have it."""

    __pydantic_config__ = STRICT

    name: str
    direction: Direction
    text: str
    sources: tuple[str, ...]
    exercise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much, for one role in training.

    ``sets`` and ``repetitions`` from least to most (seconds instead of repetitions where ``hold_s``
    is given); ``tempo`` eccentric-bottom-concentric-lockout in seconds, x for as fast as can be,
    "" for any; ``rest_s`` between sets; ``when`` in a session or a week.
    """

    __pydantic_config__ = STRICT

    role: DoseRole
    sets: tuple[int, int]
    repetitions: tuple[int, int]
    tempo: str
    rest_s: tuple[int, int]
    effort: str
    when: str
    basis: Basis
    sources: tuple[str, ...]
    hold_s: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the sources disagree on, what we take, and why."""

    __pydantic_config__ = STRICT

    topic: str
    views: tuple[Line, ...]
    taken: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """Angles of the near side from vertical, forward positive; 0 is standing straight. [deg]

    ``trunk_deg`` of the line from hip to shoulder, ``thigh_deg`` from knee to hip, ``shank_deg``
    from ankle to knee, ``arm_deg`` of the arm from hanging down; the far leg is as the near one
    unless ``far_thigh_deg`` and ``far_shank_deg`` say otherwise.
    """

    __pydantic_config__ = STRICT

    trunk_deg: float
    thigh_deg: float
    shank_deg: float
    arm_deg: float
    elbow_deg: float = 0.0
    far_thigh_deg: float | None = None
    far_shank_deg: float | None = None


LoadKind = Literal[
    "none",
    "cable",
    "band",
    "band_on_neck",
    "barbell",
    "barbell_on_back",
    "trap_bar",
    "kettlebell",
    "dumbbells",
    "goblet",
    "barbell_on_hips",
    "dumbbell_on_hips",
    "dowel",
    "sled",
]
"""What the drawn load hangs on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What the drawing shows: where the body rests, what the load hangs on, start and end."""

    __pydantic_config__ = STRICT

    rests_on: Literal["feet", "bench", "floor", "pad"]
    load: LoadKind
    start: Posture
    end: Posture


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherIds:
    """The same exercise elsewhere: Garmin's FIT profile (category/number), free-exercise-db."""

    __pydantic_config__ = STRICT

    fit: str = ""
    free_exercise_db: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """Everything about one exercise; every id points at another record.

    ``family`` is what the film of it is measured as; ``equipment`` what is needed, each an id;
    ``prerequisites`` exercises to be done well first.
    """

    __pydantic_config__ = STRICT

    id: str
    name: str
    aliases: tuple[str, ...]
    summary: Line
    pattern: Pattern
    family: FamilyId
    body_part: str
    category: Category
    difficulty: Difficulty
    equipment: tuple[str, ...]
    muscles: tuple[MuscleUse, ...]
    benefits: tuple[Line, ...]
    prerequisites: tuple[str, ...]
    ready_when: Line
    steps: tuple[Step, ...]
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    variations: tuple[Variation, ...]
    doses: tuple[Dose, ...]
    carry_over: tuple[Line, ...]
    safety: tuple[Line, ...]
    contraindications: tuple[str, ...]
    faq: tuple[Answer, ...]
    related: tuple[str, ...]
    camera: tuple[str, ...]
    figure: Figure
    other_ids: OtherIds
    choices: tuple[Choice, ...] = ()
