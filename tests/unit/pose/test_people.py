"""From pieces of tracks to people, and from people to the lifter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.pose.people import (
    MAX_GAP_S,
    MAX_SIZE_RATIO,
    Tracklet,
    body_place,
    find_people,
    pick_lifter,
    summarise,
)
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS, HALPE26_KEYPOINTS
from hingewise.units import FloatArray

RATE_HZ = 30
TIME_S = np.arange(3000) / RATE_HZ


def make_tracklet(
    first: int,
    last: int,
    x_px: tuple[float, float] | float,
    *,
    size_px: float = 400.0,
    bend_deg: float = 0.0,
    seen_by: tuple[tuple[str, ...], bool] = (BLAZEPOSE_KEYPOINTS, True),
) -> Tracklet:
    """Somebody from frame ``first`` to ``last``, moving along x, hips bending to and fro.

    Trunk 0.4, thigh 0.3 and shank 0.3 of ``size_px``; the hips stand at y = 500. ``seen_by`` is the
    network: its keypoints, and whether it guesses depth.
    """
    keypoints, depth = seen_by
    frame = np.arange(first, last + 1)
    ends = (x_px, x_px) if isinstance(x_px, (int, float)) else x_px
    hip = np.stack([np.linspace(*ends, frame.size), np.full(frame.size, 500.0)], axis=1)
    lean = np.radians(bend_deg) * (1 - np.cos(np.arange(frame.size) / 5)) / 2
    shoulder = hip + 0.4 * size_px * np.stack([np.sin(lean), -np.cos(lean)], axis=1)
    place: dict[str, FloatArray] = {
        "shoulder": shoulder,
        "hip": hip,
        "knee": hip + np.array([0, 0.3 * size_px]),
        "ankle": hip + np.array([0, 0.6 * size_px]),
    }
    position = np.zeros((frame.size, len(keypoints), 2), np.float32)
    for column, name in enumerate(keypoints):
        position[:, column] = place.get(name.partition("_")[2], shoulder)
    world = np.full((frame.size, len(keypoints), 3), np.nan, np.float32)
    if depth:
        world[..., :2], world[..., 2] = position / size_px, 0
    return Tracklet(
        frame=frame,
        position_px=position,
        confidence=np.ones((frame.size, len(keypoints)), np.float32),
        world_m=world,
        silhouette_px=np.full((frame.size, 2, 25, 2), np.nan, np.float32),
        keypoints=keypoints,
    )


def pieces_of(*tracklets: Tracklet, cuts: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    people = find_people([summarise(t) for t in tracklets], TIME_S, cuts)
    return [person.pieces for person in people]


@pytest.mark.parametrize("keypoints", [BLAZEPOSE_KEYPOINTS, HALPE26_KEYPOINTS])
def test_the_place_is_the_torso_and_the_size_that_of_trunk_and_leg(
    keypoints: tuple[str, ...],
) -> None:
    place = body_place(make_tracklet(0, 5, 300, seen_by=(keypoints, True)), 0)
    assert place.x_px == pytest.approx(300)
    assert place.y_px == pytest.approx(420)
    assert place.size_px == pytest.approx(400)


@pytest.mark.parametrize("depth", [True, False])
@pytest.mark.parametrize("keypoints", [BLAZEPOSE_KEYPOINTS, HALPE26_KEYPOINTS])
def test_the_bend_is_found_with_and_without_depth(depth: bool, keypoints: tuple[str, ...]) -> None:
    tracklet = make_tracklet(0, 200, 300, bend_deg=60, seen_by=(keypoints, depth))
    low, high = summarise(tracklet).bend_deg
    assert high == pytest.approx(180, abs=1)
    assert low == pytest.approx(120, abs=1.5)


def test_somebody_lost_for_a_moment_is_the_same() -> None:
    pieces = pieces_of(make_tracklet(0, 99, 300), make_tracklet(110, 200, 310))
    assert pieces == [(0, 1)]


def test_the_order_of_the_pieces_does_not_matter() -> None:
    a, b, c = make_tracklet(0, 99, 300), make_tracklet(110, 200, 310), make_tracklet(210, 250, 320)
    assert pieces_of(c, a, b) == [(1, 2, 0)]


def test_somebody_gone_for_long_is_somebody_else() -> None:
    gap = int(MAX_GAP_S * RATE_HZ)
    assert len(pieces_of(make_tracklet(0, 99, 300), make_tracklet(99 + gap - 1, 400, 300))) == 1
    assert len(pieces_of(make_tracklet(0, 99, 300), make_tracklet(99 + gap + 2, 400, 300))) == 2


def test_the_gap_is_measured_in_time_not_in_frames() -> None:
    a, b = make_tracklet(0, 99, 300), make_tracklet(110, 200, 300)
    ends = [summarise(a), summarise(b)]
    assert len(find_people(ends, TIME_S * 20)) == 2
    assert len(find_people(ends, TIME_S)) == 1


def test_somebody_far_away_is_somebody_else() -> None:
    near, far = make_tracklet(103, 200, 380), make_tracklet(103, 200, 700)
    assert len(pieces_of(make_tracklet(0, 99, 300), near)) == 1
    assert len(pieces_of(make_tracklet(0, 99, 300), far)) == 2


def test_somebody_of_another_size_is_somebody_else() -> None:
    for ratio, n_people in ((MAX_SIZE_RATIO - 0.05, 1), (MAX_SIZE_RATIO + 0.05, 2)):
        other = make_tracklet(103, 200, 300, size_px=400 * ratio)
        assert len(pieces_of(make_tracklet(0, 99, 300), other)) == n_people


def test_who_is_lost_standing_and_found_bent_is_the_same() -> None:
    """The body is a third shorter at that moment, but on the whole as large."""
    standing, bent = (
        summarise(make_tracklet(0, 311, 600.0)),
        summarise(make_tracklet(357, 700, 600.0)),
    )
    first = replace(bent.first, size_px=bent.first.size_px / (1.2 * MAX_SIZE_RATIO))
    people = find_people([standing, replace(bent, first=first)], TIME_S)
    assert [person.pieces for person in people] == [(0, 1)]


def test_after_a_cut_everybody_is_somebody_else() -> None:
    a, b = make_tracklet(0, 99, 300), make_tracklet(103, 200, 300)
    assert pieces_of(a, b, cuts=(101,)) == [(0,), (1,)]
    assert pieces_of(a, b, cuts=(50, 150)) == [(0, 1)]


def test_two_at_the_same_time_are_two() -> None:
    assert pieces_of(make_tracklet(0, 99, 300), make_tracklet(99, 200, 300)) == [(0,), (1,)]


def test_people_who_cross_keep_their_names() -> None:
    """Both are lost where they pass each other, and both come out on the other side."""
    tall_before = make_tracklet(0, 99, (100, 400), size_px=600)
    small_before = make_tracklet(0, 99, (700, 420), size_px=380)
    tall_after = make_tracklet(105, 200, (430, 700), size_px=600)
    small_after = make_tracklet(105, 200, (390, 100), size_px=380)
    pieces = pieces_of(tall_before, small_before, small_after, tall_after)
    assert sorted(pieces) == [(0, 3), (1, 2)]


def test_the_nearest_of_two_is_continued() -> None:
    left, right = make_tracklet(0, 99, 300), make_tracklet(0, 98, 420)
    assert sorted(pieces_of(left, right, make_tracklet(103, 200, 410))) == [(0,), (1, 2)]


def lifter_of(*tracklets: Tracklet) -> tuple[int, ...]:
    return pick_lifter(find_people([summarise(t) for t in tracklets], TIME_S)).pieces


def test_who_bends_is_the_lifter_not_who_stands_nearer() -> None:
    spectator = make_tracklet(0, 500, 900, size_px=600)
    assert lifter_of(spectator, make_tracklet(0, 500, 300, bend_deg=60)) == (1,)


def test_who_stays_is_the_lifter_not_who_passes() -> None:
    passer = make_tracklet(100, 160, (0, 1200), bend_deg=60)
    assert lifter_of(passer, make_tracklet(0, 500, 300, bend_deg=40)) == (1,)


def test_a_bend_spread_over_pieces_counts_as_one() -> None:
    straight = make_tracklet(0, 200, 300)
    bent = make_tracklet(205, 420, 300, bend_deg=70)
    spectator = make_tracklet(0, 420, 900, size_px=500)
    assert lifter_of(straight, bent, spectator) == (0, 1)


def test_who_comes_first_wins_a_tie() -> None:
    assert lifter_of(make_tracklet(0, 100, 900), make_tracklet(0, 100, 300)) == (0,)
