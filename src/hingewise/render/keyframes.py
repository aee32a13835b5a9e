"""Still pictures for the report: one size, cut to the lifter, small enough to be carried inline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import numpy as np
from PIL import Image

from hingewise.render.overlay import OverlayState, draw_frame
from hingewise.render.proof import draw_proof
from hingewise.render.sprites import ByteArray
from hingewise.repetitions.types import Phase, Repetition
from hingewise.report.proof import Proof
from hingewise.units import BoolArray, FloatArray

WIDTH_PX = 360
"""Width of a key frame: sharp at the size it has in a card, on a phone too."""

FAULT = "fault:"

_ALL_FRAMES_BYTES = 620_000
_MAX_FRAME_BYTES = 26_000
_MIN_FRAME_BYTES = 7_000
_QUALITIES = (82, 74, 66, 58, 50, 42, 34)
_ASPECT = 4 / 5
_MARGIN_FRACTION = 0.12
_LINE_SCALE = 1.8
_N_STRIP_FRAMES = 8
_SETTLE_S = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFrame:
    """A picture of one moment.

    ``kind`` is ``bottom`` or ``lockout``, ``strip`` in a series, or ``fault`` and the check that it
    proves.
    """

    repetition: int
    kind: str
    time_s: float
    jpeg: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMoment:
    """Which frame of the film becomes which key frame."""

    index: int
    repetition: int
    kind: str
    proof: Proof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A rectangle of the upright picture, as whole pixels ``[x0, x1) x [y0, y1)``."""

    x0: int
    y0: int
    x1: int
    y1: int


def crop_to_lifter(points_px: FloatArray, size_px: tuple[int, int]) -> Crop:
    """Choose the part of the picture that holds the lifter during the whole set.

    Parameters
    ----------
    points_px
        Points of the lifter over the set; NaN rows are left out. Shape (N, 2).
    size_px
        Width and height of the picture.

    Returns
    -------
    An upright rectangle with room around the lifter; the whole picture where nobody was seen.
    """
    points = points_px[np.isfinite(points_px).all(axis=1)]
    if points.shape[0] == 0:
        return Crop(x0=0, y0=0, x1=size_px[0], y1=size_px[1])
    low, high = np.percentile(points, [1.0, 99.0], axis=0)
    margin = _MARGIN_FRACTION * float((high - low).max())
    width, height = high - low + 2 * margin
    width, height = max(width, height * _ASPECT), max(height, width / _ASPECT)
    size = np.minimum([width, height], size_px)
    start = np.clip((low + high - size) / 2, 0.0, np.array(size_px) - size)
    x0, y0 = np.floor(start).astype(int).tolist()
    x1, y1 = np.ceil(start + size).astype(int).tolist()
    return Crop(x0=x0, y0=y0, x1=min(x1, size_px[0]), y1=min(y1, size_px[1]))


def choose_key_moments(
    time_s: FloatArray, repetitions: Sequence[Repetition], keyframe: BoolArray | None = None
) -> tuple[KeyMoment, ...]:
    """Choose the frames to show: bottom and lockout of each repetition, one repetition as a series.

    Parameters
    ----------
    time_s
        Shape (T,).
    repetitions
        In order of time.
    keyframe
        Pictures that decode on their own; bottom and lockout are shown by one of them if they last
        that long, the bottom else by its first moment, which is decoded soonest. Shape (T,).

    Returns
    -------
    Moments in the order of the film. A frame may be wanted twice; a partial repetition has no
    lockout.
    """
    moments = []
    for repetition in repetitions:
        bottom = _at_bottom(time_s, repetition, keyframe)
        moments.append(KeyMoment(index=bottom, repetition=repetition.number, kind="bottom"))
        if not repetition.partial:
            settled = _settled(time_s, repetition, keyframe)
            moments.append(KeyMoment(index=settled, repetition=repetition.number, kind="lockout"))
    typical = _typical_repetition(repetitions)
    if typical is not None:
        moments += [
            KeyMoment(index=_nearest(time_s, float(at_s)), repetition=typical.number, kind="strip")
            for at_s in np.linspace(typical.start_s, typical.top_s, _N_STRIP_FRAMES)
        ]
    return tuple(sorted(moments, key=lambda moment: moment.index))


def prove_key_moments(
    time_s: FloatArray, repetitions: Sequence[Repetition], proofs: Sequence[Proof]
) -> tuple[KeyMoment, ...]:
    """The frames that prove faults."""
    return tuple(
        KeyMoment(
            index=_nearest(time_s, proof.at_s),
            repetition=next((r.number for r in repetitions if proof.at_s <= r.end_s), 0),
            kind=f"{FAULT}{proof.check}",
            proof=proof,
        )
        for proof in proofs
    )


def _at_bottom(time_s: FloatArray, repetition: Repetition, keyframe: BoolArray | None) -> int:
    """A moment of the bottom; all of its phase is as deep, so one that is decoded soonest."""
    phase = repetition.phase(Phase.BOTTOM)
    if phase is None or keyframe is None:
        return _nearest(time_s, repetition.bottom_s)
    first = int(np.searchsorted(time_s, phase.start_s))
    last = int(np.searchsorted(time_s, phase.end_s, side="right"))
    return first + int(np.argmax(keyframe[first:last])) if last > first else first


def _settled(time_s: FloatArray, repetition: Repetition, keyframe: BoolArray | None) -> int:
    """A moment after the lockout was reached, when nothing blurs any more."""
    start_s = repetition.top_s + min(_SETTLE_S, (repetition.end_s - repetition.top_s) / 2)
    first = _nearest(time_s, start_s)
    if keyframe is None:
        return first
    in_hold = keyframe[first:] & (time_s[first:] <= max(repetition.end_s - _SETTLE_S, start_s))
    return first + int(np.argmax(in_hold))


def _typical_repetition(repetitions: Sequence[Repetition]) -> Repetition | None:
    """Complete, seen from its start if possible, and as deep as most."""
    complete = [r for r in repetitions if not r.partial]
    if not complete:
        return None
    return min(
        complete,
        key=lambda r: (r.phase(Phase.ECCENTRIC) is None, abs(r.depth_fraction - 1.0), r.number),
    )


def _nearest(time_s: FloatArray, at_s: float) -> int:
    return int(np.argmin(np.abs(time_s - at_s)))


def frame_budget_bytes(n_frames: int) -> int:
    """Size that each of ``n_frames`` may have, so that a report stays easy to send."""
    share = _ALL_FRAMES_BYTES // max(1, n_frames)
    return max(_MIN_FRAME_BYTES, min(_MAX_FRAME_BYTES, share))


def keyframe_size_px(crop: Crop) -> tuple[int, int]:
    """Width and height of a key frame; small pictures are not enlarged beyond twice their size."""
    width, height = crop.x1 - crop.x0, crop.y1 - crop.y0
    factor = min(WIDTH_PX / width, 2.0)
    return round(width * factor), round(height * factor)


def encode_keyframe(
    rgb: ByteArray,
    state: OverlayState | None = None,
    *,
    crop: Crop,
    proof: Proof | None = None,
    forward: float = 1.0,
    max_bytes: int = _MAX_FRAME_BYTES,
) -> bytes:
    """Draw and compress one key frame.

    Parameters
    ----------
    rgb
        The part of the upright picture, at its final size. Shape (H, W, 3).
    state
        What to draw, in pixels of the whole upright picture; None draws nothing. Its panel is left
        out.
    crop
        Which part it is.
    proof, forward
        What proves a fault here, if anything, and whether the lifter faces right (1) or left (-1).
    max_bytes
        The picture is compressed harder until it fits, down to a floor.
    """
    if state is not None:
        moved = _moved(state, crop, rgb.shape[1] / (crop.x1 - crop.x0))
        rgb = draw_frame(rgb, moved)
        if proof is not None:
            rgb = draw_proof(rgb, moved, proof, forward=forward)
    return _compress(Image.fromarray(rgb), max_bytes)


def _moved(state: OverlayState, crop: Crop, factor: float) -> OverlayState:
    origin = np.array([crop.x0, crop.y0], dtype=np.float64)

    def move(points_px: FloatArray | None) -> FloatArray | None:
        return None if points_px is None else (points_px - origin) * factor

    return replace(
        state,
        near_px=(state.near_px - origin) * factor,
        far_px=(state.far_px - origin) * factor,
        dorsal_px=move(state.dorsal_px),
        held_px=move(state.held_px),
        hud=None,
        line_scale=_LINE_SCALE,
    )


def _compress(image: Image.Image, max_bytes: int) -> bytes:
    data = b""
    for quality in _QUALITIES:
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True)
        data = buffer.getvalue()
        if len(data) <= max_bytes:
            break
    return data
