"""Where the face points, seen from the side: up, ahead or down."""

from __future__ import annotations

import numpy as np

from hingewise.pose.body import sure_confidence
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import View
from hingewise.signal.filtering import smooth
from hingewise.signal.gaps import bridge_gaps
from hingewise.units import FloatArray

CUTOFF_HZ = 3.0
MAX_GAP_S = 0.25


def compute_face_pitch_deg(track: PoseTrack, view: View) -> FloatArray:
    """Angle of the line from the near ear to the nose above level; up +, NaN where not seen.

    The line from shoulder to ear turns by half of what the neck does; this one turns as the head.

    Returns
    -------
    Shape (T,). [deg]
    """
    ear = f"{view.near_side}_ear"
    if not (track.has("nose") and track.has(ear)) or view.facing not in ("left", "right"):
        return np.full(track.n_frames, np.nan)
    face = track.keypoint("nose") - track.keypoint(ear)
    ahead = -face[:, 0] if view.facing == "left" else face[:, 0]
    rows = [track.keypoints.index(name) for name in ("nose", ear)]
    sure = (track.confidence[:, rows] >= sure_confidence(track.estimator.name)).all(axis=1)
    pitch = np.where(sure, np.degrees(np.arctan2(-face[:, 1], ahead)), np.nan)
    bridged, _ = bridge_gaps(track.time_s, pitch, max_gap_s=MAX_GAP_S)
    return smooth(track.time_s, bridged, cutoff_hz=CUTOFF_HZ)
