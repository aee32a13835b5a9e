"""The bend of the back's outline is exact on lines and arcs, whatever the place, size and lean."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.kinematics.lumbar import LOWER_PART, UPPER_PART, compute_back_bend
from hingewise.units import FloatArray

N = 25


def arc(total_deg: float, *, lean_deg: float = 0.0, size: float = 0.5) -> FloatArray:
    """Outline from shoulder to hip whose direction turns evenly; the shoulder end leans more."""
    along = (np.arange(N - 1) + 0.5) / (N - 1)
    inclination = np.radians(lean_deg + total_deg * (0.5 - along))
    step = -np.column_stack([np.sin(inclination), np.cos(inclination)]) * size / (N - 1)
    return np.concatenate([[[0.0, 0.0]], np.cumsum(step, axis=0)])


def expected_of_arc(total_deg: float) -> float:
    along = np.linspace(0, 1, N)
    middle = [
        along[(along >= low) & (along <= high)].mean() for low, high in (UPPER_PART, LOWER_PART)
    ]
    return float(total_deg * (middle[1] - middle[0]))


@pytest.mark.parametrize("total_deg", [-30.0, 0.0, 20.0, 60.0])
@pytest.mark.parametrize("lean_deg", [0.0, 40.0, 90.0, -85.0])
def test_arcs(total_deg: float, lean_deg: float) -> None:
    """Rounding forward is positive at every lean of the trunk, upright to lying."""
    got = compute_back_bend(arc(total_deg, lean_deg=lean_deg)[np.newaxis])
    assert got == pytest.approx([expected_of_arc(total_deg)], abs=0.05)


def test_place_and_size_do_not_matter() -> None:
    outline = arc(25.0, lean_deg=30.0)
    moved = np.stack([outline, outline * 300.0 + [50.0, -20.0]])
    assert np.ptp(compute_back_bend(moved)) == pytest.approx(0.0, abs=1e-9)


def test_missing_points_are_left_out_and_too_few_give_nothing() -> None:
    outline = np.stack([arc(0.0, lean_deg=30.0)] * 3)
    outline[1, [9, 20]] = np.nan
    outline[2, 19:] = np.nan
    bend = compute_back_bend(outline)
    assert bend[:2] == pytest.approx(0.0, abs=1e-6)
    assert np.isnan(bend[2])
