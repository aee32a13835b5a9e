"""The outline of the back, read from masks whose outline is known exactly."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.capture.reading import sample_mask
from hingewise.pose.dorsal import (
    GRID_SHAPE,
    MIN_OUTLINE_POINTS,
    N_CONTOUR_POINTS,
    N_TRUNK_POINTS,
    RAY_LENGTH,
    Back,
    back_profile,
    find_outline,
    place_profile,
    ray_grid,
)
from hingewise.units import FloatArray, SampleArray

SIZE = 256
CENTRE = np.array([0.5, 0.5])
ALONG = np.arange(N_CONTOUR_POINTS) / (N_TRUNK_POINTS - 1)


def trace_silhouette(mask: SampleArray, shoulder: FloatArray, hip: FloatArray) -> FloatArray:
    """One frame's outline, as the tracker finds it. Shape (2, C, 2)."""
    grid = ray_grid((shoulder[0], shoulder[1]), (hip[0], hip[1]))
    rays = np.full(GRID_SHAPE, np.nan, np.float32) if grid is None else sample_mask(mask, grid)
    (outline,) = find_outline(rays[np.newaxis], shoulder[np.newaxis], hip[np.newaxis])
    return np.asarray(outline, dtype=np.float64)


def ellipse_mask(half_width: float, half_height: float, turn_deg: float = 0.0) -> SampleArray:
    """Logits that are zero exactly on an ellipse about the middle of the unit square."""
    y, x = (np.mgrid[:SIZE, :SIZE] + 0.5) / SIZE
    cos, sin = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    u = cos * (x - 0.5) + sin * (y - 0.5)
    v = -sin * (x - 0.5) + cos * (y - 0.5)
    level = 8 * (1 - (u / half_width) ** 2 - (v / half_height) ** 2)
    return np.asarray(level, dtype=np.float32)


def above(way: float) -> FloatArray:
    return np.asarray(CENTRE - np.array([0.0, way]))


def below(way: float) -> FloatArray:
    return np.asarray(CENTRE + np.array([0.0, way]))


def turned(point: tuple[float, float], turn_deg: float) -> FloatArray:
    cos, sin = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    x, y = point
    return np.asarray(CENTRE + np.array([cos * x - sin * y, sin * x + cos * y]))


def distances(outline: FloatArray, shoulder: FloatArray, hip: FloatArray) -> FloatArray:
    """Distance of the outline from the shoulder-hip line, in its lengths. Shape (2, C)."""
    start = shoulder + ALONG[:, np.newaxis] * (hip - shoulder)
    return np.asarray(np.linalg.norm(outline - start, axis=2) / np.linalg.norm(hip - shoulder))


@pytest.mark.parametrize("turn_deg", [0.0, 20.0, 90.0, 135.0, -70.0])
@pytest.mark.parametrize("offset", [0.0, 0.03])
def test_distances_to_an_ellipse_are_exact(turn_deg: float, offset: float) -> None:
    half_width, half_height, half_trunk = 0.12, 0.3, 0.17
    shoulder, hip = turned((offset, -half_trunk), turn_deg), turned((offset, half_trunk), turn_deg)
    outline = trace_silhouette(ellipse_mask(half_width, half_height, turn_deg), shoulder, hip)
    edge = half_width * np.sqrt(1 - ((2 * ALONG - 1) * half_trunk / half_height) ** 2)
    expected = np.stack([edge - offset, edge + offset]) / (2 * half_trunk)
    np.testing.assert_allclose(distances(outline, shoulder, hip), expected, atol=0.005)


def test_the_first_side_is_the_left_hand_of_one_who_looks_from_shoulder_to_hip() -> None:
    outline = trace_silhouette(ellipse_mask(0.1, 0.3), above(0.15), below(0.15))
    assert outline.shape == (2, N_CONTOUR_POINTS, 2)
    assert (outline[0, :, 0] > 0.5).all()
    assert (outline[1, :, 0] < 0.5).all()
    np.testing.assert_allclose(outline[0, [0, N_TRUNK_POINTS - 1], 1], [0.35, 0.65])


def test_the_mirror_image_has_the_mirrored_outline_with_the_sides_exchanged() -> None:
    mask = ellipse_mask(0.12, 0.3, 15) + 3 * ellipse_mask(0.05, 0.1, -40)
    shoulder, hip = np.array([0.48, 0.36]), np.array([0.53, 0.63])
    outline = trace_silhouette(mask, shoulder, hip)
    flip = np.array([1.0, 0.0]), np.array([-1.0, 1.0])
    mirrored = trace_silhouette(
        np.ascontiguousarray(mask[:, ::-1]), flip[0] + flip[1] * shoulder, flip[0] + flip[1] * hip
    )
    np.testing.assert_allclose(flip[0] + flip[1] * mirrored[::-1], outline, atol=1e-6)


def test_a_bulge_of_the_back_moves_its_side_only() -> None:
    y, x = (np.mgrid[:SIZE, :SIZE] + 0.5) / SIZE
    bulge = 0.03 * np.exp(-(((y - 0.5) / 0.05) ** 2))
    plain = (400 * (0.1 - np.abs(x - 0.5))).astype(np.float32)
    bent = (400 * np.minimum(0.1 + bulge - (x - 0.5), 0.1 + (x - 0.5))).astype(np.float32)
    shoulder, hip = above(0.15), below(0.15)
    change = distances(trace_silhouette(bent, shoulder, hip), shoulder, hip) - distances(
        trace_silhouette(plain, shoulder, hip), shoulder, hip
    )
    expected = 0.03 * np.exp(-((((ALONG - 0.5) * 0.3) / 0.05) ** 2)) / 0.3
    np.testing.assert_allclose(change[0], expected, atol=0.005)
    np.testing.assert_allclose(change[1], 0, atol=1e-6)


def test_a_ray_that_starts_outside_the_body_is_nan() -> None:
    mask = ellipse_mask(0.12, 0.1)
    outline = trace_silhouette(mask, above(0.2), below(0.2))
    inside = np.abs((2 * ALONG - 1) * 0.2) < 0.1
    np.testing.assert_array_equal(np.isfinite(outline).all(axis=(0, 2)), inside)


def test_a_ray_that_does_not_leave_the_body_is_nan() -> None:
    half_trunk = 0.1
    for reach, seen in ((0.95, True), (1.05, False)):
        mask = ellipse_mask(RAY_LENGTH * 2 * half_trunk * reach, 10)
        outline = trace_silhouette(mask, above(half_trunk), below(half_trunk))
        assert np.isfinite(outline[:, N_TRUNK_POINTS // 2]).all() == seen


def test_beyond_the_mask_there_is_no_body() -> None:
    everywhere = np.full((SIZE, SIZE), 10, np.float32)
    outline = trace_silhouette(everywhere, np.array([0.9, 0.3]), np.array([0.9, 0.6]))
    right, left = outline
    np.testing.assert_allclose(right[:, 0], 1.0, atol=0.01)
    assert np.isnan(left).all()


@pytest.mark.parametrize(
    "shoulder, hip",
    [((0.5, 0.5), (0.5, 0.5)), ((np.nan, 0.3), (0.5, 0.5)), ((0.5, 0.3), (0.5, np.inf))],
)
def test_without_a_trunk_there_is_no_grid(
    shoulder: tuple[float, float], hip: tuple[float, float]
) -> None:
    assert ray_grid(shoulder, hip) is None


def test_a_frame_without_a_mask_has_no_outline_and_leaves_the_others_theirs() -> None:
    shoulder, hip = above(0.15), below(0.15)
    grid = ray_grid((0.5, 0.35), (0.5, 0.65))
    assert grid is not None
    seen = sample_mask(ellipse_mask(0.1, 0.3), grid)
    rays = np.stack([np.full(GRID_SHAPE, np.nan, np.float32), seen])
    outline = find_outline(rays, np.stack([shoulder] * 2), np.stack([hip] * 2))
    assert np.isnan(outline[0]).all()
    np.testing.assert_array_equal(
        outline[1], trace_silhouette(ellipse_mask(0.1, 0.3), shoulder, hip)
    )


def test_below_the_hip_the_line_may_leave_the_body_and_the_outline_lies_inside_of_it() -> None:
    """As in a deep bend: the buttocks end before the rays do."""
    y, x = (np.mgrid[:SIZE, :SIZE] + 0.5) / SIZE
    edge = np.where(y < 0.66, 0.06, 0.06 - 1.5 * (y - 0.66))
    mask = (400 * np.minimum(edge - (x - 0.5), 0.2 + (x - 0.5))).astype(np.float32)
    outline = trace_silhouette(mask, above(0.15), below(0.15))
    from_line = (outline[0, :, 0] - 0.5) / 0.3
    expected = np.interp(0.35 + ALONG * 0.3, [0.0, 0.66, 0.9], [0.2, 0.2, (0.06 - 0.36) / 0.3])
    np.testing.assert_allclose(from_line, expected, atol=0.02)
    assert from_line[-1] < 0.0


def make_back(distance: FloatArray, *, turn_deg: float = 0.0, side: float = 1.0) -> Back:
    """An outline at these distances (C,) from a trunk of 100 px, in one frame."""
    turn = np.radians(turn_deg)
    down, out = np.array([-np.sin(turn), np.cos(turn)]), np.array([np.cos(turn), np.sin(turn)])
    shoulder = np.array([200.0, 150.0])
    points = shoulder + 100 * (ALONG[:, None] * down + side * distance[:, None] * out)
    return Back(
        outline_px=points[np.newaxis].astype(np.float32),
        shoulder_px=shoulder[np.newaxis],
        hip_px=(shoulder + 100 * down)[np.newaxis],
    )


SHAPE = 0.2 + 0.1 * np.sin(3 * ALONG) - 0.5 * np.maximum(ALONG - 1.0, 0.0) * 4


@pytest.mark.parametrize("turn_deg", [0.0, 60.0, 170.0])
@pytest.mark.parametrize("side", [1.0, -1.0])
def test_the_profile_is_the_distance_from_the_line_outwards(turn_deg: float, side: float) -> None:
    (profile,) = back_profile(make_back(SHAPE, turn_deg=turn_deg, side=side))
    np.testing.assert_allclose(profile, SHAPE, atol=1e-5)


def test_single_missing_points_follow_their_neighbours_and_many_give_nothing() -> None:
    some, many = SHAPE.copy(), SHAPE.copy()
    some[[7, 30]] = np.nan
    many[: N_CONTOUR_POINTS - MIN_OUTLINE_POINTS + 1] = np.nan
    np.testing.assert_allclose(back_profile(make_back(some))[0, :30], SHAPE[:30], atol=0.002)
    assert np.isnan(back_profile(make_back(many))).all()


@pytest.mark.parametrize("side", [1.0, -1.0])
def test_a_profile_is_placed_where_it_was_read(side: float) -> None:
    """On whichever side of the line the back is; and nowhere where nothing tells that."""
    shoulder, hip = np.array([300.0, 200.0]), np.array([220.0, 420.0])
    axis = hip - shoulder
    across = side * np.array([axis[1], -axis[0]])
    profile = 0.2 + 0.05 * np.sin(4.0 * ALONG)
    outline = shoulder + ALONG[:, None] * axis + profile[:, None] * across
    back = Back(
        outline_px=outline[None].astype(np.float32),
        shoulder_px=shoulder[None],
        hip_px=hip[None],
    )
    (read,) = back_profile(back)
    placed = place_profile(read, shoulder, hip, beside_px=outline)
    assert placed == pytest.approx(outline, abs=0.01)
    unseen = np.full((5, 2), np.nan)
    assert np.isnan(place_profile(read, shoulder, hip, beside_px=unseen)).all()
