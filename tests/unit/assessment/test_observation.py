"""Which frames of a repetition are read, and when too little of them was seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.assessment.observation import (
    Observation,
    Part,
    bottom,
    lockout,
    phase_part,
    read_angle,
    read_series,
)
from hingewise.repetitions.types import Family, Phase, Repetition
from tests.builders_assessment import Film, Rep, lay_out, make_observation, times_of

REP = Rep()
(LAID,) = lay_out([REP])
PART = Part(start=100, end=110, name="at the bottom")


def only(seen: Observation) -> Repetition:
    (repetition,) = seen.segmentation.repetitions
    return repetition


def times(seen: Observation, part: Part) -> tuple[float, float]:
    inside = seen.time_s[part.rows]
    return float(inside[0]), float(inside[-1])


def test_the_bottom_is_a_moment_about_its_middle() -> None:
    seen = make_observation([REP])
    start_s, end_s = times(seen, bottom(seen, only(seen)))
    assert (start_s + end_s) / 2 == pytest.approx(LAID.bottom_s, abs=0.01)
    assert 0.05 < end_s - start_s < 0.2


@pytest.mark.parametrize("family", [Family.HINGE, Family.SWING])
def test_the_lockout_is_all_of_it(family: Family) -> None:
    """Or the float of a swing."""
    seen = make_observation([REP], film=Film(family=family))
    start_s, end_s = times(seen, lockout(seen, only(seen)))
    assert (start_s, end_s) == pytest.approx((LAID.top_s, LAID.end_s), abs=0.02)


@pytest.mark.parametrize("lockout_s", [0.0, 0.05])
def test_a_lockout_that_is_hardly_one_is_read_as_a_moment(lockout_s: float) -> None:
    seen = make_observation([Rep(lockout_s=lockout_s)])
    start_s, end_s = times(seen, lockout(seen, only(seen)))
    assert start_s < LAID.top_s < end_s
    assert end_s - start_s < 0.2


@pytest.mark.parametrize("at_s", [0.0, -5.0, 99.0])
def test_a_moment_at_the_edge_of_the_film_has_a_frame(at_s: float) -> None:
    seen = make_observation([REP])
    part = bottom(seen, replace(only(seen), bottom_s=at_s))
    assert seen.time_s[part.rows].size >= 1


def test_a_phase_that_is_not_shown_is_no_part() -> None:
    seen = make_observation([Rep(eccentric_s=0.0, concentric_s=0.01)])
    assert phase_part(only(seen), Phase.ECCENTRIC) is None
    assert phase_part(only(seen), Phase.CONCENTRIC) is None
    held = phase_part(only(seen), Phase.LOCKOUT)
    assert held is not None
    assert held.end - held.start == 100


def with_series(values: list[float]) -> tuple[Observation, np.ndarray]:
    seen = make_observation([REP])
    series = np.zeros(times_of([LAID]).size)
    series[PART.rows] = values
    return seen, series


def test_the_middle_of_what_is_seen_counts() -> None:
    """One wrong frame does not, nor what was hidden for a frame or two."""
    seen, series = with_series([5.0] * 6 + [np.nan, np.nan, 900.0, 5.0])
    found = read_series(seen, series, 2.0, PART, what="hand")
    assert (found.value, found.sd, found.reason) == (5.0, 2.0, "")
    assert (found.start_s, found.end_s) == pytest.approx((1.0, 1.09))


@pytest.mark.parametrize("n_hidden, shown", [(0, True), (4, True), (6, False), (10, False)])
def test_what_is_hidden_for_the_most_part_is_not_seen(n_hidden: int, shown: bool) -> None:
    seen, series = with_series([np.nan] * n_hidden + [5.0] * (10 - n_hidden))
    found = read_series(seen, series, 2.0, PART, what="hand")
    assert found.seen == shown
    assert (found.reason == "hand is out of sight at the bottom") != shown


def test_an_angle_comes_with_its_error_there() -> None:
    """The middle one of the frames that are read."""
    seen, series = with_series([30.0] * 10)
    error = np.full(series.size, 9.0)
    error[PART.rows] = 3.0
    kinematics = seen.kinematics
    known = replace(
        kinematics,
        angle_deg=dict(kinematics.angle_deg) | {"knee_flexion": series},
        sd_deg=dict(kinematics.sd_deg) | {"knee_flexion": error},
    )
    found = read_angle(replace(seen, kinematics=known), "knee_flexion", PART)
    assert (found.value, found.sd) == (30.0, 3.0)


@pytest.mark.parametrize(
    "name, what",
    [
        ("trunk_inclination", "shoulder or hip"),
        ("knee_flexion", "knee or foot"),
        ("trunk_thigh_flexion", "knee"),
        ("elbow_flexion", "hand"),
        ("lumbar_flexion", "lumbar flexion"),
    ],
)
def test_a_missing_angle_says_what_hides_it(name: str, what: str) -> None:
    seen = make_observation([REP])
    hidden = {**seen.kinematics.angle_deg, name: np.full(seen.time_s.size, np.nan)}
    found = read_angle(
        replace(seen, kinematics=replace(seen.kinematics, angle_deg=hidden)), name, PART
    )
    assert not found.seen
    assert what in found.reason
    assert found.reason.endswith("is out of sight at the bottom")


def test_a_back_that_is_told_in_most_frames_is_told() -> None:
    """Where the back is not told in a frame, its error is not known there either."""
    seen, series = with_series([np.nan] + [20.0] * 9)
    error = np.where(np.isfinite(series), 5.0, np.nan)
    kinematics = seen.kinematics
    known = replace(
        kinematics,
        angle_deg=dict(kinematics.angle_deg) | {"lumbar_flexion": series},
        sd_deg=dict(kinematics.sd_deg) | {"lumbar_flexion": error},
    )
    found = read_angle(replace(seen, kinematics=known), "lumbar_flexion", PART)
    assert found.seen
    assert found.sd == 5.0
