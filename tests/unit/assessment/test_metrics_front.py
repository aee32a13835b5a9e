"""Knees and weight in a view from the front: as far apart, or to one side, as they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.assessment.assess import measure
from hingewise.assessment.metrics.registry import METRICS
from hingewise.assessment.observation import Observation
from hingewise.pose.track import PoseTrack
from hingewise.units import FloatArray
from tests.builders import Camera, Trouble, make_lifter
from tests.builders_assessment import (
    Film,
    Rep,
    lay_out,
    make_observation,
    observe_track,
    read,
    values,
)
from tests.builders_sets import squat

SCRIPT = squat(3)
WITHIN = 0.1
"""A network's own error is put right on the way: the exact lifter's is then off by so much."""


def filmed(share: float, camera: Camera, trouble: Trouble | None = None) -> PoseTrack:
    """Squats whose knees go from above the ankles to this share of their distance."""
    motion = SCRIPT.sample()
    track = make_lifter(motion, camera, trouble or Trouble())
    position = track.position_px.astype(np.float64)
    apart = 1.0 + (share - 1.0) * motion.hip_deg / motion.hip_deg.max()
    row = {name: track.keypoints.index(name) for name in track.keypoints}
    ankles = {side: position[:, row[f"{side}_ankle"], 0] for side in ("left", "right")}
    middle = (ankles["left"] + ankles["right"]) / 2
    for side, ankle in ankles.items():
        position[:, row[f"{side}_knee"], 0] = middle + apart * (ankle - middle)
    return replace(track, position_px=position.astype(np.float32))


@pytest.mark.parametrize("share", [0.4, 0.7, 1.0])
@pytest.mark.parametrize("camera", [Camera(yaw_deg=90.0), Camera(yaw_deg=-90.0, mirrored=True)])
def test_how_far_the_knees_are_apart_at_the_bottom(share: float, camera: Camera) -> None:
    got = values(observe_track(filmed(share, camera)), "knee_separation")
    assert got == pytest.approx([share] * 3, abs=WITHIN)


def test_knees_that_cave_in_more_are_told_to() -> None:
    camera = Camera(yaw_deg=90.0)
    told = [
        values(observe_track(filmed(share, camera)), "knee_separation")[1]
        for share in (0.3, 0.5, 0.7, 0.9)
    ]
    assert told == sorted(told)
    assert np.diff(told) == pytest.approx(np.full(3, 0.2), abs=0.05)


def two(at_bottom: float, elsewhere: float) -> tuple[Observation, FloatArray]:
    """Two repetitions from the front, and a series that has other values at the bottoms."""
    seen = make_observation([Rep(), Rep()], film=Film(yaw_deg=90.0))
    bottoms = [r.bottom_s for r in lay_out([Rep(), Rep()])]
    near = np.min([np.abs(seen.time_s - bottom) for bottom in bottoms], axis=0) < 0.1
    return seen, np.where(near, at_bottom, elsewhere)


def apart(at_bottom: float, elsewhere: float) -> Observation:
    seen, separation = two(at_bottom, elsewhere)
    return replace(seen, frontal=replace(seen.frontal, knee_separation=separation))


def beside(at_bottom: float, elsewhere: float) -> Observation:
    seen, shift = two(at_bottom, elsewhere)
    return replace(seen, frontal=replace(seen.frontal, weight_shift=shift))


def test_only_the_bottom_counts() -> None:
    """Narrow knees in standing are no fault."""
    assert values(apart(0.8, 0.2), "knee_separation") == pytest.approx([0.8] * 2, abs=WITHIN)


def test_hidden_knees_are_named() -> None:
    for each in read(apart(np.nan, 1.0), "knee_separation"):
        assert (each.seen, each.reason) == (False, "knee or ankle is out of sight at the bottom")


def test_one_hidden_knee_hides_one_repetition() -> None:
    seen = observe_track(filmed(0.7, Camera(yaw_deg=90.0)))
    bottom_s = seen.segmentation.repetitions[1].bottom_s
    hidden = Trouble(hidden_s={"left_knee": (bottom_s - 0.4, bottom_s + 0.4)})
    seen = observe_track(filmed(0.7, Camera(yaw_deg=90.0), hidden))
    assert [each.seen for each in read(seen, "knee_separation")] == [True, False, True]


@pytest.mark.parametrize("at_bottom, elsewhere", [(0.9, 0.9), (0.6, 0.9), (0.9, 0.6)])
def test_the_knees_keep_their_distance_or_do_not(at_bottom: float, elsewhere: float) -> None:
    got = values(apart(at_bottom, elsewhere), "knee_distance_kept")
    assert got == pytest.approx([at_bottom / elsewhere] * 2, abs=0.12)


def test_knees_that_touch_in_standing_have_no_distance_to_keep() -> None:
    for each in read(apart(0.5, 0.1), "knee_distance_kept"):
        assert (each.seen, each.reason) == (False, "the knees touch at the lockout")


@pytest.mark.parametrize("at_bottom, elsewhere", [(0.0, 0.0), (0.3, 0.0), (-0.2, 0.1), (0.2, 0.2)])
def test_weight_that_moves_to_one_side_on_the_way_down(at_bottom: float, elsewhere: float) -> None:
    """Who stands a little beside the middle all the time, or is seen to, does not move."""
    got = values(beside(at_bottom, elsewhere), "weight_shift")
    assert got == pytest.approx([at_bottom - elsewhere] * 2)


@pytest.mark.parametrize("at_bottom, elsewhere", [(np.nan, 0.0), (0.0, np.nan)])
def test_a_hidden_body_has_no_weight(at_bottom: float, elsewhere: float) -> None:
    for each in read(beside(at_bottom, elsewhere), "weight_shift"):
        assert not each.seen
        assert "shoulder, hip or ankle is out of sight" in each.reason


@pytest.mark.parametrize("metric", ["knee_separation", "knee_distance_kept", "weight_shift"])
def test_it_is_not_read_from_the_side(metric: str) -> None:
    seen = observe_track(make_lifter(SCRIPT))
    found = measure(METRICS[metric], seen, seen.segmentation.repetitions[0])
    assert "from the front" in found.reason or "straight before" in found.reason
