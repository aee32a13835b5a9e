"""Gates: whether a step up a ladder is earned, what is missing, and what nobody has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hingewise.library.collection import Library
from hingewise.library.progress import Gate
from hingewise.planner.bouts import Bout, done_well, look


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """How far a gate is met.

    Attributes
    ----------
    met
        Whether all of it is there.
    sessions
        How many of the sessions that it asks for have the sets and are clean.
    wanted
        How many it asks for.
    missing
        What is not there yet, in words.
    asks
        Whether the technique of sets that are good enough is unknown: a film or an answer decides.
    unseen
        Faults of which nothing is known.
    evidence
        Ids of the entries that it goes by.
    """

    met: bool
    sessions: int
    wanted: int
    missing: str
    asks: bool
    unseen: tuple[str, ...]
    evidence: tuple[str, ...]


def evaluate(gate: Gate, bouts: Sequence[Bout], library: Library) -> Passed:
    """Hold the latest sessions of an exercise against a gate.

    Parameters
    ----------
    gate
        What is asked for, in that many sessions in a row.
    bouts
        Of the exercise since it stands where it stands, the oldest first. One with fewer sets that
        were good, as in a lighter week, neither counts nor breaks the row.
    library
        Knows what faults are called.
    """
    whole = [bout for bout in bouts if not _is_short(bout, gate)]
    latest = whole[-gate.sessions :]
    n_clean, reasons = 0, []
    unseen: dict[str, None] = {}
    for bout in reversed(latest):
        if not done_well(bout, gate.sets, gate.repetitions, gate.rir):
            reasons.append(f"{_asked(gate)} on {bout.on.isoformat()}")
            continue
        seen = look(bout, gate.absent)
        if seen.looked == "faulty":
            names = [library.faults[each].name.lower() for each in seen.faults]
            if seen.low_score is not None:
                names.append(f"a technique score of {seen.low_score:.0f}")
            reasons.append(f"sets without {', '.join(names)} on {bout.on.isoformat()}")
        elif seen.looked == "unknown":
            unseen |= dict.fromkeys(seen.unseen)
        else:
            n_clean += 1
    n_missing = gate.sessions - len(latest)
    if n_missing > 0:
        text = f"{n_missing} more {'session' if n_missing == 1 else 'sessions'}"
        is_short = bool(bouts) and _is_short(bouts[-1], gate)
        reasons.append(f"{text} of {_asked(gate)}" if is_short else text)
    return Passed(
        met=n_clean == gate.sessions,
        sessions=n_clean,
        wanted=gate.sessions,
        missing="; ".join(reasons),
        asks=bool(unseen) and not reasons,
        unseen=tuple(unseen),
        evidence=tuple(entry for bout in latest for entry in bout.entries),
    )


def _is_short(bout: Bout, gate: Gate) -> bool:
    """Whether its sets were good, but fewer than the gate asks for."""
    n_sets = len(bout.sets)
    return (
        n_sets < gate.sets
        and done_well(bout, n_sets, gate.repetitions, gate.rir)
        and look(bout, gate.absent).looked != "faulty"
    )


def _asked(gate: Gate) -> str:
    left = f" with {gate.rir} left" if gate.rir is not None else ""
    return f"{gate.sets} sets of {gate.repetitions}{left}"
