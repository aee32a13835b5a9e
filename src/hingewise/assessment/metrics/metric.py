"""What a metric is: a name, a unit, what it needs of the film, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hingewise.assessment.observation import Observation
from hingewise.assessment.types import Measured
from hingewise.repetitions.types import Repetition


class Need(StrEnum):
    """What a film must show for a metric to mean anything."""

    SIDE_VIEW = "side view"
    FRONT_VIEW = "front view"
    SQUARE_FRONT = "square front view"
    BOTTOM = "bottom"
    LOCKOUT = "lockout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measure of one repetition.

    ``unit`` is "deg", "s", "m" or "" for a share; ``read`` returns the value with its sd.
    """

    name: str
    unit: str
    needs: frozenset[Need]
    read: Callable[[Observation, Repetition], Measured]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMetric:
    """A measure of a whole set."""

    name: str
    unit: str
    needs: frozenset[Need]
    read: Callable[[Observation], Measured]


SIDE = frozenset({Need.SIDE_VIEW})
SIDE_BOTTOM = frozenset({Need.SIDE_VIEW, Need.BOTTOM})
SIDE_LOCKOUT = frozenset({Need.SIDE_VIEW, Need.LOCKOUT})
SIDE_BOTH = frozenset({Need.SIDE_VIEW, Need.BOTTOM, Need.LOCKOUT})
FRONT_BOTTOM = frozenset({Need.FRONT_VIEW, Need.BOTTOM})
FRONT_BOTH = frozenset({Need.FRONT_VIEW, Need.BOTTOM, Need.LOCKOUT})
SQUARE_BOTH = frozenset({Need.SQUARE_FRONT, Need.BOTTOM, Need.LOCKOUT})
ANY_VIEW = frozenset[Need]()
ANY_LOCKOUT = frozenset({Need.LOCKOUT})
ANY_BOTH = frozenset({Need.BOTTOM, Need.LOCKOUT})
