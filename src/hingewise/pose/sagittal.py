"""SagittalTrack: the near side of the body in its own plane, x anterior and y up.

Up is the picture's up; the kinematics measure from where the vertical really is (``pose.roll``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hingewise.errors import ShapeError
from hingewise.pose.body import CHAIN, middle_px, segment_lengths
from hingewise.pose.scale import Scale, estimate_scale
from hingewise.pose.skeletons import LANDMARKS
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import View
from hingewise.signal.gaps import bridge_gaps
from hingewise.units import BoolArray, FloatArray, SampleArray

MIN_CONFIDENCE = 0.2
"""A landmark seen less surely than this is hidden."""

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
    dorsal_px
        Outline of the back from shoulder to hip in the picture, or None: a view of the track, which
        ``to_m`` turns into metres, x anterior and y up. Shape (T, C, 2).
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
    dorsal_px: SampleArray | None
    to_m: FloatArray
    stance_m: FloatArray
    confidence: FloatArray
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


def to_sagittal(track: PoseTrack, view: View, *, stature_m: float | None) -> SagittalTrack:
    """Take the near side out of a track and turn it so that the lifter faces +x."""
    names = [f"{view.near_side}_{landmark}" for landmark in LANDMARKS]
    position_px = np.full((track.n_frames, len(names), 2), np.nan)
    confidence = np.zeros((track.n_frames, len(names)))
    for column, name in enumerate(names):
        if track.has(name):
            position_px[:, column] = track.keypoint(name)
            confidence[:, column] = track.confidence[:, track.keypoints.index(name)]
    position_px[confidence < MIN_CONFIDENCE] = np.nan
    flat, filled = bridge_gaps(
        track.time_s, position_px.reshape(track.n_frames, -1), max_gap_s=MAX_GAP_S
    )
    position_px = flat.reshape(position_px.shape)
    chain = [position_px[:, LANDMARKS.index(name)] for name in CHAIN]
    scale = estimate_scale(segment_lengths(chain), stature_m)
    mirror = -1.0 if view.facing == "left" else 1.0
    to_m = np.array([mirror, -1.0]) * scale.m_per_px
    return SagittalTrack(
        time_s=track.time_s,
        position_m=position_px * to_m,
        dorsal_px=_dorsal_px(track, view),
        to_m=to_m,
        stance_m=(middle_px(track, "shoulder") - middle_px(track, "ankle")) * to_m,
        confidence=confidence,
        filled=filled,
        landmarks=LANDMARKS,
        view=view,
        scale=scale,
    )


def _dorsal_px(track: PoseTrack, view: View) -> SampleArray | None:
    """The outline on the side of the back.

    Looking from shoulder to hip in the picture, the first outline of a track is on the left hand
    (see ``pose.dorsal``): of a lifter who faces left, that is the back.
    """
    if track.silhouette_px is None or view.facing not in ("left", "right"):
        return None
    return track.silhouette_px[:, 0 if view.facing == "left" else 1]
