"""Lumbar flexion follows its rule exactly, and keeps silent where the outline is none of a back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingewise.kinematics.lumbar import (
    RIGHT_ANGLE_DEG,
    LumbarRule,
    StandingShapes,
    compute_oddness,
    estimate_lumbar_flexion,
    load_lumbar_rule,
    standing_profile,
    uncover,
)
from hingewise.pose.dorsal import N_CONTOUR_POINTS, N_TRUNK_POINTS, Back, back_profile
from hingewise.units import BoolArray, FloatArray

ALONG = np.arange(N_CONTOUR_POINTS) / (N_TRUNK_POINTS - 1)
UPRIGHT = 0.2 + 0.05 * np.cos(5 * ALONG)
BUMP = np.exp(-(((ALONG - 0.7) / 0.2) ** 2))
ARCH = np.cos(4 * ALONG) / np.linalg.norm(np.cos(4 * ALONG))
ELBOW = 0.15 * (np.abs(ALONG - 0.45) < 0.08)
SHAPES = StandingShapes(
    typical=UPRIGHT, shapes=ARCH[np.newaxis], spread=np.array([0.2]), usual=0.012
)
RULE = LumbarRule(
    change=400.0 * BUMP,
    change_by_hip=-50.0 * BUMP,
    hip=20.0,
    hip_squared=-10.0,
    typical_change=np.zeros(N_CONTOUR_POINTS),
    shapes=(BUMP / np.linalg.norm(BUMP))[np.newaxis],
    max_oddness=0.02,
    standing=SHAPES,
)


def make_back(change: FloatArray, *, side: float = 1.0, size_px: float = 120.0) -> Back:
    """Backs (T, C) that differ so from the upright one, of a trunk that hangs down."""
    n = len(change)
    out, down = side * size_px * (UPRIGHT + change), size_px * ALONG
    outline = np.stack([300.0 + out, np.broadcast_to(100.0 + down, out.shape)], axis=-1)
    return Back(
        outline_px=outline.astype(np.float32),
        shoulder_px=np.tile([300.0, 100.0], (n, 1)),
        hip_px=np.tile([300.0, 100.0 + size_px], (n, 1)),
    )


def standing_then(change: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Four frames of standing before the given changes, and which they are."""
    still = np.zeros((4, N_CONTOUR_POINTS))
    frames = np.concatenate([still, np.atleast_2d(change)])
    return frames, np.arange(len(frames)) < 4


@pytest.mark.parametrize("hip_deg", [0.0, 45.0, 100.0])
@pytest.mark.parametrize("share", [-0.03, 0.0, 0.08])
@pytest.mark.parametrize("side", [1.0, -1.0])
def test_the_rule_is_applied_to_the_change_since_standing(
    hip_deg: float, share: float, side: float
) -> None:
    frames, standing = standing_then(share * BUMP)
    hip = 7.0 + np.where(standing, 0.0, hip_deg)
    flexion = estimate_lumbar_flexion(make_back(frames, side=side), hip, standing, RULE)
    turns = hip_deg / 90
    told = share * (BUMP @ (RULE.change + turns * RULE.change_by_hip))
    assert flexion[:4] == pytest.approx(0.0, abs=1e-3)
    assert flexion[4] == pytest.approx(told + 20.0 * turns - 10.0 * turns**2, abs=1e-3)


def test_size_does_not_matter() -> None:
    frames, standing = standing_then(0.05 * BUMP)
    hip = np.zeros(len(frames))
    small, large = (
        estimate_lumbar_flexion(make_back(frames, size_px=size), hip, standing, RULE)
        for size in (40.0, 400.0)
    )
    assert small == pytest.approx(large, abs=1e-3)


def test_an_outline_that_no_back_makes_tells_nothing() -> None:
    """A plate or an elbow behind the back."""
    odd = 0.05 * BUMP + 0.3 * (np.abs(ALONG - 0.3) < 0.1)
    frames, standing = standing_then(np.stack([0.05 * BUMP, odd]))
    flexion = estimate_lumbar_flexion(make_back(frames), np.zeros(6), standing, RULE)
    assert np.isfinite(flexion[4])
    assert np.isnan(flexion[5])


@pytest.mark.parametrize("n_standing", [0, 2])
def test_without_the_standing_outline_there_is_no_flexion(n_standing: int) -> None:
    frames, standing = standing_then(0.05 * BUMP)
    standing = standing & (np.arange(standing.size) < n_standing)
    assert np.isnan(estimate_lumbar_flexion(make_back(frames), np.zeros(5), standing, RULE)).all()


def test_where_the_hip_or_the_outline_is_not_seen_there_is_no_flexion() -> None:
    frames, standing = standing_then(np.stack([0.05 * BUMP] * 3))
    back = make_back(frames)
    outline = back.outline_px.copy()
    outline[5, 3:] = np.nan
    hip = np.zeros(7)
    hip[6] = np.nan
    flexion = estimate_lumbar_flexion(replace(back, outline_px=outline), hip, standing, RULE)
    assert np.isfinite(flexion[:5]).all()
    assert np.isnan(flexion[5:]).all()
    hip[standing] = np.nan
    assert np.isnan(estimate_lumbar_flexion(back, hip, standing, RULE)).all()


def test_the_standing_profile_is_the_median_of_the_outlines_that_were_seen() -> None:
    changes = np.array([0.0, 0.01, 0.01, 0.05])[:, np.newaxis] * BUMP
    back = make_back(np.concatenate([changes, np.full((1, N_CONTOUR_POINTS), 1.0)]))
    outline = back.outline_px.copy()
    outline[3] = np.nan
    some = replace(back, outline_px=outline)
    quiet = np.array([True, True, True, True, False])
    profile = standing_profile(some, quiet)
    assert profile == pytest.approx(UPRIGHT + 0.01 * BUMP, abs=1e-6)
    assert standing_profile(some, quiet & (np.arange(5) > 0)) is None


@pytest.mark.parametrize("share", [-0.2, 0.0, 0.1, 0.3])
def test_the_own_shape_of_a_lifter_stays(share: float) -> None:
    """As far as standing backs differ: hollow or round, nothing is taken off."""
    own = UPRIGHT + share * ARCH
    assert uncover(own, SHAPES) == pytest.approx(own, abs=1e-3)


def test_what_is_within_the_usual_stays_nearly() -> None:
    """Every back differs a little from the shapes: that is the lifter's own, too."""
    little = 0.25 * SHAPES.usual * np.sin(40 * ALONG)
    got = uncover(UPRIGHT + little, SHAPES)
    assert got - UPRIGHT == pytest.approx(little, abs=0.1 * SHAPES.usual)


@pytest.mark.parametrize("share", [-0.2, 0.0, 0.2])
def test_an_elbow_behind_a_standing_back_is_taken_off(share: float) -> None:
    """From beside the shapes it is seen; the lifter's own shape below it is what is left."""
    own = UPRIGHT + share * ARCH
    covered = ELBOW > 0
    got = uncover(own + ELBOW, SHAPES)
    assert np.abs(got - own)[covered].max() < 0.1 * ELBOW.max()
    assert np.abs(got - own)[~covered].max() < 0.005


def test_an_elbow_behind_the_back_in_standing_changes_no_flexion() -> None:
    """Before the set an arm is bent; during it the arms hang, and the back is seen whole."""
    frames, standing = standing_then(np.stack([0.05 * BUMP, 0.08 * BUMP]))
    hip = np.where(standing, 0.0, 60.0)
    free = estimate_lumbar_flexion(make_back(frames), hip, standing, RULE)
    covered = make_back(frames + np.where(standing[:, np.newaxis], ELBOW, 0.0))
    assert np.isfinite(free[~standing]).all()
    got = estimate_lumbar_flexion(covered, hip, standing, RULE)
    assert got[~standing] == pytest.approx(free[~standing], abs=2.0)
    naive = standing_profile(covered, standing)
    assert naive is not None
    change = back_profile(covered)[~standing] - naive
    assert (compute_oddness(RULE, change) > RULE.max_oddness).all()


def test_the_rule_that_is_shipped_is_of_the_right_shape() -> None:
    rule = load_lumbar_rule()
    assert rule.change.shape == rule.change_by_hip.shape == (N_CONTOUR_POINTS,)
    assert rule.typical_change.shape == (N_CONTOUR_POINTS,)
    assert rule.shapes @ rule.shapes.T == pytest.approx(np.eye(len(rule.shapes)), abs=1e-3)
    assert 0.0 < rule.max_oddness < 0.1
    assert compute_oddness(rule, rule.typical_change[np.newaxis]) == pytest.approx(0.0)


def test_a_back_that_does_not_change_is_not_odd_by_the_rule_that_is_shipped() -> None:
    """Else standing, or a hinge with a still back, would tell nothing."""
    rule = load_lumbar_rule()
    assert compute_oddness(rule, np.zeros((1, N_CONTOUR_POINTS)))[0] < rule.max_oddness


def test_the_standing_shapes_that_are_shipped_are_those_of_backs() -> None:
    shapes = load_lumbar_rule().standing
    n = len(shapes.shapes)
    assert shapes.typical.shape == (N_CONTOUR_POINTS,)
    assert shapes.spread.shape == (n,)
    assert shapes.shapes @ shapes.shapes.T == pytest.approx(np.eye(n), abs=1e-3)
    assert (shapes.typical > 0.0).all()
    assert (shapes.spread > 0.0).all()
    assert 0.0 < shapes.usual < 0.05
    assert uncover(shapes.typical, shapes) == pytest.approx(shapes.typical, abs=1e-9)
    for shape, spread in zip(shapes.shapes, shapes.spread, strict=True):
        own = shapes.typical + spread * shape
        assert uncover(own, shapes) == pytest.approx(own, abs=shapes.usual / 4)
        assert uncover(own + ELBOW, shapes) == pytest.approx(own, abs=0.3 * ELBOW.max())


@pytest.mark.parametrize("hip_deg", [0.0, 45.0, 90.0])
def test_pushing_the_loins_out_in_a_bend_is_flexion_by_the_rule_that_is_shipped(
    hip_deg: float,
) -> None:
    """Most where a back is judged, and never the other way."""
    rule = load_lumbar_rule()
    weight = rule.change + hip_deg / RIGHT_ANGLE_DEG * rule.change_by_hip
    assert 0.05 * BUMP @ weight > hip_deg / 45.0
