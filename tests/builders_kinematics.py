"""Kinematics of a synthetic track, measured as the product does it."""

from __future__ import annotations

from collections.abc import Mapping

from hingewise.kinematics.angles import compute_kinematics
from hingewise.kinematics.calibration import Calibration
from hingewise.kinematics.joint_centres import Offsets
from hingewise.kinematics.movement import compute_movement
from hingewise.kinematics.series import Kinematics
from hingewise.kinematics.spread import Spread, load_spreads
from hingewise.pose.sagittal import to_sagittal
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import estimate_view


def measure_kinematics(
    track: PoseTrack,
    *,
    offsets: Offsets | None = None,
    spreads: Mapping[str, Spread] | None = None,
) -> Kinematics:
    """Measure a whole film; landmarks are the joints' centres unless offsets are given."""
    sagittal = to_sagittal(track, estimate_view(track), stature_m=None)
    return compute_kinematics(
        sagittal,
        cutoff_hz=6.0,
        calibration=Calibration(
            offsets=offsets or {}, spreads=spreads or load_spreads(track.estimator.name)
        ),
        hip_bend_deg=compute_movement(track).hip_bend_deg,
    )
