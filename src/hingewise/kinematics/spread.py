"""How far each measured angle may be off: standard deviations as data, by posture and view."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from hingewise.kinematics.conventions import JOINTS, SEGMENTS
from hingewise.pose.roll import Vertical
from hingewise.units import FloatArray, SampleArray

RIGHT_ANGLE_DEG = 90.0
OBLIQUE_DEG = 45.0
UNKNOWN_YAW_DEG = 45.0

LEG = ("knee", "ankle", "heel", "foot_index")
"""What plates hide first."""

SURE_LEG, DOUBT_STEP = 0.9, 0.1
"""Legs seen with this confidence on average are beyond doubt; with a step less they are in doubt
once. Behind plates they are seen with 0.6 to 0.85 (validation study)."""

NO_ZERO_FACTOR = 1.5
"""Without quiet standing the landmarks' bias stays in the joint angles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Parts of an angle's standard deviation, which add as squares. [deg]

    ``base_deg`` always, ``by_flexion_deg`` for a right angle at the hips and in proportion,
    ``by_yaw_deg`` at 45 degrees of yaw, growing with its square (BIOMECHANICS 1b), and
    ``by_doubt_deg`` where the legs are in doubt, in proportion (``leg_doubt``).
    """

    base_deg: float
    by_flexion_deg: float
    by_yaw_deg: float
    by_doubt_deg: float = 0.0


@cache
def load_spreads(estimator: str) -> Mapping[str, Spread]:
    """Return the spreads by angle: the estimator's own, or those of any side view."""
    file = resources.files("hingewise.kinematics").joinpath("data", "spread.toml")
    document = tomllib.loads(file.read_text("utf-8"))
    table = document.get(estimator, document["any"])
    return {
        name: Spread(base_deg=base, by_flexion_deg=flexion, by_yaw_deg=yaw, by_doubt_deg=doubt)
        for name, (base, flexion, yaw, doubt) in table["angles_deg"].items()
    }


def leg_doubt(confidence: SampleArray, landmarks: Sequence[str]) -> float:
    """How much the legs of a film are in doubt, 0 where they are seen surely.

    Parameters
    ----------
    confidence
        Of the near side, zero where nobody was seen. Shape (T, L).
    landmarks
        Names of the L points.

    Examples
    --------
    >>> leg_doubt(np.full((5, 4), 0.95), LEG)
    0.0
    >>> round(leg_doubt(np.full((5, 4), 0.7), LEG), 3)
    2.0
    """
    least = confidence[:, [landmarks.index(name) for name in LEG]].min(axis=1)
    seen = least[least > 0.0]
    if seen.size == 0:
        return 0.0
    return max(0.0, (SURE_LEG - float(seen.mean())) / DOUBT_STEP)


def compute_sd(
    spreads: Mapping[str, Spread],
    hip_flexion_deg: FloatArray,
    *,
    yaw_deg: float,
    vertical: Vertical,
    standing_found: bool,
    doubt: float = 0.0,
) -> dict[str, FloatArray]:
    """Standard deviation of every angle in every frame.

    Parameters
    ----------
    spreads
        By angle.
    hip_flexion_deg
        Trunk-thigh flexion; where it is not seen, a right angle is assumed. Shape (T,).
    yaw_deg
        Of the camera; NaN counts as 45.
    vertical
        A vertical that the film does not tell widens the segments.
    standing_found
        Whether joint angles are measured from quiet standing.
    doubt
        That of the legs, see ``leg_doubt``.

    Returns
    -------
    By angle, each of shape (T,). [deg]
    """
    seen = np.isfinite(hip_flexion_deg)
    bent = np.where(seen, np.abs(hip_flexion_deg), RIGHT_ANGLE_DEG) / RIGHT_ANGLE_DEG
    yaw = yaw_deg if np.isfinite(yaw_deg) else UNKNOWN_YAW_DEG
    oblique = (yaw / OBLIQUE_DEG) ** 2
    zeroed = {joint.name for joint in JOINTS if joint.zeroed}
    segments = {segment.name for segment in SEGMENTS}
    sd = {}
    for name, spread in spreads.items():
        factor = NO_ZERO_FACTOR if name in zeroed and not standing_found else 1.0
        tilt = vertical.sd_deg if name in segments and not vertical.found else 0.0
        parts = (
            factor * spread.base_deg,
            spread.by_flexion_deg * bent,
            spread.by_yaw_deg * oblique,
            spread.by_doubt_deg * doubt,
            tilt,
        )
        sd[name] = np.asarray(np.sqrt(sum(np.square(part) for part in parts)))
    return sd
