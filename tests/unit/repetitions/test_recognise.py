"""The family of a set, at the published poses, with a network's bias and noise, from any side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.movement import compute_movement
from hingewise.repetitions.recognise import (
    SWING_SNAP_S,
    ExtensionFeatures,
    recognise,
    squat_score,
    swing_margin,
)
from hingewise.repetitions.segmenter import count_repetitions
from hingewise.repetitions.types import Family, Recognition
from tests.builders import SIDE_VIEW, Camera, Pose, Script, Trouble, make_lifter
from tests.builders_sets import (
    DEADLIFT_BOTTOM,
    GOOD_MORNING_BOTTOM,
    HINGE_BOTTOM,
    SQUAT_BOTTOM,
    SetPlan,
    deadlift,
    good_morning,
    hinge,
    make_set,
    squat,
    swing,
    thrust,
)

SETS: dict[str, tuple[Script, Family]] = {
    "pull_through": (hinge(3), Family.HINGE),
    "good_morning": (good_morning(3), Family.HINGE),
    "deadlift": (deadlift(3), Family.HINGE),
    "squat": (squat(3), Family.SQUAT),
    "swing": (swing(6), Family.SWING),
    "swing_quick": (swing(8, cycle_s=1.0), Family.SWING),
    "swing_slow": (swing(5, cycle_s=2.0), Family.SWING),
    "thrust": (thrust(3), Family.THRUST),
}
HINGE_FEATURES = ExtensionFeatures(
    extension_s=0.8,
    risen_s=3.0,
    turn_s=0.4,
    cycle_s=4.0,
    knee_to_hip=0.3,
    hip_height=0.5,
    bottom_lean_deg=70.0,
    top_lean_deg=2.0,
    hand_rise=0.02,
    hands_ahead=0.1,
)


def recognise_set(script: Script, camera: Camera = SIDE_VIEW, noise_px: float = 0.0) -> Recognition:
    track = make_lifter(script, camera, Trouble(noise_px=noise_px))
    return count_repetitions(compute_movement(track), given=None).recognition


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("yaw_deg", [0.0, 45.0, 90.0, -45.0])
def test_every_family_from_any_side_in_noise(name: str, yaw_deg: float) -> None:
    script, family = SETS[name]
    recognition = recognise_set(script, Camera(yaw_deg=yaw_deg), noise_px=2.0)
    assert (recognition.family, recognition.how) == (family, "recognised")
    assert recognition.confidence > 0.7


@pytest.mark.parametrize(
    "bottom,hip_deg,knee_deg,family",
    [
        (GOOD_MORNING_BOTTOM, 75, 5, Family.HINGE),
        (DEADLIFT_BOTTOM, 113, 60, Family.HINGE),
        (SQUAT_BOTTOM, 105, 102, Family.SQUAT),
    ],
)
def test_published_poses_despite_bias(
    bottom: Pose, hip_deg: float, knee_deg: float, family: Family
) -> None:
    """BIOMECHANICS 7.3: twelve degrees of hip bias and six of knee change nothing."""
    assert (bottom.hip_deg, bottom.knee_deg) == (hip_deg, knee_deg)
    for hip_bias, knee_bias in ((12, 0), (-12, 0), (0, 6), (0, -6), (12, 6), (-12, 6), (12, -6)):
        shown = replace(
            bottom,
            trunk_deg=bottom.trunk_deg + hip_bias,
            shank_deg=bottom.shank_deg + knee_bias,
        )
        assert recognise_set(make_set(SetPlan(bottom=shown))).family is family


def test_hands_held_high_make_no_swing() -> None:
    """A goblet squat and a good morning hold the hands up all the time, and may be quick."""
    goblet, bar = Pose(arm_deg=-60, elbow_deg=100), Pose(arm_deg=20, elbow_deg=150)
    for bottom, top, family in (
        (SQUAT_BOTTOM, goblet, Family.SQUAT),
        (GOOD_MORNING_BOTTOM, bar, Family.HINGE),
    ):
        arm_deg = bottom.trunk_deg + top.arm_deg  # as if grown to the trunk
        low = replace(bottom, arm_deg=arm_deg, elbow_deg=top.elbow_deg)
        script = make_set(SetPlan(bottom=low, top=top, tempo_s=(0.7, 0.0, 0.6, 0.2)))
        assert recognise_set(script).family is family


def test_quick_hinges_are_no_swing() -> None:
    assert recognise_set(hinge(6, tempo_s=(0.7, 0.0, 0.6, 0.1))).family is Family.HINGE


def test_shallow_squats_and_deep_hinges_keep_their_family() -> None:
    shallow = make_set(SetPlan(bottom=Pose().toward(SQUAT_BOTTOM, 0.75)))
    deep = make_set(SetPlan(bottom=replace(HINGE_BOTTOM, trunk_deg=95, thigh_deg=-30)))
    assert recognise_set(shallow).family is Family.SQUAT
    assert recognise_set(deep).family is Family.HINGE


def test_nothing_gives_no_family() -> None:
    assert recognise([]) == Recognition(family=Family.NONE, how="recognised", confidence=1.0)


def test_confidence_is_one_half_at_a_border() -> None:
    border = replace(HINGE_FEATURES, knee_to_hip=0.70, hip_height=0.33, bottom_lean_deg=52.0)
    assert squat_score(border) == pytest.approx(0.0)
    assert recognise([border]).confidence == pytest.approx(0.5)
    assert recognise([HINGE_FEATURES]).confidence > 0.95


@pytest.mark.parametrize(
    "change",
    [{"hand_rise": 0.05}, {"extension_s": 1.2}, {"cycle_s": 3.0}, {"hand_rise": float("nan")}],
)
def test_a_swing_needs_hands_that_fly_and_speed(change: dict[str, float]) -> None:
    swinging = replace(HINGE_FEATURES, hand_rise=0.3, extension_s=0.4, cycle_s=1.5)
    assert swing_margin([swinging]) > 0
    assert swing_margin([replace(swinging, **change)]) < 0


def test_hidden_signs_are_left_out() -> None:
    nan = float("nan")
    assert squat_score(replace(HINGE_FEATURES, hip_height=nan, bottom_lean_deg=nan)) < -1


SNAPPY = replace(HINGE_FEATURES, extension_s=0.3, cycle_s=1.5, hand_rise=0.05)


def test_a_hinge_that_snaps_swings_even_if_the_hands_hardly_seem_to_rise() -> None:
    """They hide before the body, or are far from the camera."""
    assert swing_margin([SNAPPY]) > 0
    assert swing_margin([replace(SNAPPY, extension_s=SWING_SNAP_S)]) < 0
    assert swing_margin([replace(SNAPPY, hand_rise=0.0)]) < 0


def test_a_squat_that_snaps_needs_hands_that_fly_all_the_same() -> None:
    squatting = replace(SNAPPY, knee_to_hip=1.0, hip_height=0.25, bottom_lean_deg=35.0)
    assert squat_score(squatting) > 0
    assert swing_margin([squatting]) < 0
    assert swing_margin([replace(squatting, hand_rise=0.3)]) > 0


def test_what_is_asked_of_the_hands_changes_little_by_little() -> None:
    margins = [
        swing_margin([replace(SNAPPY, extension_s=extension_s)])
        for extension_s in np.arange(0.25, 0.6, 0.01)
    ]
    steps = np.diff(margins)
    assert (steps <= 1e-9).all()
    assert steps.min() > -0.25
