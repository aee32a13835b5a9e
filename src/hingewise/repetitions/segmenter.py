"""From hip extensions to counted repetitions, partial ones and rejected movements."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hingewise.kinematics.movement import Movement
from hingewise.library.families import FamilyRules, load_families
from hingewise.repetitions.extensions import (
    LOCKOUT_SHARE,
    PARTIAL_SHARE,
    Extension,
    find_extensions,
    lockout_level_deg,
    steep_span,
    typical_rom_deg,
)
from hingewise.repetitions.recognise import SWING_HAND_RISE, ExtensionFeatures, describe, recognise
from hingewise.repetitions.types import Family, Recognition, Rejected
from hingewise.units import BoolArray, wrap_deg

COMPLETE_SHARE = 0.7
"""A repetition covers this share of the typical range (BIOMECHANICS 4c, depth)."""

LONE_FACTOR = 1.5
"""What is done once must be larger to be a repetition than what is done again and again, unless the
user says what it is."""

STEP_LENGTH = 0.25
"""Feet that move by this share of the body's length have stepped."""

TURN_DEG = 50.0
"""Hips that head elsewhere by this much have turned."""

SWING_RISE_SHARE = 0.4
"""Picking the load up or setting it down lifts the hands by less than this share of a swing."""

SAME_TRUNK_DEG = 40.0
"""A top whose trunk leans otherwise by this much belongs to another position."""

MIN_SET_TO_COMPARE = 3
"""With fewer extensions nobody can say which of them is the odd one."""

MIN_ALIKE = 2
"""So many extensions elsewhere are more than picking something up."""

OTHER_KNEE_TO_HIP = 0.2
OTHER_KNEE_DEG = 25.0
"""Fetching the load from the floor, or leaving it there, bends the knees otherwise than most of the
set's repetitions, both in degrees and against the hips. Anchors: knee-to-hip 0.07 good morning, 0.5
deadlift, 1.0 squat (BIOMECHANICS 4a); within the sets of the real clips they differ by up to 0.07
and 10 degrees."""

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
class _Candidates:
    """Every extension of a film, and the run of them that is the set (indexes ``main``)."""

    movement: Movement
    extensions: list[Extension]
    features: list[ExtensionFeatures]
    main: list[int]

    @property
    def typical_deg(self) -> float:
        return typical_rom_deg([self.extensions[i] for i in self.main])

    @property
    def lockout_deg(self) -> float:
        return lockout_level_deg([self.extensions[i] for i in self.main])

    def swings(self, index: int) -> bool:
        """Whether the hands rise as in the set's own swings; so it is where they are hidden.

        Hands that are seen badly through the whole set tell only which of its ends are none.
        """
        typical = float(np.median([self.features[i].hand_rise for i in self.main]))
        if typical < SWING_HAND_RISE and index not in (self.main[0], self.main[-1]):
            return True
        least = np.fmin(SWING_HAND_RISE / 2, typical / 2)
        needed = np.fmax(least, SWING_RISE_SHARE * typical)
        return not self.features[index].hand_rise < needed

    def is_straight(self, index: int) -> bool:
        """Whether the hips are at the set's lockout at a sample."""
        bend = float(self.movement.hip_bend_deg[index])
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
    extensions = find_extensions(movement)
    features = [describe(movement, e) for e in extensions]
    groups = _group(movement, extensions, features)
    runs = [_without_handling(group, extensions, features) for group in groups]
    main = _choose_main(runs, movement, extensions, features)
    candidates = _Candidates(movement=movement, extensions=extensions, features=features, main=main)
    recognition = _recognise(candidates, given)
    rules = load_families()[recognition.family]
    counted: list[Counted] = []
    rejected: list[Rejected] = []
    for index, extension in enumerate(extensions):
        reason = _reject_reason(index, candidates, recognition, rules)
        partial = None if reason else _partial_reason(extension, candidates)
        if reason:
            rejected.append(_to_rejected(movement, extension, reason))
        elif partial is not None:
            counted.append(_to_counted(extension, partial, candidates))
    if not counted:
        rejected = [
            replace(r, reason=_REASON_WITHOUT_SET.get(r.reason, r.reason)) for r in rejected
        ]
        recognition = recognise([]) if given is None else recognition
    return Count(recognition=recognition, counted=tuple(counted), rejected=tuple(rejected))


def _recognise(candidates: _Candidates, given: Family | None) -> Recognition:
    enough = COMPLETE_SHARE * candidates.typical_deg
    typical = [i for i in candidates.main if candidates.extensions[i].rom_deg >= enough]
    seen = recognise([candidates.features[i] for i in typical])
    if given is None:
        return seen
    doubted = seen.family not in (given, Family.NONE) and seen.confidence >= SURE_CONFIDENCE
    return Recognition(
        family=given,
        how="given",
        confidence=1.0,
        looks_like=seen.family if doubted else None,
    )


def _group(
    movement: Movement, extensions: list[Extension], features: list[ExtensionFeatures]
) -> list[list[int]]:
    """Runs of extensions between which the lifter keeps the place, the heading and the position.

    Extensions during which the feet move or the body turns belong to no run.
    """
    groups: list[list[int]] = []
    spans = [steep_span(movement, extension) for extension in extensions]

    def fits(last: int, following: int) -> bool:
        lean_deg = features[following].top_lean_deg - features[last].top_lean_deg
        if any(_ends_unseen(movement, extensions[i]) for i in (last, following)):
            lean_deg = 0.0
        moved = _moves(movement, spans[last][0], spans[following][0])
        return not moved and not abs(lean_deg) > SAME_TRUNK_DEG

    for i, (start, end) in enumerate(spans):
        if _moves(movement, start, end):
            continue
        group = next((g for g in _open(groups) if fits(g[-1], i)), None)
        if group is None:
            groups.append([i])
        else:
            group.append(i)
    return groups


def _ends_unseen(movement: Movement, extension: Extension) -> bool:
    """Whether nobody saw how an extension would have ended: the lifter, or the film, was gone."""
    following = movement.hip_bend_deg[extension.top + 1 : extension.top + 3]
    return following.size < 2 or not bool(np.isfinite(following).all())


def _open(groups: list[list[int]]) -> list[list[int]]:
    """Runs that can go on: the last, and the one before a single wrong moment."""
    if len(groups) > 1 and len(groups[-1]) == 1 and len(groups[-2]) > 1:
        return [groups[-1], groups[-2]]
    return groups[-1:]


def _choose_main(
    runs: list[list[int]],
    movement: Movement,
    extensions: list[Extension],
    features: list[ExtensionFeatures],
) -> list[int]:
    """The longest run, and those that are the same movement elsewhere.

    Who steps aside between repetitions goes on with the same set.
    """
    main = max(runs, key=lambda run: (len(run), _total_rom_deg(run, extensions)), default=[])
    alike = [
        run for run in runs if run is main or _is_alike(run, main, movement, extensions, features)
    ]
    return sorted(i for run in alike for i in run)


def _total_rom_deg(run: list[int], extensions: list[Extension]) -> float:
    return sum(extensions[i].rom_deg for i in run)


def _is_alike(
    run: list[int],
    main: list[int],
    movement: Movement,
    extensions: list[Extension],
    features: list[ExtensionFeatures],
) -> bool:
    """Whether a run is the same movement as another, seen from the same side."""
    if min(len(run), len(main)) < MIN_ALIKE:
        return False
    roms = [typical_rom_deg([extensions[i] for i in r]) for r in (run, main)]
    knees = [np.median([features[i].knee_to_hip for i in r]) for r in (run, main)]
    leans = [np.median([features[i].top_lean_deg for i in r]) for r in (run, main)]
    turn = _turn_deg(movement, extensions[run[0]].bottom, extensions[main[0]].bottom)
    return bool(
        min(roms) >= COMPLETE_SHARE * max(roms)
        and abs(knees[0] - knees[1]) <= OTHER_KNEE_TO_HIP
        and abs(leans[0] - leans[1]) <= SAME_TRUNK_DEG
        and not turn > TURN_DEG
    )


def _without_handling(
    run: list[int], extensions: list[Extension], features: list[ExtensionFeatures]
) -> list[int]:
    """A run without its first and last extensions where they bend the knees unlike the rest.

    Who picks the load up where the set is done takes no step that would tell it.
    """
    kept = list(run)
    for edge in (0, -1):
        while len(kept) >= MIN_SET_TO_COMPARE and _is_odd(kept[edge], kept, extensions, features):
            del kept[edge]
    return kept


def _is_odd(
    index: int, run: list[int], extensions: list[Extension], features: list[ExtensionFeatures]
) -> bool:
    """Whether the knees bend otherwise than in most of a run."""
    rest = [i for i in run if i != index]
    ratio = features[index].knee_to_hip - np.array([features[i].knee_to_hip for i in rest])
    knee_deg = np.array([_knee_deg(i, extensions, features) for i in rest])
    apart_deg = np.abs(_knee_deg(index, extensions, features) - knee_deg)
    return bool(
        np.median(np.abs(ratio)) > OTHER_KNEE_TO_HIP and np.median(apart_deg) > OTHER_KNEE_DEG
    )


def _knee_deg(index: int, extensions: list[Extension], features: list[ExtensionFeatures]) -> float:
    return features[index].knee_to_hip * extensions[index].bottom_deg


def _moves(movement: Movement, start: int, end: int) -> str:
    """How the lifter leaves the place between two samples: stepping, turning or not at all ("")."""
    dx = movement.feet_x[end] - movement.feet_x[start]
    dy = movement.feet_y[end] - movement.feet_y[start]
    if np.hypot(dx, dy) > STEP_LENGTH:
        return "stepping"
    return "turning" if _turn_deg(movement, start, end) > TURN_DEG else ""


def _turn_deg(movement: Movement, start: int, end: int) -> float:
    """By how much the lifter heads elsewhere, 0-180; a whole turn is none. NaN where unseen."""
    return float(np.abs(wrap_deg(movement.turn_deg[end] - movement.turn_deg[start])))


def _reject_reason(
    index: int, candidates: _Candidates, recognition: Recognition, rules: FamilyRules
) -> str:
    """Why an extension is no repetition of the set; "" when it is one."""
    extension, main = candidates.extensions[index], candidates.main
    moving = _moves(candidates.movement, *steep_span(candidates.movement, extension))
    if moving:
        return f"{moving} while straightening up"
    if index not in main:
        return _outside_reason(index, main)
    lone = len(main) == 1 and recognition.how != "given"
    least = rules.min_rom_deg * (LONE_FACTOR if lone else 1.0)
    if candidates.typical_deg < least:
        return f"the hips move only {extension.rom_deg:.0f} degrees"
    if recognition.family is Family.SWING and not candidates.swings(index):
        return "the load does not swing: picking it up or setting it down"
    return ""


def _outside_reason(index: int, main: list[int]) -> str:
    if main and index < main[0]:
        return BEFORE_SET
    return WITHIN_SET if main and index < main[-1] else AFTER_SET


def _partial_reason(extension: Extension, candidates: _Candidates) -> str | None:
    """Why a repetition is partial; "" for a complete one, None for what is too small to count."""
    typical = candidates.typical_deg
    if extension.rom_deg < PARTIAL_SHARE * typical:
        return None
    first, last = _seen_span(candidates.movement)
    if not candidates.is_straight(extension.top):
        if extension.top >= last - 1:
            return "the film ends before the lockout"
        hidden = _ends_unseen(candidates.movement, extension)
        return "out of sight before the lockout" if hidden else "no lockout"
    if extension.rom_deg >= COMPLETE_SHARE * typical:
        return ""
    return "the film begins after the bottom" if extension.bottom <= first + 1 else "shallow"


def _to_counted(extension: Extension, reason: str, candidates: _Candidates) -> Counted:
    since, until = _stay(candidates.movement, *steep_span(candidates.movement, extension))
    return Counted(
        extension=_without_unseen_start(extension, candidates),
        partial_reason=reason,
        rom_fraction=extension.rom_deg / candidates.typical_deg,
        since=since,
        until=until,
    )


def _stay(movement: Movement, start: int, end: int) -> tuple[int, int]:
    """First and last seen sample around ``[start, end]`` without a step or a turn in between."""
    first, last = _seen_span(movement)
    earlier = np.flatnonzero(_moved(movement, start)[first:start])
    later = np.flatnonzero(_moved(movement, end)[end + 1 : last + 1])
    since = first + int(earlier[-1]) + 1 if earlier.size else first
    until = end + int(later[0]) if later.size else last
    return since, until


def _moved(movement: Movement, at: int) -> BoolArray:
    """Samples in which the lifter stands elsewhere or heads elsewhere than in this one."""
    away = np.hypot(movement.feet_x - movement.feet_x[at], movement.feet_y - movement.feet_y[at])
    turned = np.abs(wrap_deg(movement.turn_deg - movement.turn_deg[at]))
    with np.errstate(invalid="ignore"):
        return np.asarray((away > STEP_LENGTH) | (turned > TURN_DEG), dtype=np.bool_)


def _without_unseen_start(extension: Extension, candidates: _Candidates) -> Extension:
    """Forget where the eccentric seems to begin when it is seen from its middle on only."""
    before, bend = extension.before, candidates.movement.hip_bend_deg
    first, _ = _seen_span(candidates.movement)
    if before is None or (before > first + 1 and np.isfinite(bend[before - 1])):
        return extension
    return extension if candidates.is_straight(before) else replace(extension, before=None)


def _seen_span(movement: Movement) -> tuple[int, int]:
    """First and last sample with a lifter."""
    seen = np.flatnonzero(np.isfinite(movement.hip_bend_deg))
    return int(seen[0]), int(seen[-1])


def _to_rejected(movement: Movement, extension: Extension, reason: str) -> Rejected:
    start, end = steep_span(movement, extension)
    return Rejected(
        start_s=float(movement.time_s[start]),
        end_s=float(movement.time_s[end]),
        reason=reason,
    )
