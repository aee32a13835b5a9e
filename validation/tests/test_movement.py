from dataclasses import replace

import numpy as np
import pytest

from hingewise_validation.motion.movement import RepetitionChange, list_movements, load_movement
from hingewise_validation.motion.sampling import ramped_progress, sample_movement


@pytest.mark.parametrize("name", list_movements())
def test_every_movement_of_the_package_is_sampled(name: str) -> None:
    movement = load_movement(name)
    samples = sample_movement(movement, rate_hz=30, seed=1)

    assert len(samples.repetition_starts_s) == len(samples.repetition_ends_s) == movement.n_repetitions
    assert np.all(np.isfinite(samples.values))
    assert np.diff(samples.time_s) == pytest.approx(1 / 30)


def test_unknown_movement_is_named_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"cable_pull_through.*'cartwheel'"):
        load_movement("cartwheel")


@pytest.mark.parametrize("ramp_fraction", [0.05, 0.2, 0.5])
def test_progress_goes_smoothly_from_rest_to_rest(ramp_fraction: float) -> None:
    progress = ramped_progress(np.linspace(0, 1, 1001), ramp_fraction)

    assert (progress[0], progress[500], progress[-1]) == pytest.approx((0.0, 0.5, 1.0))
    assert np.all(np.diff(progress) >= 0)
    assert progress[1] < 1e-4


def test_same_seed_same_set_and_other_seed_other_set() -> None:
    movement = load_movement("cable_pull_through")
    first, same, other = (sample_movement(movement, rate_hz=30, seed=seed) for seed in (1, 1, 2))

    assert np.array_equal(first.values, same.values)
    assert first.repetition_ends_s != other.repetition_ends_s


def test_depth_and_tempo_stay_within_the_variability() -> None:
    movement = load_movement("cable_pull_through")
    samples = sample_movement(movement, rate_hz=30, seed=3)
    nominal_s = sum(phase.duration_s for phase in movement.phases)
    trunk_deg = samples.channel("trunk_inclination_deg")
    deepest = movement.postures["bottom"]["trunk_inclination_deg"]

    for start_s, end_s in zip(samples.repetition_starts_s, samples.repetition_ends_s, strict=True):
        assert abs((end_s - start_s) / nominal_s - 1) <= movement.variability.tempo_fraction
        inside = (samples.time_s >= start_s) & (samples.time_s <= end_s)
        limit_deg = movement.variability.depth_deg + movement.variability.sway_deg + 0.1
        assert abs(trunk_deg[inside].max() - deepest) <= limit_deg


def test_posture_with_a_missing_channel_is_refused() -> None:
    movement = load_movement("squat")
    with pytest.raises(ValueError, match="elbow_flexion_deg"):
        incomplete = {k: v for k, v in movement.postures["bottom"].items() if k != "elbow_flexion_deg"}
        replace(movement, postures={**movement.postures, "bottom": incomplete})


def test_optional_channels_follow_the_near_side_or_are_zero() -> None:
    samples = sample_movement(load_movement("squat"), rate_hz=10, seed=1)

    assert np.array_equal(samples.channel("far_arm_inclination_deg"), samples.channel("arm_inclination_deg"))
    assert not samples.channel("valgus_deg").any()


def test_a_partial_repetition_goes_that_share_of_the_way() -> None:
    movement = load_movement("cable_pull_through")
    changes = {2: RepetitionChange(depth_fraction=0.5)}
    samples = sample_movement(replace(movement, changes=changes), rate_hz=30, seed=3)
    trunk_deg = samples.channel("trunk_inclination_deg")
    deepest = [
        trunk_deg[(samples.time_s >= start_s) & (samples.time_s <= end_s)].max()
        for start_s, end_s in zip(samples.repetition_starts_s, samples.repetition_ends_s, strict=True)
    ]

    assert changes[2].partial
    assert deepest[1] == pytest.approx(38.0, abs=4.0)
    assert min(deepest[0], *deepest[2:]) > 70


def test_a_pause_stops_the_way_down() -> None:
    movement = load_movement("cable_pull_through")
    paused = replace(movement, changes={1: RepetitionChange(pauses={"eccentric": (0.5, 1.0)})})
    plain, still = (sample_movement(each, rate_hz=30, seed=3) for each in (movement, paused))
    inside = (still.time_s > still.repetition_starts_s[0]) & (still.time_s < still.repetition_starts_s[0] + 4)
    knee_deg = still.channel("knee_flexion_deg")[inside]

    assert still.time_s[-1] - plain.time_s[-1] == pytest.approx(1.0, abs=0.05)
    assert np.sum(np.abs(np.diff(knee_deg[:-5])) < 1e-9) >= 28


def test_tiredness_makes_later_repetitions_slower_and_shallower() -> None:
    movement = load_movement("romanian_deadlift")
    tired = replace(
        movement.variability, tempo_fraction=0, depth_deg=0, tired_tempo_fraction=0.5, tired_depth_fraction=0.3
    )
    samples = sample_movement(replace(movement, variability=tired), rate_hz=30, seed=1)
    durations_s = np.subtract(samples.repetition_ends_s, samples.repetition_starts_s)

    assert durations_s[-1] == pytest.approx(1.5 * durations_s[0])
    late = samples.time_s > samples.repetition_starts_s[-1]
    assert samples.channel("knee_flexion_deg")[late].max() == pytest.approx(4 + 0.7 * 16, abs=0.5)


def test_the_quiet_part_of_a_walk_in_is_where_the_lifter_stands() -> None:
    samples = sample_movement(load_movement("pick_up"), rate_hz=30, seed=1)
    walk_in, walk_out = samples.walks

    assert walk_in.begin_s < samples.quiet_s[0] < samples.quiet_s[1] < walk_out.begin_s
    assert samples.repetition_starts_s == ()


def test_a_deadlift_bends_for_the_bar_first() -> None:
    movement = load_movement("deadlift")
    samples = sample_movement(movement, rate_hz=30, seed=1)
    standing = samples.channel("trunk_inclination_deg")[samples.time_s < movement.quiet_before_s]

    assert np.all(np.abs(standing) < 2)
    assert samples.held_from_s == samples.repetition_starts_s[0]
    assert samples.repetition_starts_s[1:] == samples.repetition_ends_s[:-1]
