"""How often the outline of the back is taken: ten times a second, whatever the film's rate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hingewise.capture.video import VideoInfo, probe_video
from hingewise.capture.workers import OUTLINE_RATE_HZ, outline_every

EXAMPLE = Path(__file__).parents[3] / "examples" / "cable_pull_through.mp4"


def at_rate(rate_hz: float) -> VideoInfo:
    info = probe_video(EXAMPLE)
    return replace(info, time_s=np.arange(info.n_frames) / rate_hz)


@pytest.mark.parametrize(
    "rate_hz,every",
    [(5, 1), (10, 1), (15, 1), (23.976, 2), (25, 2), (30, 3), (59.94, 5), (60, 6), (240, 24)],
)
def test_outlines_come_at_an_even_rate(rate_hz: float, every: int) -> None:
    assert outline_every(at_rate(rate_hz)) == every
    assert rate_hz / every >= min(rate_hz, OUTLINE_RATE_HZ)
