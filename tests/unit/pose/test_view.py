"""Near side, facing and yaw of an exact body from every side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingewise.pose.view import View, across_body, estimate_view
from tests.builders import SIDE_VIEW, STAND, Camera, Key, Script, Trouble, make_lifter
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
