"""Landmarks of MediaPipe 0.10.21 for every frame of some films (runs in an environment of its own).

Usage: python reference.py --out FOLDER FILM...

MediaPipe needs NumPy 1, so this script knows nothing of hingewise. For each film it writes FOLDER/NAME.npz:
``pts`` (T,) presentation times of all decoded frames, ``detected`` (T,), ``position_px`` (T, 33, 2),
``visibility`` (T, 33), ``world_m`` (T, 33, 3), NaN where nobody was seen, and for every ``MASK_EVERY``-th frame
the body mask: ``mask_frame`` (M,), ``mask_bits`` (M, ceil(H * W / 8)), ``size_px`` (2,).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import av
import numpy as np
from mediapipe.python.solutions.pose import Pose

MASK_EVERY = 15
N_LANDMARKS = 33


def main() -> int:
    """Write one file per film; films already done are passed over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("films", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for film in options.films:
        target = options.out / f"{film.stem}.npz"
        if target.exists():
            continue
        part = target.with_suffix(".part.npz")
        np.savez_compressed(part, **measure(film))
        part.rename(target)
        sys.stderr.write(f"{film.name}: done\n")
    return 0


def measure(film: Path) -> dict[str, np.ndarray]:
    """Run MediaPipe over a film."""
    pts, detected, position, visibility, world, mask_frame, mask_bits = [], [], [], [], [], [], []
    size = (0, 0)
    with (
        av.open(str(film)) as container,
        Pose(model_complexity=1, smooth_landmarks=False, enable_segmentation=True, smooth_segmentation=False) as pose,
    ):
        stream = container.streams.video[0]
        for index, frame in enumerate(container.decode(stream)):
            rgb = np.ascontiguousarray(np.rot90(frame.to_ndarray(format="rgb24"), round(frame.rotation / 90)))
            size = (rgb.shape[1], rgb.shape[0])
            result = pose.process(rgb)
            pts.append(frame.pts)
            detected.append(result.pose_landmarks is not None)
            position.append(_table(result.pose_landmarks, ("x", "y")) * size)
            visibility.append(_table(result.pose_landmarks, ("visibility",))[:, 0])
            world.append(_table(result.pose_world_landmarks, ("x", "y", "z")))
            if detected[-1] and index % MASK_EVERY == 0:
                mask_frame.append(index)
                mask_bits.append(np.packbits(result.segmentation_mask > 0.5))
    return {
        "pts": np.asarray(pts, dtype=np.int64),
        "detected": np.asarray(detected),
        "position_px": np.asarray(position, dtype=np.float32),
        "visibility": np.asarray(visibility, dtype=np.float32),
        "world_m": np.asarray(world, dtype=np.float32),
        "mask_frame": np.asarray(mask_frame, dtype=np.int64),
        "mask_bits": np.asarray(mask_bits, dtype=np.uint8),
        "size_px": np.asarray(size),
    }


def _table(landmarks: object, fields: tuple[str, ...]) -> np.ndarray:
    if landmarks is None:
        return np.full((N_LANDMARKS, len(fields)), np.nan)
    return np.array([[getattr(point, name) for name in fields] for point in landmarks.landmark])


if __name__ == "__main__":
    sys.exit(main())
