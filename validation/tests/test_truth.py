import numpy as np
import pytest

from hingewise_validation.lifter.rotations import FloatArray, rotation_x
from hingewise_validation.motion.sampling import ramped_progress
from hingewise_validation.truth.angles import (
    PHASE_THRESHOLD_DEG,
    compute_angles,
    segment_bottom_repetitions,
    segment_repetitions,
)


def leg_and_trunk(shank_deg: float, thigh_deg: float, trunk_deg: float) -> dict[str, FloatArray]:
    """Joints of one frame with the given inclinations; lateral offsets must not matter."""
    joints_m = {"ankle": np.array([[0.1, 0.0, 0.1]])}
    for below, joint, angle_deg in (
        ("ankle", "knee", shank_deg),
        ("knee", "hip", thigh_deg),
        ("hip", "shoulder", trunk_deg),
    ):
        segment = rotation_x(angle_deg) @ np.array([0.0, 0.0, 0.4])
        joints_m[joint] = joints_m[below] + segment + np.array([0.03, 0.0, 0.0])
    return joints_m


def test_angles_of_a_hinge() -> None:
    still = np.eye(3)[None]
    angles = compute_angles(leg_and_trunk(2.0, -20.0, 75.0), still, still, quiet=slice(0, 1))

    assert angles.trunk_inclination_deg == pytest.approx([75.0])
    assert angles.thigh_inclination_deg == pytest.approx([-20.0])
    assert angles.knee_flexion_deg == pytest.approx([22.0])
    assert angles.trunk_thigh_flexion_deg == pytest.approx([95.0])


def test_trunk_thigh_flexion_of_a_lying_lifter_does_not_jump() -> None:
    still = np.eye(3)[None]
    angles = compute_angles(leg_and_trunk(10.0, 175.0, -179.0), still, still, quiet=slice(0, 1))

    assert angles.trunk_thigh_flexion_deg == pytest.approx([6.0])


def test_lumbar_flexion_is_the_change_against_the_quiet_part() -> None:
    pelvis = rotation_x(np.array([0.0, 0.0, 70.0]))
    thorax = rotation_x(np.array([3.0, 3.0, 83.0]))
    joints_m = {name: np.repeat(xyz, 3, axis=0) for name, xyz in leg_and_trunk(0.0, 0.0, 0.0).items()}

    angles = compute_angles(joints_m, pelvis, thorax, quiet=slice(0, 2))

    assert angles.lumbar_flexion_deg == pytest.approx([0.0, 0.0, 10.0], abs=1e-9)


def hinge(time_s: FloatArray, begin_s: float) -> FloatArray:
    """100 deg of flexion: 2 s down, 1 s at the bottom, 1 s up; linear enough to compute by hand."""
    down = ramped_progress(np.clip((time_s - begin_s) / 2, 0, 1), 0.001)
    up = ramped_progress(np.clip(time_s - begin_s - 3, 0, 1), 0.001)
    return 100 * (down - up)


def test_phases_are_found_between_the_frames() -> None:
    time_s = np.arange(300) / 30
    flexion_deg = 2 + hinge(time_s, 1.0) + hinge(time_s, 5.5)
    windows_s = [(1.0, 5.5), (5.5, 9.9)]

    first, second = segment_repetitions(time_s, flexion_deg, windows_s)

    share = PHASE_THRESHOLD_DEG / 100
    assert first.start_s == pytest.approx(1 + 2 * share, abs=0.01)
    assert first.bottom_start_s == pytest.approx(3 - 2 * share, abs=0.01)
    assert first.bottom_end_s == pytest.approx(4 + share, abs=0.01)
    assert first.top_s == pytest.approx(5 - share, abs=0.01)
    assert first.end_s == second.start_s
    assert second.end_s == 9.9


def test_repetition_from_the_bottom_has_no_eccentric() -> None:
    time_s = np.arange(210) / 30
    flexion_deg = 100 - hinge(time_s, 1.0)

    (repetition,) = segment_bottom_repetitions(time_s, flexion_deg, [(1.0, 6.0)])

    assert (repetition.bottom_start_s, repetition.bottom_s) == (None, None)
    assert repetition.start_s == repetition.bottom_end_s == pytest.approx(1.06, abs=0.01)
    assert repetition.top_s == pytest.approx(2.94, abs=0.01)
    assert repetition.end_s == pytest.approx(4.03, abs=0.01)
