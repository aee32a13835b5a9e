"""Distances in a picture: drawn from where they are measured to what was measured."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from hingewise.pose.skeletons import LANDMARKS
from hingewise.render.marks import DRAW, draw_mark
from hingewise.render.overlay import OverlayState
from hingewise.render.pen import BASE, LIMIT, MEASURED
from hingewise.render.sprites import ByteArray
from hingewise.report.proof import Mark
from hingewise.units import FloatArray
from tests.unit.render.test_proof import NOWHERE, at, where


def mark(
    name: Mark,
    near: FloatArray = NOWHERE,
    far: FloatArray = NOWHERE,
    *,
    limit: float = 0.0,
    dorsal: FloatArray | None = None,
    held: FloatArray | None = None,
) -> ByteArray:
    picture = np.zeros((600, 600, 3), dtype=np.uint8)
    state = OverlayState(near_px=near, far_px=far, dorsal_px=dorsal, held_px=held)
    draw_mark(picture, state, name, limit=limit)
    return picture


@pytest.mark.parametrize("name", [name for name in get_args(Mark) if name])
def test_every_mark_is_drawn_by_something_and_draws_nothing_of_nobody(name: Mark) -> None:
    assert name in DRAW
    assert mark(name, limit=0.5).max() == 0
    unseen = np.full((25, 2), np.nan)
    assert mark(name, limit=0.5, dorsal=unseen, held=unseen).max() == 0


def test_what_bulges_over_the_shape_of_standing_is_shaded() -> None:
    x = np.linspace(100.0, 500.0, 25)
    held = np.column_stack([x, np.full(25, 300.0)])
    bulge = np.column_stack([x, 300.0 - 60.0 * np.sin(np.linspace(0.0, np.pi, 25))])
    picture = mark("back", dorsal=bulge, held=held)
    assert picture[275, 300].any()
    assert not picture[320, 300].any()
    assert where(picture, MEASURED)[:, 1].min() == pytest.approx(240.0, abs=6.0)
    assert np.abs(where(picture, BASE)[:, 1] - 300.0).max() < 6.0


def test_without_a_shape_of_standing_the_outline_is_shown_alone() -> None:
    line = np.column_stack([np.linspace(100.0, 500.0, 25), np.full(25, 250.0)])
    picture = mark("back", dorsal=line)
    assert where(picture, MEASURED).size > 0
    assert where(picture, BASE).size == 0


@pytest.mark.parametrize("hand_y", [320.0, 480.0])
def test_from_the_leg_to_the_hand_at_its_height(hand_y: float) -> None:
    near = at(hip=(200.0, 250.0), knee=(260.0, 400.0), ankle=(220.0, 560.0), wrist=(400.0, hand_y))
    line = where(mark("hand", near), MEASURED)
    assert np.abs(line[:, 1] - hand_y).max() < 6.0
    assert line[:, 0].max() == pytest.approx(400.0, abs=6.0)
    leg_x = np.interp(hand_y, [250.0, 400.0, 560.0], [200.0, 260.0, 220.0])
    assert line[:, 0].min() == pytest.approx(leg_x, abs=6.0)


def test_how_high_the_hips_are_and_should_be() -> None:
    """A leg of 300 pixels: six tenths of it over the ankle."""
    near = at(hip=(200.0, 420.0), knee=(350.0, 420.0), ankle=(350.0, 570.0))
    picture = mark("height", near, limit=0.6)
    assert np.median(where(picture, LIMIT)[:, 1]) == pytest.approx(570.0 - 180.0, abs=3.0)
    assert np.median(where(picture, MEASURED)[:, 1]) == pytest.approx(420.0, abs=3.0)


def test_knees_between_the_ticks_of_the_limit() -> None:
    near, far = at(knee=(270.0, 350.0), ankle=(200.0, 550.0)), at(knee=(330.0, 350.0))
    far[LANDMARKS.index("ankle")] = (400.0, 550.0)
    picture = mark("knees", near, far, limit=0.6)
    ticks = where(picture, LIMIT)[:, 0]
    assert (ticks.min(), ticks.max()) == pytest.approx((240.0, 360.0), abs=6.0)
    line = where(picture, MEASURED)[:, 0]
    assert (line.min(), line.max()) == pytest.approx((270.0, 330.0), abs=8.0)


@pytest.mark.parametrize("aside_px", [-60.0, 60.0])
def test_the_body_beside_the_middle_of_the_feet(aside_px: float) -> None:
    x = 300.0 + aside_px
    near = at(shoulder=(x - 50.0, 200.0), hip=(x - 30.0, 300.0), ankle=(200.0, 550.0))
    far = at(shoulder=(x + 50.0, 200.0), hip=(x + 30.0, 300.0), ankle=(400.0, 550.0))
    picture = mark("weight", near, far)
    line = where(picture, MEASURED)[:, 0]
    furthest = line.max() if aside_px > 0 else line.min()
    assert furthest == pytest.approx(x, abs=6.0)


def test_a_limit_that_the_picture_cannot_show_has_no_ticks() -> None:
    near, far = at(knee=(270.0, 350.0), ankle=(200.0, 550.0)), at(knee=(330.0, 350.0))
    far[LANDMARKS.index("ankle")] = (400.0, 550.0)
    picture = mark("knees", near, far, limit=float("nan"))
    assert where(picture, LIMIT).size == 0
    assert where(picture, MEASURED).size > 0
