"""The landmark model's answer, made up, back in the picture."""

from __future__ import annotations

import math
from typing import cast

import numpy as np
import pytest

from hingewise.capture.interpreter import Network
from hingewise.capture.landmarker import HANGING_SHARE, MIN_TURN, Landmarker, PersonPose
from hingewise.capture.picture import ByteArray, Picture
from hingewise.capture.reading import (
    HEATMAP_SIZE,
    INPUT_SIZE_PX,
    MASK,
    N_MODEL_POINTS,
    Poses,
)
from hingewise.capture.region import REGION_SCALE, Region
from hingewise.pose.skeletons import BLAZEPOSE_KEYPOINTS, BLAZEPOSE_MIRRORED
from hingewise.units import SampleArray

OFF = -80.0


def empty_heatmap() -> SampleArray:
    return np.full((HEATMAP_SIZE, HEATMAP_SIZE, N_MODEL_POINTS), OFF, np.float32)


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


def measure(network: MadeUpNetwork, region: Region = REGION) -> PersonPose | None:
    return Landmarker(cast(Network, network)).measure(PICTURE, region)


def work_out(network: MadeUpNetwork, region: Region = REGION) -> tuple[PersonPose, Poses]:
    pose = measure(network, region)
    assert pose is not None
    return pose, Landmarker(cast(Network, network)).work_out([pose])


@pytest.mark.parametrize("turn", [0.0, 0.7, -2.0, math.pi])
def test_landmarks_lie_where_the_region_lies(turn: float) -> None:
    network = MadeUpNetwork()
    region = Region(centre_x_px=310, centre_y_px=220, size_px=180, rotation_rad=turn)
    pose, poses = work_out(network, region)
    cos, sin = math.cos(turn), math.sin(turn)
    offset = (network.unit[:33] - 0.5) * 180
    expected = np.stack(
        [
            310 + cos * offset[:, 0] - sin * offset[:, 1],
            220 + sin * offset[:, 0] + cos * offset[:, 1],
        ],
        axis=1,
    )
    np.testing.assert_allclose(poses.position_px[0], expected, atol=1e-3)
    assert poses.position_px.shape == (1, len(BLAZEPOSE_KEYPOINTS), 2)
    assert pose.next_region.centre_x_px == pytest.approx(310 - sin * 18, abs=1e-3)
    assert pose.next_region.size_px == pytest.approx(2 * 0.4 * 180 * REGION_SCALE, abs=1e-3)
    assert math.remainder(pose.next_region.rotation_rad - turn, math.tau) == pytest.approx(
        0, abs=1e-5
    )


def test_world_landmarks_turn_with_the_region_and_keep_their_depth() -> None:
    network = MadeUpNetwork()
    region = Region(centre_x_px=300, centre_y_px=200, size_px=200, rotation_rad=math.pi / 2)
    _, poses = work_out(network, region)
    expected = np.stack(
        [-network.world[:33, 1], network.world[:33, 0], network.world[:33, 2]], axis=1
    )
    np.testing.assert_allclose(poses.world_m[0], expected, atol=1e-6)


def test_nobody_there_is_none() -> None:
    network = MadeUpNetwork()
    for presence in (0.49, float("nan")):
        network.presence = presence
        assert measure(network) is None


def test_confidence_is_the_lesser_of_visible_and_present() -> None:
    network = MadeUpNetwork()
    network.logits[:] = [3.0, -1.0]
    network.logits[11] = [-2.0, 5.0]
    _, poses = work_out(network)
    assert poses.confidence[0, 0] == pytest.approx(1 / (1 + math.exp(1)))
    assert poses.confidence[0, 11] == pytest.approx(1 / (1 + math.exp(2)))


def test_the_body_is_seen_as_surely_as_its_trunk_and_better_leg() -> None:
    network = MadeUpNetwork()
    network.logits[:] = -80.0
    network.logits[[11, 12, 23, 24, 25, 27]] = 80.0
    pose = measure(network)
    assert pose is not None
    assert pose.body_confidence == pytest.approx(1.0)
    network.logits[[11, 12]] = -80.0
    pose = measure(network)
    assert pose is not None
    assert pose.body_confidence == pytest.approx(0.75)


def test_the_outline_lies_where_the_mask_ends() -> None:
    _, poses = work_out(MadeUpNetwork())
    # The mask covers columns 96 to 159 of 256; the region begins at x = 172 px.
    np.testing.assert_allclose(
        np.sort(poses.silhouette_px[0, :, :, 0].mean(axis=1)), [268, 332], atol=0.6
    )


def test_a_mirrored_region_gives_the_mirrored_body_with_its_sides_exchanged() -> None:
    """Who faces the left is measured exactly as the same body facing the right."""
    network = MadeUpNetwork()
    network.mask[:, :, 96:110] = -10
    turn = 0.4
    plain = Region(centre_x_px=310, centre_y_px=220, size_px=180, rotation_rad=turn)
    other = Region(
        centre_x_px=-310, centre_y_px=220, size_px=180, rotation_rad=-turn, mirrored=True
    )
    _, one = work_out(network, plain)
    _, two = work_out(network, other)
    columns = list(BLAZEPOSE_MIRRORED)
    flip = np.array([-1.0, 1.0])
    np.testing.assert_allclose(two.position_px[0], one.position_px[0, columns] * flip, atol=1e-3)
    np.testing.assert_array_equal(two.confidence[0], one.confidence[0, columns])
    np.testing.assert_allclose(
        two.world_m[0], one.world_m[0, columns] * [-1.0, 1.0, 1.0], atol=1e-6
    )
    np.testing.assert_allclose(two.silhouette_px[0], one.silhouette_px[0, ::-1] * flip, atol=1e-3)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("ahead", [-1.5, -0.5, 0.5, 1.5])
@pytest.mark.parametrize("front", [[31, 32], [0], [25, 26]], ids=["toes", "nose", "knees"])
def test_whoever_clearly_faces_the_right_of_the_region_is_turned(
    mirrored: bool, ahead: float, front: list[int]
) -> None:
    network = MadeUpNetwork()
    network.unit[:33, 0] = 0.5
    network.unit[front, 0] = 0.5 + ahead * MIN_TURN
    region = Region(
        centre_x_px=300, centre_y_px=200, size_px=256, rotation_rad=0.0, mirrored=mirrored
    )
    pose = measure(network, region)
    assert pose is not None
    assert pose.next_region.mirrored == (mirrored != (ahead > 1))


class BriefNetwork(MadeUpNetwork):
    """The same without its mask."""

    def run(self, crop: ByteArray) -> list[SampleArray]:
        outputs = super().run(crop)
        del outputs[MASK]
        return outputs


def test_without_an_outline_all_else_is_the_same() -> None:
    whole, brief = cast(Network, MadeUpNetwork()), cast(Network, BriefNetwork())
    landmarker = Landmarker(whole, brief)
    poses = [landmarker.measure(PICTURE, REGION, with_outline=w) for w in (True, False)]
    assert poses[0] is not None
    assert poses[1] is not None
    both = landmarker.work_out([poses[0], poses[1]])
    for values in (both.position_px, both.confidence, both.world_m):
        assert np.array_equal(values[0], values[1])
    assert np.isfinite(both.silhouette_px[0]).any()
    assert np.isnan(both.silhouette_px[1]).all()


HANGING_DEG = 180.0 - math.degrees(math.acos(HANGING_SHARE))
"""From upright: about 154."""


@pytest.mark.parametrize(
    "lean_deg,hangs",
    [
        (0.0, False),
        (90.0, False),
        (HANGING_DEG - 2, False),
        (2 - HANGING_DEG, False),
        (HANGING_DEG + 2, True),
        (-HANGING_DEG - 2, True),
        (180.0, True),
    ],
)
@pytest.mark.parametrize("turn_deg", [0.0, 60.0, 180.0])
def test_a_trunk_hangs_by_how_it_lies_in_the_picture(
    lean_deg: float, hangs: bool, turn_deg: float
) -> None:
    """However the region is turned; the mean of both sides tells it."""
    network = MadeUpNetwork()
    lean = math.radians(lean_deg - turn_deg)
    shoulder = np.array([0.5 + 0.25 * math.sin(lean), 0.5 - 0.25 * math.cos(lean)])
    across = np.array([0.1, 0.05])
    network.unit[[11, 12]] = [shoulder + across, shoulder - across]
    network.unit[[23, 24]] = [0.5, 0.5]
    region = Region(
        centre_x_px=300, centre_y_px=200, size_px=256, rotation_rad=math.radians(turn_deg)
    )
    pose = measure(network, region)
    assert pose is not None
    assert pose.hangs is hangs


def test_a_trunk_without_length_does_not_hang() -> None:
    network = MadeUpNetwork()
    network.unit[[11, 12, 23, 24]] = [0.5, 0.5]
    pose = measure(network)
    assert pose is not None
    assert not pose.hangs
