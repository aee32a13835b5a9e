"""What is drawn is what was seen in this frame, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.errors import ShapeError
from hingewise.pose.skeletons import LANDMARKS
from hingewise.render.hud import Hud, HudAngle
from hingewise.render.overlay import OverlayState, draw_frame
from hingewise.units import FloatArray

GREY = np.full((640, 480, 3), 90, dtype=np.uint8)
NOTHING: FloatArray = np.full((len(LANDMARKS), 2), np.nan)


def standing_points() -> FloatArray:
    """A column of landmarks down the middle of the picture."""
    heights = np.linspace(80, 600, len(LANDMARKS))
    return np.column_stack([np.full(len(LANDMARKS), 240.0), heights])


def changed(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> int:
    return int((picture != GREY).any(axis=2).sum())


def test_nothing_observed_draws_nothing() -> None:
    unseen = np.full((25, 2), np.nan)
    state = OverlayState(near_px=NOTHING, far_px=NOTHING, dorsal_px=unseen)
    np.testing.assert_array_equal(draw_frame(GREY, state), GREY)


def test_a_missing_joint_leaves_its_lines_out() -> None:
    points = standing_points()
    knee = points[LANDMARKS.index("knee")].copy()
    points[LANDMARKS.index("knee")] = np.nan
    drawn = draw_frame(GREY, OverlayState(near_px=points, far_px=NOTHING))
    x, y = knee.astype(int)
    np.testing.assert_array_equal(drawn[y - 20 : y + 20, x - 20 : x + 20], 90)
    assert changed(drawn) > 500


def test_a_gap_in_the_outline_of_the_back_stays_open() -> None:
    outline = np.column_stack([np.full(25, 100.0), np.linspace(100, 340, 25)])
    outline[10:15] = np.nan
    drawn = draw_frame(GREY, OverlayState(near_px=NOTHING, far_px=NOTHING, dorsal_px=outline))
    assert changed(drawn) > 200
    np.testing.assert_array_equal(drawn[205:235], GREY[205:235])


def test_the_far_side_is_fainter_than_the_near_side() -> None:
    points = standing_points()
    near = draw_frame(GREY, OverlayState(near_px=points, far_px=NOTHING)).astype(int)
    far = draw_frame(GREY, OverlayState(near_px=NOTHING, far_px=points)).astype(int)
    assert np.abs(far - 90).max() < np.abs(near - 90).max() / 2


def test_the_given_frame_is_left_as_it_was() -> None:
    before = GREY.copy()
    draw_frame(GREY, OverlayState(near_px=standing_points(), far_px=standing_points()))
    np.testing.assert_array_equal(GREY, before)


@pytest.mark.parametrize("offset_px", [-1e9, -300.0, 700.0, 1e9])
def test_points_outside_the_picture_do_no_harm(offset_px: float) -> None:
    points = standing_points() + offset_px
    drawn = draw_frame(GREY, OverlayState(near_px=points, far_px=points, dorsal_px=points))
    assert drawn.shape == GREY.shape


def test_thicker_lines_for_small_pictures() -> None:
    state = OverlayState(near_px=standing_points(), far_px=NOTHING)
    assert changed(draw_frame(GREY, replace(state, line_scale=2.0))) > changed(
        draw_frame(GREY, state)
    )


def test_the_panel_is_drawn_on_request() -> None:
    angles = (HudAngle(label="Hip fold", value_deg=84.0, rgb=(1, 2, 3)),)
    hud = Hud(counter="3", total="of 5", phase="Lifting", angles=angles, depth_fraction=0.5)
    drawn = draw_frame(GREY, OverlayState(near_px=NOTHING, far_px=NOTHING, hud=hud))
    assert (drawn[:200, :200] != 90).any()


def test_landmarks_in_another_shape_are_our_bug() -> None:
    with pytest.raises(ShapeError, match="near_px"):
        OverlayState(near_px=np.zeros((3, 2)), far_px=NOTHING)
