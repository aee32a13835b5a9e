"""BlazePose's landmark model: a region of the picture in, landmarks and body mask out.

The network is not symmetric: of a film and its mirror image it makes knees that differ by up to
three degrees. So it is always shown people who face the left; who faces the right is mirrored.

References
----------
.. [1] Bazarevsky et al., BlazePose: on-device real-time body pose tracking, 2020.
.. [2] Grishchenko et al., BlazePose GHUM holistic, 2022.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hingewise.capture.interpreter import Network
from hingewise.capture.picture import Picture
from hingewise.capture.reading import (
    INPUT_SIZE_PX,
    MASK,
    N_KEYPOINTS,
    Poses,
    Reading,
    read_outputs,
    work_out,
)
from hingewise.capture.region import Region, region_from_circle
from hingewise.units import FloatArray

MIN_PRESENCE = 0.5

MIN_TURN = 0.05
"""Feet, knees and face must point the other way by this much (share of the region) to turn it."""

_TRUNK_LEGS = [11, 12, 23, 24, 25, 27, 26, 28]
_CHAINS = np.array([[11, 23, 25, 27], [12, 24, 26, 28]])
_AHEAD = np.zeros(N_KEYPOINTS)
"""What tells the front from the back: toes from heels, nose from ears, knees from hip and ankle."""

_AHEAD[[31, 32, 25, 26]], _AHEAD[0] = 0.5, 1.0
_AHEAD[[29, 30, 7, 8]], _AHEAD[[23, 24, 27, 28]] = -0.5, -0.25


HANGING_SHARE = 0.9
"""Lower shoulders than hips by this share of the trunk (154 degrees from upright, or more) are an
upper body found in plates and shadows."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PersonPose:
    """One person in one frame, as far as following them needs it.

    ``body_confidence`` tells how surely the trunk and the better seen leg are visible, range 0-1;
    ``next_region`` where to look next; ``reading`` what `Landmarker.work_out` makes the rest of.
    """

    body_confidence: float
    next_region: Region
    reading: Reading

    @property
    def position_px(self) -> FloatArray:
        """Rough landmarks in upright pixels. Shape (39, 2)."""
        to_picture = self.reading.to_picture
        unit = self.reading.points[:, :2] / INPUT_SIZE_PX
        return np.asarray(unit @ to_picture[:, :2].T + to_picture[:, 2])

    @property
    def body_length_px(self) -> float:
        """Length of trunk, thigh and shank in the picture, mean of both sides."""
        chain = self.position_px[_CHAINS].mean(axis=0)
        return float(np.hypot(*np.diff(chain, axis=0).T).sum())

    @property
    def hangs(self) -> bool:
        """Whether the trunk hangs straight down from the hips, as in no standing exercise."""
        shoulder, hip = self.position_px[_CHAINS][:, :2].mean(axis=0)
        trunk = shoulder - hip
        return bool(trunk[1] > HANGING_SHARE * np.hypot(*trunk))


class Landmarker:
    """Measures the person inside a region.

    ``brief`` is the same network without its mask, for pictures in which nobody asks for the
    outline.
    """

    def __init__(self, network: Network, brief: Network | None = None) -> None:
        self._network = network
        self._brief = brief

    def measure(
        self, picture: Picture, region: Region, *, with_outline: bool = True
    ) -> PersonPose | None:
        """Return the person's pose, or None when the model sees nobody there."""
        to_picture = region.to_picture()
        crop = picture.crop(to_picture, INPUT_SIZE_PX, replicate=True)
        if with_outline or self._brief is None:
            outputs = self._network.run(crop)
            mask = outputs.pop(MASK)[0, :, :, 0]
        else:
            outputs, mask = self._brief.run(crop), None
        if not float(outputs[1][0, 0]) >= MIN_PRESENCE:
            return None
        reading = read_outputs(outputs, mask, region, to_picture)
        return PersonPose(
            body_confidence=_body_confidence(reading),
            next_region=_next_region(reading),
            reading=reading,
        )

    def work_out(self, poses: Sequence[PersonPose]) -> Poses:
        """Return all that was seen of somebody in some frames."""
        return work_out([pose.reading for pose in poses])


def _body_confidence(reading: Reading) -> float:
    seen = [_sigmoid(min(both)) for both in reading.points[_TRUNK_LEGS, 3:].tolist()]
    return (sum(seen[:4]) / 4 + max(sum(seen[4:6]), sum(seen[6:])) / 2) / 2


def _sigmoid(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-min(max(logit, -80.0), 80.0)))


def _next_region(reading: Reading) -> Region:
    (xx, xy, x), (yx, yy, y) = reading.to_picture.tolist()
    centre, edge = (
        (xx * u + xy * v + x, yx * u + yy * v + y) for u, v in (reading.centre, reading.edge)
    )
    return region_from_circle(*centre, *edge, mirrored=_faces_right(reading))


def _faces_right(reading: Reading) -> bool:
    """Whether the person faces the right of the upright body; as before while it is not clear."""
    ahead = float(_AHEAD @ reading.points[:N_KEYPOINTS, 0]) / INPUT_SIZE_PX
    return bool(reading.region.mirrored != (ahead > MIN_TURN))
