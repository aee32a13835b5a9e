"""Backs of which the rule for the lumbar angle says what they are meant to show."""

from __future__ import annotations

from functools import cache

import numpy as np

from hingewise.kinematics.lumbar import (
    RIGHT_ANGLE_DEG,
    LumbarRule,
    apply_rule,
    load_lumbar_rule,
    make_inputs,
)
from hingewise.units import FloatArray

BENDS_DEG = np.arange(-40.0, 80.1, 2.5)
HIPS_DEG = np.arange(-40.0, 160.1, 5.0)
N_STEPS, STEP, SMALL = 40, 0.5, 0.02
STIFF = 25.0
"""Keeps steps short where the rule says nothing of a direction."""


def bent_back(bend_deg: FloatArray, hip_deg: FloatArray) -> FloatArray:
    """Changes of the standing profile that tell these bends with hips so far flexed; (T, C)."""
    table = _table()
    shares = []
    for values, grid in ((bend_deg, BENDS_DEG), (hip_deg, HIPS_DEG)):
        place = np.clip((values - grid[0]) / (grid[1] - grid[0]), 0.0, len(grid) - 1.001)
        shares.append((place.astype(int), (place % 1.0)[:, np.newaxis]))
    (b, sb), (h, sh) = shares
    low = (1 - sh) * table[b, h] + sh * table[b, h + 1]
    high = (1 - sh) * table[b + 1, h] + sh * table[b + 1, h + 1]
    return np.asarray((1 - sb) * low + sb * high)


@cache
def _table() -> FloatArray:
    """Changes for bends and hips on a grid. Shape (B, H, C)."""
    rule = load_lumbar_rule()
    bend, hip = (grid.ravel() for grid in np.meshgrid(BENDS_DEG, HIPS_DEG, indexing="ij"))
    change = find_change(rule, bend, hip)
    return change.reshape(BENDS_DEG.size, HIPS_DEG.size, -1)


def find_change(rule: LumbarRule, bend_deg: FloatArray, hip_deg: FloatArray) -> FloatArray:
    """The change nearest to what is usual that makes the rule say ``bend_deg``. Shape (T, C)."""
    size = rule.input_sd[: len(rule.change.directions)]
    usual_deg = RIGHT_ANGLE_DEG * rule.input_mean[-2]
    typical = rule.change.mean * np.clip(hip_deg / usual_deg, 0.0, None)[:, np.newaxis]
    share = np.zeros((bend_deg.size, size.size))

    def change(share: FloatArray) -> FloatArray:
        return np.asarray(typical + (share * size) @ rule.change.directions)

    def told(share: FloatArray) -> FloatArray:
        profile = rule.standing.mean + change(share)
        return apply_rule(rule, make_inputs(rule, profile, rule.standing.mean, hip_deg)).flexion_deg

    for _ in range(N_STEPS):
        now = told(share)
        steps = SMALL * np.eye(size.size)
        slope = np.stack([(told(share + step) - now) / SMALL for step in steps], axis=1)
        scale = (bend_deg - now) / ((slope**2).sum(axis=1) + STIFF)
        share = share + STEP * scale[:, np.newaxis] * slope
    return change(share)
