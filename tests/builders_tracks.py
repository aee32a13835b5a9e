"""Stored tracks for the tests of track files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from hingewise.pose.dorsal import N_CONTOUR_POINTS
from hingewise.pose.skeletons import (
    BLAZEPOSE_KEYPOINTS,
)
from hingewise.pose.track import EstimatorInfo, PoseTrack, TrackNotes
from hingewise.units import FloatArray

ESTIMATOR = EstimatorInfo(name="test", version="2", model_sha256="ab" * 32)
NOTES = TrackNotes(n_people=2, cut_s=(1.25, 3.1), camera_travel=0.125, n_frames_lost=4)

STANDING = {
    "ear": (0.05, 1.65),
    "shoulder": (0.0, 1.45),
    "elbow": (0.02, 1.15),
    "wrist": (0.05, 0.9),
    "hip": (0.0, 0.95),
    "knee": (0.03, 0.5),
    "ankle": (0.0, 0.08),
    "heel": (-0.06, 0.02),
    "foot_index": (0.18, 0.02),
}
"""A lifter who faces right: forward and up. [m]"""


def make_track(n_frames: int = 50, *, world: bool = True, silhouette: bool = True) -> PoseTrack:
    rng = np.random.default_rng(11)
    k = len(BLAZEPOSE_KEYPOINTS)
    position = rng.normal(500, 200, (n_frames, k, 2)).astype(np.float32)
    position[rng.random((n_frames, k)) < 0.1] = np.nan
    return PoseTrack(
        time_s=np.cumsum(rng.uniform(0.01, 0.05, n_frames)),
        position_px=position,
        confidence=rng.random((n_frames, k)).astype(np.float32),
        keypoints=BLAZEPOSE_KEYPOINTS,
        image_size_px=(1080, 1920),
        estimator=ESTIMATOR,
        world_m=rng.normal(size=(n_frames, k, 3)).astype(np.float32) if world else None,
        silhouette_px=_outline(rng, n_frames) if silhouette else None,
        notes=NOTES,
    )


def _outline(rng: np.random.Generator, n_frames: int) -> np.ndarray:
    outline = rng.normal(size=(n_frames, 2, N_CONTOUR_POINTS, 2)).astype(np.float32)
    outline[:, :, 3:5] = np.nan
    return outline


def assert_same(found: PoseTrack, expected: PoseTrack) -> None:
    for name in ("time_s", "position_px", "confidence", "world_m", "silhouette_px"):
        mine, its = getattr(found, name), getattr(expected, name)
        if its is None:
            assert mine is None
            continue
        assert mine.dtype == its.dtype
        assert mine.shape == its.shape
        assert mine.tobytes() == its.tobytes(), name
    for name in ("keypoints", "image_size_px", "estimator", "notes"):
        assert getattr(found, name) == getattr(expected, name)


def standing_points(keypoints: tuple[str, ...], x_px: float, height_px: float = 400) -> FloatArray:
    """Points (K, 3) of somebody standing at ``x_px``, y down; unknown points are not seen."""
    points = np.zeros((len(keypoints), 3))
    for row, name in enumerate(keypoints):
        landmark = name.partition("_")[2]
        if landmark in STANDING:
            forward, up = STANDING[landmark]
            points[row] = (x_px + forward * height_px / 1.7, 600 - up * height_px / 1.7, 0.9)
    return points


def write_openpose(
    folder: Path,
    frames: dict[int, list[FloatArray]],
    *,
    pattern: str = "set_{:012d}_keypoints.json",
) -> Path:
    folder.mkdir(exist_ok=True)
    for number, people in frames.items():
        body = {
            "version": 1.3,
            "people": [{"pose_keypoints_2d": p.ravel().tolist()} for p in people],
        }
        (folder / pattern.format(number)).write_text(json.dumps(body))
    return folder


CAMEL = {
    "ear": "Ear",
    "shoulder": "Shoulder",
    "elbow": "Elbow",
    "wrist": "Wrist",
    "hip": "Hip",
    "knee": "Knee",
    "ankle": "Ankle",
    "heel": "Heel",
    "foot_index": "BigToe",
}


def make_trc(
    unit: str = "m",
    *,
    yaw_deg: float = 0.0,
    names: dict[str, str] | None = None,
    y_up: bool = True,
    planar: bool = False,
    n_frames: int = 4,
) -> str:
    """Somebody standing who faces x at yaw zero, with the left side at z = -0.15 m."""
    scale = {"m": 1.0, "cm": 100.0, "mm": 1000.0, "px": 300.0}[unit]
    cos, sin = np.cos(np.radians(yaw_deg)), np.sin(np.radians(yaw_deg))
    names = names or {
        f"{s}_{m}": f"{s[0].upper()}{CAMEL[m]}" for s in ("left", "right") for m in STANDING
    }
    rows: list[str] = []
    for frame in range(n_frames):
        cells = [str(frame + 1), f"{2 + frame / 100:.4f}"]
        for name in names:
            side, _, landmark = name.partition("_")
            forward, up = STANDING[landmark]
            z = 0.0 if planar else (0.15 if side == "right" else -0.15)
            point = np.array(
                [forward * cos + z * sin, up if y_up else 2 - up, z * cos - forward * sin]
            )
            point[0] += 0.01 * frame
            cells += [f"{value * scale:.5f}" for value in point]
        rows.append("\t".join(cells))
    head = [
        "PathFileType\t4\t(X/Y/Z)\tset.trc",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame"
        "\tOrigNumFrames",
        f"100\t100\t{n_frames}\t{len(names)}\t{unit}\t100\t1\t{n_frames}",
        "Frame#\tTime\t" + "\t\t\t".join(names.values()) + "\t\t",
        "\t\t" + "\t".join(f"X{i}\tY{i}\tZ{i}" for i in range(1, len(names) + 1)),
        "",
    ]
    return "\n".join(head + rows) + "\n"
