"""How much the measured angle trembles from frame to frame."""

from __future__ import annotations

import numpy as np

from hingewise.kinematics.angles import compute_segment_angle
from hingewise.pose.sagittal import SagittalTrack

SECOND_DIFFERENCE_FACTOR = 1.4826 / np.sqrt(6.0)
"""From the median size of second differences of white noise to its standard deviation."""


def estimate_jitter_deg(track: SagittalTrack) -> float:
    """Standard deviation of the unfiltered trunk-thigh angle's frame-to-frame noise.

    Second differences leave out the movement itself, their median leaves out single wrong frames.

    Returns
    -------
    Zero for a perfect track; NaN where fewer than three neighbouring frames were observed. [deg]
    """
    shoulder, hip, knee = (track.landmark(name) for name in ("shoulder", "hip", "knee"))
    angle = compute_segment_angle(hip, shoulder) - compute_segment_angle(knee, hip)
    bend = np.abs(np.diff(angle, 2))
    seen = bend[np.isfinite(bend)]
    return float(SECOND_DIFFERENCE_FACTOR * np.median(seen)) if seen.size else float("nan")
