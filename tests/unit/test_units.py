"""Directions as numbers."""

from __future__ import annotations

import numpy as np
import pytest

from hingewise.units import wrap_deg


def test_directions_are_brought_within_half_a_turn() -> None:
    turned = np.array([0.0, 190.0, -190.0, 359.0, 720.0, np.nan])
    assert wrap_deg(turned) == pytest.approx([0.0, -170.0, 170.0, -1.0, 0.0, np.nan], nan_ok=True)
