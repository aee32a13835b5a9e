"""The square that the landmark model looks at."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.capture.region import REGION_SCALE, Region, region_from_circle

PLACE = st.floats(-500, 2500)
SIZE = st.floats(10, 2000)
TURN = st.floats(-math.pi, math.pi - 1e-6)


def make_region(x: float = 400, y: float = 300, size: float = 200, turn: float = 0) -> Region:
    return Region(centre_x_px=x, centre_y_px=y, size_px=size, rotation_rad=turn)


@given(x=PLACE, y=PLACE, size=SIZE, turn=TURN)
def test_the_middle_of_the_unit_square_is_the_centre(
    x: float, y: float, size: float, turn: float
) -> None:
    to_picture = make_region(x, y, size, turn).to_picture()
    np.testing.assert_allclose(to_picture @ [0.5, 0.5, 1.0], [x, y], atol=1e-6)


@given(x=PLACE, y=PLACE, size=SIZE, turn=TURN)
def test_the_map_keeps_shape_and_handedness(x: float, y: float, size: float, turn: float) -> None:
    linear = make_region(x, y, size, turn).to_picture()[:, :2] / size
    np.testing.assert_allclose(linear @ linear.T, np.eye(2), atol=1e-9)
    assert np.linalg.det(linear) == pytest.approx(1)


@given(x=PLACE, y=PLACE, size=SIZE, turn=TURN)
def test_a_region_comes_back_from_its_own_circle(
    x: float, y: float, size: float, turn: float
) -> None:
    """Centre, size and rotation survive the way through the two points that the model gives."""
    region = make_region(x, y, size, turn)
    top_middle = region.to_picture() @ [0.5, 0.5 - 0.5 / REGION_SCALE, 1.0]
    found = region_from_circle(x, y, float(top_middle[0]), float(top_middle[1]))
    assert found.size_px == pytest.approx(size)
    assert math.remainder(found.rotation_rad - turn, math.tau) == pytest.approx(0, abs=1e-6)
    assert -math.pi <= found.rotation_rad <= math.pi


@pytest.mark.parametrize(
    "edge, turn_deg", [((400, 200), 0), ((500, 300), 90), ((300, 300), -90), ((400, 400), 180)]
)
def test_the_rotation_is_where_the_head_points_clockwise(
    edge: tuple[float, float], turn_deg: float
) -> None:
    found = math.degrees(region_from_circle(400, 300, *edge).rotation_rad)
    assert math.remainder(found - turn_deg, 360) == pytest.approx(0, abs=1e-9)


def test_turned_over_is_the_same_square_upside_down() -> None:
    region = make_region(turn=0.3)
    before = region.to_picture() @ [0.2, 0.1, 1.0]
    after = region.turned_over().to_picture() @ [0.8, 0.9, 1.0]
    np.testing.assert_allclose(before, after)


def test_the_distance_is_a_share_of_the_larger_region() -> None:
    region, other = make_region(), make_region(x=430, y=340, size=500)
    assert region.distance_to(other) == pytest.approx(50 / 500)
    assert region.distance_to(other) == other.distance_to(region)
    assert region.distance_to(region) == 0


@given(x=PLACE, y=PLACE, size=SIZE, turn=TURN)
def test_a_mirrored_region_is_the_same_square_with_left_and_right_exchanged(
    x: float, y: float, size: float, turn: float
) -> None:
    region = make_region(x, y, size, turn)
    mirrored = replace(region, mirrored=True)
    for u, v in ((0.0, 0.0), (0.3, 0.8), (1.0, 0.4)):
        np.testing.assert_allclose(
            mirrored.to_picture() @ [u, v, 1.0], region.to_picture() @ [1 - u, v, 1.0], atol=1e-6
        )
