"""Light and lens: what a sensor makes of a clean picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Float32Array = NDArray[np.float32]
WARM_SHIFT = (0.16, 0.02, -0.20)
"""How much red, green and blue gain at a warmth of 1, as shares."""
COLOUR_NOISE = 0.5
"""Noise of each channel of its own, as a share of the noise that all three have in common."""
TILE_MARGIN_PX = 64
WIDEST_PASS_PX = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How a picture is taken.

    ``light`` multiplies the brightness; ``noise_sd`` is the sensor's noise in grey levels (0-255) at full light, and
    grows with the gain that dim light asks for; ``lens_blur_px`` is the standard deviation of the lens's softness;
    ``shutter_fraction`` is for how much of the time between two frames the shutter stays open (0: no motion blur);
    ``warmth`` shifts white, -1 blue to 1 orange.
    """

    light: float = 1.0
    noise_sd: float = 0.0
    lens_blur_px: float = 0.0
    shutter_fraction: float = 0.0
    warmth: float = 0.0

    @property
    def gained_noise_sd(self) -> float:
        """Noise at this light: a quarter of the light has twice the noise (photons, and grey levels as roots of them).

        For the same reason the noise is as large in dark as in bright parts of a picture.
        """
        return self.noise_sd / float(np.sqrt(max(self.light, 0.05)))


def expose(picture: Picture, exposure: Exposure, rng: np.random.Generator) -> Picture:
    """The ``picture`` (RGB) softened by the lens, brighter or darker, warmer or colder, with the sensor's noise."""
    if exposure.lens_blur_px == 0 and exposure.noise_sd == 0 and exposure.light == 1 and exposure.warmth == 0:
        return picture
    height, width, _ = picture.shape
    taken = picture.reshape(height, -1).astype(np.float32)
    taken = _soften(taken, exposure.lens_blur_px)
    taken *= np.tile(_gains(exposure), width)
    if exposure.noise_sd > 0:
        tile = _noise_tile(height + TILE_MARGIN_PX, width + TILE_MARGIN_PX, exposure.gained_noise_sd)
        row, column = rng.integers(0, TILE_MARGIN_PX, size=2)
        taken += tile[row : row + height, 3 * column : 3 * (column + width)][:: rng.choice((-1, 1))]
    taken += np.float32(0.5)
    np.clip(taken, 0, 255, out=taken)
    return taken.astype(np.uint8).reshape(picture.shape)


def open_shutter(pictures: Sequence[Picture]) -> Picture:
    """Mean of the pictures taken while the shutter was open."""
    total = np.full(pictures[0].shape, len(pictures) // 2, dtype=np.uint16)
    for picture in pictures:
        total += picture
    return np.asarray(total // len(pictures), dtype=np.uint8)


def _gains(exposure: Exposure) -> Float32Array:
    """Factors of red, green and blue; their mean is the light."""
    shifted = 1 + exposure.warmth * np.array(WARM_SHIFT)
    return np.asarray(exposure.light * shifted / shifted.mean(), dtype=np.float32)


def _soften(rows: Float32Array, sd_px: float) -> Float32Array:
    """Gaussian blur by three-point means down and across; ``rows`` (height, 3 * width)."""
    n_passes = int(np.ceil((sd_px / WIDEST_PASS_PX) ** 2))
    for _ in range(n_passes):
        side = np.float32(sd_px**2 / n_passes / 2)
        rows = _mean_of_three(rows, side)
        padded = np.concatenate([rows[:, :3], rows, rows[:, -3:]], axis=1)
        sides = padded[:, :-6] + padded[:, 6:]
        sides *= side
        rows *= 1 - 2 * side
        rows += sides
    return rows


def _mean_of_three(rows: Float32Array, side: np.float32) -> Float32Array:
    middle = rows * (1 - 2 * side)
    aside = rows * side
    middle[1:] += aside[:-1]
    middle[:-1] += aside[1:]
    middle[0] += aside[0]
    middle[-1] += aside[-1]
    return middle


@lru_cache(maxsize=2)
def _noise_tile(height: int, width: int, sd: float) -> Float32Array:
    """Noise larger than the picture, from which every frame takes another part; slightly soft, as after demosaicing."""
    rng = np.random.default_rng(0)
    shape = (height, width)
    grey = rng.standard_normal((*shape, 1), dtype=np.float32)
    noise = grey + COLOUR_NOISE * rng.standard_normal((*shape, 3), dtype=np.float32)
    noise = (noise + 0.6 * np.roll(noise, 1, axis=1)).reshape(height, -1)
    scaled: Float32Array = np.asarray(noise * (sd / noise.std()), dtype=np.float32)
    scaled.setflags(write=False)
    return scaled
