"""A decoded picture and the crops that the networks see.

Pictures stay as the decoder stores them (planar YUV 4:2:0, unrotated, perhaps scaled down); every
crop is one affine warp of the planes, so rotation metadata, non-square pixels and scaling cost
nothing and no full-size RGB picture is ever made.
"""

from __future__ import annotations

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
        width, height = self.upright_size_px
        to_pixels = np.diag([width / width_px, height / height_px, 1.0])[:2]
        even = (width_px + width_px % 2, height_px + height_px % 2)
        return self._sample(to_pixels, even, replicate=True)[:height_px, :width_px]

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
    linear = outer[:, :2] @ inner
    linear[:, 2] += outer[:, 2]
    return linear


def _to_chroma(luma_map: FloatArray) -> FloatArray:
    """Adapt a map for a crop of half the side from planes of half the size.

    A chroma sample of the crop stands for 2 x 2 of its pixels, so it lies half a pixel further in;
    in the picture it stands beside the even columns and between the rows (H.264, Annex E, type 0).
    """
    chroma = luma_map / 2.0
    chroma[:, 2] += chroma[:, :2] @ [0.5, 0.5] - [0.0, 0.25]
    chroma[:, :2] *= 2.0
    return chroma


def _warp(
    plane: ByteArray, to_plane: FloatArray, fill: int, replicate: bool, *, out: ByteArray
) -> None:
    cv2.warpAffine(
        plane,
        to_plane,
        (out.shape[1], out.shape[0]),
        dst=out,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE if replicate else cv2.BORDER_CONSTANT,
        borderValue=fill,
    )
