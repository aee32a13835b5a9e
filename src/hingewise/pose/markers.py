"""Marker and keypoint names of other programs, and what we call them."""

from __future__ import annotations

import re

from hingewise.pose.skeletons import (
    HALPE26_KEYPOINTS,
    LANDMARKS,
    OPENPOSE_BODY25_KEYPOINTS,
    SIDES,
)

COCO17_KEYPOINTS: tuple[str, ...] = HALPE26_KEYPOINTS[:17]

OPENPOSE_COCO18_KEYPOINTS: tuple[str, ...] = (
    *OPENPOSE_BODY25_KEYPOINTS[:8],
    *OPENPOSE_BODY25_KEYPOINTS[9:19],
)
"""As BODY_25 without the middle of the hips and the feet."""

KEYPOINTS_BY_COUNT: dict[int, tuple[str, ...]] = {
    len(names): names
    for names in (
        COCO17_KEYPOINTS,
        OPENPOSE_COCO18_KEYPOINTS,
        OPENPOSE_BODY25_KEYPOINTS,
        HALPE26_KEYPOINTS,
    )
}
"""OpenPose files carry no names: the number of points tells the set."""

READ_KEYPOINTS: tuple[str, ...] = (
    "nose",
    *(f"{side}_{landmark}" for landmark in LANDMARKS for side in SIDES),
)
"""Keypoints of every track read from another program; those it lacks are NaN."""

NEEDED_LANDMARKS: tuple[str, ...] = ("shoulder", "hip", "knee", "ankle")

_LANDMARK_OF = {
    "ear": "ear",
    "shoulder": "shoulder",
    "elbow": "elbow",
    "lelbow": "elbow",
    "wrist": "wrist",
    "lwrist": "wrist",
    "hip": "hip",
    "hjc": "hip",
    "knee": "knee",
    "ankle": "ankle",
    "heel": "heel",
    "calc": "heel",
    "bigtoe": "foot_index",
    "toe": "foot_index",
    "footindex": "foot_index",
}


def keypoint_name(marker: str) -> str | None:
    """Return our name of a marker of OpenPose, Sports2D, OpenCap or BlazePose, or None.

    Examples
    --------
    >>> keypoint_name("RBigToe"), keypoint_name("r_calc_study"), keypoint_name("left_hip")
    ('right_foot_index', 'right_heel', 'left_hip')
    """
    plain = re.sub(r"[^a-z]", "", re.sub(r"_study$", "", marker.strip(), flags=re.I).lower())
    if plain == "nose":
        return "nose"
    for prefix, side in (("right", "right"), ("left", "left"), ("r", "right"), ("l", "left")):
        landmark = (
            _LANDMARK_OF.get(plain.removeprefix(prefix)) if plain.startswith(prefix) else None
        )
        if landmark is not None:
            return f"{side}_{landmark}"
    return None


def missing_landmarks(names: set[str]) -> list[str]:
    """Return what is lacking on the better side, of the landmarks that no angle can do without."""
    lacking = [[f"{s}_{m}" for m in NEEDED_LANDMARKS if f"{s}_{m}" not in names] for s in SIDES]
    return min(lacking, key=len)
