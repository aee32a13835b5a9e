"""Where hips, hands and shoulders are: distances that the exact lifter was made with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.assessment.observation import Observation
from hingewise.repetitions.types import Phase
from hingewise.units import FloatArray
from tests.builders import (
    BODY_M,
    SHANK_M,
    STAND,
    THIGH_M,
    Key,
    Pose,
    Script,
    Trouble,
    make_lifter,
)
from tests.builders_assessment import (
    Rep,
    joints_m,
    lay_out,
    make_observation,
    observe_set,
    observe_track,
    read,
    times_of,
    values,
)
from tests.builders_sets import (
    DEADLIFT_BOTTOM,
    GOOD_MORNING_BOTTOM,
    HINGE_BOTTOM,
    SQUAT_BOTTOM,
    SWING_BOTTOM,
    SetPlan,
    hinge,
    make_set,
    swing,
)

LEG_M = THIGH_M + SHANK_M
BOTTOMS = {
    "hinge": HINGE_BOTTOM,
    "good morning": GOOD_MORNING_BOTTOM,
    "deadlift": DEADLIFT_BOTTOM,
    "squat": SQUAT_BOTTOM,
    "arms back": replace(HINGE_BOTTOM, arm_deg=30.0),
    "elbows bent": replace(HINGE_BOTTOM, elbow_deg=40.0),
}
each_bottom = pytest.mark.parametrize("bottom", BOTTOMS.values(), ids=list(BOTTOMS))


@each_bottom
def test_hips_that_go_back(bottom: Pose) -> None:
    """Against the feet, as a share of the leg."""
    true = -joints_m(bottom)["hip"][0] / LEG_M
    got = values(observe_set(make_set(SetPlan(n=3, bottom=bottom))), "hip_travel")
    assert got == pytest.approx([true] * 3, abs=0.005)


def test_hips_that_go_forward_have_not_gone_back() -> None:
    """Bowing over the toes: less than nothing."""
    bow = Pose(trunk_deg=60, thigh_deg=8, shank_deg=8)
    got = values(observe_set(make_set(SetPlan(n=3, bottom=bow))), "hip_travel")
    assert got == pytest.approx([-np.sin(np.radians(8.0))] * 3, abs=0.005)


@each_bottom
def test_how_high_the_hips_are_at_the_bottom(bottom: Pose) -> None:
    """Over the ankles, as a share of the leg; where plates hide the feet there as well."""
    true = joints_m(bottom)["hip"][1] / LEG_M
    script = make_set(SetPlan(n=3, bottom=bottom))
    hidden = Trouble(hidden_s={"right_ankle": (7.0, 8.6)})
    for trouble in (Trouble(), hidden):
        got = values(observe_track(make_lifter(script, trouble=trouble)), "hip_height_at_bottom")
        assert got == pytest.approx([true] * 3, abs=0.01)


def test_feet_that_are_never_seen_are_no_floor() -> None:
    (unseen,) = read(_stand_still({"hip": (0.0, 0.8), "knee": (0.0, 0.4)}), "hip_height_at_bottom")
    assert not unseen.seen
    assert "feet are out of sight" in unseen.reason


def test_where_one_stands_does_not_matter() -> None:
    """Steps between the repetitions move hips and feet together."""
    there = replace(STAND, place_m=0.4)
    script = make_set(SetPlan(n=2)).then(Key(duration_s=2.0, pose=there))
    script = make_set(SetPlan(n=2), before=script)
    got = values(observe_set(script), "hip_travel")
    assert got == pytest.approx([got[0]] * 4, abs=0.005)


@each_bottom
def test_a_hand_before_the_leg(bottom: Pose) -> None:
    """At the height of the hand, be that before the thigh or before the shank."""
    joint = joints_m(bottom)
    lower, upper = ("knee", "hip") if joint["wrist"][1] > joint["knee"][1] else ("ankle", "knee")
    share = (joint["wrist"][1] - joint[lower][1]) / (joint[upper][1] - joint[lower][1])
    leg = joint[lower][0] + share * (joint[upper][0] - joint[lower][0])
    got = values(observe_set(make_set(SetPlan(n=3, bottom=bottom))), "hand_to_leg")
    assert got == pytest.approx([joint["wrist"][0] - leg] * 3, abs=0.01)


@pytest.mark.parametrize(
    "hand, ahead_m",
    [
        ((0.30, 0.90), 0.40),  # above the hips: before them
        ((0.10, 0.65), 0.10),  # half-way up the thigh, which is at 0
        ((0.25, 0.45), 0.15),  # at the knee
        ((0.20, 0.25), 0.15),  # half-way down the shank, which is at 0.05
        ((0.12, -0.1), 0.12),  # below the ankle: before it
        ((-0.2, 0.45), -0.3),  # behind the knee
    ],
)
def test_which_part_of_the_leg_is_at_the_height_of_the_hand(
    hand: tuple[float, float], ahead_m: float
) -> None:
    points = {"hip": (-0.1, 0.85), "knee": (0.1, 0.45), "ankle": (0.0, 0.05), "wrist": hand}
    assert values(_stand_still(points), "hand_to_leg") == pytest.approx([ahead_m])


def _stand_still(points: dict[str, tuple[float, float]]) -> Observation:
    n = times_of(lay_out([Rep()])).size
    still = {name: np.tile(np.array(point), (n, 1)) for name, point in points.items()}
    return make_observation([Rep()], landmarks=still)


@pytest.mark.parametrize("lean_deg", [0.0, 2.0, 5.0])
def test_who_sways_at_the_lockout(lean_deg: float) -> None:
    """Leaning over the feet and back moves the shoulders by a known distance."""
    over = Pose(trunk_deg=lean_deg, thigh_deg=lean_deg, shank_deg=lean_deg)
    script = Script(keys=(Key(duration_s=1.5, pose=STAND),))
    for _ in range(3):
        script = script.then(
            Key(duration_s=2.0, pose=HINGE_BOTTOM),
            Key(duration_s=1.1, pose=STAND),
            Key(duration_s=0.7, pose=over),
            Key(duration_s=0.7, pose=STAND),
        )
    script = script.then(Key(duration_s=1.0, pose=STAND))
    got = values(observe_set(script), "lockout_sway")
    assert got == pytest.approx([BODY_M * np.sin(np.radians(lean_deg))] * 3, abs=0.02)


def test_a_sway_is_all_of_it_and_of_the_lockout_only() -> None:
    """From the foremost to the hindmost; how far one leans on the way does not count."""
    reps = [Rep(), Rep()]
    time_s = times_of(lay_out(reps))
    ahead = np.full(time_s.size, 0.5)
    for repetition, most_m in zip(lay_out(reps), (0.03, 0.08), strict=True):
        span = repetition.phase(Phase.LOCKOUT)
        assert span is not None
        ahead[span.start : span.end] = 0.1
        ahead[span.start + 20 : span.start + 40] = 0.1 + most_m
    landmarks = {"stance": np.stack([ahead, np.full(time_s.size, 1.3)], axis=1)}
    little, much = values(make_observation(reps, landmarks=landmarks), "lockout_sway")
    assert little == pytest.approx(0.03, abs=0.012)  # some of it is taken for noise
    assert much - little == pytest.approx(0.05)


@pytest.mark.parametrize("arm_deg", [-30.0, 0.0, 30.0])
def test_arms_that_leave_the_trunk_half_way_up(arm_deg: float) -> None:
    """Arms that hang straight down leave a leaning trunk by as much as it leans."""
    trunk, arm = np.linspace(60.0, 0.0, 101), np.full(101, arm_deg)
    got = values(_rising(trunk, arm), "arm_lift_at_half")
    assert got == pytest.approx([30.0 - arm_deg], abs=1.0)


def test_half_way_is_where_the_trunk_is_half_way_up() -> None:
    """Not half of the time: here three quarters of it have passed."""
    trunk = np.interp(np.arange(101), [0, 50, 100], [60.0, 60.0, 0.0])
    arm = np.linspace(0.0, -80.0, 101)
    got = values(_rising(trunk, arm), "arm_lift_at_half")
    assert got == pytest.approx([30.0 + 0.75 * 80.0], abs=2.0)


@pytest.mark.parametrize("rate_hz, within_deg", [(30.0, 4.0), (120.0, 3.0)])
def test_arms_of_a_swing(rate_hz: float, within_deg: float) -> None:
    """Of the exact lifter: where his trunk is half way up during the way up.

    They turn by ten degrees from one frame to the next.
    """
    motion = swing(5).sample(300.0)
    seen = observe_track(make_lifter(swing(5).sample(rate_hz)))
    got = values(seen, "arm_lift_at_half")
    lifted = motion.series["trunk_deg"] - motion.series["arm_deg"]
    for value, repetition in zip(got, seen.segmentation.repetitions, strict=True):
        span = repetition.phase(Phase.CONCENTRIC)
        assert span is not None
        rows = slice(*np.searchsorted(motion.time_s, [span.start_s, span.end_s]))
        trunk = motion.series["trunk_deg"][rows]
        half = int(np.argmax(trunk <= (trunk[0] + trunk[-1]) / 2))
        assert value == pytest.approx(lifted[rows][half], abs=within_deg)
        assert 0.0 < value < SWING_BOTTOM.trunk_deg + 80.0


def test_the_frame_rate_does_not_lift_the_arms() -> None:
    """At thirty frames a second they are a frame's turn, half of it on average, too far."""
    slow, fast = (
        np.mean(values(observe_track(make_lifter(swing(5).sample(rate_hz))), "arm_lift_at_half"))
        for rate_hz in (30.0, 240.0)
    )
    assert slow == pytest.approx(fast, abs=2.0)


def _rising(trunk_deg: FloatArray, arm_deg: FloatArray) -> Observation:
    """One way up with these angles of trunk and arm; a second is a hundred frames."""
    reps = [Rep()]
    (repetition,) = lay_out(reps)
    span = repetition.phase(Phase.CONCENTRIC)
    assert span is not None
    row = np.clip(np.arange(times_of([repetition]).size) - span.start, 0, 100)
    arm = np.radians(arm_deg[row])
    shoulder = np.zeros((row.size, 2))
    hand = shoulder - np.stack([np.sin(arm), np.cos(arm)], axis=1)
    return make_observation(
        reps,
        angles={"trunk_inclination": trunk_deg[row]},
        landmarks={"shoulder": shoulder, "wrist": hand},
    )


@pytest.mark.parametrize(
    "metric, joint, hidden_s, what",
    [
        ("hip_travel", "right_ankle", (7.0, 8.6), "hip or foot is out of sight at the bottom"),
        ("hip_travel", "right_hip", (8.8, 10.4), "hip or foot is out of sight at the lockout"),
        ("hip_height_at_bottom", "right_hip", (7.0, 8.6), "hip is out of sight at the bottom"),
        ("hand_to_leg", "right_wrist", (7.0, 8.6), "hand or leg is out of sight at the bottom"),
        ("hand_to_leg", "right_knee", (7.0, 8.6), "hand or leg is out of sight at the bottom"),
        ("arm_lift_at_half", "right_wrist", (8.0, 9.2), "hand is out of sight on the way up"),
        ("arm_lift_at_half", "right_shoulder", (8.0, 9.2), "the way up"),
    ],
)
def test_what_is_hidden_is_named(
    metric: str, joint: str, hidden_s: tuple[float, float], what: str
) -> None:
    track = make_lifter(hinge(3), trouble=Trouble(hidden_s={joint: hidden_s}))
    first, second, third = read(observe_track(track), metric)
    assert not second.seen
    assert what in second.reason
    assert first.value == pytest.approx(third.value, abs=0.5)


def test_feet_behind_plates_do_not_sway() -> None:
    """The network guesses where they are, and says that it does."""
    hidden = dict.fromkeys(("left_ankle", "right_ankle"), (0.0, 99.0))
    track = make_lifter(hinge(3), trouble=Trouble(noise_px=12.0, seed=5, hidden_s=hidden))
    assert not any(each.seen for each in read(observe_track(track), "lockout_sway"))


def test_a_sway_that_is_not_seen_is_none() -> None:
    """Not one of nothing either."""
    (unseen,) = read(make_observation([Rep()]), "lockout_sway")
    assert not unseen.seen
    assert "shoulder or foot is out of sight" in unseen.reason


def test_arms_against_a_trunk_that_is_hidden() -> None:
    trunk = np.linspace(60.0, 0.0, 101)
    trunk[40:60] = np.nan
    (unseen,) = read(_rising(trunk, np.zeros(101)), "arm_lift_at_half")
    assert "trunk is out of sight on the way up" in unseen.reason


def test_legs_that_are_never_seen_have_no_length_to_compare_with() -> None:
    (unseen,) = read(_stand_still({"hip": (0.0, 0.8), "ankle": (0.0, 0.0)}), "hip_travel")
    assert not unseen.seen
    assert unseen.reason


def test_arms_on_a_way_up_that_the_film_does_not_show() -> None:
    (unseen,) = read(make_observation([Rep(concentric_s=0.0)]), "arm_lift_at_half")
    assert unseen.reason == "the film does not show the way up"


def on_toes(rise_deg: float, sure: float = 0.95) -> Observation:
    """A squat in which the foot stands so much steeper at the bottom, on toes that stay."""
    (repetition,) = lay_out([Rep()])
    time_s = times_of([repetition])
    low = np.abs(time_s - repetition.bottom_s) < 0.3
    pitch = np.radians(30.0 + np.where(low, rise_deg, 0.0))
    toe = np.tile([0.25, 0.0], (time_s.size, 1))
    heel = toe + 0.2 * np.column_stack([-np.cos(pitch), np.sin(pitch)])
    seen = make_observation([Rep()], landmarks={"heel": heel, "foot_index": toe})
    confidence = np.full_like(seen.sagittal.confidence, sure)
    return replace(seen, sagittal=replace(seen.sagittal, confidence=confidence))


@pytest.mark.parametrize("rise_deg", [5.0, 15.0, 30.0])
def test_heels_that_lift_at_the_bottom(rise_deg: float) -> None:
    """A flat foot seems to turn by five degrees."""
    assert values(on_toes(rise_deg), "heel_rise") == pytest.approx([rise_deg - 5.0])


def test_a_foot_that_is_only_guessed_lifts_no_heel() -> None:
    (measured,) = read(on_toes(30.0, sure=0.6), "heel_rise")
    assert not measured.seen
    assert measured.reason == "heel or toes are not seen surely at the bottom"


@pytest.mark.parametrize("landmark", ["heel", "foot_index"])
def test_heel_and_toes_must_both_be_seen_at_the_lockout_too(landmark: str) -> None:
    seen = on_toes(30.0)
    confidence = seen.sagittal.confidence.copy()
    (repetition,) = seen.segmentation.repetitions
    late = seen.time_s >= repetition.top_s
    confidence[late, seen.sagittal.landmarks.index(landmark)] = 0.7
    hidden = replace(seen, sagittal=replace(seen.sagittal, confidence=confidence))
    (measured,) = read(hidden, "heel_rise")
    assert measured.reason == "heel or toes are not seen surely at the lockout"


@pytest.mark.parametrize("arm_deg", [5.0, 20.0, 60.0])
def test_hands_that_leave_the_body_at_the_top(arm_deg: float) -> None:
    """The angle of the arm before the trunk, however the trunk stands."""
    top = replace(STAND, arm_deg=STAND.arm_deg + arm_deg)
    seen = observe_set(make_set(SetPlan(n=3, bottom=HINGE_BOTTOM, top=top)))
    still = observe_set(make_set(SetPlan(n=3, bottom=HINGE_BOTTOM, top=STAND)))
    more = np.array(values(seen, "arm_at_lockout")) - np.array(values(still, "arm_at_lockout"))
    assert np.abs(more) == pytest.approx([arm_deg] * 3, abs=1.0)


def test_a_hand_that_is_only_guessed_leaves_no_body() -> None:
    track = make_lifter(hinge(3))
    wrist = track.keypoints.index("right_wrist")
    confidence = track.confidence.copy()
    confidence[:, wrist] = 0.7
    for each in read(observe_track(replace(track, confidence=confidence)), "arm_at_lockout"):
        assert (each.seen, each.reason) == (False, "the hand is not seen surely at the lockout")
