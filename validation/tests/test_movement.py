from dataclasses import replace

import numpy as np
import pytest

from hingewise_validation.motion.movement import list_movements, load_movement, ramped_progress, sample_movement


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
