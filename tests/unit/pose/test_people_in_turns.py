"""People who are never seen at once, in one place, are one whom plates hide again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np
import pytest

from hingewise.pose.people import (
    HERE_SHARE,
    MAX_GAP_S,
    MAX_JUMP_SHARE,
    MAX_SIZE_RATIO,
    find_people,
)
from hingewise.pose.tracklets import Trail, trace
from tests.made_tracklets import make_tracklet

RATE_HZ = 30
TIME_S = np.arange(3000) / RATE_HZ
SIZE_PX = 400.0
FAR = MAX_JUMP_SHARE + 0.1
"""A torso this far down (body lengths) continues nobody: it is no body, but a part of one."""

ONE, TWO = [(0, 1)], [(0,), (1,)]


@dataclass(frozen=True, kw_only=True)
class Strays:
    """How what is found in between differs: torso and feet in body lengths, size in times."""

    torso: float = FAR
    feet: tuple[float, float] = (0.0, 0.0)
    size: float = 1.0


def lifter(first: int, last: int) -> Trail:
    return trace(make_tracklet(first, last, 600, size_px=SIZE_PX))


def fragment(first: int, last: int, strays: Strays | None = None) -> Trail:
    """Parts of the lifter that are taken for a body: the torso lies far down, the feet do not."""
    strays = strays or Strays()
    trail = lifter(first, last)
    return replace(
        trail,
        torso_px=trail.torso_px + np.array([0.0, strays.torso * SIZE_PX], np.float32),
        feet_px=trail.feet_px + np.array(strays.feet, np.float32) * np.float32(SIZE_PX),
        size_px=trail.size_px * np.float32(strays.size),
    )


def people(*trails: Trail, cuts: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    """Numbers of the trails of each person."""
    found = find_people(list(trails), TIME_S, cuts)
    return [tuple(piece.tracklet for piece in person.pieces) for person in found]


def test_a_part_of_the_body_found_where_it_was_lost_is_the_lifter() -> None:
    assert people(lifter(0, 99), fragment(103, 150)) == ONE
    assert people(fragment(0, 99), lifter(103, 150)) == ONE


def test_parts_found_again_and_again_are_all_the_lifter() -> None:
    """In order of time, whatever the order and the length of the trails."""
    trails = [lifter(0, 99), fragment(103, 150), lifter(155, 300), fragment(303, 310)]
    assert people(*trails) == [(0, 1, 2, 3)]
    for order in permutations(range(4)):
        (person,) = people(*(trails[number] for number in order))
        assert [order[number] for number in person] == [0, 1, 2, 3]


def test_the_pieces_of_who_is_made_one_stay_as_they_are() -> None:
    (person,) = find_people([lifter(0, 99), fragment(103, 150), lifter(155, 300)], TIME_S)
    assert [(p.first_frame, p.last_frame) for p in person.pieces] == [
        (0, 99),
        (103, 150),
        (155, 300),
    ]
    assert person.n_frames == 100 + 48 + 146


def test_who_is_seen_at_once_is_not_one() -> None:
    assert people(lifter(0, 103), fragment(103, 150)) == TWO
    assert people(lifter(0, 200), fragment(103, 150)) == TWO


def test_who_is_seen_at_once_a_single_time_is_never_one() -> None:
    """A second body shows itself beside the lifter in the second of its three moments."""
    trails = [lifter(0, 99), fragment(103, 150), lifter(155, 300), fragment(290, 310)]
    assert people(*trails, lifter(314, 400), fragment(404, 420)) == [(0, 2, 4), (1, 3, 5)]


@pytest.mark.parametrize("toward", [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)])
def test_who_stands_elsewhere_is_not_one(toward: tuple[float, float]) -> None:
    for share, expected in ((HERE_SHARE - 0.02, ONE), (HERE_SHARE + 0.02, TWO)):
        strays = Strays(feet=(share * toward[0], share * toward[1]))
        assert people(lifter(0, 99), fragment(103, 150, strays)) == expected


def test_the_place_is_where_the_feet_mostly_are() -> None:
    """Feet that stray for a moment behind plates stand where they stood."""
    part = fragment(103, 190)
    feet_px = part.feet_px.copy()
    feet_px[: part.frame.size // 3, 1] -= np.float32(SIZE_PX)
    assert people(lifter(0, 99), replace(part, feet_px=feet_px)) == ONE
    feet_px[:, 1] = part.feet_px[:, 1] - np.float32(SIZE_PX)
    assert people(lifter(0, 99), replace(part, feet_px=feet_px)) == TWO


def test_who_comes_long_after_is_not_one() -> None:
    gap = round(MAX_GAP_S * RATE_HZ)
    assert people(lifter(0, 99), fragment(99 + gap - 1, 400)) == ONE
    assert people(lifter(0, 99), fragment(99 + gap + 2, 400)) == TWO


def test_the_time_between_two_people_counts_not_that_within_one() -> None:
    """Seen again after ten seconds, the lifter is who he was; what follows him at once is he."""
    away = 10 * RATE_HZ
    assert people(lifter(0, 99), lifter(99 + away, 500)) == ONE
    trails = [lifter(0, 99), lifter(99 + away, 500), fragment(504, 540)]
    assert people(*trails) == [(0, 1, 2)]


def test_after_a_cut_nobody_is_one_with_who_was_before() -> None:
    assert people(lifter(0, 99), fragment(103, 150), cuts=(101,)) == TWO
    assert people(lifter(0, 99), fragment(103, 150), cuts=(103,)) == TWO
    assert people(lifter(0, 99), fragment(103, 150), cuts=(50, 120)) == ONE


@pytest.mark.parametrize("larger", [True, False])
def test_who_is_clearly_of_another_size_is_not_one(larger: bool) -> None:
    for ratio, expected in ((MAX_SIZE_RATIO - 0.05, ONE), (MAX_SIZE_RATIO + 0.05, TWO)):
        strays = Strays(size=ratio if larger else 1 / ratio)
        assert people(lifter(0, 99), fragment(103, 150, strays)) == expected


def test_people_are_in_order_of_first_appearance() -> None:
    """Also where the one who is seen for longer comes later."""
    other = trace(make_tracklet(50, 900, 1200, size_px=SIZE_PX))
    assert people(lifter(0, 99), fragment(103, 150), other) == [(0, 1), (2,)]
    assert people(other, lifter(0, 99), fragment(103, 150)) == [(1, 2), (0,)]
