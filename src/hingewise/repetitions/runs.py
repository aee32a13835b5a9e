"""Extensions that belong together: done in one place, in one position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hingewise.kinematics.movement import Movement
from hingewise.repetitions.extensions import Extension, typical_rom_deg
from hingewise.repetitions.place import TURN_DEG, moves_between, turned_deg
from hingewise.repetitions.recognise import ExtensionFeatures
from hingewise.signal.known import median_known

COMPLETE_SHARE = 0.7
"""A repetition covers this share of the typical range (BIOMECHANICS 4c, depth)."""

SAME_TRUNK_DEG = 40.0
"""A top whose trunk leans otherwise by this much belongs to another position."""

SAME_KNEE_TO_HIP = 0.2
"""The knees bend against the hips as they do elsewhere, within this much. Anchors: 0.07 good
morning, 0.5 deadlift, 1.0 squat (BIOMECHANICS 4a); within the sets of the real clips they differ by
up to 0.07."""

UNSEEN_S = 0.5
"""Who was not seen so shortly before a bottom may have been deeper in between."""

LOST_S = 0.12
"""Who is out of sight so shortly before or after the highest moment may have been higher."""

MIN_ALIKE = 2
"""So many extensions elsewhere are more than picking something up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An extension of a film, its place among the others (0-based), and what it looks like.

    ``moves`` is how the lifter leaves the place meanwhile: stepping, turning or not ("").
    """

    index: int
    extension: Extension
    moves: str
    features: ExtensionFeatures


Run = Sequence[Candidate]


ENOUGH_OF_LOCKOUT, MOST_OF_LOCKOUTS = 0.75, 2.0
"""Out of sight above some height for this share of what the set's lockouts take, at least and at
most, a lifter was at the lockout."""


def group(movement: Movement, candidates: Run) -> list[list[Candidate]]:
    """Runs of extensions between which the lifter keeps the place, the heading and the position.

    Extensions during which the feet move or the body turns belong to no run.
    """
    runs: list[list[Candidate]] = []
    for candidate in candidates:
        if candidate.moves:
            continue
        run = next((r for r in _open(runs) if _follows(movement, r[-1], candidate)), None)
        if run is None:
            runs.append([candidate])
        else:
            run.append(candidate)
    return runs


def _follows(movement: Movement, last: Candidate, following: Candidate) -> bool:
    lean_deg = following.features.top_lean_deg - last.features.top_lean_deg
    if any(ends_unseen(movement, each.extension) for each in (last, following)):
        lean_deg = 0.0
    moved = moves_between(movement, last.extension, following.extension)
    return not moved and not abs(lean_deg) > SAME_TRUNK_DEG


def ends_unseen(movement: Movement, extension: Extension) -> bool:
    """Whether nobody saw how an extension would have ended: the lifter, or the film, was gone."""
    return _gap_around(movement, extension.top) is not None


def _gap_around(movement: Movement, sample: int) -> tuple[int, int] | None:
    """The time out of sight that begins or ends beside a sample, or None.

    First unseen sample, and the one with which the lifter is seen again; the number of samples at
    the film's end.
    """
    time_s = movement.time_s
    since = int(np.searchsorted(time_s, time_s[sample] - LOST_S))
    until = max(int(np.searchsorted(time_s, time_s[sample] + LOST_S)), sample + 3)
    seen = np.append(np.isfinite(movement.hip_bend_deg), False)
    unseen = since + np.flatnonzero(~seen[since:until])
    if unseen.size == 0:
        return None
    nearest = int(unseen[np.argmin(np.abs(unseen - sample))])
    before, after = np.flatnonzero(seen[:nearest]), np.flatnonzero(seen[nearest:])
    first = int(before[-1]) + 1 if before.size else 0
    return first, nearest + int(after[0]) if after.size else time_s.size


def hidden_lockout(movement: Movement, extension: Extension, others: Sequence[Extension]) -> bool:
    """Whether the lifter went out of sight on the way up for as long as a lockout takes.

    Seen again on the way down, he was above the height of both moments meanwhile. ``others`` are
    extensions of the set whose lockout was seen: they tell how long that usually is.
    """
    bend, time_s = movement.hip_bend_deg, movement.time_s
    gap = _gap_around(movement, extension.top)
    if gap is None or gap[1] >= bend.size or not others:
        return False
    lost, back = gap[0] - 1, gap[1]
    until = int(np.searchsorted(time_s, time_s[back] + UNSEEN_S))
    sinks = bool(np.isfinite(bend[back:until]).all() and bend[until - 1] > bend[back])
    level_deg = max(float(bend[lost]), float(bend[back]))
    usual_s = [_above_s(movement, other, level_deg) for other in others]
    hidden_s, longest_s = time_s[back] - time_s[lost], MOST_OF_LOCKOUTS * max(usual_s)
    return sinks and ENOUGH_OF_LOCKOUT * float(np.median(usual_s)) <= hidden_s <= longest_s


def _above_s(movement: Movement, extension: Extension, level_deg: float) -> float:
    """How long the hips are straighter than this around the lockout of an extension."""
    bent = ~(movement.hip_bend_deg <= level_deg)
    before = np.flatnonzero(bent[: extension.top])
    after = np.flatnonzero(bent[extension.top :])
    since = int(before[-1]) + 1 if before.size else 0
    until = extension.top + int(after[0]) if after.size else bent.size - 1
    return float(movement.time_s[until] - movement.time_s[since])


def begins_unseen(movement: Movement, extension: Extension) -> bool:
    """Whether the lifter came into sight on the way up: nobody saw how deep the bottom was.

    A film that begins there is another thing: it may have cut the repetition.
    """
    bottom_s = movement.time_s[extension.bottom]
    since = int(np.searchsorted(movement.time_s, bottom_s - UNSEEN_S))
    seen = np.isfinite(movement.hip_bend_deg[since : extension.bottom])
    return since > 0 and not bool(seen.all())


def _open(runs: list[list[Candidate]]) -> list[list[Candidate]]:
    """Runs that can go on: the last, and the one before a single wrong moment."""
    if len(runs) > 1 and len(runs[-1]) == 1 and len(runs[-2]) > 1:
        return [runs[-1], runs[-2]]
    return runs[-1:]


def choose_main(movement: Movement, runs: Sequence[Run]) -> list[Candidate]:
    """The longest run, and those that are the same movement elsewhere.

    Who steps aside between repetitions goes on with the same set.
    """
    main = max(runs, key=lambda run: (len(run), _total_rom_deg(run)), default=[])
    alike = [run for run in runs if run is main or _is_alike(movement, run, main)]
    return sorted((each for run in alike for each in run), key=lambda each: each.index)


def _total_rom_deg(run: Run) -> float:
    return sum(each.extension.rom_deg for each in run)


def _is_alike(movement: Movement, run: Run, main: Run) -> bool:
    """Whether a run is the same movement as another, seen from the same side."""
    if min(len(run), len(main)) < MIN_ALIKE:
        return False
    roms = [typical_rom_deg([each.extension for each in r]) for r in (run, main)]
    knees = [median_known(each.features.knee_to_hip for each in r) for r in (run, main)]
    leans = [median_known(each.features.top_lean_deg for each in r) for r in (run, main)]
    turn = turned_deg(movement, run[0].extension.bottom, main[0].extension.bottom)
    return bool(
        min(roms) >= COMPLETE_SHARE * max(roms)
        and not abs(knees[0] - knees[1]) > SAME_KNEE_TO_HIP  # NaN: unknown
        and not abs(leans[0] - leans[1]) > SAME_TRUNK_DEG
        and not turn > TURN_DEG
    )
