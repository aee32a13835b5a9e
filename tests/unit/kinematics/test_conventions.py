"""The table of segments and joints is complete and consistent."""

from __future__ import annotations

from hingewise.kinematics.conventions import JOINTS, REPORTED, SEGMENTS
from hingewise.kinematics.series import ANGLES
from hingewise.pose.skeletons import LANDMARKS


def test_segments_end_at_landmarks_and_joints_lie_between_segments() -> None:
    names = {segment.name for segment in SEGMENTS}
    assert {end for s in SEGMENTS for end in (s.lower, s.upper)} <= set(LANDMARKS)
    assert {end for j in JOINTS for end in (j.lower, j.upper)} <= names


def test_neighbouring_segments_of_a_joint_share_its_landmark() -> None:
    segments = {segment.name: segment for segment in SEGMENTS}
    for joint in JOINTS[:2]:
        assert segments[joint.upper].lower == segments[joint.lower].upper


def test_what_is_reported_is_defined() -> None:
    defined = {segment.name for segment in SEGMENTS} | {joint.name for joint in JOINTS}
    assert set(REPORTED) - defined == {"lumbar_flexion"}
    assert set(REPORTED) == set(ANGLES)
