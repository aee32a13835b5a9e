"""The person detector: anchors, letterbox and merging, with the network's answer made up."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from hingewise.capture.detector import INPUT_SIZE_PX, PersonDetector, letterbox, make_anchors
from hingewise.capture.interpreter import Network
from hingewise.capture.picture import ByteArray, Picture
from hingewise.capture.region import REGION_SCALE
from hingewise.units import FloatArray, SampleArray

WIDTH, HEIGHT = 1000, 600


def grey_picture() -> Picture:
    return Picture(
        luma=np.full((HEIGHT, WIDTH), 120, np.uint8),
        chroma_u=np.full((HEIGHT // 2, WIDTH // 2), 128, np.uint8),
        chroma_v=np.full((HEIGHT // 2, WIDTH // 2), 128, np.uint8),
        stored_from_upright=np.eye(2, 3),
        upright_size_px=(WIDTH, HEIGHT),
    )


class MadeUpNetwork:
    """Answers with the proposals it was given, each at one anchor."""

    def __init__(self) -> None:
        self.boxes = np.zeros((1, 2254, 12), np.float32)
        self.logits = np.full((1, 2254, 1), -100, np.float32)
        self.seen: ByteArray | None = None

    def propose(
        self, anchor: int, logit: float, hip: tuple[float, float], edge: tuple[float, float]
    ) -> None:
        """Propose a person with these points in upright pixels."""
        side = max(WIDTH, HEIGHT)
        pad = np.array([(side - WIDTH) / 2, (side - HEIGHT) / 2])
        unit = [(np.array(point) + pad) / side for point in (hip, hip, edge)]
        centre = make_anchors()[anchor]
        raw = np.zeros((6, 2))
        raw[0] = (unit[0] - centre) * INPUT_SIZE_PX
        raw[1] = 0.3 * INPUT_SIZE_PX
        raw[2:4] = (np.array(unit[1:]) - centre) * INPUT_SIZE_PX
        self.boxes[0, anchor] = raw.ravel()
        self.logits[0, anchor, 0] = logit

    def run(self, crop: ByteArray) -> list[SampleArray]:
        self.seen = crop
        return [self.boxes, self.logits]


@pytest.fixture
def network() -> MadeUpNetwork:
    return MadeUpNetwork()


def detector_on(network: MadeUpNetwork) -> PersonDetector:
    return PersonDetector(cast(Network, network))


def test_the_anchors_lie_on_the_five_grids_of_the_model() -> None:
    anchors = make_anchors()
    assert anchors.shape == (2254, 2)
    ends = np.cumsum([28 * 28 * 2, 14 * 14 * 2, 7 * 7 * 6])
    for start, end, n_cells in zip([0, *ends[:2]], ends, (28, 14, 7), strict=True):
        grid = anchors[start:end]
        np.testing.assert_allclose(np.unique(grid), (np.arange(n_cells) + 0.5) / n_cells)
        np.testing.assert_allclose(grid[0], 0.5 / n_cells)
        assert grid[2 if n_cells > 7 else 6, 0] > grid[0, 0], "x runs before y"


@pytest.mark.parametrize("size", [(1000, 600), (600, 1000), (500, 500)])
def test_the_letterbox_is_centred_and_keeps_the_aspect(size: tuple[int, int]) -> None:
    to_upright = letterbox(size)
    np.testing.assert_allclose(to_upright @ [0.5, 0.5, 1], [size[0] / 2, size[1] / 2])
    assert to_upright[0, 0] == to_upright[1, 1] == max(size)
    assert to_upright[0, 1] == to_upright[1, 0] == 0


def test_the_network_sees_the_picture_between_black_bars(network: MadeUpNetwork) -> None:
    detector_on(network).detect(grey_picture())
    assert network.seen is not None
    assert network.seen.shape == (INPUT_SIZE_PX, INPUT_SIZE_PX, 3)
    assert network.seen[INPUT_SIZE_PX // 2].min() > 100
    assert network.seen[10].max() == 0
    assert network.seen[-10].max() == 0


def test_points_come_back_in_upright_pixels(network: MadeUpNetwork) -> None:
    network.propose(2000, 3.0, (400, 350), (400, 150))
    (found,) = detector_on(network).detect(grey_picture())
    assert found.score == pytest.approx(1 / (1 + np.exp(-3)), abs=1e-6)
    assert found.region.centre_x_px == pytest.approx(400, abs=0.01)
    assert found.region.centre_y_px == pytest.approx(350, abs=0.01)
    assert found.region.size_px == pytest.approx(2 * 200 * REGION_SCALE, abs=0.02)
    assert found.region.rotation_rad == pytest.approx(0, abs=1e-4)


def test_nobody_sure_enough_is_nobody(network: MadeUpNetwork) -> None:
    network.propose(2000, -0.01, (400, 350), (400, 150))
    assert detector_on(network).detect(grey_picture()) == []


def test_proposals_of_one_person_become_their_weighted_mean(network: MadeUpNetwork) -> None:
    logits = (2.0, 0.5)
    network.propose(100, logits[0], (400, 350), (400, 150))
    network.propose(2100, logits[1], (420, 350), (420, 150))
    (found,) = detector_on(network).detect(grey_picture())
    weight: FloatArray = 1 / (1 + np.exp(-np.array(logits)))
    expected = (weight * [400, 420]).sum() / weight.sum()
    assert found.region.centre_x_px == pytest.approx(expected, abs=0.01)
    assert found.score == pytest.approx(weight[0], abs=1e-6)


def test_people_apart_stay_apart_best_first(network: MadeUpNetwork) -> None:
    network.propose(100, 1.0, (200, 350), (200, 150))
    network.propose(2100, 2.0, (800, 350), (800, 150))
    found = detector_on(network).detect(grey_picture())
    assert [round(d.region.centre_x_px) for d in found] == [800, 200]
