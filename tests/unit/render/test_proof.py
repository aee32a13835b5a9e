"""A fault in a picture: the measured line lies on the body, the limit where it belongs."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.pose.skeletons import LANDMARKS
from hingewise.render.overlay import OverlayState
from hingewise.render.pen import LIMIT, MEASURED
from hingewise.render.proof import draw_proof
from hingewise.render.sprites import ByteArray
from hingewise.report.proof import UP, Lines, Mark, Proof
from hingewise.units import FloatArray

BLACK = np.zeros((600, 600, 3), dtype=np.uint8)
NOWHERE: FloatArray = np.full((len(LANDMARKS), 2), np.nan)

TRUNK = Lines(vertex="hip", end="shoulder", base=UP)


def at(**places: tuple[float, float]) -> FloatArray:
    """Landmarks of one side, those that are named. Shape (L, 2)."""
    points = NOWHERE.copy()
    for name, place in places.items():
        points[LANDMARKS.index(name)] = place
    return points


def prove(
    lines: Lines | None = None, *, mark: Mark = "", limit: float = 0.0, label: str = ""
) -> Proof:
    return Proof(
        check="check", start_s=1.0, end_s=1.2, lines=lines, mark=mark, limit=limit, label=label
    )


def drawn(
    proof: Proof, near: FloatArray, far: FloatArray = NOWHERE, *, forward: float = 1.0
) -> ByteArray:
    return draw_proof(BLACK, OverlayState(near_px=near, far_px=far), proof, forward=forward)


def where(picture: ByteArray, rgb: tuple[int, int, int]) -> FloatArray:
    """Pixels (x, y) of exactly this colour. Shape (N, 2)."""
    y, x = np.nonzero((picture == np.array(rgb)).all(axis=2))
    return np.column_stack([x, y]).astype(np.float64)


def direction_deg(points: FloatArray, vertex: tuple[float, float]) -> float:
    """Where points lie from a vertex, clockwise from up."""
    away = points - np.array(vertex)
    away = away[np.hypot(*away.T) > 60.0]
    return float(np.median(np.degrees(np.arctan2(away[:, 0], -away[:, 1]))))


@pytest.mark.parametrize("forward", [1.0, -1.0])
@pytest.mark.parametrize("trunk_deg, limit_deg", [(30.0, 12.0), (-25.0, -10.0)])
def test_the_measured_line_and_the_limit_stand_where_they_are(
    forward: float, trunk_deg: float, limit_deg: float
) -> None:
    """Forward is to the right of whoever faces right, and to the left of the other."""
    hip = (300.0, 400.0)
    lean = forward * np.radians(trunk_deg)
    shoulder = (300.0 + 200.0 * np.sin(lean), 400.0 - 200.0 * np.cos(lean))
    picture = drawn(prove(TRUNK, limit=limit_deg), at(hip=hip, shoulder=shoulder), forward=forward)
    measured, limit = where(picture, MEASURED), where(picture, LIMIT)
    assert direction_deg(measured, hip) == pytest.approx(forward * trunk_deg, abs=2.0)
    assert direction_deg(limit, hip) == pytest.approx(forward * limit_deg, abs=2.0)


def test_a_limit_that_is_a_share_of_the_hips_bend() -> None:
    """Hips bent by 90 degrees, a limit of half as much: the shin may turn by 45."""
    thigh_down = at(shoulder=(500.0, 200.0), hip=(300.0, 200.0), knee=(300.0, 350.0))
    thigh_down[LANDMARKS.index("ankle")] = (160.0, 410.0)
    lines = Lines(vertex="knee", end="ankle", base="hip", limit_of_hips=True)
    limit = where(drawn(prove(lines, limit=0.5), thigh_down), LIMIT)
    assert direction_deg(limit, (300.0, 350.0)) == pytest.approx(-135.0, abs=2.0)


@pytest.mark.parametrize("forward", [1.0, -1.0])
def test_the_limit_of_an_arm_hangs_before_the_trunk(forward: float) -> None:
    """40 degrees before a trunk that stands: from straight down towards where the lifter faces."""
    upright = at(shoulder=(300.0, 200.0), hip=(300.0, 400.0), wrist=(300.0 + forward * 180, 260.0))
    lines = Lines(vertex="shoulder", end="wrist", base="hip", towards=True)
    limit = where(drawn(prove(lines, limit=40.0), upright, forward=forward), LIMIT)
    assert direction_deg(limit, (300.0, 200.0)) == pytest.approx(forward * 140.0, abs=2.0)


@pytest.mark.parametrize("hidden", ["hip", "shoulder"])
def test_a_landmark_out_of_sight_draws_no_line(hidden: str) -> None:
    near = at(hip=(300.0, 400.0), shoulder=(350.0, 200.0))
    near[LANDMARKS.index(hidden)] = np.nan
    assert where(drawn(prove(TRUNK, limit=10.0), near), MEASURED).size == 0


def test_the_words_stand_in_the_corner() -> None:
    picture = drawn(prove(label="28° (limit 10°)"), NOWHERE)
    assert picture[:540].max() == 0
    assert picture[560:, :200].max() > 200


def test_the_given_picture_is_left_as_it_was() -> None:
    before = BLACK.copy()
    drawn(prove(TRUNK, limit=10.0, label="x"), at(hip=(300.0, 400.0), shoulder=(350.0, 200.0)))
    np.testing.assert_array_equal(BLACK, before)
