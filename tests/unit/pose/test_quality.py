"""What limits a measurement is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.pose.quality import assess_quality
from hingewise.pose.track import TrackNotes
from tests.builders import BODY_M, STAND, Camera, Key, Trouble, make_lifter
from tests.builders_sets import hinge, quiet


def test_a_good_film_has_nothing_to_say() -> None:
    quality = assess_quality(make_lifter(hinge(2)))
    assert quality.coverage_fraction == 1.0
    assert quality.body_px == pytest.approx(250.0 * BODY_M, rel=0.01)
    assert not quality.feet_cut_off
    assert not quality.camera_moves
    assert quality.left_at_s is None
    assert (quality.n_people, quality.n_cuts) == (1, 0)


def test_coverage_and_absence() -> None:
    """Unseen for the first second and after the eighth of ten."""
    track = make_lifter(quiet(10.0), trouble=Trouble(gaps_s=((0.0, 1.0), (8.0, 99.0))))
    quality = assess_quality(track)
    assert quality.coverage_fraction == pytest.approx(0.7, abs=0.01)
    assert quality.first_seen_s == pytest.approx(1.0, abs=0.04)
    assert quality.last_seen_s == quality.left_at_s == pytest.approx(8.0, abs=0.04)


def test_a_short_absence_at_the_end_is_no_leaving() -> None:
    track = make_lifter(quiet(10.0), trouble=Trouble(gaps_s=((9.3, 99.0),)))
    assert assess_quality(track).left_at_s is None


def test_out_of_sight_in_between_is_told() -> None:
    """Not the moment of 0.4 s, nor the start and the end, which are told otherwise."""
    gaps = ((0.0, 1.0), (2.0, 2.4), (3.0, 4.5), (6.0, 6.7), (8.5, 99.0))
    quality = assess_quality(make_lifter(quiet(10.0), trouble=Trouble(gaps_s=gaps)))
    assert np.array(quality.absences_s) == pytest.approx(np.array(gaps[2:4]), abs=0.05)
    assert assess_quality(make_lifter(quiet(10.0))).absences_s == ()


def test_walking_out_of_the_picture_is_leaving() -> None:
    off = replace(STAND, place_m=3.0)
    script = hinge(1).then(Key(duration_s=2.0, pose=off), Key(duration_s=2.0, pose=off))
    left_at_s = assess_quality(make_lifter(script)).left_at_s
    assert left_at_s is not None
    assert 6.7 < left_at_s < 8.7


@pytest.mark.parametrize(
    "down_px,cut_off", [(0.0, False), (65.0, False), (75.0, True), (100.0, True)]
)
def test_feet_beyond_the_edge(down_px: float, cut_off: bool) -> None:
    """Ankles stand at 560 of 640 lines; the last six are too near to the edge."""
    camera = Camera(centre_px=(480.0, 330.0 + down_px))
    assert assess_quality(make_lifter(quiet(), camera)).feet_cut_off == cut_off


def test_feet_cut_off_for_a_moment_do_not_count() -> None:
    off = replace(STAND, place_m=1.93)
    script = quiet(5.0).then(Key(duration_s=1.0, pose=off), Key(duration_s=1.0, pose=off))
    assert not assess_quality(make_lifter(script)).feet_cut_off


def test_feet_never_seen_are_cut_off() -> None:
    gone = dict.fromkeys(("left_ankle", "right_ankle"), (0.0, 99.0))
    track = make_lifter(quiet(), trouble=Trouble(hidden_s=gone))
    position = track.position_px.copy()
    for name in gone:
        position[:, track.keypoints.index(name)] = float("nan")
    assert assess_quality(replace(track, position_px=position)).feet_cut_off


def test_the_notes_of_the_capture_are_passed_on() -> None:
    notes = TrackNotes(n_people=3, cut_s=(1.0, 2.0), camera_travel=0.31)
    quality = assess_quality(replace(make_lifter(quiet()), notes=notes))
    assert (quality.n_people, quality.n_cuts, quality.camera_travel) == (3, 2, 0.31)
    assert quality.camera_moves
