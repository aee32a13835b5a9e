"""Near side, facing and yaw of an exact body from every side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.pose import view as view_module
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.pose.track import EstimatorInfo, PoseTrack
from hingewise.pose.view import (
    DEPTH_FROM_DEG,
    WIDTHS_UP_TO_DEG,
    YAW_SD_DEG,
    View,
    YawRule,
    across_body,
    estimate_view,
    load_yaw_rule,
    measure_widths,
)
from tests.builders import (
    BODY_M,
    HALF_HIPS_M,
    HALF_SHOULDERS_M,
    NO_TROUBLE,
    SIDE_VIEW,
    STAND,
    Camera,
    Key,
    Script,
    Trouble,
    make_lifter,
)
from tests.builders_sets import hinge, thrust

NOISY = Trouble(noise_px=3.0)


@pytest.mark.parametrize("yaw_deg", [0.0, 5.0, 15.0, 30.0, 45.0, 60.0, 75.0, 90.0])
@pytest.mark.parametrize("from_behind", [False, True])
@pytest.mark.parametrize("mirrored", [False, True])
def test_yaw(yaw_deg: float, from_behind: bool, mirrored: bool) -> None:
    camera = Camera(yaw_deg=-yaw_deg if from_behind else yaw_deg, mirrored=mirrored)
    assert estimate_view(make_lifter(hinge(2), camera)).yaw_deg == pytest.approx(yaw_deg, abs=0.1)
    noisy = estimate_view(make_lifter(hinge(2), camera, NOISY))
    assert noisy.yaw_deg == pytest.approx(yaw_deg, abs=2.0)


@pytest.mark.parametrize("yaw_deg", [-60.0, -30.0, 0.0, 30.0, 60.0])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("trouble", [Trouble(), NOISY], ids=["exact", "noisy"])
def test_near_side_and_facing(yaw_deg: float, mirrored: bool, trouble: Trouble) -> None:
    """Who faces right shows the right side; a mirrored film shows the left one facing left."""
    view = estimate_view(make_lifter(hinge(2), Camera(yaw_deg=yaw_deg, mirrored=mirrored), trouble))
    side = "left" if mirrored else "right"
    assert (view.near_side, view.facing) == (side, side)
    assert view.side_sure > 0.95


@pytest.mark.parametrize("yaw_deg", [5.0, 15.0, 30.0, 60.0, 90.0])
@pytest.mark.parametrize("from_behind", [False, True])
@pytest.mark.parametrize("heading_deg", [0.0, 180.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_an_oblique_camera_stands_before_the_lifter_or_behind(
    yaw_deg: float, from_behind: bool, heading_deg: float, mirrored: bool
) -> None:
    """Whichever side is near, and whether the film is mirrored or not."""
    faces_left = heading_deg == 180.0
    turn_deg = -yaw_deg if from_behind != faces_left else yaw_deg
    pose = replace(STAND, heading_deg=heading_deg)
    script = Script(keys=(Key(duration_s=1.0, pose=pose),), first=pose)
    view = estimate_view(make_lifter(script, Camera(yaw_deg=turn_deg, mirrored=mirrored), NOISY))
    sign = -1 if from_behind else 1
    assert view.ahead == sign
    assert view.oblique_deg == pytest.approx(sign * yaw_deg, abs=2.0)
    if yaw_deg < 90.0:
        assert view.near_side == ("left" if mirrored != faces_left else "right")


def test_where_the_yaw_is_unknown_so_is_how_oblique_the_view_is() -> None:
    view = estimate_view(make_lifter(hinge(1), Camera(yaw_deg=20.0)))
    assert np.isnan(replace(view, yaw_deg=float("nan")).oblique_deg)
    assert replace(view, ahead=0).oblique_deg == 0.0


def test_without_depth_the_camera_may_stand_before_the_lifter_or_behind() -> None:
    assert estimate_view(make_lifter(hinge(2), Camera(yaw_deg=20.0), depth=False)).ahead == 0


@pytest.mark.parametrize("yaw_deg,facing", [(90.0, "camera"), (-90.0, "away"), (75.0, "camera")])
def test_front_and_rear_views(yaw_deg: float, facing: str) -> None:
    view = estimate_view(make_lifter(hinge(2), Camera(yaw_deg=yaw_deg), NOISY))
    assert view.facing == facing
    assert view.verdict == "counts_only"


def test_which_side_is_near_is_unsure_from_the_front() -> None:
    assert estimate_view(make_lifter(hinge(2), Camera(yaw_deg=90.0), NOISY)).side_sure < 0.3


@pytest.mark.parametrize(
    "yaw_deg,verdict",
    [(0, "good"), (15, "good"), (16, "usable"), (30, "usable"), (31, "counts_only")],
)
def test_verdict_at_its_limits(yaw_deg: float, verdict: str) -> None:
    view = View(
        near_side="left",
        facing="left",
        yaw_deg=yaw_deg,
        yaw_sd_deg=8.0,
        roll_deg=0.0,
        side_sure=1.0,
    )
    assert view.verdict == verdict
    assert replace(view, yaw_deg=float("nan")).verdict == "counts_only"


@pytest.mark.parametrize("yaw_deg", [0.0, 20.0, 45.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_without_depth_yaw_comes_from_the_width_and_the_side_from_what_is_seen(
    yaw_deg: float, mirrored: bool
) -> None:
    track = make_lifter(hinge(2), Camera(yaw_deg=yaw_deg, mirrored=mirrored), depth=False)
    view = estimate_view(track)
    assert view.yaw_deg == pytest.approx(yaw_deg, abs=3.0)
    side = "left" if mirrored else "right"
    assert (view.near_side, view.facing) == (side, side)
    assert view.yaw_sd_deg > estimate_view(make_lifter(hinge(2))).yaw_sd_deg


def test_a_lifter_on_the_back_faces_where_the_feet_point() -> None:
    view = estimate_view(make_lifter(thrust(2)))
    assert (view.near_side, view.facing) == ("right", "right")


def test_turning_for_a_moment_does_not_change_the_view() -> None:
    turned = replace(STAND, heading_deg=180.0)
    script = hinge(3).then(Key(duration_s=1.0, pose=turned), Key(duration_s=1.5, pose=turned))
    view = estimate_view(make_lifter(script, Camera(yaw_deg=10.0)))
    assert (view.near_side, view.facing) == ("right", "right")
    assert view.yaw_deg == pytest.approx(10.0, abs=1.0)


@pytest.mark.parametrize("roll_deg", [-8.0, 8.0])
def test_a_tilted_camera_changes_neither_side_nor_yaw(roll_deg: float) -> None:
    view = estimate_view(make_lifter(hinge(2), Camera(yaw_deg=20.0, roll_deg=roll_deg)))
    assert (view.near_side, view.facing) == ("right", "right")
    assert view.yaw_deg == pytest.approx(20.0, abs=4.0)


def test_without_a_lifter_nothing_is_known() -> None:
    track = make_lifter(Script(keys=(Key(duration_s=1.0, pose=STAND),)), depth=False)
    gone = make_lifter(hinge(1), SIDE_VIEW, Trouble(gaps_s=((0.0, 99.0),)), depth=False)
    assert across_body(track) is None
    view = estimate_view(gone)
    assert view.facing == "unknown"
    assert view.verdict == "counts_only"


RULED = EstimatorInfo(name="ruled", version="1", model_sha256="")
WIDTH = {"shoulder": 2 * HALF_SHOULDERS_M / BODY_M, "hip": 2 * HALF_HIPS_M / BODY_M}
"""Of the exact lifter, in body lengths."""

RULE = YawRule(
    weight_deg={
        "shoulder": 0.7 * 40.0 / (np.sin(np.radians(40.0)) * WIDTH["shoulder"]),
        "hip": 0.3 * 40.0 / (np.sin(np.radians(40.0)) * WIDTH["hip"]),
    },
    sd_deg=2.5,
)
"""Right at 40 degrees; at others a straight line through the sine."""


def line_deg(yaw_deg: float) -> float:
    """What the rule tells of the exact lifter at this yaw."""
    return float(40.0 * np.sin(np.radians(yaw_deg)) / np.sin(np.radians(40.0)))


@pytest.fixture
def ruled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The estimator of ``ruled_track`` has the rule above."""
    monkeypatch.setattr(view_module, "load_yaw_rule", {RULED.name: RULE}.get)


def ruled_track(camera: Camera, trouble: Trouble = NO_TROUBLE) -> PoseTrack:
    return replace(make_lifter(hinge(2), camera, trouble), estimator=RULED)


@pytest.mark.parametrize("yaw_deg", [-70.0, -30.0, 0.0, 15.0, 45.0, 90.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_widths_are_those_of_the_body_seen_obliquely(yaw_deg: float, mirrored: bool) -> None:
    """Positive where the left point of a pair stands right of the right one."""
    track = make_lifter(hinge(2), Camera(yaw_deg=yaw_deg, mirrored=mirrored))
    widths = measure_widths(track, WIDTH)
    # A body from the front seems no shorter while it stands, but does while it bends.
    seen = np.sin(np.radians(yaw_deg))
    assert widths["shoulder"] == pytest.approx(seen * WIDTH["shoulder"], abs=0.01)
    assert widths["hip"] == pytest.approx(seen * WIDTH["hip"], abs=0.01)


def test_the_width_of_a_pair_that_is_never_seen_is_unknown() -> None:
    track = make_lifter(hinge(1))
    position = track.position_px.copy()
    position[:, BLAZEPOSE_KEYPOINTS.index("left_heel")] = np.nan
    widths = measure_widths(replace(track, position_px=position), ("ankle", "heel"))
    assert np.isnan(widths["heel"])
    assert np.isfinite(widths["ankle"])


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize("yaw_deg", [0.0, 10.0, 25.0, 40.0, 45.0])
@pytest.mark.parametrize("from_behind", [False, True])
@pytest.mark.parametrize("mirrored", [False, True])
def test_near_the_side_the_widths_tell_the_yaw(
    yaw_deg: float, from_behind: bool, mirrored: bool
) -> None:
    camera = Camera(yaw_deg=-yaw_deg if from_behind else yaw_deg, mirrored=mirrored)
    view = estimate_view(ruled_track(camera))
    assert view.yaw_deg == pytest.approx(line_deg(yaw_deg), abs=0.6)
    assert view.yaw_sd_deg == RULE.sd_deg
    side = "left" if mirrored else "right"
    assert (view.near_side, view.facing) == (side, side)


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize("yaw_deg", [-40.0, -10.0, 10.0, 40.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_where_the_widths_tell_the_yaw_the_depth_tells_its_sign(
    yaw_deg: float, mirrored: bool
) -> None:
    view = estimate_view(ruled_track(Camera(yaw_deg=yaw_deg, mirrored=mirrored)))
    assert view.oblique_deg == pytest.approx(line_deg(yaw_deg), abs=0.6)


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize("yaw_deg", [5.0, 40.0, 60.0, 80.0])
def test_a_mirrored_film_gives_the_same_yaw(yaw_deg: float) -> None:
    views = [
        estimate_view(ruled_track(Camera(yaw_deg=yaw_deg, mirrored=mirrored), NOISY))
        for mirrored in (False, True)
    ]
    assert views[0].yaw_deg == pytest.approx(views[1].yaw_deg, abs=1.0)
    assert views[0].yaw_sd_deg == pytest.approx(views[1].yaw_sd_deg, abs=0.3)


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize("yaw_deg", [66.0, 75.0, 90.0])
def test_near_the_front_the_depth_tells_the_yaw(yaw_deg: float) -> None:
    view = estimate_view(ruled_track(Camera(yaw_deg=yaw_deg)))
    assert view.yaw_deg == pytest.approx(yaw_deg, abs=0.1)
    assert view.yaw_sd_deg == YAW_SD_DEG


@pytest.mark.usefixtures("ruled")
def test_in_between_depth_takes_over_little_by_little() -> None:
    """No camera stands where a degree more turns the result by many."""
    yaws = np.arange(WIDTHS_UP_TO_DEG - 3.0, DEPTH_FROM_DEG + 3.0, 0.5)
    views = [estimate_view(ruled_track(Camera(yaw_deg=float(yaw)))) for yaw in yaws]
    told, sd = (np.array([getattr(v, name) for v in views]) for name in ("yaw_deg", "yaw_sd_deg"))
    share = np.clip((yaws - WIDTHS_UP_TO_DEG) / (DEPTH_FROM_DEG - WIDTHS_UP_TO_DEG), 0.0, 1.0)
    line = np.array([line_deg(float(yaw)) for yaw in yaws])
    assert np.abs(line - yaws).max() > 5.0
    assert told == pytest.approx(share * yaws + (1.0 - share) * line, abs=0.8)
    assert sd == pytest.approx(share * YAW_SD_DEG + (1.0 - share) * RULE.sd_deg, abs=0.05)
    assert np.diff(told).min() > 0.0
    assert np.diff(told).max() < 1.5


@pytest.mark.usefixtures("ruled")
def test_where_a_width_is_not_seen_the_depth_tells_the_yaw() -> None:
    track = ruled_track(Camera(yaw_deg=30.0))
    position = track.position_px.copy()
    position[:, BLAZEPOSE_KEYPOINTS.index("left_shoulder")] = np.nan
    view = estimate_view(replace(track, position_px=position))
    assert view.yaw_deg == pytest.approx(30.0, abs=0.1)
    assert view.yaw_sd_deg == YAW_SD_DEG


@pytest.mark.usefixtures("ruled")
def test_an_estimator_without_a_rule_is_read_by_its_depth() -> None:
    view = estimate_view(make_lifter(hinge(2), Camera(yaw_deg=20.0)))
    assert view.yaw_deg == pytest.approx(20.0, abs=0.1)
    assert view.yaw_sd_deg == YAW_SD_DEG


@pytest.mark.parametrize("estimator", ["exact", "openpose", ""])
def test_estimators_that_were_not_studied_have_no_rule(estimator: str) -> None:
    assert load_yaw_rule(estimator) is None


def test_the_rule_that_is_shipped_tells_a_side_view_from_an_oblique_one() -> None:
    """Its pairs are landmarks that both sides have; wider ones mean a camera further round."""
    rule = load_yaw_rule("blazepose-full")
    assert rule is not None
    sides = {f"{side}_{name}" for side in ("left", "right") for name in rule.weight_deg}
    assert sides <= set(BLAZEPOSE_KEYPOINTS)
    assert 0.0 < rule.sd_deg < 10.0
    told = []
    for yaw_deg in (0.0, 20.0, 40.0):
        track = make_lifter(hinge(2), Camera(yaw_deg=yaw_deg))
        widths = measure_widths(track, rule.weight_deg)
        told.append(sum(weight * widths[name] for name, weight in rule.weight_deg.items()))
        info = EstimatorInfo(name="blazepose-full", version="1", model_sha256="")
        view = estimate_view(replace(track, estimator=info))
        assert view.yaw_deg == pytest.approx(abs(told[-1]), abs=0.1)
        assert view.yaw_sd_deg == rule.sd_deg
    assert told[0] == pytest.approx(0.0, abs=1.0)
    assert 5.0 < told[1] < told[2] - 5.0


def test_a_side_that_is_never_seen_leaves_the_cameras_place_unknown() -> None:
    track = make_lifter(hinge(1), Camera(yaw_deg=20.0))
    position, world = track.position_px.copy(), np.asarray(track.world_m).copy()
    for name in ("left_shoulder", "left_hip"):
        column = track.keypoints.index(name)
        position[:, column], world[:, column] = np.nan, np.nan
    view = estimate_view(replace(track, position_px=position, world_m=world))
    assert view.ahead == 0
    assert np.isnan(view.yaw_deg)
