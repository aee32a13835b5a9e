"""Sets: as a plan asks for them, and as they were done. Neither is the other."""

from __future__ import annotations

from dataclasses import dataclass

from hingewise.errors import TrainingError
from hingewise.training.intensity import checked_rir, estimate_maximum_kg
from hingewise.training.load import Load

MAX_REPETITIONS = 200
"""Nobody does more of anything here in one set: it is a slip of the finger."""

MAX_HOLD_S = 600
MAX_SETS = 20
MAX_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSet:
    """What a plan asks for.

    Attributes
    ----------
    exercise
        Its id in the library.
    repetitions
        From least to most; seconds where it is a ``hold``.
    hold
        Whether a position is held instead of repeated.
    load
        What to take, None where the lifter finds it.
    rir
        Repetitions that should be left, None where nobody asks.
    tempo
        Eccentric-bottom-concentric-lockout in seconds, x for as fast as can be; "" for any.
    rest_s
        Before the next one.
    """

    exercise: str
    repetitions: tuple[int, int]
    hold: bool = False
    load: Load | None = None
    rir: float | None = None
    tempo: str = ""
    rest_s: int | None = None

    def __post_init__(self) -> None:
        least, most = self.repetitions
        if least > most:
            raise TrainingError(f"expected repetitions from least to most, got {least} to {most}.")
        for count in self.repetitions:
            check_count(count, hold=self.hold)
        if self.rir is not None:
            checked_rir(self.rir)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformedSet:
    """What was done.

    ``repetitions`` are seconds of a ``hold``; ``rir`` None where nobody said how many were left;
    ``note`` in the lifter's own words.
    """

    exercise: str
    repetitions: int
    load: Load
    hold: bool = False
    rir: float | None = None
    tempo: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        check_count(self.repetitions, hold=self.hold)
        if self.rir is not None:
            checked_rir(self.rir)
        for words in (self.note, self.tempo):
            check_words(words)

    @property
    def volume_kg(self) -> float:
        """Load times repetitions; 0 of holds, bands and the body alone. [kg]"""
        return 0.0 if self.hold else self.load.mass_kg * self.repetitions

    @property
    def maximum_kg(self) -> float:
        """Estimated load for one repetition; NaN where the set does not tell it. [kg]"""
        if self.hold or self.rir is None:
            return float("nan")
        return estimate_maximum_kg(self.load.mass_kg, self.repetitions, self.rir)


def check_count(count: int, *, hold: bool) -> int:
    """Return repetitions, or seconds of a hold.

    Raises
    ------
    TrainingError
        If nobody does so many.
    """
    most, what = (MAX_HOLD_S, "seconds") if hold else (MAX_REPETITIONS, "repetitions")
    if not 1 <= count <= most:
        raise TrainingError(f"expected 1 to {most} {what}, got {count}.")
    return count


def check_words(text: str) -> None:
    """Check words that somebody wrote.

    Raises
    ------
    TrainingError
        If they are too long, or hold what no database keeps.
    """
    if len(text) > MAX_NOTE:
        raise TrainingError(f"expected a note of up to {MAX_NOTE} letters, got {len(text)}.")
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise TrainingError("expected a note of letters, got bytes that are none.")
