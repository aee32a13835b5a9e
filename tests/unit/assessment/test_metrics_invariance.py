"""What must not matter to any metric does not: which way one faces, size, clock, place, name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from hingewise.assessment.assess import measure, measure_whole
from hingewise.assessment.metrics.metric import Need
from hingewise.assessment.metrics.registry import METRICS, SET_METRICS
from hingewise.assessment.observation import Observation
from hingewise.pose.track import PoseTrack
from tests.builders import Camera, Script, make_lifter
from tests.builders_assessment import observe_track
from tests.builders_sets import HINGE_BOTTOM, SetPlan, deadlift, make_set, squat, swing

UNEVEN = make_set(
    SetPlan(
        bottom=replace(HINGE_BOTTOM, back_bend_deg=15.0, elbow_deg=20.0),
        depths=(1.0, 0.9, 1.0, 0.8, 0.95),
    )
)
SETS: dict[str, Script] = {
    "hinge": UNEVEN,
    "deadlift": deadlift(4),
    "squat": squat(4),
    "swing": swing(5),
}
SIDE, FRONT = Camera(), Camera(yaw_deg=90.0)
HUGE = replace(SIDE, px_per_m=500.0, centre_px=(960.0, 660.0), image_size_px=(1920, 1280))

Values = Mapping[str, list[float]]


def read_all(seen: Observation) -> Values:
    """Every metric, of every repetition or of the set; NaN where it is not seen."""
    each = {
        name: [measure(metric, seen, r).value for r in seen.segmentation.repetitions]
        for name, metric in METRICS.items()
    }
    return each | {name: [measure_whole(m, seen).value] for name, m in SET_METRICS.items()}


@cache
def film(name: str, camera: Camera = SIDE) -> PoseTrack:
    return make_lifter(SETS[name], camera)


@cache
def as_it_is(name: str, camera: Camera = SIDE) -> Values:
    return read_all(observe_track(film(name, camera)))


COARSE = {"arm_lift_at_half": 0.2, "trunk_drop": 2.0}
"""Read between two frames, or in one whole frame that may be another one the next time."""


def same(got: Values, expected: Values) -> None:
    """Within what positions in single precision leave of it."""
    for metric, values in expected.items():
        within = COARSE.get(metric, 0.02)
        assert got[metric] == pytest.approx(values, abs=within, rel=0.002, nan_ok=True), metric


def later(track: PoseTrack) -> PoseTrack:
    """The same film, cut out of a longer one."""
    return replace(track, time_s=track.time_s + 17.3)


def elsewhere(track: PoseTrack) -> PoseTrack:
    """The same lifter in another corner of a larger picture."""
    width, height = track.image_size_px
    by = np.array([150.0, 90.0], dtype=np.float32)
    assert track.silhouette_px is not None
    return replace(
        track,
        position_px=track.position_px + by,
        silhouette_px=track.silhouette_px + by,
        image_size_px=(width + 300, height + 200),
    )


CHANGES: dict[str, Callable[[PoseTrack], PoseTrack]] = {"later": later, "elsewhere": elsewhere}
CAMERAS = {
    "mirrored": replace(SIDE, mirrored=True),
    "small": replace(SIDE, px_per_m=120.0),
    "large": HUGE,
}
each_set = pytest.mark.parametrize("name", SETS)


@each_set
def test_a_set_shows_something(name: str) -> None:
    """Of every metric that needs no other view, in some of these sets."""
    shown = as_it_is(name)
    assert all(len(values) in (1, 4, 5) for values in shown.values())
    assert sum(np.isfinite(values).any() for values in shown.values()) > 0.7 * len(shown)


def test_every_metric_of_the_side_is_shown_by_some_set() -> None:
    told = {m for name in SETS for m, values in as_it_is(name).items() if np.isfinite(values).any()}
    needs = {name: metric.needs for name, metric in METRICS.items()}
    needs |= {name: metric.needs for name, metric in SET_METRICS.items()}
    front = {Need.FRONT_VIEW, Need.SQUARE_FRONT}
    side = {name for name, its in needs.items() if not front & its}
    assert side - told <= {"lockout_hold_s"}


@each_set
@pytest.mark.parametrize("how", CAMERAS)
def test_how_it_was_filmed_does_not_matter(name: str, how: str) -> None:
    got = read_all(observe_track(film(name, CAMERAS[how])))
    same(got, as_it_is(name))


@each_set
@pytest.mark.parametrize("change", CHANGES)
def test_when_and_where_does_not_matter(name: str, change: str) -> None:
    same(read_all(observe_track(CHANGES[change](film(name)))), as_it_is(name))


@each_set
def test_what_is_read_moves_with_the_film(name: str) -> None:
    """The moments that show it are those of the longer film."""
    here, there = (observe_track(track) for track in (film(name), later(film(name))))
    for metric in METRICS.values():
        pairs = zip(here.segmentation.repetitions, there.segmentation.repetitions, strict=True)
        for early, late in pairs:
            a, b = measure(metric, here, early), measure(metric, there, late)
            assert b.start_s == pytest.approx(a.start_s + 17.3, nan_ok=True)
            assert b.end_s == pytest.approx(a.end_s + 17.3, nan_ok=True)


@pytest.mark.parametrize("name", ["hinge", "squat"])
@pytest.mark.parametrize("mirrored", [False, True])
def test_from_the_front_and_in_a_mirror(name: str, mirrored: bool) -> None:
    """The knees of the exact lifter stand above his ankles."""
    seen = observe_track(film(name, replace(FRONT, mirrored=mirrored)))
    shown = read_all(seen)
    same(shown, as_it_is(name, FRONT))
    assert shown["knee_separation"] == pytest.approx([1.0] * len(shown["depth_share"]), abs=0.1)


@each_set
def test_every_measure_is_seen_with_an_error_or_missing_with_a_reason(name: str) -> None:
    for camera in (SIDE, FRONT):
        seen = observe_track(film(name, camera))
        measured = [
            measure(metric, seen, repetition)
            for metric in METRICS.values()
            for repetition in seen.segmentation.repetitions
        ]
        measured += [measure_whole(metric, seen) for metric in SET_METRICS.values()]
        for each in measured:
            assert bool(each.reason) != each.seen
            assert not each.seen or each.sd > 0.0
            assert not each.seen or each.start_s <= each.end_s
