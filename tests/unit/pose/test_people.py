"""From pieces of tracks to people, and from people to the lifter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.pose.people import (
    MAX_AWAY_S,
    MAX_GAP_S,
    MAX_SIZE_RATIO,
    Person,
    find_people,
    pick_lifter,
)
from hingewise.pose.tracklets import Tracklet, trace
from tests.made_tracklets import make_tracklet

RATE_HZ = 30
TIME_S = np.arange(3000) / RATE_HZ


def numbers_of(person: Person) -> tuple[int, ...]:
    return tuple(piece.tracklet for piece in person.pieces)


def pieces_of(*tracklets: Tracklet, cuts: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    people = find_people([trace(t) for t in tracklets], TIME_S, cuts)
    return [numbers_of(person) for person in people]


def test_somebody_lost_for_a_moment_is_the_same() -> None:
    pieces = pieces_of(make_tracklet(0, 99, 300), make_tracklet(110, 200, 310))
    assert pieces == [(0, 1)]


def test_the_order_of_the_pieces_does_not_matter() -> None:
    a, b, c = make_tracklet(0, 99, 300), make_tracklet(110, 200, 310), make_tracklet(210, 250, 320)
    assert pieces_of(c, a, b) == [(1, 2, 0)]


@pytest.mark.parametrize(
    "longest_s,x_px",
    [(MAX_GAP_S, 400), (MAX_AWAY_S, 310)],
    ids=["nearby", "in the same place"],
)
def test_somebody_gone_for_long_is_somebody_else(longest_s: float, x_px: float) -> None:
    gap = int(longest_s * RATE_HZ)
    assert len(pieces_of(make_tracklet(0, 99, 300), make_tracklet(99 + gap - 1, 900, x_px))) == 1
    assert len(pieces_of(make_tracklet(0, 99, 300), make_tracklet(99 + gap + 2, 900, x_px))) == 2


def test_the_gap_is_measured_in_time_not_in_frames() -> None:
    a, b = make_tracklet(0, 99, 300), make_tracklet(110, 200, 400)
    ends = [trace(a), trace(b)]
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
    standing, bent = trace(make_tracklet(0, 311, 600.0)), trace(make_tracklet(357, 700, 600.0))
    size_px = bent.size_px.copy()
    size_px[0] /= 1.2 * MAX_SIZE_RATIO
    people = find_people([standing, replace(bent, size_px=size_px)], TIME_S)
    assert [numbers_of(person) for person in people] == [(0, 1)]


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
    return numbers_of(pick_lifter(find_people([trace(t) for t in tracklets], TIME_S)))


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


def joined(*tracklets: Tracklet) -> Tracklet:
    """One tracklet out of several: a lock that went over from one body to another."""
    return Tracklet(
        frame=np.concatenate([t.frame for t in tracklets]),
        position_px=np.concatenate([t.position_px for t in tracklets]),
        confidence=np.concatenate([t.confidence for t in tracklets]),
        world_m=np.concatenate([t.world_m for t in tracklets]),
        silhouette_px=np.concatenate([t.silhouette_px for t in tracklets]),
    )


def frames_of(person: Person) -> list[tuple[int, int, int]]:
    return [(p.tracklet, p.first_frame, p.last_frame) for p in person.pieces]


def test_a_lock_that_a_passer_by_takes_along_is_given_back() -> None:
    """He walks through, the lock goes with him, and the lifter is found again as if new."""
    taken = joined(make_tracklet(0, 299, 600, bend_deg=60), make_tracklet(300, 359, (600, 1100)))
    again = make_tracklet(330, 600, 605, bend_deg=60)
    people = find_people([trace(taken), trace(again)], TIME_S)
    lifter = pick_lifter(people)
    assert numbers_of(lifter) == (0, 1)
    (_, first, last), second = frames_of(lifter)
    assert first == 0
    assert 285 <= last <= 306
    assert second == (1, 330, 600)
    (passer,) = (person for person in people if person is not lifter)
    assert [(number, last) for number, _, last in frames_of(passer)] == [(0, 359)]


def test_what_a_passer_by_takes_along_may_go_on_in_the_next_chunk() -> None:
    lifter = joined(make_tracklet(0, 299, 600, bend_deg=60), make_tracklet(300, 320, (600, 780)))
    passer = make_tracklet(321, 360, (788, 1100))
    again = make_tracklet(340, 600, 605, bend_deg=60)
    assert lifter_of(lifter, passer, again) == (0, 2)


def test_who_is_found_at_once_gets_the_lock_back_by_where_it_goes() -> None:
    """Found again before the passer-by is a step away: what the old lock does then tells it."""
    taken = joined(make_tracklet(0, 299, 600, bend_deg=60), make_tracklet(300, 359, (600, 1300)))
    assert lifter_of(taken, make_tracklet(312, 600, 605, bend_deg=60)) == (0, 1)


def test_a_passer_by_who_was_followed_before_is_not_the_lifter_found_again() -> None:
    """His own lock ends beside the lifter, whose lock he takes along: he never stood there."""
    passer = make_tracklet(200, 295, (0, 500))
    taken = joined(make_tracklet(0, 299, 600, bend_deg=60), make_tracklet(300, 359, (600, 1100)))
    assert lifter_of(passer, taken, make_tracklet(330, 600, 605, bend_deg=60)) == (1, 2)


def test_a_lock_that_is_elsewhere_beside_the_new_one_is_somebody_else() -> None:
    """A passer-by who stopped in front of the lifter is still at his first step."""
    taken = joined(make_tracklet(0, 299, 600, bend_deg=60), make_tracklet(300, 312, (600, 780)))
    assert lifter_of(taken, make_tracklet(310, 600, 605, bend_deg=60)) == (0, 1)


def test_who_squats_has_not_left() -> None:
    """A passer-by is found in front of somebody deep in a squat, whose lock stays."""
    trail = trace(make_tracklet(0, 600, 600))
    torso_px = trail.torso_px.copy()
    torso_px[:, 1] += 170.0 * np.exp(-(((trail.frame - 300) / 30) ** 2))
    squats = replace(trail, torso_px=torso_px)
    people = find_people([squats, trace(make_tracklet(300, 360, (600, 1100)))], TIME_S)
    assert [frames_of(person) for person in people] == [[(0, 0, 600)], [(1, 300, 360)]]


def test_the_end_of_a_lock_that_went_astray_is_left_out() -> None:
    """The lock slides off with a passer-by and is lost; the lifter is found where he was."""
    slides = joined(make_tracklet(0, 299, 600), make_tracklet(300, 306, (612, 690)))
    (person,) = find_people([trace(slides), trace(make_tracklet(309, 600, 600))], TIME_S)
    (_, first, last), second = frames_of(person)
    assert first == 0
    assert 294 <= last <= 299
    assert second == (1, 309, 600)


def test_the_end_of_a_lock_that_is_found_where_it_was_lost_stays() -> None:
    moves = make_tracklet(0, 299, (300, 600))
    (person,) = find_people([trace(moves), trace(make_tracklet(306, 600, (606, 900)))], TIME_S)
    assert frames_of(person) == [(0, 0, 299), (1, 306, 600)]


def test_somebody_who_walks_off_is_not_who_comes_to_stand_there() -> None:
    """Nobody appears out of nothing: who takes the place comes from somewhere."""
    leaves = joined(make_tracklet(0, 299, 600), make_tracklet(300, 359, (600, 1100)))
    comes = joined(make_tracklet(250, 359, (0, 590)), make_tracklet(360, 700, 600))
    assert pieces_of(leaves, comes) == [(0,), (1,)]


def test_somebody_who_has_not_left_is_not_doubled() -> None:
    stays = make_tracklet(0, 600, 600)
    assert pieces_of(stays, make_tracklet(300, 600, 640)) == [(0,), (1,)]


def test_a_single_wrong_moment_is_no_leaving() -> None:
    """Hidden by a passer-by, the lifter seems to jump; the lock that begins there is his."""
    trail = trace(make_tracklet(0, 299, 600))
    torso_px, feet_px = trail.torso_px.copy(), trail.feet_px.copy()
    torso_px[-1, 0] += 150.0
    feet_px[-1, 0] += 150.0
    wrong = replace(trail, torso_px=torso_px, feet_px=feet_px)
    people = find_people([wrong, trace(make_tracklet(300, 360, (600, 1100)))], TIME_S)
    assert [frames_of(person) for person in people] == [[(0, 0, 299)], [(1, 300, 360)]]


def test_a_misread_moment_claims_nobody() -> None:
    """Behind plates a frame is misread where the lifter just stood: he is still who he was."""
    lifter = joined(make_tracklet(0, 299, 600, bend_deg=60), make_tracklet(300, 359, (600, 850)))
    moment, goes_on = make_tracklet(360, 362, 605), make_tracklet(366, 600, 850)
    misread = replace(trace(moment), size_px=np.full(trace(moment).size_px.shape, 110.0))
    people = find_people([trace(lifter), misread, trace(goes_on)], TIME_S)
    assert [numbers_of(person) for person in people] == [(0, 2), (1,)]


def test_after_a_cut_nobody_gets_a_lock_back() -> None:
    taken = joined(make_tracklet(0, 299, 600), make_tracklet(300, 359, (600, 1100)))
    again = make_tracklet(365, 600, 605)
    assert len(find_people([trace(taken), trace(again)], TIME_S)[0].pieces) == 2
    assert pieces_of(taken, again, cuts=(362,)) == [(0,), (1,)]


def test_a_lock_that_jumps_to_another_body_is_torn() -> None:
    """A passer-by's lock jumps onto the lifter where he is lost: it goes on as the lifter's."""
    lifter = make_tracklet(0, 299, 300, bend_deg=60)
    jumps = joined(make_tracklet(310, 339, (600, 900)), make_tracklet(340, 600, 302, bend_deg=60))
    best = pick_lifter(find_people([trace(lifter), trace(jumps)], TIME_S))
    assert frames_of(best) == [(0, 0, 299), (1, 340, 600)]


@pytest.mark.parametrize("rate_hz", [10, 30, 240])
def test_a_fast_movement_tears_nothing(rate_hz: float) -> None:
    """A body that moves up and down by half its length in half a second."""
    frame = np.arange(int(4 * rate_hz))
    tracklet = make_tracklet(0, frame.size - 1, 300)
    height = 100 * np.sin(2 * np.pi * frame / rate_hz)
    position_px = tracklet.position_px.copy()
    position_px[..., 1] += height[:, np.newaxis].astype(np.float32)
    trail = trace(replace(tracklet, position_px=position_px))
    (person,) = find_people([trail], frame / rate_hz)
    assert frames_of(person) == [(0, 0, frame.size - 1)]
