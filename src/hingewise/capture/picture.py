"""A decoded picture and the crops that the networks see.

Pictures stay as the decoder stores them (planar YUV 4:2:0, unrotated, perhaps scaled down); every
crop is one affine warp of the planes, so rotation metadata, non-square pixels and scaling cost
nothing and no full-size RGB picture is ever made.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from hingewise.units import FloatArray

ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """One frame: luma and chroma planes, and the map from upright pixels to luma samples.

    ``stored_from_upright`` is affine (2, 3): stored = A @ (x, y, 1).
    """

    luma: ByteArray
    chroma_u: ByteArray
    chroma_v: ByteArray
    stored_from_upright: FloatArray
    upright_size_px: tuple[int, int]

    def crop(self, to_upright: FloatArray, size: int, *, replicate: bool) -> ByteArray:
        """Sample a square RGB crop.

        Parameters
        ----------
        to_upright
            Affine (2, 3) from the unit square to upright pixels.
        size
            Side of the crop. [px]
        replicate
            Whether pixels beyond the picture repeat its edge; otherwise they are black.

        Returns
        -------
        RGB crop, shape (size, size, 3).
        """
        to_pixels = to_upright / [size, size, 1.0]
        return self._sample(to_pixels, (size, size), replicate=replicate)

    def to_rgb(self, width_px: int, height_px: int) -> ByteArray:
        """Return the upright picture at this size as RGB, shape (height, width, 3)."""
        return self.cut_rgb((0, 0, *self.upright_size_px), width_px, height_px)

    def cut_rgb(self, box: tuple[int, int, int, int], width_px: int, height_px: int) -> ByteArray:
        """Return a part ``(x0, y0, x1, y1)`` of the upright picture at this size as RGB."""
        x0, y0, x1, y1 = box
        across, down = (x1 - x0) / width_px, (y1 - y0) / height_px
        to_upright = np.array([[across, 0.0, x0], [0.0, down, y0]], dtype=np.float64)
        even = (width_px + width_px % 2, height_px + height_px % 2)
        return self._sample(to_upright, even, replicate=True)[:height_px, :width_px]

    def _sample(
        self, to_upright: FloatArray, size: tuple[int, int], *, replicate: bool
    ) -> ByteArray:
        """Sample an RGB picture of even width and height through a map from its pixels."""
        width, height = size
        luma_map = _compose(self.stored_from_upright, to_upright)
        chroma_map = _to_chroma(luma_map)
        planar = np.empty((height * 3 // 2, width), np.uint8)
        _warp(self.luma, luma_map, 16, replicate, out=planar[:height])
        chroma = planar[height:].reshape(2, height // 2, width // 2)
        _warp(self.chroma_u, chroma_map, 128, replicate, out=chroma[0])
        _warp(self.chroma_v, chroma_map, 128, replicate, out=chroma[1])
        return np.asarray(cv2.cvtColor(planar, cv2.COLOR_YUV2RGB_I420), dtype=np.uint8)


def _compose(outer: FloatArray, inner: FloatArray) -> FloatArray:
    """Affine (2, 3) that does ``inner`` first, then ``outer``."""
    (a, b, c), (d, e, f) = inner.tolist()
    return np.array(
        [[p * a + q * d, p * b + q * e, p * c + q * f + offset] for p, q, offset in outer.tolist()]
    )


def _to_chroma(luma_map: FloatArray) -> FloatArray:
    """Adapt a map for a crop of half the side from planes of half the size.

    A chroma sample of the crop stands for 2 x 2 of its pixels, so it lies half a pixel further in;
    in the picture it stands beside the even columns and between the rows (H.264, Annex E, type 0).
    """
    (a, b, c), (d, e, f) = luma_map.tolist()
    return np.array([[a, b, c / 2 + (a + b) / 4], [d, e, f / 2 + (d + e) / 4 - 0.25]])


def _warp(
    plane: ByteArray, to_plane: FloatArray, fill: int, replicate: bool, *, out: ByteArray
) -> None:
    if replicate:
        plane, to_plane = _shrink(plane, to_plane, out.shape)
    cv2.warpAffine(
        plane,
        to_plane,
        (out.shape[1], out.shape[0]),
        dst=out,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE if replicate else cv2.BORDER_CONSTANT,
        borderValue=fill,
    )


def _shrink(
    plane: ByteArray, to_plane: FloatArray, shape: tuple[int, ...]
) -> tuple[ByteArray, FloatArray]:
    """Average blocks of samples where a crop would leave every other one out.

    Bilinear sampling of one place in three lets fine texture flicker from frame to frame, and the
    landmarks with it; no detail is lost, for blocks are no larger than the crop's pixels. It is
    quicker too: samples far apart would each be fetched from memory on their own.
    """
    (a, b, c), (d, e, f) = to_plane.tolist()
    block = _largest_block(math.sqrt(abs(a * e - b * d)))
    if block < 2:
        return plane, to_plane
    right, down = shape[1] - 1.0, shape[0] - 1.0
    left, n_columns = _blocks(c, a * right, b * down, block, plane.shape[1])
    top, n_rows = _blocks(f, d * right, e * down, block, plane.shape[0])
    if min(n_columns, n_rows) < 2:
        return plane, to_plane
    small = plane[top : top + n_rows * block, left : left + n_columns * block]
    while small.shape[0] > n_rows:  # by halves: five times as quick as at once
        half = (small.shape[1] // 2, small.shape[0] // 2)
        small = np.asarray(cv2.resize(small, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    x, y = (c - left + 0.5) / block - 0.5, (f - top + 0.5) / block - 0.5
    moved = [[a / block, b / block, x], [d / block, e / block, y]]
    return small, np.array(moved)


def _largest_block(step: float) -> int:
    """Largest power of two that is no larger than the distance between samples."""
    return int(2 ** math.floor(math.log2(step))) if step >= 1 else 1


def _blocks(origin: float, along: float, across: float, block: int, length: int) -> tuple[int, int]:
    """First sample and number of the whole blocks that a crop needs, along one axis of a plane.

    Blocks lie on a grid that does not move with the crop.
    """
    low = origin + min(along, 0.0) + min(across, 0.0)
    high = origin + max(along, 0.0) + max(across, 0.0)
    first = min(max(math.floor(low / block) - 1, 0), length // block)
    last = min(max(math.ceil(high / block) + 2, 0), length // block)
    return first * block, last - first
