"""The one table of segments and joints: their landmarks, zero and sign.

Segment angles are inclinations from vertical, positive when the upper end stands in front of the
lower one. Joint angles are differences of segment angles: zero in a straight body, flexion +.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A body segment between two landmarks of one side."""

    name: str
    lower: str
    upper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A joint angle: ``sign * (upper segment - lower segment) + offset_deg``.

    ``zeroed`` joints are measured from quiet standing where the film shows it.
    """

    name: str
    upper: str
    lower: str
    sign: float
    offset_deg: float
    zeroed: bool


SEGMENTS: tuple[Segment, ...] = (
    Segment(name="trunk_inclination", lower="hip", upper="shoulder"),
    Segment(name="thigh_inclination", lower="knee", upper="hip"),
    Segment(name="shank_inclination", lower="ankle", upper="knee"),
    Segment(name="head_inclination", lower="shoulder", upper="ear"),
    Segment(name="foot_inclination", lower="foot_index", upper="heel"),
    Segment(name="upper_arm_inclination", lower="elbow", upper="shoulder"),
    Segment(name="forearm_inclination", lower="wrist", upper="elbow"),
)

JOINTS: tuple[Joint, ...] = (
    Joint(
        name="trunk_thigh_flexion",
        upper="trunk_inclination",
        lower="thigh_inclination",
        sign=1.0,
        offset_deg=0.0,
        zeroed=True,
    ),
    Joint(
        name="knee_flexion",
        upper="thigh_inclination",
        lower="shank_inclination",
        sign=-1.0,
        offset_deg=0.0,
        zeroed=True,
    ),
    Joint(
        name="ankle_dorsiflexion",
        upper="shank_inclination",
        lower="foot_inclination",
        sign=1.0,
        offset_deg=-90.0,
        zeroed=True,
    ),
    Joint(
        name="elbow_flexion",
        upper="upper_arm_inclination",
        lower="forearm_inclination",
        sign=1.0,
        offset_deg=0.0,
        zeroed=False,
    ),
)

REPORTED: tuple[str, ...] = (
    "trunk_inclination",
    "thigh_inclination",
    "shank_inclination",
    "head_inclination",
    "trunk_thigh_flexion",
    "knee_flexion",
    "ankle_dorsiflexion",
    "elbow_flexion",
    "lumbar_flexion",
)
"""Angles that a Kinematics holds, in their order."""
