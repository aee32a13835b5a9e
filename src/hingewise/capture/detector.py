"""BlazePose's person detector: picture in, body circles out.

The network scores 2254 anchors on five grids of a 224 x 224 letterboxed picture; each anchor
proposes a box and four points, of which the first two are the middle of the hips and a point on
the circle around the whole body.

References
----------
.. [1] Bazarevsky et al., BlazePose: on-device real-time body pose tracking, 2020.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.capture.interpreter import Network
from hingewise.capture.picture import Picture
from hingewise.capture.region import Region, region_from_circle
from hingewise.units import FloatArray

INPUT_SIZE_PX = 224
GRID_STRIDES_PX = (8, 16, 32, 32, 32)
ANCHORS_PER_CELL = 2
MIN_SCORE_FRACTION = 0.5
MAX_OVERLAP_FRACTION = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """A person found in the picture: score 0-1 and the region around the body."""

    score: float
    region: Region


def make_anchors() -> FloatArray:
    """Return the anchor centres in the unit square. Shape (2254, 2)."""
    grids = []
    index = 0
    while index < len(GRID_STRIDES_PX):
        stride = GRID_STRIDES_PX[index]
        n_layers = sum(1 for other in GRID_STRIDES_PX[index:] if other == stride)
        n_cells = INPUT_SIZE_PX // stride
        centre = (np.arange(n_cells) + 0.5) / n_cells
        y, x = np.meshgrid(centre, centre, indexing="ij")
        cell = np.stack([x, y], axis=-1).reshape(-1, 1, 2)
        grids.append(np.repeat(cell, ANCHORS_PER_CELL * n_layers, axis=1).reshape(-1, 2))
        index += n_layers
    return np.concatenate(grids)


class PersonDetector:
    """Finds people in a picture."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._anchors = make_anchors()

    def detect(self, picture: Picture) -> list[Detection]:
        """Return the people in a picture, best first."""
        to_upright = letterbox(picture.upright_size_px)
        crop = picture.crop(to_upright, INPUT_SIZE_PX, replicate=False)
        boxes, logits = self._network.run(crop)
        scores = 1.0 / (1.0 + np.exp(-np.clip(logits[0, :, 0].astype(np.float64), -100, 100)))
        kept = np.flatnonzero(scores >= MIN_SCORE_FRACTION)
        if kept.size == 0:
            return []
        raw = boxes[0, kept].astype(np.float64).reshape(-1, 6, 2) / INPUT_SIZE_PX
        raw[:, 0] += self._anchors[kept]
        raw[:, 2:] += self._anchors[kept, np.newaxis]
        return [
            Detection(score=score, region=_to_region(points, to_upright))
            for score, points in _merge_overlapping(scores[kept], raw)
        ]


def letterbox(size_px: tuple[int, int]) -> FloatArray:
    """Affine (2, 3) from the unit square to the upright picture, centred, aspect kept."""
    width, height = size_px
    side = max(width, height)
    return np.array(
        [[side, 0.0, (width - side) / 2.0], [0.0, side, (height - side) / 2.0]], dtype=np.float64
    )


def _to_region(points: FloatArray, to_upright: FloatArray) -> Region:
    (cx, cy), (ex, ey) = points[2:4] @ to_upright[:, :2].T + to_upright[:, 2]
    return region_from_circle(float(cx), float(cy), float(ex), float(ey))


def _merge_overlapping(scores: FloatArray, raw: FloatArray) -> list[tuple[float, FloatArray]]:
    """Weighted non-maximum suppression: proposals of one person become their weighted mean."""
    left = list(np.argsort(-scores, kind="stable"))
    people: list[tuple[float, FloatArray]] = []
    while left:
        best = left[0]
        overlap = np.array([_box_overlap(raw[best], raw[i]) for i in left])
        same = [
            i for i, o in zip(left, overlap, strict=True) if o > MAX_OVERLAP_FRACTION or i == best
        ]
        weight = scores[same]
        merged = np.tensordot(weight / weight.sum(), raw[same], axes=1)
        people.append((float(scores[best]), merged))
        left = [i for i in left if i not in same]
    return people


def _box_overlap(a: FloatArray, b: FloatArray) -> float:
    low = np.maximum(a[0] - a[1] / 2, b[0] - b[1] / 2)
    high = np.minimum(a[0] + a[1] / 2, b[0] + b[1] / 2)
    shared = float(np.prod(np.maximum(0.0, high - low)))
    union = float(np.prod(a[1]) + np.prod(b[1])) - shared
    return shared / union if union > 0 else 0.0
