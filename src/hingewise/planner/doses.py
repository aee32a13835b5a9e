"""How much of an exercise, by the library's doses: sets, repetitions, tempo, rest."""

from __future__ import annotations

from dataclasses import dataclass

from hingewise.library.exercise import Dose, Exercise
from hingewise.library.progress import Gate
from hingewise.planner.tables import Slot, load_patterns, number
from hingewise.training.plan import Ramp, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A dose as it is given here: what of the library's ranges is taken."""

    dose: Dose
    stage: Stage
    sets: tuple[int, int]
    repetitions: tuple[int, int]
    rir: float | None
    rest_s: int
    ramp: Ramp | None
    wanted_sets: int


def give(
    exercise: Exercise,
    slot: Slot,
    *,
    learning: bool,
    careful: bool,
    loaded: bool,
    gate: Gate | None = None,
) -> Given:
    """Choose a dose of an exercise for a slot.

    Parameters
    ----------
    exercise, slot
        What is done, and where in the session.
    learning
        Whether it is still learnt.
    careful
        Whether it is only there on a professional's word: nothing heavy then.
    loaded
        Whether there is a load that can be led up to.
    gate
        That leads up from its rung, None for none: the dose is one with which it can be passed.
    """
    by_role = {dose.role: dose for dose in exercise.doses}
    roles = ("learning",) if learning and "learning" in by_role else slot.doses
    floor = int(number("care_repetitions_least"))
    there = [by_role[role] for role in roles if role in by_role] or list(exercise.doses)
    light = [dose for dose in there if dose.repetitions[1] >= floor] if careful else there
    dose = next((each for each in light if _can_pass(each, gate)), None) or (light or there)[0]
    if gate is not None and not learning and not _can_pass(dose, gate):
        dose = next((each for each in exercise.doses if _can_pass(each, gate)), dose)
    least, most = dose.repetitions
    if careful:
        least, most = max(least, floor), max(most, floor)
    stage: Stage = "learning" if learning else "training"
    return Given(
        dose=dose,
        stage=stage,
        sets=dose.sets,
        repetitions=(least, most),
        rir=_enough_left(_rir(slot.role, dose, learning=learning, careful=careful), gate),
        rest_s=_rest(dose),
        ramp=_ramp(slot.role, dose, learning=learning, loaded=loaded),
        wanted_sets=min(dose.sets[1], gate.sets) if gate is not None else dose.sets[0],
    )


def _enough_left(rir: float | None, gate: Gate | None) -> float | None:
    """As many left as the gate asks for: who trains harder than it would never pass."""
    asked = gate.rir if gate is not None else None
    return rir if asked is None else max(rir or 0.0, asked)


def _can_pass(dose: Dose, gate: Gate | None) -> bool:
    return gate is None or (dose.repetitions[1] >= gate.repetitions and dose.sets[1] >= gate.sets)


def _rir(role: Role, dose: Dose, *, learning: bool, careful: bool) -> float | None:
    if careful:
        return number("rir_care")
    if learning:
        return number("rir_learning")
    if role in ("power", "conditioning") or dose.role in ("power", "conditioning"):
        return None  # speed and breath end these sets, not the muscle
    return number(f"rir_{role}")


def _rest(dose: Dose) -> int:
    """The middle of the range, to the next five seconds. [s]"""
    return 5 * round(sum(dose.rest_s) / 2 / 5)


def _ramp(role: Role, dose: Dose, *, learning: bool, loaded: bool) -> Ramp | None:
    if not loaded:
        return None  # there is nothing to go up to
    if role == "primer":
        n_sets = int(number("ramp_sets_primer"))
    elif role == "main" and not learning:
        heavy = dose.repetitions[1] <= number("heavy_repetitions")
        n_sets = int(number("ramp_sets_main" if heavy else "ramp_sets_primer"))
    else:
        return None
    repetitions = min(int(number("ramp_repetitions")), dose.repetitions[1])
    return Ramp(sets=n_sets, repetitions=repetitions, rest_s=int(number("ramp_rest")))


def is_one_sided(exercise: str) -> bool:
    """Whether one side is done after the other."""
    return exercise in load_patterns().one_sided
