"""Figures show what the numbers say: lengths kept, everything inside the frame."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET

import pytest

from hingewise.library.exercise import Posture
from hingewise.library.load import load_library
from hingewise.render.figure_svg import LICENCE, PANEL_PX, draw_figure
from hingewise.report.posture_figure import (
    ANKLE_HEIGHT,
    SHANK,
    THIGH,
    TRUNK,
    place_posture,
    pose_figure,
)

LIBRARY = load_library()


def test_somebody_who_stands_is_straight_above_the_ankle() -> None:
    pose = place_posture(Posture(trunk_deg=0, thigh_deg=0, shank_deg=0, arm_deg=0))
    assert [pose.knee[0], pose.hip[0], pose.shoulder[0]] == pytest.approx([0, 0, 0])
    assert pose.shoulder[1] == pytest.approx(ANKLE_HEIGHT + SHANK + THIGH + TRUNK)
    assert pose.hand[1] < pose.shoulder[1]


def test_who_hinges_sends_the_hips_back_and_the_shoulders_forward() -> None:
    pose = place_posture(Posture(trunk_deg=80, thigh_deg=-30, shank_deg=0, arm_deg=0))
    assert pose.hip[0] < pose.ankle[0] < pose.shoulder[0]
    assert math.dist(pose.hip, pose.shoulder) == pytest.approx(TRUNK)


@pytest.mark.parametrize("key", LIBRARY.exercises)
def test_every_figure_lies_in_its_frame_and_names_its_licence(key: str) -> None:
    exercise = LIBRARY.exercises[key]
    svg = draw_figure(pose_figure(exercise.figure), f"{exercise.name}: start & end")
    root = ET.fromstring(svg)
    assert LICENCE in svg
    width, height = 2 * PANEL_PX[0], PANEL_PX[1]
    points = [tuple(map(float, p)) for p in re.findall(r"(-?\d+\.\d) (-?\d+\.\d)", svg)]
    assert points
    assert all(0 <= x <= width and 0 <= y <= height for x, y in points), points
    assert root.find("{http://www.w3.org/2000/svg}title") is not None


def test_a_small_figure_has_no_words_that_nobody_could_read() -> None:
    poses = pose_figure(LIBRARY.exercises["cable_pull_through"].figure)
    assert "<text" in draw_figure(poses, "A figure")
    small = draw_figure(poses, "A figure", named=False)
    assert "<text" not in small
    assert 'viewBox="0 0 600 300"' in small
