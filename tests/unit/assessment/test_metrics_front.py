"""Knees in a view from the front: at the bottom, as far apart as they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.assessment.assess import measure
from hingewise.assessment.metrics.registry import METRICS
from hingewise.assessment.observation import Observation
from hingewise.pose.track import PoseTrack
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


def apart(at_bottom: float, elsewhere: float) -> Observation:
    seen = make_observation([Rep(), Rep()], film=Film(yaw_deg=90.0))
    bottoms = [r.bottom_s for r in lay_out([Rep(), Rep()])]
    near = np.min([np.abs(seen.time_s - bottom) for bottom in bottoms], axis=0) < 0.1
    separation = np.where(near, at_bottom, elsewhere)
    return replace(seen, frontal=replace(seen.frontal, knee_separation=separation))


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


def test_it_is_not_read_from_the_side() -> None:
    seen = observe_track(make_lifter(SCRIPT))
    found = measure(METRICS["knee_separation"], seen, seen.segmentation.repetitions[0])
    assert "from the front" in found.reason
