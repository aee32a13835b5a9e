"""Faults arrive in the truth with the strength they were given, repetition by repetition."""

import numpy as np
import pytest

from hingewise_validation.lifter.posing import pose_lifter
from hingewise_validation.lifter.skeleton import BonePoses
from hingewise_validation.motion.faults import apply_fault, load_faults
from hingewise_validation.motion.movement import Movement, list_movements, load_movement
from hingewise_validation.motion.sampling import MovementSamples, sample_movement
from hingewise_validation.truth.angles import Angles
from stick import SOLE_M, make_stick, true_angles

CASES = [(fault.id, movement) for fault in load_faults().values() for movement in sorted(fault.movements)]


def posed(movement: Movement) -> tuple[MovementSamples, BonePoses, Angles]:
    samples = sample_movement(movement, rate_hz=30, seed=1)
    poses = pose_lifter(make_stick(), samples, movement.stance, sole_height_m=SOLE_M)
    return samples, poses, true_angles(poses)


def with_fault(movement: str, fault: str, *strengths: float) -> Movement:
    loaded = load_movement(movement)
    return apply_fault(loaded, fault, strengths * loaded.n_repetitions if len(strengths) == 1 else strengths)


def in_repetition(samples: MovementSamples, number: int) -> np.ndarray:
    start_s, end_s = samples.repetition_starts_s[number - 1], samples.repetition_ends_s[number - 1]
    return (samples.time_s >= start_s) & (samples.time_s <= end_s)


def at_end_of(samples: MovementSamples, number: int, phase: str) -> int:
    (time,) = [each for each in samples.phases if each.number == number and each.name == phase]
    return min(int(np.searchsorted(samples.time_s, time.end_s)), samples.time_s.size - 1)


def test_every_fault_names_movements_that_exist() -> None:
    for fault in load_faults().values():
        assert fault.movements <= set(list_movements())
        assert fault.range[0] < fault.range[1]


@pytest.mark.parametrize(("fault", "movement"), CASES)
def test_every_fault_at_its_strongest_can_be_posed(fault: str, movement: str) -> None:
    loaded = with_fault(movement, fault, load_faults()[fault].range[1])
    samples = sample_movement(loaded, rate_hz=5, seed=1)
    poses = pose_lifter(make_stick(), samples, loaded.stance, sole_height_m=SOLE_M)

    assert np.all(np.isfinite(poses.heads_m))
    assert np.all(np.isfinite(poses.rotations))
    assert loaded.faults[0].id == fault


@pytest.mark.parametrize("movement", ["romanian_deadlift", "cable_pull_through", "good_morning"])
def test_lumbar_rounding_is_different_in_every_repetition(movement: str) -> None:
    count = load_movement(movement).n_repetitions
    strengths = tuple(15.0 * k for k in range(count))
    plain_samples, _, plain = posed(load_movement(movement))
    samples, _, rounded = posed(with_fault(movement, "lumbar_rounding", *strengths))

    for number, strength in enumerate(strengths, start=1):
        before = plain.lumbar_flexion_deg[in_repetition(plain_samples, number)].max()
        after = rounded.lumbar_flexion_deg[in_repetition(samples, number)].max()
        assert after - before == pytest.approx(strength, abs=2.0)


def test_squatting_makes_the_ratio_of_a_squat() -> None:
    _, _, angles = posed(with_fault("romanian_deadlift", "squatting", 1.0))
    assert angles.knee_flexion_deg.max() / angles.trunk_thigh_flexion_deg.max() > 0.8


def test_knees_forward_incline_the_shank_and_locked_knees_stay_straight() -> None:
    _, _, forward = posed(with_fault("cable_pull_through", "knees_forward", 1.0))
    assert forward.shank_inclination_deg.max() > 12
    _, _, locked = posed(with_fault("cable_pull_through", "locked_knees", 1.0))
    assert locked.knee_flexion_deg.max() < 5


@pytest.mark.parametrize(("fault", "strength", "low", "high"), [("soft_lockout", 20.0, 16, 24)])
def test_soft_lockout_leaves_the_hips_flexed(fault: str, strength: float, low: float, high: float) -> None:
    samples, _, angles = posed(with_fault("romanian_deadlift", fault, strength))
    assert low < angles.trunk_thigh_flexion_deg[at_end_of(samples, 2, "concentric")] < high


def test_hyperextension_leans_back() -> None:
    samples, _, angles = posed(with_fault("cable_pull_through", "lumbar_hyperextension", 20.0))
    top = at_end_of(samples, 2, "concentric")
    assert angles.trunk_inclination_deg[top] == pytest.approx(-19.0, abs=1.5)
    assert angles.lumbar_flexion_deg[top] == pytest.approx(-16.0, abs=1.0)


def test_arms_pull_in_the_concentric_as_far_as_asked() -> None:
    movement = with_fault("cable_pull_through", "arm_pulling", 60.0)
    samples, poses, _ = posed(movement)
    upper, lower = (
        poses.head(f"{b}.R") - poses.head(f"{a}.R") for a, b in (("upperarm01", "lowerarm01"), ("lowerarm01", "wrist"))
    )
    cosine = np.sum(upper * lower, axis=-1) / np.linalg.norm(upper, axis=-1) / np.linalg.norm(lower, axis=-1)
    elbow_deg = np.rad2deg(np.arccos(cosine))
    assert elbow_deg[in_repetition(samples, 2)].max() == pytest.approx(60 + 12, abs=8)


def test_swing_arms_before_the_hips() -> None:
    plain, early = (posed(m)[0] for m in (load_movement("swing"), with_fault("swing", "arms_early", 1.0)))
    for samples, order in ((plain, 1), (early, -1)):
        (phase,) = [p for p in samples.phases if p.number == 3 and p.name == "concentric"]
        inside = (samples.time_s >= phase.begin_s) & (samples.time_s <= phase.end_s)
        half = [
            np.abs(samples.channel(name)[inside] - samples.channel(name)[inside].mean()).argmin()
            for name in ("trunk_inclination_deg", "arm_inclination_deg")
        ]
        assert np.sign(half[1] - half[0]) == order


def test_feet_too_far_and_too_close_tilt_the_shanks() -> None:
    for fault, sign in (("feet_too_far", -1), ("feet_too_close", 1)):
        samples, _, angles = posed(with_fault("hip_thrust", fault, 0.12))
        shank_deg = angles.shank_inclination_deg[at_end_of(samples, 2, "concentric")]
        assert sign * shank_deg > 12


def test_a_short_thrust_has_no_lockout() -> None:
    samples, _, angles = posed(with_fault("hip_thrust", "thrust_short", 0.4))
    assert angles.trunk_thigh_flexion_deg[in_repetition(samples, 2)].min() > 20


def test_hips_that_rise_early_tip_the_trunk_forward() -> None:
    """By more than a product may take for the trunk of a good pull, which keeps its lean at first."""
    samples, _, angles = posed(with_fault("deadlift", "hips_rise_early", 1.0))
    begin = at_end_of(samples, 1, "bottom")
    third = begin + int(0.4 * 1.2 * 30)
    assert angles.trunk_inclination_deg[third] - angles.trunk_inclination_deg[begin] > 14
    assert angles.knee_flexion_deg[begin] - angles.knee_flexion_deg[third] > 25


def test_duration_faults() -> None:
    plain = posed(load_movement("romanian_deadlift"))[0]
    for fault, phase, strength, factor in (("rushed_eccentric", "eccentric", 0.6, 0.4), ("no_hold", "lockout", 1, 0)):
        hurried = posed(with_fault("romanian_deadlift", fault, strength))[0]
        lengths = [[p.end_s - p.begin_s for p in each.phases if p.name == phase] for each in (plain, hurried)]
        assert lengths[1] == pytest.approx([factor * length for length in lengths[0]])


def test_shallow_repetitions() -> None:
    plain, shallow = (posed(m)[2] for m in (load_movement("squat"), with_fault("squat", "shallow", 0.4)))
    assert shallow.knee_flexion_deg.max() == pytest.approx(0.6 * plain.knee_flexion_deg.max(), abs=4)


def test_knees_cave_in_and_the_feet_stay() -> None:
    plain, caving = (posed(m)[1] for m in (load_movement("squat"), with_fault("squat", "knees_caving", 15.0)))
    apart = [np.abs(p.head("lowerleg01.L") - p.head("lowerleg01.R"))[:, 0].min() for p in (plain, caving)]
    assert apart[1] < apart[0] - 0.06
    assert np.ptp(caving.head("foot.R"), axis=0).max() < 0.005


def test_the_body_shifts_over_one_foot_and_the_feet_stay() -> None:
    """At the bottom and nowhere else, away from the middle between the feet."""
    samples, poses, _ = posed(with_fault("squat", "uneven_weight", 9.0))
    middle = [(poses.head(f"{bone}.L") + poses.head(f"{bone}.R"))[:, 0] / 2 for bone in ("upperleg01", "foot")]
    beside_m = np.abs(middle[0] - middle[1])
    knee_deg = samples.channel("knee_flexion_deg")
    assert beside_m[np.argmax(knee_deg)] > 0.04
    assert beside_m[0] < 0.002
    for side in ("L", "R"):
        assert np.ptp(poses.head(f"foot.{side}"), axis=0).max() < 0.03


def test_the_bar_drifts_away_from_the_legs() -> None:
    plain, drifting = (
        posed(m)[1] for m in (load_movement("romanian_deadlift"), with_fault("romanian_deadlift", "bar_drifting", 20))
    )
    assert drifting.head("wrist.R")[:, 1].min() < plain.head("wrist.R")[:, 1].min() - 0.1


def test_drift_grows_over_the_set() -> None:
    plain_samples, _, plain = posed(load_movement("romanian_deadlift"))
    samples, _, angles = posed(with_fault("romanian_deadlift", "drift", 1.0))
    added = [
        angles.lumbar_flexion_deg[in_repetition(samples, n)].max()
        - plain.lumbar_flexion_deg[in_repetition(plain_samples, n)].max()
        for n in (1, 4)
    ]
    assert added[0] == pytest.approx(0.0, abs=0.5)
    assert added[1] > 8


def test_two_faults_compose() -> None:
    once = with_fault("romanian_deadlift", "lumbar_rounding", 20.0)
    both = apply_fault(once, "head_back", (30.0,) * 4)
    again = apply_fault(both, "lumbar_rounding", (10.0,) * 4)

    assert [fault.id for fault in again.faults] == ["lumbar_rounding", "head_back", "lumbar_rounding"]
    assert again.change(1).add["bottom"] == pytest.approx({"lumbar_flexion_deg": 30.0, "neck_extension_deg": 30.0})
    assert once.change(1).add["bottom"] == {"lumbar_flexion_deg": 20.0}


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot happen"):
        with_fault("squat", "arms_early", 1.0)
    with pytest.raises(ValueError, match="each of 4 repetitions, got 2"):
        apply_fault(load_movement("squat"), "shallow", (0.1, 0.2))
