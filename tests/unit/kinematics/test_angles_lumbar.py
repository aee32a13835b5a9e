"""The bend of the back's outline on the exact lifter comes back exact, or not at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.builders import NO_TROUBLE, Camera, Key, Pose, Script, Trouble, make_lifter
from tests.builders_kinematics import measure_kinematics
from tests.builders_sets import HINGE_BOTTOM, SetPlan, hinge, make_set


@pytest.mark.parametrize("bend_deg", [0.0, 15.0, -10.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_lumbar_flexion_is_the_bend_of_the_back_since_standing(
    bend_deg: float, mirrored: bool
) -> None:
    """A back that is arched in standing: only the change counts, rounding is positive."""
    arched = Pose(back_bend_deg=-8)
    bottom = replace(HINGE_BOTTOM, back_bend_deg=bend_deg - 8)
    track = make_lifter(
        make_set(SetPlan(n=2, top=arched, bottom=bottom)), Camera(mirrored=mirrored)
    )
    lumbar = measure_kinematics(track).angle_deg["lumbar_flexion"]
    extreme = lumbar[np.nanargmax(np.abs(lumbar))]
    assert extreme == pytest.approx(bend_deg, abs=0.4)


@pytest.mark.parametrize("bend_deg", [0.0, 15.0])
def test_without_quiet_standing_the_back_is_measured_from_the_lockouts(bend_deg: float) -> None:
    """A film that is cut to the repetitions still tells a back that rounds."""
    bottom = replace(HINGE_BOTTOM, back_bend_deg=bend_deg)
    motion = make_set(SetPlan(n=3, bottom=bottom, before_s=0.0, after_s=0.0))
    kinematics = measure_kinematics(make_lifter(motion.at(np.arange(2.0, 7.0, 1 / 30))))
    assert not kinematics.standing.found
    assert kinematics.back_zero == "lockouts"
    assert np.nanmax(kinematics.angle_deg["lumbar_flexion"]) == pytest.approx(bend_deg, abs=0.5)


def test_a_back_that_never_stands_upright_has_no_zero() -> None:
    leaning = Pose(trunk_deg=30, thigh_deg=-10)
    script = Script(keys=(Key(duration_s=3.0, pose=HINGE_BOTTOM),), first=leaning)
    kinematics = measure_kinematics(make_lifter(script))
    assert kinematics.back_zero == ""
    assert np.isnan(kinematics.angle_deg["lumbar_flexion"]).all()


@pytest.mark.parametrize("every", [2, 3])
def test_an_outline_in_every_few_frames_shows_the_same_bend(every: int) -> None:
    """It is taken ten times a second; between two of them the back is followed straight on."""
    bottom = replace(HINGE_BOTTOM, back_bend_deg=25.0)
    track = make_lifter(make_set(SetPlan(n=2, bottom=bottom)))
    assert track.silhouette_px is not None
    some = track.silhouette_px.copy()
    some[np.arange(track.n_frames) % every != 0] = np.nan
    whole, part = (
        measure_kinematics(replace(track, silhouette_px=outline)).angle_deg["lumbar_flexion"]
        for outline in (track.silhouette_px, some)
    )
    assert np.isfinite(part[: -every + 1]).all()
    assert part[:-every] == pytest.approx(whole[:-every], abs=1.0)
    assert np.nanmax(part) == pytest.approx(np.nanmax(whole), abs=0.5)


def test_a_back_that_was_hidden_for_long_is_not_made_up() -> None:
    track = make_lifter(hinge(2))
    assert track.silhouette_px is not None
    some = track.silhouette_px.copy()
    hidden = (track.time_s > 3.0) & (track.time_s < 3.6)
    some[hidden] = np.nan
    lumbar = measure_kinematics(replace(track, silhouette_px=some)).angle_deg["lumbar_flexion"]
    assert np.isnan(lumbar[hidden]).all()
    assert np.isfinite(lumbar[~hidden]).all()


def test_without_an_outline_there_is_no_lumbar_flexion() -> None:
    kinematics = measure_kinematics(make_lifter(hinge(2), outline=False))
    assert np.isnan(kinematics.angle_deg["lumbar_flexion"]).all()
    assert kinematics.back_zero == ""


@pytest.mark.parametrize("bend_deg", [0.0, 15.0])
def test_a_bar_before_knee_and_foot_hides_no_standing_and_no_back(bend_deg: float) -> None:
    """The hips as they are seen in space stand in for those of the near side."""
    bottom = replace(HINGE_BOTTOM, back_bend_deg=bend_deg)
    hidden = ("right_knee", "right_ankle", "right_heel", "right_foot_index")
    trouble = Trouble(hidden_s=dict.fromkeys(hidden, (0.0, 99.0)))
    seen, covered = (
        measure_kinematics(make_lifter(make_set(SetPlan(n=2, bottom=bottom)), trouble=one))
        for one in (NO_TROUBLE, trouble)
    )
    assert np.isnan(covered.angle_deg["trunk_thigh_flexion"]).all()
    assert covered.standing.found
    assert covered.standing.end_s == pytest.approx(seen.standing.end_s, abs=0.1)
    assert covered.standing.angle_deg == {}
    lumbar = covered.angle_deg["lumbar_flexion"]
    assert lumbar == pytest.approx(seen.angle_deg["lumbar_flexion"], abs=0.1)


def test_bent_hips_that_only_space_shows_are_no_standing() -> None:
    bent = Pose(trunk_deg=20, thigh_deg=-40, shank_deg=20)
    trouble = Trouble(hidden_s={"right_knee": (0.0, 99.0)})
    script = Script(keys=(Key(duration_s=3.0, pose=bent),), first=bent)
    assert not measure_kinematics(make_lifter(script, trouble=trouble)).standing.found
