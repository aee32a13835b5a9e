"""How far two sets of landmarks of the same film lie apart, as shares of the body's height."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

BODY_JOINTS = (11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28)
"""Shoulders, elbows, wrists, hips, knees and ankles among BlazePose's 33 landmarks."""

SHOULDERS, HIPS = (11, 12), (23, 24)

DEEP_HINGE_DEG = 60.0
"""A trunk inclined by more than this is a deep hinge, or a body that lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    """Differences over one film; distances as shares of the body's height, NaN where nothing was to compare."""

    n_frames: int
    reference_fraction: float
    ours_fraction: float
    both_fraction: float
    median: float
    p95: float
    joints_median: float
    joints_p95: float
    deep_fraction: float
    deep_median: float
    deep_p95: float
    mask_iou: float


def estimate_body_height(position_px: FloatArray) -> float:
    """Height of a body from its landmarks: the larger side of their box, 95th percentile over time. [px]"""
    seen = position_px[np.isfinite(position_px).all(axis=(1, 2))]
    side = np.ptp(seen, axis=1).max(axis=1)
    return _percentile(side, 95)


def compute_trunk_inclination(position_px: FloatArray) -> FloatArray:
    """Angle of the hip-shoulder line from the vertical. Shape (T,). [deg]"""
    trunk = position_px[:, SHOULDERS].mean(axis=1) - position_px[:, HIPS].mean(axis=1)
    return np.asarray(np.degrees(np.arctan2(np.abs(trunk[:, 0]), -trunk[:, 1])), dtype=np.float64)


def choose_nearest(candidates_px: FloatArray, reference_px: FloatArray) -> FloatArray:
    """Pick from P people the one nearest to the reference in every frame.

    Shapes (P, T, K, 2) and (T, K, 2) -> (T, K, 2); NaN where the reference or all people are missing.
    """
    far = np.linalg.norm(candidates_px - reference_px, axis=-1).mean(axis=-1)
    best = np.where(np.isfinite(far), far, np.inf).argmin(axis=0)
    chosen = candidates_px[best, np.arange(reference_px.shape[0])]
    return np.asarray(np.where(np.isfinite(far).any(axis=0)[:, np.newaxis, np.newaxis], chosen, np.nan))


def compare_masks(mine: BoolArray, reference: BoolArray) -> float:
    """Intersection over union of two masks, NaN when both are empty."""
    union = np.count_nonzero(mine | reference)
    return np.count_nonzero(mine & reference) / union if union else float("nan")


def compare_landmarks(
    people_px: FloatArray, reference_px: FloatArray, *, seen: BoolArray, mask_ious: FloatArray
) -> Parity:
    """Compare everybody we followed, shape (P, T, 33, 2), with the one person of the reference, shape (T, 33, 2).

    ``seen`` (T,) marks frames in which we saw anybody.
    """
    ours = choose_nearest(people_px, reference_px)
    share = np.linalg.norm(ours - reference_px, axis=2) / estimate_body_height(reference_px)
    there = np.isfinite(reference_px[:, 0, 0])
    both = np.isfinite(share[:, 0])
    deep = both & (compute_trunk_inclination(reference_px) > DEEP_HINGE_DEG)
    joints = share[:, BODY_JOINTS]
    return Parity(
        n_frames=reference_px.shape[0],
        reference_fraction=float(there.mean()),
        ours_fraction=float(seen.mean()),
        both_fraction=float(both.mean()),
        median=_percentile(share[both], 50),
        p95=_percentile(share[both], 95),
        joints_median=_percentile(joints[both], 50),
        joints_p95=_percentile(joints[both], 95),
        deep_fraction=float(deep.mean()),
        deep_median=_percentile(joints[deep], 50),
        deep_p95=_percentile(joints[deep], 95),
        mask_iou=_percentile(mask_ious, 50),
    )


def _percentile(value: FloatArray, q: float) -> float:
    return float(np.nanpercentile(value, q)) if value.size else float("nan")
