"""Text as small coverage masks, drawn once and then only blended into frames."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from hingewise.render.palette import Rgb

ByteArray = npt.NDArray[np.uint8]


@lru_cache(maxsize=16)
def _font(size_px: int) -> ImageFont.FreeTypeFont:
    return cast("ImageFont.FreeTypeFont", ImageFont.load_default(size=size_px))


@lru_cache(maxsize=4096)
def text_mask(text: str, size_px: int, *, bold: bool = False) -> ByteArray:
    """Coverage of a line of text, 0-255; masks of one size share height and baseline."""
    font = _font(size_px)
    stroke = max(1, round(size_px / 24)) if bold else 0
    ascent, descent = font.getmetrics()
    width = max(1, round(font.getlength(text)) + 2 * stroke)
    image = Image.new("L", (width, ascent + descent))
    draw = ImageDraw.Draw(image)
    draw.text((stroke, ascent), text, fill=255, font=font, anchor="ls", stroke_width=stroke / 2)
    mask = np.asarray(image, dtype=np.uint8).copy()
    mask.flags.writeable = False
    return mask


@lru_cache(maxsize=16)
def panel_mask(width_px: int, height_px: int, radius_px: int, opacity: int) -> ByteArray:
    """Coverage of a panel with round corners."""
    image = Image.new("L", (width_px, height_px))
    box = (0, 0, width_px - 1, height_px - 1)
    ImageDraw.Draw(image).rounded_rectangle(box, radius=radius_px, fill=opacity)
    mask = np.asarray(image, dtype=np.uint8).copy()
    mask.flags.writeable = False
    return mask


def blend(frame: ByteArray, mask: ByteArray, x: int, y: int, rgb: Rgb) -> None:
    """Blend a colour into ``frame`` (changed in place) where ``mask`` covers it; clipped."""
    top, left = max(0, y), max(0, x)
    bottom = min(frame.shape[0], y + mask.shape[0])
    right = min(frame.shape[1], x + mask.shape[1])
    if bottom <= top or right <= left:
        return
    covered = mask[top - y : bottom - y, left - x : right - x, np.newaxis].astype(np.int32)
    target = frame[top:bottom, left:right]
    colour = np.array(rgb, dtype=np.int32)
    target += ((colour - target) * covered // 255).astype(np.uint8)
