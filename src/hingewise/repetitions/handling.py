"""Picking the load up and setting it down: bends that are no repetitions.

Each is told by how it differs from the repetitions beside it; what some of these do as well tells
nothing, for the lifter may do every one otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hingewise.kinematics.movement import Movement
from hingewise.repetitions.extensions import Extension
from hingewise.repetitions.place import walks_off
from hingewise.repetitions.recognise import SWING_HAND_RISE, recognise, squat_score
from hingewise.repetitions.runs import SAME_KNEE_TO_HIP, Candidate, Run
from hingewise.repetitions.types import Family
from hingewise.signal.known import known, median_known
from hingewise.units import FloatArray

MIN_SET_TO_COMPARE = 3
"""With fewer extensions nobody can say which of them is the odd one."""

MOST = 0.7
"""What is odd differs from so many of the others; the rest may be odd themselves."""

OTHER_KNEE_DEG = 25.0
"""Fetching the load from the floor, or leaving it there, bends the knees otherwise than the set's
repetitions, by this much and by more than ``SAME_KNEE_TO_HIP``: more than a hinge, less than a
squat. Within the sets of the real clips they differ by up to 10 degrees."""

SWING_RISE_SHARE = 0.4
"""Picking the load up or setting it down lifts the hands by less than this share of a swing."""

SAME_RISE = 0.03
"""Rises of the hands that differ by less, in body lengths, are the same: within a set they
spread by this much."""

RHYTHM_FACTOR = 1.3
"""Straightening up with the load from the floor, or without it, takes longer than in a swing by
this factor, and so does the time to the next."""

BEHIND_FEET = 0.03
"""Hands that get no further before the ankles at the bottom, in body lengths, are pulled back
between the legs: -0.06 to 0.02 in the pull-throughs of the study, 0.04 to 0.18 in its deadlifts."""

TAKING_FACTOR, TAKING_S = 1.5, 0.3
"""Taking hold of a handle takes longer than the turn at the bottom of a repetition, by both: with
1.0 s beside 0.4 to 0.6 s in the study."""

FETCHING_S = 3.0
"""Whoever has picked something up walks away with it this soon."""


def without_handling(run: Run) -> list[Candidate]:
    """A run without its first and last extensions where these only fetch or leave the load.

    Who picks the load up where the set is done takes no step that would tell it.
    """
    kept = list(run)
    while len(kept) >= MIN_SET_TO_COMPARE and (_has_odd_edge(kept, 0) or takes_handle(kept)):
        del kept[0]
    while len(kept) >= MIN_SET_TO_COMPARE and _has_odd_edge(kept, -1):
        del kept[-1]
    return kept


def _has_odd_edge(run: Run, edge: int) -> bool:
    """Whether the knees bend otherwise at one end of a run than in most of its middle."""
    middle = run[1:-1]
    squats = median_known(squat_score(each.features) for each in middle) > 0
    sign = -1.0 if squats else 1.0
    ratio = sign * (_knee_to_hip(run[edge]) - _values(middle, _knee_to_hip))
    apart_deg = sign * (_knee_deg(run[edge]) - _values(middle, _knee_deg))
    seen = np.isfinite(ratio) & np.isfinite(apart_deg)
    other = (ratio > SAME_KNEE_TO_HIP) & (apart_deg > OTHER_KNEE_DEG)
    return bool(seen.any() and other[seen].mean() >= MOST) and not _varies(run, edge)


def _varies(run: Run, edge: int) -> bool:
    """Whether the rest of a run varies by more than lies between its end and the nearest of it.

    Who does every repetition otherwise has no usual one. What is like this end may be handling as
    well, and tells nothing.
    """
    apart = known(np.abs(_values(run, _knee_to_hip) - _knee_to_hip(run[edge])))
    unlike = apart > SAME_KNEE_TO_HIP
    return bool(unlike.any() and np.ptp(apart[unlike]) > apart[unlike].min())


def takes_handle(run: Run) -> bool:
    """Whether a set of pull-throughs begins with bending for the handle.

    The load comes along on the way up as in a repetition; what tells it is that the lifter stays
    down to take hold. So does who begins a deadlift, and there the first one counts.
    """
    rest = [each.features for each in run[1:]]
    behind = median_known(f.hands_ahead for f in rest) < BEHIND_FEET  # NaN: not seen
    if not behind or recognise(rest).family is not Family.HINGE:
        return False
    usual_s, taking_s = max(f.turn_s for f in rest), run[0].features.turn_s
    return taking_s > max(TAKING_FACTOR * usual_s, usual_s + TAKING_S)


def fetches(movement: Movement, extension: Extension) -> bool:
    """Whether somebody bends down once and then walks away, without setting anything down."""
    return extension.before is not None and walks_off(movement, extension, within_s=FETCHING_S)


def swings(candidate: Candidate, run: Run) -> bool:
    """Whether the hands rise as in the set's own swings; so it is where they are hidden.

    They may hide in single swings: what is done in the rhythm of the others is one of them, at an
    end of the set only where the hands rise no less than in some swing between.
    """
    rise = candidate.features.hand_rise
    typical = median_known(each.features.hand_rise for each in run)
    needed = np.fmax(np.fmin(SWING_HAND_RISE / 2, typical / 2), SWING_RISE_SHARE * typical)
    if not rise < needed:
        return True
    between = [each.features.hand_rise for each in run[1:-1]]
    if candidate.index in (run[0].index, run[-1].index):
        alike = len(run) > MIN_SET_TO_COMPARE and rise >= min(between) - SAME_RISE
        return alike and _in_rhythm(candidate, run)
    return _in_rhythm(candidate, run)


def _in_rhythm(candidate: Candidate, run: Run) -> bool:
    """Whether an extension is as quick as the set's swings, and comes as soon after one."""
    usual_s = np.median([each.features.extension_s for each in run])
    gaps_s = np.diff([each.features.risen_s for each in run])
    place = [each.index for each in run].index(candidate.index)
    beside_s = gaps_s[max(0, place - 1) : place + 1]
    soon = beside_s.max() <= RHYTHM_FACTOR * np.median(gaps_s)
    return bool(soon and candidate.features.extension_s <= RHYTHM_FACTOR * usual_s)


def _values(run: Run, value: Callable[[Candidate], float]) -> FloatArray:
    return np.array([value(each) for each in run])


def _knee_to_hip(candidate: Candidate) -> float:
    return candidate.features.knee_to_hip


def _knee_deg(candidate: Candidate) -> float:
    return candidate.features.knee_to_hip * candidate.extension.bottom_deg
