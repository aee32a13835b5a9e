import numpy as np
import pytest

from hingewise_validation.lifter.rotations import align, axis_angle, inclination_deg, rotation_x, rotation_z, unit


def test_positive_rotation_about_the_left_axis_leans_forward() -> None:
    leaned = rotation_x(30.0) @ np.array([0.0, 0.0, 1.0])

    assert inclination_deg(np.zeros(3), leaned) == pytest.approx(30.0)


def test_positive_rotation_about_the_vertical_turns_the_front_to_the_left() -> None:
    assert rotation_z(90.0) @ np.array([0.0, -1.0, 0.0]) == pytest.approx([1.0, 0.0, 0.0])


def test_align_takes_every_source_to_its_target() -> None:
    rng = np.random.default_rng(0)
    source, target = unit(rng.standard_normal((20, 3))), unit(rng.standard_normal((20, 3)))

    rotations = align(source, target)

    assert np.einsum("tij,tj->ti", rotations, source) == pytest.approx(target)
    assert np.linalg.det(rotations) == pytest.approx(np.ones(20))


def test_axis_angle_agrees_with_the_rotation_about_the_left_axis() -> None:
    assert axis_angle(np.array([1.0, 0.0, 0.0]), 40.0) == pytest.approx(rotation_x(40.0))
