"""Angles at the bottom and at the lockout: those that the exact lifter was made with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.assessment.assess import measure
from hingewise.assessment.metrics.registry import METRICS
from hingewise.assessment.observation import Observation
from hingewise.pose.track import PoseTrack
from hingewise.units import FloatArray
from tests.builders import Camera, Key, Pose, Script, Trouble, make_lifter
from tests.builders_assessment import (
    UPRIGHT,
    Film,
    Rep,
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
    THRUST_BOTTOM,
    THRUST_TOP,
    SetPlan,
    hinge,
    make_set,
)

BOTTOMS = {
    "hinge": HINGE_BOTTOM,
    "good morning": GOOD_MORNING_BOTTOM,
    "deadlift": DEADLIFT_BOTTOM,
    "squat": SQUAT_BOTTOM,
}
each_bottom = pytest.mark.parametrize("bottom", BOTTOMS.values(), ids=list(BOTTOMS))

EXACT_DEG = 0.3
"""The exact lifter is measured so well; the filter costs a little."""


def with_bottom(bottom: Pose, top: Pose = UPRIGHT) -> Observation:
    return observe_set(make_set(SetPlan(n=3, bottom=bottom, top=top)))


@each_bottom
@pytest.mark.parametrize(
    "metric",
    [
        "thigh_inclination_at_bottom",
        "hip_flexion_at_bottom",
        "knee_flexion_at_bottom",
        "trunk_minus_shank",
        "shank_travel",
    ],
)
def test_angles_at_the_bottom(bottom: Pose, metric: str) -> None:
    true = {
        "thigh_inclination_at_bottom": bottom.thigh_deg,
        "hip_flexion_at_bottom": bottom.hip_deg,
        "knee_flexion_at_bottom": bottom.knee_deg,
        "trunk_minus_shank": bottom.trunk_deg - bottom.shank_deg,
        "shank_travel": bottom.shank_deg - UPRIGHT.shank_deg,
    }
    got = values(with_bottom(bottom), metric)
    assert got == pytest.approx([true[metric]] * 3, abs=EXACT_DEG)


@each_bottom
def test_the_knees_share_in_the_bend(bottom: Pose) -> None:
    got = values(with_bottom(bottom), "knee_to_hip_ratio")
    assert got == pytest.approx([bottom.knee_deg / bottom.hip_deg] * 3, abs=0.01)


def test_the_share_of_the_knees_is_less_sure_where_the_hips_bend_less() -> None:
    """Its error is that of both angles, carried through the quotient."""
    little, much = (
        _still(trunk_thigh_flexion=hip, knee_flexion=0.5 * hip) for hip in (40.0, 100.0)
    )
    a, b = read(little, "knee_to_hip_ratio")[0], read(much, "knee_to_hip_ratio")[0]
    assert (a.value, b.value) == pytest.approx((0.5, 0.5))
    assert a.sd * 40.0 == pytest.approx(b.sd * 100.0)
    assert 0.0 < b.sd < a.sd < 4.0 / 40.0 + 0.5 * 4.0 / 40.0


def test_hips_that_hardly_bend_have_no_share() -> None:
    (got,) = read(_still(trunk_thigh_flexion=25.0, knee_flexion=20.0), "knee_to_hip_ratio")
    assert (got.seen, got.reason) == (False, "the hips hardly bend")


def _still(**angles_deg: float) -> Observation:
    """One repetition in which nothing moves."""
    n = times_of(lay_out([Rep()])).size
    return make_observation(
        [Rep()], angles={name: np.full(n, angle) for name, angle in angles_deg.items()}
    )


@pytest.mark.parametrize("neck_deg", [-20.0, 0.0, 30.0, 50.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_head_that_is_bent_back_against_the_trunk(neck_deg: float, mirrored: bool) -> None:
    """Looking ahead with the trunk down is bent back; a head that hangs is bent forward."""
    ear_deg = UPRIGHT.trunk_deg - UPRIGHT.head_deg + EAR_TURNS * neck_deg
    bottom = replace(HINGE_BOTTOM, head_deg=HINGE_BOTTOM.trunk_deg - ear_deg)
    motion = make_set(SetPlan(n=3, bottom=bottom, top=UPRIGHT)).sample()
    track = make_lifter(motion, Camera(mirrored=mirrored))
    share = motion.hip_deg / bottom.hip_deg
    seen = observe_track(turn_face(track, (1.0 - EAR_TURNS) * neck_deg * share))
    assert values(seen, "neck_extension") == pytest.approx([neck_deg] * 3, abs=1.5)


@pytest.mark.parametrize("hip_deg, told", [(50.0, False), (70.0, True)])
def test_half_way_down_nothing_tells_a_squat_from_a_hinge(hip_deg: float, told: bool) -> None:
    """Leaning little with the shank upright is a start, not a squat."""
    (measured, *_) = read(
        _still(trunk_inclination=25.0, shank_inclination=10.0, trunk_thigh_flexion=hip_deg),
        "trunk_minus_shank",
    )
    assert measured.seen is told
    if not told:
        assert "not deep enough" in measured.reason


def test_hips_that_go_impossibly_far_past_straight_were_not_seen() -> None:
    seen = _still(trunk_inclination=-90.0, trunk_thigh_flexion=-40.0)
    doubted = replace(
        seen,
        kinematics=replace(
            seen.kinematics,
            sd_deg={name: np.full_like(sd, 18.0) for name, sd in seen.kinematics.sd_deg.items()},
        ),
    )
    (measured, *_) = read(doubted, "hip_flexion_at_lockout")
    assert not measured.seen
    assert "plates" in measured.reason


EAR_TURNS = 0.4
"""What a neck does moves the ear over the shoulder by about so much of what it turns the face."""


def turn_face(track: PoseTrack, up_deg: FloatArray) -> PoseTrack:
    """Turn the nose up about the ears, whichever way the lifter faces."""
    nose, ear = (track.keypoints.index(name) for name in ("nose", "right_ear"))
    position = track.position_px.astype(np.float64)
    face = position[:, nose] - position[:, ear]
    sign = np.where(face[:, 0] > 0.0, -1.0, 1.0)
    c, s = np.cos(np.radians(up_deg)), sign * np.sin(np.radians(up_deg))
    turned = np.stack([c * face[:, 0] - s * face[:, 1], s * face[:, 0] + c * face[:, 1]], axis=1)
    position[:, nose] = position[:, ear] + turned
    return replace(track, position_px=position.astype(np.float32))


def test_a_face_that_turns_without_the_ear_is_not_believed() -> None:
    """One of the two is then not where the network thinks."""
    bottom = replace(HINGE_BOTTOM, head_deg=HINGE_BOTTOM.trunk_deg)
    motion = make_set(SetPlan(n=3, bottom=bottom)).sample()
    track = turn_face(make_lifter(motion), 75.0 * motion.hip_deg / bottom.hip_deg)
    for measured in read(observe_track(track), "neck_extension"):
        assert not measured.seen
        assert "head" in measured.reason


@pytest.mark.parametrize("bend_deg", [0.0, 20.0, 40.0])
def test_a_back_that_rounds_at_the_bottom(bend_deg: float) -> None:
    bottom = replace(HINGE_BOTTOM, back_bend_deg=bend_deg)
    got = values(with_bottom(bottom), "lumbar_flexion_at_bottom")
    assert got == pytest.approx([bend_deg] * 3, abs=1.0)


def test_a_back_that_is_hollow_at_the_lockout() -> None:
    top = replace(THRUST_TOP, back_bend_deg=-18.0)
    got = values(_thrusts(top, from_standing=True), "lumbar_flexion_at_lockout")
    assert got == pytest.approx([-18.0] * 3, abs=1.5)


@pytest.mark.parametrize("height", [0.8, 1.15])
@pytest.mark.parametrize(
    "metric",
    [
        "trunk_inclination_at_lockout",
        "hip_flexion_at_lockout",
        "shank_inclination_at_lockout",
    ],
)
def test_angles_at_the_lockout(height: float, metric: str) -> None:
    """Short of standing, and beyond it: measured against standing before the set."""
    script = hinge(3, top=UPRIGHT, heights=(height,) * 3, before_s=3.0)
    top = HINGE_BOTTOM.toward(UPRIGHT, height)
    true = {
        "trunk_inclination_at_lockout": top.trunk_deg,
        "hip_flexion_at_lockout": top.hip_deg,
        "shank_inclination_at_lockout": top.shank_deg,
    }
    assert values(observe_set(script), metric) == pytest.approx([true[metric]] * 3, abs=EXACT_DEG)


@pytest.mark.parametrize("height", [0.8, 1.0])
def test_where_plates_hide_the_knee_the_trunk_tells_the_lockout(height: float) -> None:
    """Who does not come up leans forward; less surely than what is seen."""
    script = hinge(3, top=UPRIGHT, heights=(height,) * 3, before_s=3.0)
    seen, hidden = (
        observe_track(make_lifter(script, trouble=Trouble(hidden_s=joints)))
        for joints in ({}, {"right_knee": (10.2, 11.5)})
    )
    plain, told = (read(each, "hip_flexion_at_lockout")[1] for each in (seen, hidden))
    assert np.isnan(hidden.kinematics.angle_deg["trunk_thigh_flexion"]).any()
    assert plain.value == pytest.approx((1.0 - height) * HINGE_BOTTOM.hip_deg, abs=1.5)
    assert told.value == pytest.approx(plain.value, abs=5.0)


def test_a_trunk_that_lies_tells_no_lockout() -> None:
    n = times_of(lay_out([Rep()])).size
    angles = {"trunk_thigh_flexion": np.full(n, np.nan), "trunk_inclination": np.full(n, -86.0)}
    (unseen,) = read(make_observation([Rep()], angles=angles), "hip_flexion_at_lockout")
    assert not unseen.seen
    assert "hip" in unseen.reason


@pytest.mark.parametrize("shank_deg", [-22.0, 0.0, 22.0])
def test_the_shins_of_one_who_lies_on_a_bench(shank_deg: float) -> None:
    """Feet too far away lean the shins back, feet too near lean them forward."""
    top = replace(THRUST_TOP, shank_deg=shank_deg)
    got = values(_thrusts(top), "shank_inclination_at_lockout")
    assert got == pytest.approx([shank_deg] * 3, abs=EXACT_DEG)


def _thrusts(top: Pose, *, from_standing: bool = False) -> Observation:
    lying = replace(THRUST_BOTTOM, shank_deg=top.shank_deg + 4.0)
    plan = SetPlan(
        n=3, bottom=top, top=lying, tempo_s=(1.0, 0.8, 1.2, 0.3), before_s=0.5, after_s=0.5
    )
    before = Script(keys=(), first=lying)
    if from_standing:
        before = _lie_down(lying)
    return observe_set(make_set(plan, before=before))


def _lie_down(lying: Pose) -> Script:
    seat = Pose(trunk_deg=20, thigh_deg=-100, shank_deg=5)
    keys = (
        Key(duration_s=1.5, pose=UPRIGHT),
        Key(duration_s=2.0, pose=seat),
        Key(duration_s=1.5, pose=lying),
    )
    return Script(keys=keys, first=UPRIGHT)


def test_the_depth_of_a_repetition_is_a_share_of_the_deepest() -> None:
    depths = (0.8, 1.0, 0.5, 1.0, 0.9)
    seen = observe_set(hinge(5, depths=depths))
    assert values(seen, "depth_share") == pytest.approx(list(depths), abs=0.02)


def test_the_deepest_is_the_whole_and_not_the_usual_one() -> None:
    seen = make_observation([Rep(), Rep(depth=1.25), Rep(depth=0.5)])
    assert values(seen, "depth_share") == pytest.approx([0.8, 1.0, 0.4])


def test_without_any_depth_there_is_no_share_of_it() -> None:
    (got,) = read(make_observation([Rep(depth=float("nan"))]), "depth_share")
    assert not got.seen
    assert "hips" in got.reason


@pytest.mark.parametrize(
    "metric, joint, moment, what",
    [
        ("knee_to_hip_ratio", "right_knee", "bottom", "knee"),
        ("knee_to_hip_ratio", "right_shoulder", "bottom", "shoulder"),
        ("trunk_minus_shank", "right_ankle", "bottom", "foot"),
        ("trunk_minus_shank", "right_shoulder", "bottom", "shoulder"),
        ("shank_travel", "right_ankle", "bottom", "foot"),
        ("shank_travel", "right_ankle", "lockout", "foot"),
        ("neck_extension", "nose", "bottom", "head"),
        ("neck_extension", "right_ear", "lockout", "head"),
        ("thigh_inclination_at_bottom", "right_knee", "bottom", "knee"),
        ("hip_flexion_at_bottom", "right_knee", "bottom", "knee"),
        ("knee_flexion_at_bottom", "right_ankle", "bottom", "foot"),
        ("trunk_inclination_at_lockout", "right_hip", "lockout", "hip"),
        ("hip_flexion_at_lockout", "right_shoulder", "lockout", "shoulder"),
        ("shank_inclination_at_lockout", "right_knee", "lockout", "knee"),
    ],
)
def test_what_is_hidden_is_named(metric: str, joint: str, moment: str, what: str) -> None:
    """In the repetition in which it is hidden; the others are read as ever."""
    hidden_s = {"bottom": (7.0, 8.6), "lockout": (8.8, 10.4)}[moment]
    track = make_lifter(hinge(3), trouble=Trouble(hidden_s={joint: hidden_s}))
    first, second, third = read(observe_track(track), metric)
    assert not second.seen
    assert what in second.reason
    assert second.reason.endswith(f"out of sight at the {moment}")
    assert first.value == pytest.approx(third.value, abs=0.5)


def test_a_back_that_is_not_told_says_why() -> None:
    """Without standing nothing is there to measure from: that is the reason, not a hidden joint."""
    reasons = {
        each.reason
        for metric in ("lumbar_flexion_at_bottom", "lumbar_flexion_at_lockout")
        for each in read(_thrusts(THRUST_TOP), metric)
    }
    (reason,) = reasons
    assert "standing" in reason


def test_a_back_without_a_known_reason_still_has_one() -> None:
    n = times_of(lay_out([Rep()])).size
    angles = {"lumbar_flexion": np.full(n, np.nan)}
    (named,) = read(
        make_observation([Rep()], angles=angles, film=Film(back_reason="a loose shirt")),
        "lumbar_flexion_at_bottom",
    )
    (other,) = read(make_observation([Rep()], angles=angles), "lumbar_flexion_at_bottom")
    assert named.reason == "a loose shirt"
    assert other.reason.startswith("lumbar flexion is out of sight")


def test_a_difference_has_the_errors_of_both() -> None:
    """As squares, for two segments; some may fall out between two moments of one."""
    seen = _still(trunk_inclination=10.0, shank_inclination=2.0, trunk_thigh_flexion=90.0)
    apart, travel = (read(seen, metric)[0] for metric in ("trunk_minus_shank", "shank_travel"))
    assert (apart.value, travel.value) == pytest.approx((8.0, 0.0))
    assert apart.sd == pytest.approx(np.hypot(4.0, 4.0))
    assert 0.0 < travel.sd <= apart.sd


def test_an_angle_that_is_hardly_known_is_not_known() -> None:
    """An error of 36 degrees tells no upright shin from a slanted one."""
    sure, unsure = (
        read(make_observation([Rep()], film=Film(sd_deg=sd)), "shank_inclination_at_lockout")[0]
        for sd in (4.0, 36.0)
    )
    assert sure.seen
    assert not unsure.seen
    assert "foot" in unsure.reason


def test_a_depth_that_is_read_from_the_coarse_bend_is_less_sure() -> None:
    sure, coarse = (
        read(make_observation([Rep()], film=Film(signal=signal)), "depth_share")[0]
        for signal in ("trunk_thigh_flexion", "hip_bend")
    )
    assert sure.value == coarse.value == 1.0
    assert 0.0 < sure.sd < coarse.sd


def test_what_is_read_says_when() -> None:
    """The bottom a moment about its middle, the lockout all of it."""
    seen = observe_set(hinge(3))
    for repetition in seen.segmentation.repetitions:
        low = measure(METRICS["knee_flexion_at_bottom"], seen, repetition)
        high = measure(METRICS["hip_flexion_at_lockout"], seen, repetition)
        assert low.start_s < repetition.bottom_s < low.end_s
        assert low.end_s - low.start_s < 0.2
        assert high.start_s == pytest.approx(repetition.top_s, abs=0.05)
        assert high.end_s == pytest.approx(repetition.end_s, abs=0.05)
