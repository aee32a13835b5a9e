"""Crops of a picture against a slow and plain reference."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hingewise.capture.orientation import stored_from_upright
from hingewise.capture.picture import ByteArray, Picture
from hingewise.capture.region import Region
from hingewise.units import FloatArray

WIDTH, HEIGHT = 160, 120
TOLERANCE = 4
"""Levels of 255: OpenCV places samples to 1/32 of a pixel."""


def smooth_plane(width: int, height: int, seed: int) -> ByteArray:
    rng = np.random.default_rng(seed)
    x, y = np.arange(width)[np.newaxis] / width, np.arange(height)[:, np.newaxis] / height
    waves = sum(
        rng.normal()
        * np.cos(2 * np.pi * (rng.integers(0, 3) * x + rng.integers(0, 3) * y + rng.random()))
        for _ in range(6)
    )
    return np.clip(126 + 22 * waves, 30, 220).astype(np.uint8)


def make_picture(
    to_stored: FloatArray | None = None,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    *,
    grey: bool = False,
) -> Picture:
    u, v = (smooth_plane(WIDTH // 2, HEIGHT // 2, seed) for seed in (2, 3))
    return Picture(
        luma=smooth_plane(WIDTH, HEIGHT, 1),
        chroma_u=np.full_like(u, 128) if grey else u,
        chroma_v=np.full_like(v, 128) if grey else v,
        stored_from_upright=np.eye(2, 3) if to_stored is None else to_stored,
        upright_size_px=size,
    )


def sample(plane: ByteArray, x: float, y: float, fill: float | None) -> float:
    """Bilinear sample of one place; outside is ``fill``, or the nearest edge where it is None."""
    x0, y0 = math.floor(x), math.floor(y)
    total = 0.0
    for row, weight_y in ((y0, 1 - (y - y0)), (y0 + 1, y - y0)):
        for column, weight_x in ((x0, 1 - (x - x0)), (x0 + 1, x - x0)):
            inside = 0 <= row < plane.shape[0] and 0 <= column < plane.shape[1]
            if inside or fill is None:
                value = float(
                    plane[
                        np.clip(row, 0, plane.shape[0] - 1), np.clip(column, 0, plane.shape[1] - 1)
                    ]
                )
            else:
                value = fill
            total += weight_y * weight_x * value
    return total


def crop_slowly(
    picture: Picture, to_upright: FloatArray, size: int, *, replicate: bool
) -> FloatArray:
    """The crop, pixel by pixel, with the BT.601 conversion written out."""
    whole = picture.stored_from_upright @ np.vstack([to_upright, [0, 0, 1]])
    rgb = np.zeros((size, size, 3))
    for row in range(size):
        for column in range(size):
            x, y = whole @ [column / size, row / size, 1.0]
            # Four pixels share a chroma sample, which lies between them; in the picture it lies
            # beside the even columns and between the rows.
            middle = [(column // 2 * 2 + 0.5) / size, (row // 2 * 2 + 0.5) / size, 1.0]
            cx, cy = (whole @ middle - [0.0, 0.5]) / 2
            luma = sample(picture.luma, x, y, None if replicate else 16)
            u = sample(picture.chroma_u, cx, cy, None if replicate else 128) - 128
            v = sample(picture.chroma_v, cx, cy, None if replicate else 128) - 128
            base = 1.164 * (luma - 16)
            rgb[row, column] = base + 1.596 * v, base - 0.392 * u - 0.813 * v, base + 2.017 * u
    return np.clip(rgb, 0, 255)


REGIONS = {
    "inside": Region(centre_x_px=80, centre_y_px=60, size_px=60, rotation_rad=0),
    "turned": Region(centre_x_px=80, centre_y_px=60, size_px=64, rotation_rad=0.6),
    "upside down": Region(centre_x_px=70, centre_y_px=62, size_px=50, rotation_rad=math.pi),
    "over the edge": Region(centre_x_px=10, centre_y_px=110, size_px=60, rotation_rad=-0.4),
    "outside": Region(centre_x_px=400, centre_y_px=-300, size_px=50, rotation_rad=0),
}


@pytest.mark.parametrize("replicate", [True, False])
@pytest.mark.parametrize("name", list(REGIONS))
def test_a_crop_is_what_the_reference_says(name: str, replicate: bool) -> None:
    picture, to_upright = make_picture(), REGIONS[name].to_picture()
    found = picture.crop(to_upright, 48, replicate=replicate).astype(float)
    expected = crop_slowly(picture, to_upright, 48, replicate=replicate)
    difference = np.abs(found - expected)
    # Where the border is black, one step of OpenCV's grid across the edge is a large difference.
    assert np.percentile(difference, 100 if replicate else 97) <= TOLERANCE
    assert difference.mean() < 1.5


ORIENTATIONS = {
    "none": np.eye(2),
    "90": np.array([[0.0, -1.0], [1.0, 0.0]]),
    "180": -np.eye(2),
    "270": np.array([[0.0, 1.0], [-1.0, 0.0]]),
    "mirror": np.diag([-1.0, 1.0]),
}


@pytest.mark.parametrize("name", list(ORIENTATIONS))
def test_a_turned_picture_is_cropped_as_if_it_had_been_turned_before(name: str) -> None:
    turn = ORIENTATIONS[name]
    size = (WIDTH, HEIGHT) if turn[0, 0] else (HEIGHT, WIDTH)
    to_stored = stored_from_upright(turn, size, (WIDTH, HEIGHT))
    picture = make_picture(to_stored, size, grey=True)
    region = Region(centre_x_px=60, centre_y_px=60, size_px=50, rotation_rad=0.2)
    found = picture.crop(region.to_picture(), 48, replicate=True).astype(float)

    def upright(plane: ByteArray) -> ByteArray:
        turned = plane.T if not turn[0, 0] else plane
        x_sign, y_sign = turn.sum(axis=1)
        return np.ascontiguousarray(turned[:: int(y_sign), :: int(x_sign)])

    plain = Picture(
        luma=upright(picture.luma),
        chroma_u=upright(picture.chroma_u),
        chroma_v=upright(picture.chroma_v),
        stored_from_upright=np.eye(2, 3),
        upright_size_px=size,
    )
    expected = plain.crop(region.to_picture(), 48, replicate=True).astype(float)
    assert np.abs(found - expected).max() <= TOLERANCE
    assert np.abs(found - expected).mean() < 0.5


def test_to_rgb_shows_the_whole_picture() -> None:
    picture = make_picture(grey=True)
    expected = np.clip(1.164 * (picture.luma.astype(float) - 16), 0, 255)[..., np.newaxis]
    whole = picture.to_rgb(WIDTH, HEIGHT).astype(float)
    assert whole.shape == (HEIGHT, WIDTH, 3)
    assert np.abs(whole - expected).max() <= 2
    half = picture.to_rgb(WIDTH // 2, HEIGHT // 2).astype(float)
    assert half.shape == (HEIGHT // 2, WIDTH // 2, 3)
    assert np.abs(half - whole[::2, ::2]).max() <= 2


def plain_picture(luma: ByteArray) -> Picture:
    grey = np.full((luma.shape[0] // 2, luma.shape[1] // 2), 128, np.uint8)
    return Picture(
        luma=luma,
        chroma_u=grey,
        chroma_v=grey,
        stored_from_upright=np.eye(2, 3),
        upright_size_px=(luma.shape[1], luma.shape[0]),
    )


def test_a_shrinking_crop_averages_what_it_would_else_leave_out() -> None:
    """Texture finer than the crop's pixels becomes grey instead of flickering as the crop moves."""
    stripes = np.where(np.arange(400) % 2, 60, 180).astype(np.uint8)
    picture = plain_picture(np.tile(stripes, (400, 1)))
    for step in (0.0, 0.5, 1.0, 1.7):
        region = Region(centre_x_px=200 + step, centre_y_px=200, size_px=48 * 2.5, rotation_rad=0.1)
        crop = picture.crop(region.to_picture(), 48, replicate=True)
        assert np.ptp(crop) <= 3


@pytest.mark.parametrize("turn", [0.0, 0.5, 2.0, -1.0])
@pytest.mark.parametrize("shrink", [2.0, 2.9, 4.4, 9.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_shrinking_crop_shows_every_place_where_it_is(
    turn: float, shrink: float, mirrored: bool
) -> None:
    x, y = np.meshgrid(np.arange(640), np.arange(480))
    luma = np.clip(60 + 0.12 * x + 0.1 * y, 16, 235).astype(np.uint8)
    region = Region(
        centre_x_px=330, centre_y_px=230, size_px=32 * shrink, rotation_rad=turn, mirrored=mirrored
    )
    found = plain_picture(luma).crop(region.to_picture(), 32, replicate=True)[..., 1].astype(float)
    column, row = np.meshgrid(np.arange(32) / 32, np.arange(32) / 32)
    place = region.to_picture() @ np.stack([column.ravel(), row.ravel(), np.ones(32 * 32)])
    expected = 1.164 * (60 + 0.12 * place[0] + 0.1 * place[1] - 16.5)
    assert np.abs(found.ravel() - expected).max() <= 2.5


def test_a_part_at_its_own_size_is_that_part_of_the_whole() -> None:
    picture = make_picture(grey=True)
    whole = picture.to_rgb(WIDTH, HEIGHT)
    part = picture.cut_rgb((30, 20, 81, 99), 51, 79)
    assert part.shape == (79, 51, 3)
    assert np.abs(part.astype(int) - whole[20:99, 30:81]).max() <= 2
