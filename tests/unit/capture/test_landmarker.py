"""The landmark model's answer, made up, back in the picture."""

from __future__ import annotations

import math
from typing import cast

import numpy as np
import pytest

from hingewise.capture.interpreter import Network
from hingewise.capture.landmarker import (
    HEATMAP_SIZE,
    INPUT_SIZE_PX,
    N_MODEL_POINTS,
    Landmarker,
    refine_with_heatmap,
)
from hingewise.capture.picture import ByteArray, Picture
from hingewise.capture.region import REGION_SCALE, Region
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS
from hingewise.units import FloatArray, SampleArray

OFF, ON = -80.0, 80.0


def empty_heatmap() -> SampleArray:
    return np.full((HEATMAP_SIZE, HEATMAP_SIZE, N_MODEL_POINTS), OFF, np.float32)


def points_at(x: float, y: float) -> FloatArray:
    return np.tile([x, y], (N_MODEL_POINTS, 1))


def test_without_a_peak_landmarks_stay() -> None:
    unit = np.random.default_rng(3).random((N_MODEL_POINTS, 2))
    np.testing.assert_array_equal(refine_with_heatmap(unit, empty_heatmap()), unit)
    weak = np.full_like(empty_heatmap(), -0.01)
    np.testing.assert_array_equal(refine_with_heatmap(unit, weak), unit)


def test_a_single_peak_draws_its_landmark_and_no_other() -> None:
    heatmap = empty_heatmap()
    heatmap[21, 33, 7] = ON
    refined = refine_with_heatmap(points_at(32.4 / 64, 20.9 / 64), heatmap)
    np.testing.assert_allclose(refined[7], [33 / 64, 21 / 64], atol=1e-12)
    others = np.delete(refined, 7, axis=0)
    np.testing.assert_array_equal(others, points_at(32.4 / 64, 20.9 / 64)[1:])


def test_the_mean_is_weighted_by_probability() -> None:
    heatmap = empty_heatmap()
    heatmap[20, 30, 0] = math.log(0.6 / 0.4)
    heatmap[20, 32, 0] = math.log(0.2 / 0.8)
    heatmap[22, 30, 0] = math.log(0.2 / 0.8)
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
    np.testing.assert_array_equal(refine_with_heatmap(unit, heatmap), unit)


class MadeUpNetwork:
    """Answers with landmarks in the unit square of the region."""

    def __init__(self) -> None:
        rng = np.random.default_rng(5)
        self.unit = rng.uniform(0.2, 0.8, (N_MODEL_POINTS, 2))
        self.unit[[11, 12]] = [0.5, 0.3]
        self.unit[[23, 24]] = [0.5, 0.6]
        self.unit[33], self.unit[34] = [0.5, 0.6], [0.5, 0.2]
        self.logits = np.full((N_MODEL_POINTS, 2), 3.0)
        self.presence = 0.9
        self.world = rng.normal(size=(N_MODEL_POINTS, 3)).astype(np.float32)
        self.mask = np.full((1, 256, 256, 1), -10, np.float32)
        self.mask[:, :, 96:160] = 10

    def run(self, crop: ByteArray) -> list[SampleArray]:
        assert crop.shape == (INPUT_SIZE_PX, INPUT_SIZE_PX, 3)
        raw = np.zeros((N_MODEL_POINTS, 5), np.float32)
        raw[:, :2] = self.unit * INPUT_SIZE_PX
        raw[:, 3:] = self.logits
        flag = np.array([[self.presence]], np.float32)
        return [
            raw.reshape(1, -1),
            flag,
            self.mask,
            empty_heatmap()[np.newaxis],
            self.world.reshape(1, -1),
        ]


PICTURE = Picture(
    luma=np.full((400, 600), 100, np.uint8),
    chroma_u=np.full((200, 300), 128, np.uint8),
    chroma_v=np.full((200, 300), 128, np.uint8),
    stored_from_upright=np.eye(2, 3),
    upright_size_px=(600, 400),
)
REGION = Region(centre_x_px=300, centre_y_px=200, size_px=256, rotation_rad=0.0)


def measure(network: MadeUpNetwork, region: Region = REGION) -> object:
    return Landmarker(cast(Network, network)).measure(PICTURE, region)


@pytest.mark.parametrize("turn", [0.0, 0.7, -2.0, math.pi])
def test_landmarks_lie_where_the_region_lies(turn: float) -> None:
    network = MadeUpNetwork()
    region = Region(centre_x_px=310, centre_y_px=220, size_px=180, rotation_rad=turn)
    pose = Landmarker(cast(Network, network)).measure(PICTURE, region)
    assert pose is not None
    cos, sin = math.cos(turn), math.sin(turn)
    offset = (network.unit[:33] - 0.5) * 180
    expected = np.stack(
        [
            310 + cos * offset[:, 0] - sin * offset[:, 1],
            220 + sin * offset[:, 0] + cos * offset[:, 1],
        ],
        axis=1,
    )
    np.testing.assert_allclose(pose.position_px, expected, atol=1e-4)
    assert pose.position_px.shape == (len(BLAZEPOSE_KEYPOINTS), 2)
    assert pose.next_region.centre_x_px == pytest.approx(310 - sin * 18, abs=1e-3)
    assert pose.next_region.size_px == pytest.approx(2 * 0.4 * 180 * REGION_SCALE, abs=1e-3)
    assert math.remainder(pose.next_region.rotation_rad - turn, math.tau) == pytest.approx(
        0, abs=1e-5
    )


def test_world_landmarks_turn_with_the_region_and_keep_their_depth() -> None:
    network = MadeUpNetwork()
    region = Region(centre_x_px=300, centre_y_px=200, size_px=200, rotation_rad=math.pi / 2)
    pose = Landmarker(cast(Network, network)).measure(PICTURE, region)
    assert pose is not None
    expected = np.stack(
        [-network.world[:33, 1], network.world[:33, 0], network.world[:33, 2]], axis=1
    )
    np.testing.assert_allclose(pose.world_m, expected, atol=1e-6)


def test_nobody_there_is_none() -> None:
    network = MadeUpNetwork()
    for presence in (0.49, float("nan")):
        network.presence = presence
        assert measure(network) is None


def test_confidence_is_the_lesser_of_visible_and_present() -> None:
    network = MadeUpNetwork()
    network.logits[:] = [3.0, -1.0]
    network.logits[11] = [-2.0, 5.0]
    pose = Landmarker(cast(Network, network)).measure(PICTURE, REGION)
    assert pose is not None
    assert pose.confidence[0] == pytest.approx(1 / (1 + math.exp(1)))
    assert pose.confidence[11] == pytest.approx(1 / (1 + math.exp(2)))


def test_the_outline_lies_where_the_mask_ends() -> None:
    pose = Landmarker(cast(Network, MadeUpNetwork())).measure(PICTURE, REGION)
    assert pose is not None
    # The mask covers columns 96 to 159 of 256; the region begins at x = 172 px.
    np.testing.assert_allclose(
        np.sort(pose.silhouette_px[:, :, 0].mean(axis=1)), [268, 332], atol=0.6
    )
