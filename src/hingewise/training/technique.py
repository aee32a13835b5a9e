"""What is known of how a set looked: from a film, or from the lifter."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hingewise.errors import TrainingError
from hingewise.training.journal import ID
from hingewise.training.sets import check_words

How = Literal["film", "own"]
SHA256 = re.compile(r"[0-9a-f]{64}")
MAX_SCORE = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    """How the sets of one entry looked.

    Attributes
    ----------
    id
        Its own, for good: 32 hexadecimal digits.
    entry
        Id of the entry that it is about.
    told_at
        When it was attached.
    how
        ``film``: measured; ``own``: what the lifter says.
    present
        Ids of faults that were there.
    absent
        Ids of faults that were looked for and were not there. Of an ``own`` answer empty: it
        speaks of all of them.
    score
        Of the film, 0 to 100; None where too little was measured, and of an own answer.
    n_repetitions
        That the film shows; 0 of an own answer.
    film, sha256, results
        Where the film lies, the hash of its content, and the folder with its results; "" of an
        own answer.
    """

    id: str
    entry: str
    told_at: datetime
    how: How
    present: tuple[str, ...]
    absent: tuple[str, ...] = ()
    score: float | None = None
    n_repetitions: int = 0
    film: str = ""
    sha256: str = ""
    results: str = ""

    def __post_init__(self) -> None:
        if not (ID.fullmatch(self.id) and ID.fullmatch(self.entry)):
            raise TrainingError(
                f"expected ids of 32 hexadecimal digits, got {self.id!r} and {self.entry!r}."
            )
        if self.told_at.tzinfo is None:
            raise TrainingError("expected a time with its zone, got one without.")
        if set(self.present) & set(self.absent):
            both = sorted(set(self.present) & set(self.absent))
            raise TrainingError(f"expected faults that are there or not, got both of {both}.")
        if self.score is not None and not (
            math.isfinite(self.score) and 0.0 <= self.score <= MAX_SCORE
        ):
            raise TrainingError(f"expected a score from 0 to {MAX_SCORE:g}, got {self.score:g}.")
        if self.sha256 and not SHA256.fullmatch(self.sha256):
            raise TrainingError(f"expected the hash of a film, got {self.sha256!r}.")
        for words in (self.film, self.results):
            check_words(words)
