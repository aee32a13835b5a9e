"""The panel: legible at every size, out of the lifter's way, honest about what is unknown."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.render.hud import (
    CORNERS,
    NO_READING,
    Hud,
    HudAngle,
    choose_corner,
    draw_hud,
    panel_size_px,
    text_size_px,
)
from hingewise.render.sprites import ByteArray, text_mask

SIZES = [(240, 320), (480, 640), (640, 480), (540, 960), (1920, 1080), (1080, 1920)]


def draw(hud: Hud, size: tuple[int, int] = (480, 640)) -> ByteArray:
    frame = np.full((size[1], size[0], 3), 90, dtype=np.uint8)
    draw_hud(frame, hud)
    return frame


def make_hud(value_deg: float, depth_fraction: float = 0.5, corner: str = "top_left") -> Hud:
    angles = tuple(
        HudAngle(label=label, value_deg=value_deg, rgb=(200, 100, 50))
        for label in ("Hip fold", "Trunk lean", "Knee bend")
    )
    return Hud(
        counter="12",
        total="of 60",
        phase="Lowering",
        angles=angles,
        depth_fraction=depth_fraction,
        corner=corner,
    )


@pytest.mark.parametrize("size", SIZES)
def test_text_is_large_enough_and_the_panel_is_small(size: tuple[int, int]) -> None:
    width, height = panel_size_px(size, 3)
    assert text_size_px(size) >= 11
    assert width * height < 0.15 * size[0] * size[1]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("corner", CORNERS)
def test_the_panel_stays_in_its_corner(size: tuple[int, int], corner: str) -> None:
    changed = (draw(make_hud(123.0, corner=corner), size) != 90).any(axis=2)
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    upper, left = rows.mean() < size[1] / 2, columns.mean() < size[0] / 2
    assert (upper, left) == (corner.startswith("top"), corner.endswith("left"))
    assert rows.size <= panel_size_px(size, 3)[1]
    assert columns.size <= panel_size_px(size, 3)[0]


def test_an_unknown_angle_shows_a_dash() -> None:
    with_dash = draw(make_hud(float("nan")))
    other = draw(make_hud(84.0))
    assert (with_dash != other).any()
    np.testing.assert_array_equal(with_dash, draw(make_hud(float("nan"))))


def test_an_unknown_depth_shows_no_bar() -> None:
    unknown = draw(make_hud(84.0, float("nan")))
    empty = draw(make_hud(84.0, 0.0))
    full = draw(make_hud(84.0, 1.0))
    assert (unknown != empty).any()
    assert (full == 255).sum() > (empty == 255).sum()
    np.testing.assert_array_equal(full, draw(make_hud(84.0, 7.0)))


def test_the_panel_keeps_out_of_the_lifters_way() -> None:
    size = (480, 640)
    top_left = np.random.default_rng(0).uniform(20, 100, (50, 2))
    assert choose_corner(top_left, size, 3) == "top_right"
    both = np.concatenate([top_left, top_left + np.array([360, 0])])
    assert choose_corner(both, size, 3) == "bottom_left"
    assert choose_corner(np.full((4, 2), np.nan), size, 3) == "top_left"


@pytest.mark.parametrize("text", [NO_READING, "-12°", "180°", "Lowering", "0123456789"])
def test_every_character_of_the_panel_is_in_its_font(text: str) -> None:
    missing = text_mask("\u0378", 20)
    for character in text:
        mask = text_mask(character, 20)
        assert mask.shape != missing.shape or (mask != missing).any()
