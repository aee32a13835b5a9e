"""From hip extensions to counted repetitions, partial ones and rejected movements."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hingewise.kinematics.movement import Movement
from hingewise.library.families import load_families
from hingewise.repetitions.extensions import (
    LOCKOUT_SHARE,
    PARTIAL_SHARE,
    Extension,
    find_extensions,
    lockout_level_deg,
    steep_span,
    typical_rom_deg,
)
from hingewise.repetitions.handling import fetches, swings, without_handling
from hingewise.repetitions.place import find_seen_span, find_stay, moves_within
from hingewise.repetitions.recognise import describe, recognise
from hingewise.repetitions.runs import (
    COMPLETE_SHARE,
    Candidate,
    Run,
    begins_unseen,
    choose_main,
    ends_unseen,
    group,
    hidden_lockout,
)
from hingewise.repetitions.types import Family, Recognition, Rejected
from hingewise.signal.known import known, median_known

LONE_FACTOR = 1.5
"""What is done once must be larger to be a repetition than what is done again and again, unless the
user says what it is."""

MIN_LEAN_DEG = 30.0
"""Where the trunk goes down less than this, as in upright squats, it tells nothing of depth."""

USUAL_LEAN_SHARE = 0.85
"""A trunk that goes down this far goes as far as usual: within the sets of the study it varies by a
tenth."""

SURE_CONFIDENCE = 0.8
"""What is seen this surely is held against what the user named."""

BEFORE_SET = "reaching for the load or getting into place before the set"
AFTER_SET = "putting the load away or leaving after the set"
WITHIN_SET = "handling the load or moving about between repetitions"
_REASON_WITHOUT_SET = dict.fromkeys(
    (BEFORE_SET, WITHIN_SET, AFTER_SET), "moving about, not in a set"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """An extension that counts, complete or partial, and why it is partial.

    ``since`` and ``until`` are the first and the last sample around it at which the lifter stands
    in the same place and faces the same way.
    """

    extension: Extension
    partial_reason: str
    rom_fraction: float
    since: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was counted in a set."""

    recognition: Recognition
    counted: tuple[Counted, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """The run of extensions that is the set."""

    movement: Movement
    run: list[Candidate]

    @property
    def typical_deg(self) -> float:
        return typical_rom_deg([each.extension for each in self.run])

    @property
    def lockout_deg(self) -> float:
        return lockout_level_deg([each.extension for each in self.run])

    def leans_as_usual(self, candidate: Candidate) -> bool:
        """Whether the trunk goes down as far as in the larger half: a plate may hide the hips."""
        leans_deg = np.sort(known(_leaned_deg(each) for each in self.run))
        usual_deg = median_known(leans_deg[leans_deg.size // 2 :])
        enough_deg = max(USUAL_LEAN_SHARE * usual_deg, MIN_LEAN_DEG)
        return len(self.run) > 1 and _leaned_deg(candidate) >= enough_deg

    @property
    def locked_out(self) -> list[Extension]:
        """The extensions whose lockout was seen."""
        return [each.extension for each in self.run if self.is_straight(each.extension.top)]

    def is_straight(self, sample: int) -> bool:
        """Whether the hips are at the set's lockout."""
        bend = float(self.movement.hip_bend_deg[sample])
        return bend <= self.lockout_deg + LOCKOUT_SHARE * self.typical_deg


def count_repetitions(movement: Movement, *, given: Family | None) -> Count:
    """Count a set.

    Parameters
    ----------
    movement
        The counting signals.
    given
        The family when the user names the exercise, None to recognise it.
    """
    candidates = _find_candidates(movement)
    runs = [without_handling(run) for run in group(movement, candidates)]
    main = _Set(movement=movement, run=choose_main(movement, runs))
    recognition = _recognise(main, given)
    counted: list[Counted] = []
    rejected: list[Rejected] = []
    for candidate in candidates:
        reason = _reject_reason(candidate, main, recognition)
        partial = None if reason else _partial_reason(candidate, main)
        if reason:
            rejected.append(_to_rejected(movement, candidate.extension, reason))
        elif partial is not None:
            counted.append(_to_counted(candidate.extension, partial, main))
    if not counted:
        rejected = [
            replace(r, reason=_REASON_WITHOUT_SET.get(r.reason, r.reason)) for r in rejected
        ]
        recognition = recognise([]) if given is None else recognition
    return Count(recognition=recognition, counted=tuple(counted), rejected=tuple(rejected))


def _find_candidates(movement: Movement) -> list[Candidate]:
    extensions = find_extensions(movement)
    moves = moves_within(movement, extensions)
    return [
        Candidate(
            index=index,
            extension=extension,
            moves=moves[index],
            features=describe(movement, extension),
        )
        for index, extension in enumerate(extensions)
    ]


def _recognise(main: _Set, given: Family | None) -> Recognition:
    enough = COMPLETE_SHARE * main.typical_deg
    seen = recognise([each.features for each in main.run if each.extension.rom_deg >= enough])
    if given is None:
        return seen
    doubted = seen.family not in (given, Family.NONE) and seen.confidence >= SURE_CONFIDENCE
    return Recognition(
        family=given,
        how="given",
        confidence=1.0,
        looks_like=seen.family if doubted else None,
    )


def _reject_reason(candidate: Candidate, main: _Set, recognition: Recognition) -> str:
    """Why an extension is no repetition of the set; "" when it is one."""
    extension, movement = candidate.extension, main.movement
    if candidate.moves:
        return f"{candidate.moves} while straightening up"
    if candidate not in main.run:
        return _outside_reason(candidate, main.run)
    lone = len(main.run) == 1 and recognition.how != "given"
    rules = load_families()[recognition.family]
    if main.typical_deg < rules.min_rom_deg * (LONE_FACTOR if lone else 1.0):
        return f"the hips move only {extension.rom_deg:.0f} degrees"
    if lone and recognition.family is Family.HINGE and fetches(movement, extension):
        return "bending down once and walking away: fetching something"
    if recognition.family is Family.SWING and not swings(candidate, main.run):
        return "the load does not swing: picking it up or setting it down"
    return ""


def _outside_reason(candidate: Candidate, run: Run) -> str:
    if run and candidate.index < run[0].index:
        return BEFORE_SET
    return WITHIN_SET if run and candidate.index < run[-1].index else AFTER_SET


def _partial_reason(candidate: Candidate, main: _Set) -> str | None:
    """Why a repetition is partial; "" for a complete one, None for what is too small to count."""
    extension, typical = candidate.extension, main.typical_deg
    if extension.rom_deg < PARTIAL_SHARE * typical:
        return None
    first, last = find_seen_span(main.movement)
    rom_deg = extension.rom_deg
    if not main.is_straight(extension.top):
        if extension.top >= last - 1:
            return "the film ends before the lockout"
        if not ends_unseen(main.movement, extension):
            return "no lockout"
        if not hidden_lockout(main.movement, extension, main.locked_out):
            return "out of sight before the lockout"
        rom_deg = extension.bottom_deg - main.lockout_deg
    deep = rom_deg >= COMPLETE_SHARE * typical or main.leans_as_usual(candidate)
    if deep or begins_unseen(main.movement, extension):
        return ""
    return "the film begins after the bottom" if extension.bottom <= first + 1 else "shallow"


def _leaned_deg(candidate: Candidate) -> float:
    return candidate.features.bottom_lean_deg - candidate.features.top_lean_deg


def _to_counted(extension: Extension, reason: str, main: _Set) -> Counted:
    since, until = find_stay(main.movement, *steep_span(main.movement, extension))
    return Counted(
        extension=_without_unseen_start(extension, main),
        partial_reason=reason,
        rom_fraction=extension.rom_deg / main.typical_deg,
        since=since,
        until=until,
    )


def _without_unseen_start(extension: Extension, main: _Set) -> Extension:
    """Forget where the eccentric seems to begin when it is seen from its middle on only."""
    before, bend = extension.before, main.movement.hip_bend_deg
    first, _ = find_seen_span(main.movement)
    if before is None or (before > first + 1 and np.isfinite(bend[before - 1])):
        return extension
    return extension if main.is_straight(before) else replace(extension, before=None)


def _to_rejected(movement: Movement, extension: Extension, reason: str) -> Rejected:
    start, end = steep_span(movement, extension)
    return Rejected(
        start_s=float(movement.time_s[start]),
        end_s=float(movement.time_s[end]),
        reason=reason,
    )
