"""Repetitions and their phases: what was counted, and what was not and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """Parts of a repetition, in the order of a hinge that starts standing."""

    ECCENTRIC = "eccentric"
    BOTTOM = "bottom"
    CONCENTRIC = "concentric"
    LOCKOUT = "lockout"
    FLOAT = "float"


class Family(StrEnum):
    """Kinds of movement that are segmented by rules of their own."""

    HINGE = "hinge"
    SWING = "swing"
    THRUST = "thrust"
    SQUAT = "squat"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSpan:
    """One phase of a repetition, as sample indexes ``[start, end)`` and times."""

    kind: Phase
    start: int
    end: int
    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """Length of the phase."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """One hip extension from the bottom to the lockout, with what belongs to it.

    ``start_s`` is where the eccentric begins (or the bottom, where the film shows no eccentric),
    ``bottom_s`` the middle of the bottom, ``top_s`` where the lockout is reached, ``end_s`` where
    it ends. ``depth_fraction`` compares its range with the typical one of the set.
    """

    number: int
    partial: bool
    partial_reason: str
    start_s: float
    bottom_s: float
    top_s: float
    end_s: float
    depth_fraction: float
    phases: tuple[PhaseSpan, ...]

    def phase(self, kind: Phase) -> PhaseSpan | None:
        """The span of one phase, or None where the film does not show it."""
        return next((span for span in self.phases if span.kind is kind), None)

    @property
    def tempo_s(self) -> tuple[float | None, ...]:
        """Lengths of eccentric, bottom, concentric, and lockout or float; None where not seen."""
        kinds = (Phase.ECCENTRIC, Phase.BOTTOM, Phase.CONCENTRIC)
        spans = [self.phase(kind) for kind in kinds]
        spans.append(self.phase(Phase.LOCKOUT) or self.phase(Phase.FLOAT))
        return tuple(None if span is None else span.duration_s for span in spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A movement that was not counted, and why."""

    start_s: float
    end_s: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Which kind of movement the set is, how that is known, and how surely (0-1).

    ``looks_like`` is what it clearly looks like where the user named something else, else None.
    """

    family: Family
    how: str
    confidence: float
    looks_like: Family | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSegmentation:
    """The repetitions of a set and the movements that are none."""

    recognition: Recognition
    repetitions: tuple[Repetition, ...]
    rejected: tuple[Rejected, ...]
    signal: str

    @property
    def n_repetitions(self) -> int:
        """Complete repetitions."""
        return sum(1 for repetition in self.repetitions if not repetition.partial)

    @property
    def n_partial(self) -> int:
        """Partial repetitions."""
        return sum(1 for repetition in self.repetitions if repetition.partial)
