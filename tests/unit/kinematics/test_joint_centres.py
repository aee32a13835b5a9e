"""Joint centres lie beside their landmarks by a share of the body, whichever way the body turns."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.kinematics.conventions import SEGMENTS
from hingewise.kinematics.joint_centres import Offsets, load_offsets, to_joint_centres
from hingewise.units import FloatArray

BODY_M = 1.4
POINT = {
    "ear": np.array([[0.10, 1.65], [0.80, 1.20]]),
    "shoulder": np.array([[0.05, 1.45], [0.60, 1.15]]),
    "elbow": np.array([[0.05, 1.15], [0.62, 0.85]]),
    "wrist": np.array([[0.10, 0.90], [0.65, 0.60]]),
    "hip": np.array([[0.00, 0.95], [0.12, 0.90]]),
    "knee": np.array([[0.02, 0.52], [0.05, 0.50]]),
    "ankle": np.array([[0.00, 0.10], [0.00, 0.10]]),
    "heel": np.array([[-0.06, 0.03], [-0.06, 0.03]]),
    "foot_index": np.array([[0.15, 0.01], [0.15, 0.01]]),
}
"""Standing, and bent forward."""

OFFSETS: Offsets = {
    "shoulder": {"trunk": (-0.02, 0.01), "upper_arm": (0.01, 0.0), "forearm": (0.0, 0.02)},
    "hip": {"trunk": (0.03, -0.01), "thigh": (0.0, 0.02)},
    "ankle": {"shank": (-0.03, -0.02), "foot": (0.02, 0.0)},
}


def moved(point: dict[str, FloatArray], offsets: Offsets = OFFSETS) -> dict[str, FloatArray]:
    return to_joint_centres(point, offsets, body_m=BODY_M)


def test_along_goes_to_the_upper_end_and_across_goes_backwards() -> None:
    """A trunk that stands: up is along it, and behind a body that faces +x lies -x."""
    point = POINT | {"hip": np.array([[0.0, 1.0]]), "shoulder": np.array([[0.0, 1.5]])}
    for offset, shift_m in (((0.02, 0.0), [0.0, 0.028]), ((0.0, 0.02), [-0.028, 0.0])):
        hip = moved(point, {"hip": {"trunk": offset}})["hip"]
        np.testing.assert_allclose(hip, [shift_m] + point["hip"], atol=1e-12)


def test_across_turns_with_the_segment() -> None:
    """A trunk that lies forward, level: its back is up."""
    point = POINT | {"hip": np.array([[0.0, 1.0]]), "shoulder": np.array([[0.5, 1.0]])}
    hip = moved(point, {"hip": {"trunk": (0.0, 0.02)}})["hip"]
    np.testing.assert_allclose(hip, [[0.0, 1.028]], atol=1e-12)


def test_the_shares_of_all_segments_of_a_joint_add() -> None:
    whole = moved(POINT)["hip"] - POINT["hip"]
    parts = [
        moved(POINT, {"hip": {segment: offset}})["hip"] - POINT["hip"]
        for segment, offset in OFFSETS["hip"].items()
    ]
    np.testing.assert_allclose(whole, sum(parts), atol=1e-12)
    assert np.abs(whole).max() > 0.01


def test_every_segment_is_taken_between_landmarks_and_not_between_moved_points() -> None:
    """Then the order of the joints in the table does not matter."""
    forth, back = moved(POINT), moved(POINT, dict(reversed(list(OFFSETS.items()))))
    for name in POINT:
        np.testing.assert_array_equal(forth[name], back[name])


@pytest.mark.parametrize("size", [0.5, 3.0])
def test_a_body_of_another_size_is_moved_in_proportion(size: float) -> None:
    larger = {name: size * points for name, points in POINT.items()}
    got = to_joint_centres(larger, OFFSETS, body_m=size * BODY_M)
    for name, points in moved(POINT).items():
        np.testing.assert_allclose(got[name], size * points, atol=1e-12)


@pytest.mark.parametrize("turn_deg", [30.0, 90.0, -140.0])
def test_a_body_that_is_turned_has_its_joints_turned(turn_deg: float) -> None:
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    turn, place = np.array([[c, s], [-s, c]]), np.array([3.0, -2.0])
    turned = {name: points @ turn + place for name, points in POINT.items()}
    for name, points in moved(turned).items():
        np.testing.assert_allclose(points, moved(POINT)[name] @ turn + place, atol=1e-12)


def test_a_mirrored_body_with_mirrored_offsets_has_its_joints_mirrored() -> None:
    flip = np.array([-1.0, 1.0])
    mirrored = {name: points * flip for name, points in POINT.items()}
    other = {
        joint: {segment: (along, -across) for segment, (along, across) in parts.items()}
        for joint, parts in OFFSETS.items()
    }
    for name, points in moved(mirrored, other).items():
        np.testing.assert_allclose(points, moved(POINT)[name] * flip, atol=1e-12)


def test_a_segment_that_is_not_seen_moves_nothing() -> None:
    """Without the wrist the forearm's share is left out, and the others stay."""
    hidden = POINT | {"wrist": np.full((2, 2), np.nan)}
    without = {k: v for k, v in OFFSETS["shoulder"].items() if k != "forearm"}
    np.testing.assert_array_equal(
        moved(hidden)["shoulder"], moved(POINT, {"shoulder": without})["shoulder"]
    )


def test_a_segment_of_no_length_moves_nothing() -> None:
    point = POINT | {"wrist": POINT["elbow"]}
    got = moved(point, {"shoulder": {"forearm": (0.02, 0.02)}})["shoulder"]
    np.testing.assert_array_equal(got, POINT["shoulder"])


def test_a_landmark_that_is_not_seen_stays_unseen_in_its_frames_only() -> None:
    point = POINT | {"hip": POINT["hip"].copy()}
    point["hip"][1] = np.nan
    hip = moved(point)["hip"]
    assert np.isnan(hip[1]).all()
    np.testing.assert_array_equal(hip[0], moved(POINT)["hip"][0])


def test_landmarks_are_not_changed_and_those_without_an_offset_stay() -> None:
    before = {name: points.copy() for name, points in POINT.items()}
    got = moved(POINT)
    assert tuple(got) == tuple(POINT)
    for name, points in POINT.items():
        np.testing.assert_array_equal(points, before[name])
        assert np.array_equal(got[name], points) == (name not in OFFSETS)


@pytest.mark.parametrize("estimator", ["exact", "openpose", ""])
def test_an_estimator_without_a_table_is_left_as_it_is(estimator: str) -> None:
    assert load_offsets(estimator) == {}
    for name, points in moved(POINT, load_offsets(estimator)).items():
        np.testing.assert_array_equal(points, POINT[name])


def test_the_table_that_is_shipped_names_joints_and_segments_and_moves_them_little() -> None:
    offsets = load_offsets("blazepose-full")
    assert offsets
    segments = {segment.name.removesuffix("_inclination") for segment in SEGMENTS}
    assert set(offsets) <= {end for s in SEGMENTS for end in (s.lower, s.upper)}
    for parts in offsets.values():
        assert parts
        assert set(parts) <= segments
        assert sum(np.hypot(*offset) for offset in parts.values()) < 0.10
