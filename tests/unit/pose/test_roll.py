"""Where up is: read from standing, drawn towards a level camera, never with a jump."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest

from hingewise.pose.roll import (
    Vertical,
    estimate_roll,
    estimate_vertical,
    load_roll_prior,
)
from hingewise.pose.sagittal import to_sagittal
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import MAX_ROLL_DEG, Facing, estimate_view
from tests.builders import Camera, Pose, Trouble, make_lifter
from tests.builders_sets import SetPlan, make_set

PRIOR = load_roll_prior()
UPRIGHT = Pose(trunk_deg=PRIOR.lean_deg, thigh_deg=PRIOR.lean_deg, shank_deg=PRIOR.lean_deg)
"""Standing as people do on average."""

SET = make_set(SetPlan(n=1, top=UPRIGHT))
STANDING_S = (0.1, 1.2)


def roll_of(track: PoseTrack) -> float:
    return estimate_roll(track, *STANDING_S, facing=estimate_view(track).facing)


def vertical_of(track: PoseTrack, standing_s: tuple[float, float] = STANDING_S) -> Vertical:
    sagittal = to_sagittal(track, estimate_view(track), stature_m=None)
    return estimate_vertical(sagittal, *standing_s)


@pytest.mark.parametrize("roll_deg", [-12.0, -5.0, 0.0, 0.5, 5.0, 12.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_roll_is_read_in_the_picture(roll_deg: float, mirrored: bool) -> None:
    """Clockwise is positive whichever way the lifter faces; who stands as people do reads zero."""
    track = make_lifter(SET, Camera(roll_deg=roll_deg, mirrored=mirrored))
    assert roll_of(track) == pytest.approx(-roll_deg if mirrored else roll_deg, abs=0.1)


@pytest.mark.parametrize("roll_deg", [-12.0, -5.0, 0.0, 0.5, 5.0, 12.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_vertical_takes_a_share_of_every_reading(roll_deg: float, mirrored: bool) -> None:
    """The same share of a small and of a large tilt: nowhere does the correction set in at once.

    Mirrored with the lifter, the roll of the camera leans as far forward as before.
    """
    vertical = vertical_of(make_lifter(SET, Camera(roll_deg=roll_deg, mirrored=mirrored)))
    assert vertical.found
    assert vertical.tilt_deg == pytest.approx(PRIOR.weight * roll_deg, abs=0.1)


def test_the_share_weighs_the_reading_against_the_camera() -> None:
    """Four fifths: most of a clear tilt goes, and a lifter who leans is not all taken for one."""
    assert PRIOR.weight == pytest.approx(1 / (1 + 2.0**2 / 4.0**2))


def test_what_remains_in_doubt() -> None:
    """Less than the reading alone or the camera alone leaves open."""
    sd = vertical_of(make_lifter(SET)).sd_deg
    assert sd == pytest.approx(1 / np.hypot(1 / PRIOR.reading_sd_deg, 1 / PRIOR.level_sd_deg))
    assert 0 < sd < min(PRIOR.reading_sd_deg, PRIOR.level_sd_deg)


@pytest.mark.parametrize("standing_s", [(np.nan, np.nan), (90.0, 99.0)])
def test_without_standing_the_picture_is_taken_as_level(standing_s: tuple[float, float]) -> None:
    """No guess, but the whole doubt about how the camera was held."""
    track = make_lifter(SET, Camera(roll_deg=8.0))
    nothing = Vertical(tilt_deg=0.0, sd_deg=PRIOR.level_sd_deg, found=False)
    assert vertical_of(track, standing_s) == nothing
    assert np.isnan(estimate_roll(track, *standing_s, facing="right"))


def test_a_lifter_who_was_not_seen_standing_tells_nothing() -> None:
    track = make_lifter(SET, trouble=Trouble(gaps_s=((0.0, 1.3),)))
    assert not vertical_of(track).found
    assert np.isnan(roll_of(track))


@pytest.mark.parametrize("facing", ["camera", "away", "unknown"])
def test_only_who_is_seen_from_the_side_leans_forward(facing: Facing) -> None:
    track = make_lifter(make_set(SetPlan(n=1)))
    assert estimate_roll(track, *STANDING_S, facing=facing) == pytest.approx(0.0, abs=0.01)
    sagittal = to_sagittal(track, estimate_view(track), stature_m=None)
    sagittal = replace(sagittal, view=replace(sagittal.view, facing=facing))
    assert estimate_vertical(sagittal, *STANDING_S).tilt_deg == pytest.approx(0.0, abs=0.01)


def test_a_bent_moment_does_not_tilt_the_vertical() -> None:
    """The median of the standing counts, not a glance at the floor amid it."""
    glance = replace(UPRIGHT, trunk_deg=30.0)
    looked = make_set(SetPlan(n=1, top=UPRIGHT)).sample()
    series = {name: values.copy() for name, values in looked.series.items()}
    amid = (looked.time_s > 0.5) & (looked.time_s < 0.8)
    series["trunk_deg"][amid] = glance.trunk_deg
    assert abs(vertical_of(make_lifter(replace(looked, series=series))).tilt_deg) < 0.1


def test_a_word_is_said_where_the_tilt_is_sure() -> None:
    """Two standard deviations of a reading: fewer than one level film in twenty is blamed."""
    assert 2 * PRIOR.reading_sd_deg == MAX_ROLL_DEG


def test_every_constant_says_where_it_comes_from() -> None:
    text = resources.files("hingewise.pose").joinpath("data/camera_roll.toml").read_text("utf-8")
    for entry in tomllib.loads(text).values():
        assert entry["basis"] in ("literature", "derived", "product_default")
        assert entry["source"]
        assert entry["population"]
        assert any(key.endswith("_deg") for key in entry)
