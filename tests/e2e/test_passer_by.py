"""Somebody who walks past in front of the lifter takes nothing of the set but the moment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e import scenes
from tests.e2e.command import analysis

WAY_S = 2.0
BOTTOMS_S = (5.06, 10.14)
"""Of the same two repetitions without a passer-by, as test_invariance measures them."""


@pytest.mark.parametrize("enters_s", [7.5, 10.5], ids=["standing", "lifting"])
def test_a_set_goes_on_behind_a_passer_by(enters_s: float, tmp_path: Path) -> None:
    """Hidden for a second, and the network follows who passes: the lifter is found again."""
    shot = scenes.example(size_px=(480, 640))
    passer = shot.pictures[0]
    pictures = tuple(
        scenes.passed_by(picture, passer, (time_s - enters_s) / WAY_S)
        for picture, time_s in zip(shot.pictures, shot.time_s, strict=True)
    )
    film = scenes.write_shot(tmp_path / "set.mp4", replace(shot, pictures=pictures))
    document = analysis(film)
    repetitions = document["repetitions"]
    found = [repetition["bottom_s"] for repetition in repetitions if not repetition["partial"]]
    assert found == pytest.approx(BOTTOMS_S, abs=0.1)
    (absence,) = document["quality"]["absences_s"]
    assert enters_s < absence[0] < absence[1] < enters_s + WAY_S
    assert any(
        f"out of sight from {absence[0]:.1f} to {absence[1]:.1f} s" in warning
        for warning in document["quality"]["warnings"]
    )
