"""How hard a set was: repetitions in reserve, exertion, and what they say of one repetition."""

from __future__ import annotations

from hingewise.errors import TrainingError

MAX_RIR = 6.0
"""More repetitions in reserve than this nobody can tell from each other (PRODUCT 4)."""

RPE_OF_FAILURE = 10.0

MAX_REPETITIONS = 12
"""Up to so many repetitions to failure a maximum is estimated: beyond, people differ too much."""

EPLEY_DIVISOR = 30.0
"""Of Epley's rule: each repetition more adds a thirtieth of the load."""


def rir_from_rpe(rpe: float) -> float:
    """Repetitions in reserve of a rating of exertion (Zourdos' scale: RPE 10 is none left).

    Raises
    ------
    TrainingError
        If the rating is not between 4 and 10.

    Examples
    --------
    >>> rir_from_rpe(8.5)
    1.5
    """
    return checked_rir(RPE_OF_FAILURE - rpe, f"expected an RPE between 4 and 10, got {rpe:g}.")


def rpe_from_rir(rir: float) -> float:
    """The same the other way round.

    Examples
    --------
    >>> rpe_from_rir(2.0)
    8.0
    """
    return RPE_OF_FAILURE - rir


def checked_rir(rir: float, message: str = "") -> float:
    """Repetitions in reserve, in halves.

    Raises
    ------
    TrainingError
        If they are not between 0 and 6, or no halves.
    """
    if not 0.0 <= rir <= MAX_RIR or (2.0 * rir) % 1.0:
        said = message or f"expected 0 to 6 repetitions in reserve, in halves, got {rir:g}."
        raise TrainingError(said)
    return rir


def estimate_maximum_kg(mass_kg: float, repetitions: int, rir: float) -> float:
    """Load that could be lifted once, by Epley's rule; NaN where that says nothing.

    Parameters
    ----------
    mass_kg
        What was lifted.
    repetitions
        How often.
    rir
        How much more often it could have been.

    Examples
    --------
    >>> round(estimate_maximum_kg(100.0, 5, 1.0), 1)
    120.0
    """
    to_failure = repetitions + rir
    if mass_kg <= 0.0 or not 1.0 <= to_failure <= MAX_REPETITIONS:
        return float("nan")
    return mass_kg if to_failure == 1.0 else mass_kg * (1.0 + to_failure / EPLEY_DIVISOR)
