import numpy as np
import pytest
from numpy.typing import NDArray

from hingewise_validation.picture.exposure import Exposure, expose, open_shutter


@pytest.fixture
def grey() -> NDArray[np.uint8]:
    return np.full((120, 90, 3), 120, dtype=np.uint8)


def test_the_same_random_numbers_give_the_same_picture(grey: NDArray[np.uint8]) -> None:
    exposure = Exposure(light=0.7, noise_sd=4.0, lens_blur_px=0.6, warmth=0.3)

    first, second, other = (expose(grey, exposure, np.random.default_rng(seed)) for seed in (1, 1, 2))

    assert (first == second).all()
    assert (first != other).any()


@pytest.mark.parametrize("light", [0.5, 1.0, 1.4])
@pytest.mark.parametrize("warmth", [-1.0, 0.0, 0.6])
def test_light_multiplies_the_brightness(grey: NDArray[np.uint8], light: float, warmth: float) -> None:
    exposure = Exposure(light=light, noise_sd=3.0, lens_blur_px=1.1, warmth=warmth)

    assert expose(grey, exposure, np.random.default_rng(0)).mean() == pytest.approx(120 * light, rel=0.01)


def test_warm_pictures_are_redder(grey: NDArray[np.uint8]) -> None:
    red, _, blue = expose(grey, Exposure(warmth=1.0), np.random.default_rng(0))[0, 0].tolist()

    assert red > 125 > 110 > blue


def test_noise_grows_in_dim_light(grey: NDArray[np.uint8]) -> None:
    bright, dim = (expose(grey, Exposure(light=light, noise_sd=3.0), np.random.default_rng(0)) for light in (1.0, 0.25))

    assert bright.std() == pytest.approx(3.0, rel=0.1)
    assert dim.std() == pytest.approx(6.0, rel=0.1)


@pytest.mark.parametrize("sd_px", [0.5, 1.3])
def test_the_lens_blurs_as_wide_as_asked(sd_px: float) -> None:
    picture = np.zeros((41, 41, 3), dtype=np.uint8)
    picture[18:23, 18:23] = 255
    column = expose(picture, Exposure(lens_blur_px=sd_px), np.random.default_rng(0))[..., 0].sum(axis=1).astype(float)

    rows = np.arange(41) - 20.0
    variance = (column * rows**2).sum() / column.sum()
    assert variance == pytest.approx(2.0 + sd_px**2, rel=0.05)


def test_an_open_shutter_shows_the_mean() -> None:
    dark, light = (np.full((4, 4, 3), value, dtype=np.uint8) for value in (100, 201))

    assert (open_shutter([dark, light]) == 151).all()
