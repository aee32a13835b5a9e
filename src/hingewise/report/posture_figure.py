"""Start and end of an exercise as points, for any way of drawing them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hingewise.library.exercise import Figure, Posture

Point = tuple[float, float]

SHANK, THIGH, TRUNK, NECK, HEAD = 0.246, 0.245, 0.288, 0.075, 0.062
UPPER_ARM, FOREARM, FOOT_LENGTH, ANKLE_HEIGHT = 0.186, 0.19, 0.152, 0.039
"""Shares of the body's height after Drillis and Contini (BIOMECHANICS 5a), the forearm up to the
middle of the hand; neck and head are drawn by eye."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Joints of somebody who faces right, in body heights, y up from the floor."""

    ankle: Point
    heel: Point
    toe: Point
    knee: Point
    hip: Point
    shoulder: Point
    head: Point
    elbow: Point
    hand: Point
    far_knee: Point
    far_ankle: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Poses:
    """Both ends of a repetition, the load, and what the body rests on."""

    start: Pose
    end: Pose
    load: str
    rests_on: str


def pose_figure(figure: Figure) -> Poses:
    """Place both postures of a figure on the same floor, feet in the same spot."""
    return Poses(
        start=place_posture(figure.start),
        end=place_posture(figure.end),
        load=figure.load,
        rests_on=figure.rests_on,
    )


def place_posture(posture: Posture) -> Pose:
    """Build a body upwards from its near foot."""
    ankle = (0.0, ANKLE_HEIGHT)
    knee = _towards(ankle, SHANK, posture.shank_deg)
    hip = _towards(knee, THIGH, posture.thigh_deg)
    shoulder = _towards(hip, TRUNK, posture.trunk_deg)
    head = _towards(shoulder, NECK + HEAD, 0.7 * posture.trunk_deg)
    elbow = _towards(shoulder, -UPPER_ARM, -posture.arm_deg)
    hand = _towards(elbow, -FOREARM, -posture.arm_deg - posture.elbow_deg)
    far_thigh = posture.thigh_deg if posture.far_thigh_deg is None else posture.far_thigh_deg
    far_shank = posture.shank_deg if posture.far_shank_deg is None else posture.far_shank_deg
    far_knee = _towards(hip, -THIGH, far_thigh)
    return Pose(
        ankle=ankle,
        heel=(-0.3 * FOOT_LENGTH, 0.0),
        toe=(0.7 * FOOT_LENGTH, 0.0),
        knee=knee,
        hip=hip,
        shoulder=shoulder,
        head=head,
        elbow=elbow,
        hand=hand,
        far_knee=far_knee,
        far_ankle=_towards(far_knee, -SHANK, far_shank),
    )


def _towards(start: Point, length: float, angle_deg: float) -> Point:
    """Go up along an angle from vertical, forward positive; down for a negative length."""
    angle = math.radians(angle_deg)
    return start[0] + length * math.sin(angle), start[1] + length * math.cos(angle)
