"""What came of a file that another program wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hingewise.training.journal import Entry
from hingewise.training.sets import PerformedSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Entries of a file, and what of it is none.

    Attributes
    ----------
    entries
        The oldest first. The same sets make the same id, whenever they are read.
    left_out
        Exercises that the library does not know, and how many sets of each.
    problems
        What is wrong, with the place where it stands.
    unusable
        Sets that say too little or something else than sets here, such as a distance, by
        exercise and reason, and how many of each.
    """

    entries: tuple[Entry, ...]
    left_out: Mapping[str, int]
    problems: tuple[str, ...]
    unusable: Mapping[str, int] = field(default_factory=dict)


def entry_of(moment: datetime, sets: Sequence[PerformedSet]) -> Entry:
    """Make an entry whose id comes from what it says, so that it is the same one the next time.

    Parameters
    ----------
    moment
        When it began, in the zone of the lifter: its day is the day of training.
    sets
        In their order.

    Raises
    ------
    TrainingError
        If the sets make no entry.
    """
    said = repr((moment.astimezone(UTC).isoformat(), list(sets)))
    digest = hashlib.sha256(said.encode()).hexdigest()[:32]
    return Entry(id=digest, on=moment.date(), entered_at=moment, sets=tuple(sets))
