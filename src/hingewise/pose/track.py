"""PoseTrack: one lifter's keypoints over time, as a network saw them."""

from __future__ import annotations

import mmap
from dataclasses import dataclass, fields, replace

import numpy as np

from hingewise.errors import ShapeError
from hingewise.units import BoolArray, FloatArray, IntArray, SampleArray


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatorInfo:
    """Which network made a track: name, version and the SHA-256 of its model file (or "")."""

    name: str
    version: str
    model_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackNotes:
    """What the capture noticed about the film.

    ``n_people`` seen for long; ``cut_s`` times at which the scene changes; ``camera_travel`` how
    far the picture strays from its usual place, in picture widths; ``n_frames_lost`` pictures that
    the file promises but that could not be decoded.
    """

    n_people: int = 1
    cut_s: tuple[float, ...] = ()
    camera_travel: float = 0.0
    n_frames_lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoseTrack:
    """Keypoints of one lifter.

    Attributes
    ----------
    time_s
        True times of the frames, increasing from 0. Shape (T,).
    position_px
        Upright picture, x right, y down, NaN where not observed. Shape (T, K, 2).
    confidence
        0-1, how sure the network is that the point is visible. Shape (T, K).
    keypoints
        Names of the K points.
    image_size_px
        Width and height of the upright picture.
    estimator
        Who made the track.
    world_m
        The network's own three-dimensional guess about the middle of the hips (x right, y down, z
        away from the camera), or None. Shape (T, K, 3).
    silhouette_px
        Body outline on both sides of the shoulder-hip line, or None. Shape (T, 2, C, 2).
    notes
        What the capture noticed.
    """

    time_s: FloatArray
    position_px: SampleArray
    confidence: SampleArray
    keypoints: tuple[str, ...]
    image_size_px: tuple[int, int]
    estimator: EstimatorInfo
    world_m: SampleArray | None = None
    silhouette_px: SampleArray | None = None
    notes: TrackNotes = TrackNotes()

    def __post_init__(self) -> None:
        n, k = self.time_s.size, len(self.keypoints)
        expected: dict[str, tuple[int, ...]] = {
            "time_s": (n,),
            "position_px": (n, k, 2),
            "confidence": (n, k),
            "world_m": (n, k, 3),
        }
        problems = [
            f"{name}: expected shape {shape}, got {getattr(self, name).shape}"
            for name, shape in expected.items()
            if getattr(self, name) is not None and getattr(self, name).shape != shape
        ]
        if self.silhouette_px is not None and self.silhouette_px.shape[:2] != (n, 2):
            problems.append(
                f"silhouette_px: expected ({n}, 2, C, 2), got {self.silhouette_px.shape}"
            )
        if n > 1 and not np.all(np.diff(self.time_s) > 0):
            problems.append("time_s: expected increasing times")
        if problems:
            raise ShapeError("; ".join(problems))
        for array in self._arrays():
            array.flags.writeable = False

    @property
    def n_frames(self) -> int:
        """Number of frames."""
        return int(self.time_s.size)

    def keypoint(self, name: str) -> FloatArray:
        """Positions of one keypoint. Shape (T, 2), NaN where not observed. [px]"""
        return self.position_px[:, self.keypoints.index(name)].astype(np.float64)

    def has(self, name: str) -> bool:
        """Whether the track holds this keypoint."""
        return name in self.keypoints

    def take(self, rows: IntArray | slice) -> PoseTrack:
        """Some frames, in order of time, as a track of their own; of a slice no copy is made."""
        return replace(
            self,
            time_s=self.time_s[rows],
            position_px=self.position_px[rows],
            confidence=self.confidence[rows],
            world_m=None if self.world_m is None else self.world_m[rows],
            silhouette_px=None if self.silhouette_px is None else self.silhouette_px[rows],
        )

    def let_go(self) -> None:
        """Give back the memory of arrays that lie in a file: what is needed is read again.

        Nothing can be noticed of it but that an hour of film needs no more memory than a minute.
        """
        let_go(*self._arrays())

    def _arrays(self) -> list[np.ndarray]:
        values = [getattr(self, field.name) for field in fields(self)]
        return [value for value in values if isinstance(value, np.ndarray)]

    @property
    def observed(self) -> BoolArray:
        """Frames in which the lifter was seen. Shape (T,)."""
        finite: BoolArray = np.isfinite(self.position_px)
        return np.asarray(np.any(finite[..., 0] & finite[..., 1], axis=1), dtype=np.bool_)


def let_go(*arrays: np.ndarray) -> None:
    """Give back the memory of those arrays that lie in a file."""
    for pages in {id(m): m for m in map(_mapped_file, arrays) if m}.values():
        if hasattr(pages, "madvise"):  # not on Windows, which takes them when it needs them
            pages.madvise(mmap.MADV_DONTNEED)


def _mapped_file(array: np.ndarray) -> mmap.mmap | None:
    """The mapping of a file that an array lies in, if it does."""
    owner: object = array
    while isinstance(owner, np.ndarray):
        owner = owner.base
    return owner if isinstance(owner, mmap.mmap) else None
