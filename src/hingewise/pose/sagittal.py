"""SagittalTrack: the near side of the body in its own plane, x anterior and y up.

Up is the picture's up; the kinematics measure from where the vertical really is (``pose.roll``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.errors import ShapeError
from hingewise.pose.body import CHAIN, middle_px, segment_lengths, sure_confidence
from hingewise.pose.dorsal import N_CONTOUR_POINTS, Back
from hingewise.pose.scale import Scale, estimate_scale
from hingewise.pose.skeletons import LANDMARKS
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import View
from hingewise.signal.gaps import bridge_gaps
from hingewise.units import BoolArray, FloatArray, IntArray, SampleArray

MAX_GAP_S = 0.25
"""Hidden for longer than this, a landmark stays missing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SagittalTrack:
    """Landmarks of the near side.

    Attributes
    ----------
    time_s
        Shape (T,).
    position_m
        x anterior, y up, NaN where hidden. Shape (T, L, 2).
    back
        Outline of the back in the picture, or None: a view of the track.
    to_m
        Factors of x and y from the picture to metres. Shape (2,). [m/px]
    stance_m
        From the middle of the ankles to the middle of the shoulders, both sides. Shape (T, 2).
    confidence
        0-1. Shape (T, L).
    filled
        Frames in which a landmark was bridged. Shape (T,).
    landmarks
        Names of the L points.
    view, scale
        How the camera stood, and metres per pixel.
    """

    time_s: FloatArray
    position_m: FloatArray
    back: Back | None
    to_m: FloatArray
    stance_m: FloatArray
    confidence: SampleArray
    filled: BoolArray
    landmarks: tuple[str, ...]
    view: View
    scale: Scale

    def __post_init__(self) -> None:
        n, count = self.time_s.size, len(self.landmarks)
        if self.position_m.shape != (n, count, 2) or self.confidence.shape != (n, count):
            raise ShapeError(
                f"expected ({n}, {count}, 2) positions and ({n}, {count}) confidences, got "
                f"{self.position_m.shape} and {self.confidence.shape}"
            )

    def landmark(self, name: str) -> FloatArray:
        """Positions of one landmark. Shape (T, 2). [m]"""
        return self.position_m[:, self.landmarks.index(name)]


def to_sagittal(
    track: PoseTrack, view: View, *, stature_m: float | None, set_rows: IntArray | None = None
) -> SagittalTrack:
    """Take the near side out of a track and turn it so that the lifter faces +x.

    The scale is that of the frames ``set_rows``, or of all: near the camera the lifter is larger.
    A segment that a plate hides in all of them is about as long as it seems.
    """
    position, confidence, filled = _near_side(track, view.near_side)
    rows = slice(None) if set_rows is None else set_rows
    chain = [position[rows, LANDMARKS.index(name)] for name in CHAIN]
    unsure = [track.keypoint(f"{view.near_side}_{name}")[rows] for name in CHAIN]
    sure_px = segment_lengths(chain)
    ever_sure = np.isfinite(sure_px).any(axis=0)
    lengths_px = np.where(ever_sure, sure_px, segment_lengths(unsure))
    scale = estimate_scale(lengths_px, stature_m)
    mirror = -1.0 if view.facing == "left" else 1.0
    to_m = np.array([mirror, -1.0]) * scale.m_per_px
    position *= to_m
    return SagittalTrack(
        time_s=track.time_s,
        position_m=position,
        back=_back(track, view),
        to_m=to_m,
        stance_m=(middle_px(track, "shoulder") - middle_px(track, "ankle")) * to_m,
        confidence=confidence,
        filled=filled,
        landmarks=LANDMARKS,
        view=view,
        scale=scale,
    )


def _near_side(track: PoseTrack, side: str) -> tuple[FloatArray, SampleArray, BoolArray]:
    """Landmarks of one side [px] with their short gaps bridged, confidences, bridged frames.

    One after the other, for copies of all together would be larger than a film of an hour.
    """
    position_px = np.full((track.n_frames, len(LANDMARKS), 2), np.nan)
    confidence = np.zeros((track.n_frames, len(LANDMARKS)), np.float32)
    filled = np.zeros(track.n_frames, dtype=np.bool_)
    for column, landmark in enumerate(LANDMARKS):
        name = f"{side}_{landmark}"
        if not track.has(name):
            continue
        confidence[:, column] = track.confidence[:, track.keypoints.index(name)]
        points = track.keypoint(name)
        points[confidence[:, column] < sure_confidence(track.estimator.name)] = np.nan
        position_px[:, column], bridged = bridge_gaps(track.time_s, points, max_gap_s=MAX_GAP_S)
        filled |= bridged
    return position_px, confidence, filled


def _back(track: PoseTrack, view: View) -> Back | None:
    """The outline on the side of the back.

    Looking from shoulder to hip in the picture, the first outline of a track is on the left hand
    (see ``pose.dorsal``): of a lifter who faces left, that is the back.
    """
    if track.silhouette_px is None or view.facing not in ("left", "right"):
        return None
    if track.silhouette_px.shape[2] != N_CONTOUR_POINTS:
        return None
    return Back(
        outline_px=track.silhouette_px[:, 0 if view.facing == "left" else 1],
        shoulder_px=middle_px(track, "shoulder"),
        hip_px=middle_px(track, "hip"),
    )
