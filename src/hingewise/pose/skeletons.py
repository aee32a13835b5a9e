"""Keypoint sets of the pose networks, and the landmarks that hingewise measures with."""

from __future__ import annotations

from dataclasses import dataclass

BLAZEPOSE_KEYPOINTS: tuple[str, ...] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)


def _other_side(name: str) -> str:
    """Name of the same point on the other side of the body."""
    parts = name.split("_")
    swap = {"left": "right", "right": "left"}
    return "_".join(swap.get(part, part) for part in parts)


BLAZEPOSE_MIRRORED: tuple[int, ...] = tuple(
    BLAZEPOSE_KEYPOINTS.index(_other_side(name)) for name in BLAZEPOSE_KEYPOINTS
)
"""For each point, the column of the same point on the other side."""

HALPE26_KEYPOINTS: tuple[str, ...] = (
    "nose",
    "left_eye",
    "right_eye",
    "left_ear",
    "right_ear",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "head",
    "neck",
    "hip",
    "left_foot_index",
    "right_foot_index",
    "left_small_toe",
    "right_small_toe",
    "left_heel",
    "right_heel",
)

OPENPOSE_BODY25_KEYPOINTS: tuple[str, ...] = (
    "nose",
    "neck",
    "right_shoulder",
    "right_elbow",
    "right_wrist",
    "left_shoulder",
    "left_elbow",
    "left_wrist",
    "mid_hip",
    "right_hip",
    "right_knee",
    "right_ankle",
    "left_hip",
    "left_knee",
    "left_ankle",
    "right_eye",
    "left_eye",
    "right_ear",
    "left_ear",
    "left_foot_index",
    "left_small_toe",
    "left_heel",
    "right_foot_index",
    "right_small_toe",
    "right_heel",
)

SIDES: tuple[str, str] = ("left", "right")

LANDMARKS: tuple[str, ...] = (
    "ear",
    "shoulder",
    "elbow",
    "wrist",
    "hip",
    "knee",
    "ankle",
    "heel",
    "foot_index",
)
"""Named body points of one side, from the head down."""

DRAWN_SEGMENTS: tuple[tuple[str, str], ...] = (
    ("ear", "shoulder"),
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("shoulder", "hip"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "heel"),
    ("heel", "foot_index"),
    ("ankle", "foot_index"),
)
"""Lines of the drawn skeleton, as pairs of landmarks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SidedLandmark:
    """A landmark with its side, as a keypoint name: ``left_hip``."""

    side: str
    landmark: str

    @property
    def keypoint(self) -> str:
        """Name in the keypoint sets above."""
        return f"{self.side}_{self.landmark}"
