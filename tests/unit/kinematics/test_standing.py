"""Quiet standing is found where it is, and nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.conventions import JOINTS
from hingewise.kinematics.series import StandingZero
from hingewise.kinematics.standing import (
    LOCKOUT_MAX_BEND_DEG,
    STANDING_MAX_BEND_DEG,
    find_standing,
    find_upright,
    standing_rows,
    zero_in,
)
from hingewise.pose.roll import load_roll_prior
from hingewise.units import FloatArray
from tests.builders import Camera, Key, Pose, Script, Trouble, make_lifter
from tests.builders_kinematics import measure_kinematics
from tests.builders_sets import HINGE_BOTTOM, SetPlan, deadlift, hinge, make_set

LEAN_DEG = load_roll_prior().lean_deg
UPRIGHT = Pose(trunk_deg=LEAN_DEG, thigh_deg=LEAN_DEG, shank_deg=LEAN_DEG)
"""Standing as people do on average, so that the camera reads level."""

NOWHERE = StandingZero(start_s=float("nan"), end_s=float("nan"), angle_deg={})


def bends(*plateaus: tuple[float, float]) -> tuple[FloatArray, dict[str, FloatArray]]:
    """Hips that stay (for seconds, at degrees) and take half a second from one bend to the next."""
    at_s, at_deg = [0.0], [plateaus[0][1]]
    for duration_s, bend_deg in plateaus:
        at_s += [at_s[-1] + 0.5, at_s[-1] + 0.5 + duration_s]
        at_deg += [bend_deg, bend_deg]
    time_s = np.arange(0.5, at_s[-1], 1 / 30)
    angle = {joint.name: np.zeros(time_s.size) for joint in JOINTS}
    angle |= {"trunk_inclination": np.zeros(time_s.size)}
    angle |= {"foot_inclination": np.full(time_s.size, -90.0)}
    angle |= {"trunk_thigh_flexion": np.interp(time_s, at_s, at_deg)}
    return time_s, angle


def found(*plateaus: tuple[float, float]) -> StandingZero:
    time_s, angle = bends(*plateaus)
    return find_standing(time_s, angle, angle["trunk_thigh_flexion"])


def test_standing_after_the_set_is_found_as_well() -> None:
    standing = measure_kinematics(make_lifter(deadlift(3))).standing
    assert standing.found
    assert standing.start_s > 8.0


def test_lockouts_are_no_standing() -> None:
    """A lifter who never locks out must not have that hidden in the zero."""
    short = make_set(SetPlan(n=4, heights=(0.8, 0.8, 0.8, 0.8), before_s=0.0, after_s=0.0))
    motion = short.at(np.arange(2.0, short.duration_s - 1.5, 1 / 30))
    kinematics = measure_kinematics(make_lifter(motion))
    assert not kinematics.standing.found
    assert kinematics.standing.angle_deg == {}
    assert np.nanmin(kinematics.angle_deg["trunk_thigh_flexion"]) == pytest.approx(18.0, abs=0.5)


def test_bent_or_moving_is_no_standing() -> None:
    bent = Pose(trunk_deg=30, thigh_deg=-10)
    never = Script(keys=(Key(duration_s=3.0, pose=bent), Key(duration_s=2.0, pose=HINGE_BOTTOM)))
    assert not measure_kinematics(make_lifter(replace(never, first=bent))).standing.found
    rocking = tuple(Key(duration_s=0.3, pose=Pose(trunk_deg=12.0 * (i % 2))) for i in range(10))
    assert not measure_kinematics(make_lifter(Script(keys=rocking))).standing.found


def test_standing_is_found_in_noise() -> None:
    """Three pixels of noise on each landmark must not look like movement."""
    kinematics = measure_kinematics(make_lifter(hinge(3), trouble=Trouble(noise_px=3.0)))
    assert kinematics.standing.found
    assert abs(kinematics.standing.angle_deg["trunk_thigh_flexion"]) < 1.5


def test_standing_turned_round_is_no_zero() -> None:
    """Who faces the stack is seen mirrored: a bias would enter with the wrong sign."""
    lean = Pose(trunk_deg=8)
    turned = replace(lean, heading_deg=180.0)
    script = Script(keys=(Key(duration_s=6.0, pose=turned),), first=turned)
    script = script.then(Key(duration_s=1.5, pose=lean))
    kinematics = measure_kinematics(make_lifter(make_set(SetPlan(n=4, top=lean), before=script)))
    assert kinematics.standing.start_s > 6.0
    assert kinematics.standing.angle_deg["trunk_thigh_flexion"] == pytest.approx(8.0, abs=0.5)


@pytest.mark.parametrize("roll_deg", [-3.0, -1.0, 0.0, 1.0, 3.0])
def test_standing_is_found_whichever_way_the_feet_turned_before(roll_deg: float) -> None:
    """Feet that come round by another way point as before, whole turns apart."""
    script = make_set(SetPlan(n=3, top=UPRIGHT))
    turned = Script(keys=(), first=replace(UPRIGHT, heading_deg=180.0)).then(
        Key(duration_s=1.5, pose=UPRIGHT), *script.keys
    )
    standing = measure_kinematics(make_lifter(turned, Camera(roll_deg=roll_deg))).standing
    assert standing.found
    assert standing.start_s > 0.7


def test_the_longest_standing_before_or_after_the_work_counts() -> None:
    """The longer one between two bends is a lockout."""
    work = ((0.3, 90.0), (5.0, 3.0), (0.3, 90.0))
    before, after = found((2.0, 5.0), *work, (1.0, 7.0)), found((1.0, 5.0), *work, (2.0, 7.0))
    assert before.angle_deg["trunk_thigh_flexion"] == pytest.approx(5.0)
    assert before.end_s < 3.0
    assert after.angle_deg["trunk_thigh_flexion"] == pytest.approx(7.0)
    assert after.start_s > 8.0


def test_who_stays_bent_after_the_work_may_not_have_come_up() -> None:
    """Before the work the same bend is how this lifter stands."""
    bent = LOCKOUT_MAX_BEND_DEG + 2.0
    assert not found((0.3, 90.0), (3.0, bent)).found
    assert found((0.3, 90.0), (3.0, LOCKOUT_MAX_BEND_DEG - 2.0)).found
    assert found((3.0, bent), (0.3, 90.0)).found


@pytest.mark.parametrize(
    "name,value",
    [
        ("knee_flexion", STANDING_MAX_BEND_DEG + 1.0),
        ("trunk_inclination", 30.0),
        ("trunk_inclination", float("nan")),
        ("foot_inclination", 90.0),
        ("foot_inclination", 0.0),
    ],
)
def test_bent_knees_a_leaning_or_hidden_trunk_and_feet_off_the_floor_are_no_standing(
    name: str, value: float
) -> None:
    time_s, angle = bends((2.0, 0.0))
    assert find_standing(time_s, angle, np.zeros(time_s.size)).found
    angle[name] = np.full(time_s.size, value)
    assert not find_standing(time_s, angle, np.zeros(time_s.size)).found


@pytest.mark.parametrize(
    "hidden",
    [
        ("trunk_thigh_flexion",),
        ("knee_flexion", "ankle_dorsiflexion", "foot_inclination"),
        tuple(joint.name for joint in JOINTS),
    ],
)
def test_a_hidden_joint_does_not_speak_against_standing(hidden: Sequence[str]) -> None:
    """The hips as they are seen in space stand in; what is hidden has no zero."""
    time_s, angle = bends((2.0, 4.0), (0.5, 90.0))
    whole = find_standing(time_s, angle, angle["trunk_thigh_flexion"])
    part = angle | {name: np.full(time_s.size, np.nan) for name in hidden}
    standing = find_standing(time_s, part, angle["trunk_thigh_flexion"])
    assert (standing.start_s, standing.end_s) == (whole.start_s, whole.end_s)
    left = {name: zero for name, zero in whole.angle_deg.items() if name not in hidden}
    assert standing.angle_deg == left


def test_frames_of_standing_are_those_from_its_begin_to_its_end() -> None:
    time_s = np.array([0.0, 0.5, 1.0, 1.7, 2.0, 9.0])
    standing = replace(NOWHERE, start_s=0.5, end_s=2.0)
    assert standing_rows(standing, time_s).tolist() == [False, True, True, True, True, False]


def test_without_standing_no_frame_is_one_of_it() -> None:
    rows = standing_rows(NOWHERE, np.arange(5.0))
    assert rows.dtype == np.bool_
    assert not rows.any()


def test_the_zero_is_the_median_in_standing_of_the_joints_that_are_seen() -> None:
    """Elbows hang as they like: they have none."""
    time_s = np.arange(6.0)
    standing = replace(NOWHERE, start_s=1.0, end_s=4.0, angle_deg={"knee_flexion": 99.0})
    angle = {
        "trunk_thigh_flexion": np.array([50.0, 2.0, 3.0, np.nan, 40.0, 90.0]),
        "knee_flexion": np.array([8.0, np.nan, np.nan, np.nan, np.nan, 8.0]),
        "ankle_dorsiflexion": np.array([0.0, -1.0, -1.0, -3.0, -3.0, 0.0]),
        "elbow_flexion": np.full(6, 20.0),
    }
    got = zero_in(standing, time_s, angle)
    assert got.angle_deg == {"trunk_thigh_flexion": 3.0, "ankle_dorsiflexion": -2.0}
    assert (got.start_s, got.end_s) == (1.0, 4.0)


def test_without_standing_there_is_no_zero() -> None:
    angle = {joint.name: np.zeros(3) for joint in JOINTS}
    assert zero_in(NOWHERE, np.arange(3.0), angle).angle_deg == {}


def test_upright_is_every_lockout_and_nothing_on_the_way() -> None:
    """Hips that only come to 9 degrees once are no zero beside lockouts at 0."""
    time_s, angle = bends((1.0, 90.0), (1.0, 0.0), (1.0, 90.0), (1.0, 0.0), (1.0, 90.0), (1.0, 9.0))
    hip = angle["trunk_thigh_flexion"]
    angle["trunk_inclination"] = 0.8 * hip
    upright = find_upright(time_s, angle, hip)
    assert 50 <= upright.sum() <= 75
    assert np.abs(hip[upright]).max() < 2.0


@pytest.mark.parametrize(
    "name,value",
    [
        ("trunk_inclination", -12.0),
        ("trunk_inclination", 14.0),
        ("trunk_inclination", float("nan")),
        ("knee_flexion", STANDING_MAX_BEND_DEG + 1.0),
        ("foot_inclination", 90.0),
    ],
)
def test_who_leans_or_bends_the_knees_or_has_turned_round_is_not_upright(
    name: str, value: float
) -> None:
    time_s, angle = bends((2.0, 0.0))
    assert find_upright(time_s, angle, np.zeros(time_s.size)).all()
    angle[name] = np.full(time_s.size, value)
    assert not find_upright(time_s, angle, np.zeros(time_s.size)).any()


def test_hips_that_are_nowhere_seen_tell_no_upright() -> None:
    time_s, angle = bends((2.0, 0.0))
    assert not find_upright(time_s, angle, np.full(time_s.size, np.nan)).any()
