"""The landmark model's answer: heatmaps refine, the mask is sampled, sides come out right."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.capture.reading import (
    HEATMAP_SIZE,
    INPUT_SIZE_PX,
    N_MODEL_POINTS,
    cut_windows,
    refine,
    sample_mask,
)
from hingewise.pose.dorsal import GRID_SHAPE
from hingewise.units import FloatArray, SampleArray

OFF, ON = -80.0, 80.0


def empty_heatmap() -> SampleArray:
    return np.full((HEATMAP_SIZE, HEATMAP_SIZE, N_MODEL_POINTS), OFF, np.float32)


def points_at(x: float, y: float) -> FloatArray:
    return np.tile([x, y], (N_MODEL_POINTS, 1))


def refine_with_heatmap(unit: FloatArray, heatmap: SampleArray) -> FloatArray:
    points = np.zeros((N_MODEL_POINTS, 5), np.float32)
    points[:, :2] = unit * INPUT_SIZE_PX
    return refine(points, cut_windows(points, heatmap))


def test_without_a_peak_landmarks_stay() -> None:
    unit = np.random.default_rng(3).random((N_MODEL_POINTS, 2)).astype(np.float32).astype(float)
    np.testing.assert_allclose(refine_with_heatmap(unit, empty_heatmap()), unit, rtol=1e-6)
    weak = np.full_like(empty_heatmap(), -0.01)
    np.testing.assert_allclose(refine_with_heatmap(unit, weak), unit, rtol=1e-6)


def test_a_single_peak_draws_its_landmark_and_no_other() -> None:
    heatmap = empty_heatmap()
    heatmap[21, 33, 7] = ON
    refined = refine_with_heatmap(points_at(32.4 / 64, 20.9 / 64), heatmap)
    np.testing.assert_allclose(refined[7], [33 / 64, 21 / 64], atol=1e-12)
    others = np.delete(refined, 7, axis=0)
    np.testing.assert_allclose(others, points_at(32.4 / 64, 20.9 / 64)[1:], rtol=1e-6)


def test_the_mean_is_weighted_by_probability() -> None:
    heatmap = empty_heatmap()
    heatmap[20, 30, 0] = np.log(0.6 / 0.4)
    heatmap[20, 32, 0] = np.log(0.2 / 0.8)
    heatmap[22, 30, 0] = np.log(0.2 / 0.8)
    refined = refine_with_heatmap(points_at(31 / 64, 21 / 64), heatmap)[0]
    np.testing.assert_allclose(refined * 64, [30.4, 20.4], atol=1e-6)


def test_the_window_reaches_three_cells() -> None:
    heatmap = empty_heatmap()
    heatmap[20, 30, 0] = heatmap[20, 33, 0] = heatmap[20, 34, 0] = ON
    refined = refine_with_heatmap(points_at(30.5 / 64, 20.5 / 64), heatmap)[0]
    np.testing.assert_allclose(refined * 64, [31.5, 20], atol=1e-9)


@pytest.mark.parametrize("cell", [(0, 0), (63, 63), (0, 63)])
def test_at_the_edge_only_cells_inside_count(cell: tuple[int, int]) -> None:
    column, row = cell
    heatmap = empty_heatmap()
    heatmap[row, column, :] = ON
    unit = points_at((column + 0.5) / 64, (row + 0.5) / 64)
    refined = refine_with_heatmap(unit, heatmap)
    np.testing.assert_allclose(refined, points_at(column / 64, row / 64), atol=1e-12)


def test_far_outside_the_crop_landmarks_stay() -> None:
    heatmap = np.full_like(empty_heatmap(), ON)
    unit = points_at(1.4, -0.5)
    np.testing.assert_allclose(refine_with_heatmap(unit, heatmap), unit, rtol=1e-6)


def test_many_frames_at_once_are_refined_as_each_alone() -> None:
    rng = np.random.default_rng(8)
    points = rng.uniform(20, 230, (3, N_MODEL_POINTS, 5)).astype(np.float32)
    heatmaps = rng.normal(0, 3, (3, HEATMAP_SIZE, HEATMAP_SIZE, N_MODEL_POINTS)).astype(np.float32)
    windows = np.stack([cut_windows(p, h) for p, h in zip(points, heatmaps, strict=True)])
    together = refine(points, windows)
    for number in range(3):
        np.testing.assert_allclose(
            together[number], refine(points[number], windows[number]), rtol=1e-12
        )


def test_the_mask_is_sampled_between_its_pixels() -> None:
    y, x = (np.mgrid[:64, :64] + 0.5) / 64
    mask = (3 * x - 2 * y).astype(np.float32)
    grid = np.array([[0.004, 0.002, 0.2], [-0.001, 0.02, 0.3]])
    column, row = np.meshgrid(np.arange(GRID_SHAPE[1]), np.arange(GRID_SHAPE[0]))
    u, v = (k[0] * column + k[1] * row + k[2] for k in grid)
    np.testing.assert_allclose(sample_mask(mask, grid), 3 * u - 2 * v, atol=0.002)
