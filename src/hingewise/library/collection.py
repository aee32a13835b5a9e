"""The library as a whole: every record by its kind and id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from hingewise.library.catalogue import CameraPlace, Equipment, Flag, Muscle
from hingewise.library.coaching import Cue, Drill, Fault
from hingewise.library.exercise import Exercise
from hingewise.library.progress import Ladder, Rule, Topic, WarmUp
from hingewise.library.statements import Fact, Source

KINDS: Mapping[str, type[Any]] = {
    "exercises": Exercise,
    "faults": Fault,
    "cues": Cue,
    "drills": Drill,
    "ladders": Ladder,
    "warm_ups": WarmUp,
    "rules": Rule,
    "topics": Topic,
    "muscles": Muscle,
    "equipment": Equipment,
    "flags": Flag,
    "cameras": CameraPlace,
    "sources": Source,
    "facts": Fact,
}
"""What the records of each kind are; the names are those of the data files and folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All records by id, in the order of their files."""

    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    cues: Mapping[str, Cue] = field(default_factory=dict)
    drills: Mapping[str, Drill] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    warm_ups: Mapping[str, WarmUp] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    muscles: Mapping[str, Muscle] = field(default_factory=dict)
    equipment: Mapping[str, Equipment] = field(default_factory=dict)
    flags: Mapping[str, Flag] = field(default_factory=dict)
    cameras: Mapping[str, CameraPlace] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def records(self) -> Iterator[tuple[str, str, Any]]:
        """Every record, as kind, id and the record itself."""
        for each in fields(self):
            for key, record in getattr(self, each.name).items():
                yield each.name, key, record

    def count(self) -> int:
        """Return how many records there are."""
        return sum(len(getattr(self, each.name)) for each in fields(self))
