"""From pieces of tracks to people, and from people to the lifter.

The network follows whoever stands in its region. Somebody who walks in front of the lifter takes
the region along, and the lifter is found again as if somebody new: at the very place where somebody
just was.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hingewise.pose.tracklets import Trail
from hingewise.units import FloatArray

MAX_GAP_S = 4.0
"""Somebody out of sight for longer is somebody else, unless they stand where they stood."""

MAX_AWAY_S = 15.0
"""Somebody who stands where somebody stood so short a time ago is the same."""

MAX_SIZE_RATIO = 1.4
JUMP_SHARE = 0.3
SPEED_SHARE_PER_S = 0.7
MAX_JUMP_SHARE = 1.2

HERE_SHARE = 0.2
"""Feet that are nearer than this share of the body stand in the same place; sideways, where a body
that is folded behind plates hides how low they are."""

LEFT_SHARE = 0.35
"""Feet further away than this, or a torso further to the side, have left it. Up and down, a deep
squat moves the torso by 0.4 (real clips)."""

LEFT_S = 0.15
"""Who has left a place is away for at least so long, or seen elsewhere beside who is there now: a
single moment may be wrong."""

TAKEN_S = 0.3
"""A passer-by who takes a lock along is in the lifter's place for about so long."""

AFTERWARDS_S = 0.5
"""Who was whom is told by where the old lock goes on to, for so long after the new one begins."""

AT_ONCE_S, NEXT_SHARE = 0.5, 0.15
"""Whoever is found so soon and so near (share of the body) is who was just lost."""

STRAY_SHARE = 0.08
STRAY_SHARE_PER_S = 1.0
"""Whoever is found this far (shares of the body) from where a lock was lost had lost it before."""

TORN_SHARE = 0.4
TORN_SHARE_PER_S = 3.0
"""Nobody moves so far so fast: the lock went over to somebody else. Shares of the body."""

N_STANDING = 5
"""Where somebody stands is told by so many samples of a trail."""

BEND_FLOOR_DEG = 10.0
BEND_ENOUGH_DEG = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a tracklet, given by its number: the frames from the first to the last."""

    tracklet: int
    first_frame: int
    last_frame: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person: which parts of tracklets are theirs, and how much they move like a lifter."""

    pieces: tuple[Piece, ...]
    n_frames: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A tracklet's trail, or a part of it."""

    tracklet: int
    trail: Trail


def find_people(
    trails: list[Trail], time_s: FloatArray, cut_frames: tuple[int, ...] = ()
) -> list[Person]:
    """Join tracklets that continue one another into people, in order of first appearance.

    A tracklet continues a person when it starts after the person was last seen, in the same shot,
    nearby and with the same size; the nearest such person wins. When there is none, but it starts
    where somebody was a moment ago who has left since, then it is that person, and it was somebody
    else who left.

    Parameters
    ----------
    trails
        One for each tracklet.
    time_s
        Times of all frames of the film. Shape (T,).
    cut_frames
        The first frames of new shots.
    """
    parts = [
        _Part(tracklet=number, trail=part)
        for number, trail in enumerate(trails)
        for part in _tear(trail, time_s)
    ]
    parts.sort(key=lambda part: (part.trail.first_frame, -part.trail.n_frames))
    people: list[list[_Part]] = []
    for part in parts:
        costs = [_continuation_cost(p[-1].trail, part.trail, time_s, cut_frames) for p in people]
        best = int(np.argmin(costs)) if costs else -1
        follows = best >= 0 and bool(np.isfinite(costs[best]))
        sure = follows and _goes_on(people[best][-1].trail, part.trail, time_s)
        if not sure and _give_back(people, part, time_s, cut_frames):
            continue
        if follows:
            people[best] = [*_without_stray_end(people[best], part.trail, time_s), part]
        else:
            people.append([part])
    return [_to_person(person) for person in _merge(people, time_s, cut_frames)]


def _merge(
    people: list[list[_Part]], time_s: FloatArray, cut_frames: tuple[int, ...]
) -> list[list[_Part]]:
    """People who are never seen at once, of one size in one place, are one person.

    Behind plates the network loses its lifter again and again, and finds parts of a body meanwhile.
    """
    n_before = len(people) + 1
    while len(people) < n_before:
        n_before = len(people)
        people = _merge_once(people, time_s, cut_frames)
    return sorted(people, key=lambda parts: parts[0].trail.first_frame)


def _merge_once(
    people: list[list[_Part]], time_s: FloatArray, cut_frames: tuple[int, ...]
) -> list[list[_Part]]:
    """Give each person, the longest seen first, to the first of the longer ones that they are."""
    merged: list[list[_Part]] = []
    for person in sorted(people, key=lambda parts: -sum(part.trail.n_frames for part in parts)):
        for number, other in enumerate(merged):
            if _takes_turns(person, other, time_s, cut_frames):
                together = [*other, *person]
                merged[number] = sorted(together, key=lambda part: part.trail.first_frame)
                break
        else:
            merged.append(person)
    return merged


def _takes_turns(
    person: list[_Part], other: list[_Part], time_s: FloatArray, cut_frames: tuple[int, ...]
) -> bool:
    """Whether two people are seen in turns, soon after each other and in the same place."""
    parts = sorted([*person, *other], key=lambda part: part.trail.first_frame)
    own = {id(part) for part in person}
    for last, following in pairwise(parts):
        apart = (id(last) in own) != (id(following) in own)
        gap_s = time_s[following.trail.first_frame] - time_s[last.trail.last_frame]
        cut = _is_cut(last.trail.last_frame, following.trail.first_frame, cut_frames)
        if following.trail.first_frame <= last.trail.last_frame:
            return False
        if apart and (cut or gap_s > MAX_GAP_S):
            return False
    places = [_usual_place(parts) for parts in (person, other)]
    size = max(places[0][2], places[1][2], 1e-6)
    step = float(np.hypot(places[0][0] - places[1][0], places[0][1] - places[1][1]))
    return step < HERE_SHARE * size and _ratio(places[0][2], places[1][2]) <= MAX_SIZE_RATIO


def _usual_place(parts: list[_Part]) -> tuple[float, float, float]:
    """Median place of the feet and median size."""
    feet = np.concatenate([part.trail.feet_px for part in parts])
    size = np.concatenate([part.trail.size_px for part in parts])
    return float(np.median(feet[:, 0])), float(np.median(feet[:, 1])), float(np.median(size))


def pick_lifter(people: list[Person]) -> Person:
    """Return who moves most like a lifter; the one seen first wins a tie."""
    return max(people, key=lambda person: person.score)


def _to_person(parts: list[_Part]) -> Person:
    """Score a person: seen long, seen large, bending at the hips."""
    trails = [part.trail for part in parts]
    n_frames = [trail.n_frames for trail in trails]
    size_px = float(np.average([np.median(t.size_px) for t in trails], weights=n_frames))
    bends = [np.nanpercentile(t.bend_deg, [5, 95]) for t in trails if np.isfinite(t.bend_deg).any()]
    bend_deg = max(b[1] for b in bends) - min(b[0] for b in bends) if bends else 0.0
    return Person(
        pieces=tuple(
            Piece(
                tracklet=part.tracklet,
                first_frame=part.trail.first_frame,
                last_frame=part.trail.last_frame,
            )
            for part in parts
        ),
        n_frames=sum(n_frames),
        score=sum(n_frames) * size_px * (BEND_FLOOR_DEG + min(float(bend_deg), BEND_ENOUGH_DEG)),
    )


def _tear(trail: Trail, time_s: FloatArray) -> list[Trail]:
    """Parts of a trail between which the body jumps, as when the lock goes over to another."""
    step = np.hypot(*np.diff(trail.torso_px, axis=0).T)
    share = step / np.maximum(np.maximum(trail.size_px[1:], trail.size_px[:-1]), 1e-6)
    fast = TORN_SHARE_PER_S * np.diff(time_s[trail.frame])
    torn = 1 + np.flatnonzero(share > np.maximum(TORN_SHARE, fast))
    limits = [0, *torn.tolist(), trail.frame.size]
    return [trail.cut(a, b) for a, b in pairwise(limits)]


def _goes_on(person: Trail, piece: Trail, time_s: FloatArray) -> bool:
    """Whether a piece that may continue a person does so without doubt: at once, or on the spot."""
    size = max(float(person.size_px[-1]), float(piece.size_px[0]), 1e-6)
    step = float(np.hypot(*(_stand(piece, N_STANDING) - _stand(person, -N_STANDING))))
    jump = float(np.hypot(*(piece.torso_px[0] - person.torso_px[-1])))
    at_once = time_s[piece.first_frame] - time_s[person.last_frame] <= AT_ONCE_S
    return step < HERE_SHARE * size or bool(at_once and jump < NEXT_SHARE * size)


def _give_back(
    people: list[list[_Part]], part: _Part, time_s: FloatArray, cut_frames: tuple[int, ...]
) -> bool:
    """Give a part to whoever was there a moment ago, and their lock to whoever took it along.

    Returns whether there was such a person. A moment in which somebody of another size seems to
    stand there is no evidence.
    """
    moment = time_s[part.trail.last_frame] - time_s[part.trail.first_frame] < TAKEN_S
    for number, person in enumerate(people):
        if moment and min(_size_ratio(p.trail, part.trail) for p in person) > MAX_SIZE_RATIO:
            continue
        taken = _find_taken(person, part.trail, time_s, cut_frames)
        if taken is not None:
            mine, theirs = _split(person, taken)
            people[number] = [*mine, part]
            people.append(theirs)
            return True
    return False


def _continuation_cost(
    person: Trail, piece: Trail, time_s: FloatArray, cut_frames: tuple[int, ...]
) -> float:
    gap_s = float(time_s[piece.first_frame] - time_s[person.last_frame])
    cut = _is_cut(person.last_frame, piece.first_frame, cut_frames)
    if cut or piece.first_frame <= person.last_frame or gap_s > MAX_AWAY_S:
        return float("inf")
    ends_px = float(person.size_px[-1]), float(piece.size_px[0])
    size = max(*ends_px, 1e-6)
    # Who bends is shorter: at the ends as well as on the whole, one of both must fit.
    ratio = min(_ratio(*ends_px), _size_ratio(person, piece))
    jump = float(np.hypot(*(piece.torso_px[0] - person.torso_px[-1]))) / size
    near = jump <= min(JUMP_SHARE + SPEED_SHARE_PER_S * gap_s, MAX_JUMP_SHARE)
    if gap_s > MAX_GAP_S:
        stood, stands = _stand(person, -N_STANDING), _stand(piece, N_STANDING)
        near = near and float(np.hypot(*(stands - stood))) < HERE_SHARE * size
    return jump + 0.1 * gap_s if near and ratio <= MAX_SIZE_RATIO else float("inf")


def _without_stray_end(person: list[_Part], piece: Trail, time_s: FloatArray) -> list[_Part]:
    """A person without the last moment before a piece, if the lock had begun to go elsewhere."""
    trail = person[-1].trail
    gap_s = float(time_s[piece.first_frame] - time_s[trail.last_frame])
    jump = float(np.hypot(*(piece.torso_px[0] - trail.torso_px[-1])))
    share = jump / max(float(trail.size_px[-1]), float(piece.size_px[0]), 1e-6)
    if share <= STRAY_SHARE + STRAY_SHARE_PER_S * gap_s:
        return person
    sure_s = float(time_s[trail.last_frame]) - TAKEN_S
    at = int(np.searchsorted(time_s[trail.frame], sure_s, side="right"))
    kept = [_Part(tracklet=person[-1].tracklet, trail=trail.cut(0, at))] if at > 0 else []
    return [*person[:-1], *kept] or person


def _find_taken(
    person: list[_Part], piece: Trail, time_s: FloatArray, cut_frames: tuple[int, ...]
) -> int | None:
    """First frame in which a person is no longer who stood where a piece begins.

    None if they were not there, or have not left.
    """
    trails = [part.trail for part in person]
    frame = np.concatenate([trail.frame for trail in trails])
    feet = np.concatenate([trail.feet_px for trail in trails]) - _stand(piece, N_STANDING)
    torso_x = np.concatenate([trail.torso_px[:, 0] for trail in trails]) - piece.torso_px[0, 0]
    # Who bends is shorter, and feet behind plates seem to stand higher then.
    usual_px = float(np.median(np.concatenate([trail.size_px for trail in trails])))
    size = max(float(np.median(piece.size_px[:N_STANDING])), usual_px, 1e-6)
    feet_x, feet_y = np.abs(feet).T / size
    here = (feet_x < HERE_SHARE) & (feet_y < LEFT_SHARE)
    feet_share, torso_share = np.hypot(feet_x, feet_y), np.abs(torso_x) / size
    begins_s, at_s = float(time_s[piece.first_frame]), time_s[frame]
    since = max([cut for cut in cut_frames if cut <= piece.first_frame], default=0)
    recent = (np.abs(at_s - begins_s) <= MAX_AWAY_S) & (frame >= since)
    recent &= at_s <= begins_s + AFTERWARDS_S
    left = recent & (np.maximum(feet_share, torso_share) > LEFT_SHARE)
    there = np.flatnonzero(recent & (frame < piece.first_frame) & here & ~left)
    if there.size == 0:
        return None
    gone = np.flatnonzero(recent)
    gone = gone[gone > np.flatnonzero(recent & ~left)[-1]]
    if gone.size == 0:
        return None
    both_seen = at_s[gone[-1]] >= begins_s
    if not both_seen and begins_s - at_s[gone[0]] < LEFT_S:
        return None
    taken_s = float(time_s[frame[there[-1]]]) - TAKEN_S
    first = int(np.searchsorted(time_s, taken_s))
    return first if frame[0] < first else None


def _split(person: list[_Part], frame: int) -> tuple[list[_Part], list[_Part]]:
    """The parts of a person before a frame, and from it on."""
    before: list[_Part] = []
    after: list[_Part] = []
    for part in person:
        at = int(np.searchsorted(part.trail.frame, frame))
        if at > 0:
            before.append(_Part(tracklet=part.tracklet, trail=part.trail.cut(0, at)))
        if at < part.trail.frame.size:
            rest = part.trail.cut(at, part.trail.frame.size)
            after.append(_Part(tracklet=part.tracklet, trail=rest))
    return before, after


def _is_cut(last_frame: int, first_frame: int, cut_frames: tuple[int, ...]) -> bool:
    return any(last_frame < frame <= first_frame for frame in cut_frames)


def _stand(trail: Trail, n_samples: int) -> FloatArray:
    """Where the feet are in the first samples, or in the last of a negative number."""
    feet = trail.feet_px[:n_samples] if n_samples > 0 else trail.feet_px[n_samples:]
    return np.asarray(np.median(feet, axis=0), dtype=np.float64)


def _size_ratio(a: Trail, b: Trail) -> float:
    return _ratio(float(np.median(a.size_px)), float(np.median(b.size_px)))


def _ratio(a: float, b: float) -> float:
    """How many times larger the larger is."""
    return max(a, b) / max(min(a, b), 1e-6)
