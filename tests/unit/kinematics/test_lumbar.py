"""Lumbar flexion follows its rule exactly, and keeps silent where the rule is not sure."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from hingewise.kinematics.lumbar import (
    MAX_INPUT_SD,
    LumbarFlexion,
    LumbarRule,
    Shapes,
    apply_rule,
    estimate_lumbar_flexion,
    load_lumbar_rule,
    make_inputs,
    standing_profile,
)
from hingewise.kinematics.network import Layer
from hingewise.pose.dorsal import N_CONTOUR_POINTS, N_TRUNK_POINTS, Back
from hingewise.units import BoolArray, FloatArray
from tests.builders_back import bent_back

ALONG = np.arange(N_CONTOUR_POINTS) / (N_TRUNK_POINTS - 1)
UPRIGHT = 0.2 + 0.05 * np.cos(5 * ALONG)
BUMP = np.exp(-(((ALONG - 0.7) / 0.2) ** 2))
BUMP /= np.linalg.norm(BUMP)
ARCH = np.cos(4 * ALONG) / np.linalg.norm(np.cos(4 * ALONG))

CHANGE, STANDING, HIP, HIP_SQUARED = range(4)
"""Inputs of the rule below: how much of the bump, how much of the arch, the hips."""


def make_rule(weight: FloatArray, bias: FloatArray) -> LumbarRule:
    """A network of one layer (4 inputs, 3 outputs): all can be worked out by hand."""
    return LumbarRule(
        change=Shapes(mean=np.zeros(N_CONTOUR_POINTS), directions=BUMP[np.newaxis]),
        standing=Shapes(mean=UPRIGHT, directions=ARCH[np.newaxis]),
        input_mean=np.zeros(4),
        input_sd=np.ones(4),
        layers=(Layer(weight=weight, bias=bias),),
        unit_deg=10.0,
        min_sd_deg=1.0,
        sd_factor=1.5,
        max_sd_deg=8.0,
        loose_from_deg=40.0,
        max_loose=0.5,
    )


WEIGHT = np.zeros((4, 3))
WEIGHT[:, 0] = [20.0, 3.0, 2.0, -1.0]
SURE = np.array([0.5, -50.0, 0.0])
RULE = make_rule(WEIGHT, SURE)


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


def standing_then(change: FloatArray, *, own: float = 0.0) -> tuple[FloatArray, BoolArray]:
    """Four frames of standing before the given changes, and which they are."""
    frames = np.concatenate([np.zeros((4, N_CONTOUR_POINTS)), np.atleast_2d(change)])
    return frames + own * ARCH, np.arange(len(frames)) < 4


def told(
    frames: FloatArray, hip: FloatArray, standing: BoolArray, rule: LumbarRule = RULE
) -> LumbarFlexion:
    return estimate_lumbar_flexion(make_back(frames), hip, standing, rule)


@pytest.mark.parametrize("hip_deg", [0.0, 45.0, 100.0])
@pytest.mark.parametrize("share", [-0.1, 0.0, 0.15])
@pytest.mark.parametrize("own", [-0.1, 0.0, 0.1])
@pytest.mark.parametrize("side", [1.0, -1.0])
def test_change_standing_and_hips_go_into_the_rule(
    hip_deg: float, share: float, own: float, side: float
) -> None:
    frames, standing = standing_then(share * BUMP, own=own)
    hip = 7.0 + np.where(standing, 0.0, hip_deg)
    got = estimate_lumbar_flexion(make_back(frames, side=side), hip, standing, RULE)
    turns = hip_deg / 90
    expected = 10.0 * (20.0 * share + 3.0 * own + 2.0 * turns - turns**2 + 0.5)
    assert got.flexion_deg[4] == pytest.approx(expected, abs=1e-2)
    assert got.flexion_deg[:4] == pytest.approx(10.0 * (3.0 * own + 0.5), abs=1e-2)
    assert got.sd_deg == pytest.approx(1.5)


def test_size_does_not_matter() -> None:
    frames, standing = standing_then(0.1 * BUMP)
    small, large = (
        estimate_lumbar_flexion(make_back(frames, size_px=size), np.zeros(5), standing, RULE)
        for size in (40.0, 400.0)
    )
    assert small.flexion_deg == pytest.approx(large.flexion_deg, abs=1e-2)


def test_what_the_rule_is_not_sure_of_is_not_told() -> None:
    """Its spread grows with the change: 1.5 of (softplus(1000 x) in units of 10 deg, and 1 deg)."""
    weight = WEIGHT.copy()
    weight[CHANGE, 1] = 20.0
    rule = make_rule(weight, np.array([0.5, -2.0, 0.0]))
    frames, standing = standing_then(np.array([[0.0], [0.05], [0.5]]) * BUMP)
    got = told(frames, np.zeros(7), standing, rule)
    spread = 1.5 * (10.0 * np.log1p(np.exp(np.array([-2.0, -1.0]))) + 1.0)
    assert got.sd_deg[4:6] == pytest.approx([spread[0], spread[1]], rel=1e-3)
    assert np.isfinite(got.flexion_deg[4:6]).all()
    assert np.isnan(got.flexion_deg[6])
    assert np.isnan(got.sd_deg[6])


def test_an_input_far_from_all_that_was_fitted_counts_as_the_furthest() -> None:
    profile = UPRIGHT + np.array([[0.1], [40.0], [80.0]]) * BUMP
    inputs = make_inputs(RULE, profile, UPRIGHT, np.zeros(3))
    assert inputs[0, CHANGE] == pytest.approx(0.1)
    assert inputs[1:, CHANGE] == pytest.approx(MAX_INPUT_SD)


def test_inputs_are_in_standard_deviations_from_what_is_usual() -> None:
    rule = replace(
        RULE, input_mean=np.array([0.1, 0.0, 1.0, 0.0]), input_sd=np.array([0.2, 1, 0.5, 1])
    )
    inputs = make_inputs(rule, UPRIGHT + 0.3 * BUMP[np.newaxis], UPRIGHT, np.array([90.0]))
    assert inputs[0] == pytest.approx([1.0, 0.0, 0.0, 1.0])


def test_layers_follow_each_other_with_a_bend_between() -> None:
    """One unit: x / (1 + exp(-x)), then doubled."""
    first = Layer(weight=np.array([[1.0], [0.0], [0.0], [0.0]]), bias=np.array([0.3]))
    last = Layer(weight=np.array([[2.0, 0.0, -1.0]]), bias=np.zeros(3))
    rule = replace(RULE, layers=(first, last))
    said = apply_rule(rule, np.array([[0.7, 0.0, 0.0, 0.0]]))
    assert said.flexion_deg[0] == pytest.approx(10.0 * 2.0 / (1.0 + np.exp(-1.0)))
    assert said.sd_deg[0] == pytest.approx(1.5 * (10.0 * np.log(2.0) + 1.0))
    assert said.loose[0] == pytest.approx(-1.0 / (1.0 + np.exp(-1.0)))


def test_under_a_loose_shirt_nothing_is_told() -> None:
    """It is judged by the frames in which the hips are bent, on average: here 0.4 and 0.8."""
    weight = WEIGHT.copy()
    weight[CHANGE, 2] = 4.0
    frames, standing = standing_then(np.array([[0.5], [0.1], [0.2]]) * BUMP)
    hip = np.array([0.0] * 5 + [50.0, 90.0])
    loose = told(frames, hip, standing, make_rule(weight, SURE))
    assert np.isnan(loose.flexion_deg).all()
    assert np.isnan(loose.sd_deg).all()
    less = told(frames, hip, standing, replace(make_rule(weight, SURE), max_loose=0.7))
    assert np.isfinite(less.flexion_deg).all()


@pytest.mark.parametrize("n_standing", [0, 2])
def test_without_the_standing_outline_there_is_no_flexion(n_standing: int) -> None:
    frames, standing = standing_then(0.05 * BUMP)
    standing = standing & (np.arange(standing.size) < n_standing)
    got = told(frames, np.zeros(5), standing)
    assert np.isnan(got.flexion_deg).all()
    assert np.isnan(got.sd_deg).all()


def test_where_the_hip_or_the_outline_is_not_seen_there_is_no_flexion() -> None:
    frames, standing = standing_then(np.stack([0.05 * BUMP] * 3))
    back = make_back(frames)
    outline = back.outline_px.copy()
    outline[5, 3:] = np.nan
    hip = np.zeros(7)
    hip[6] = np.nan
    got = estimate_lumbar_flexion(replace(back, outline_px=outline), hip, standing, RULE)
    for series in (got.flexion_deg, got.sd_deg):
        assert np.isfinite(series[:5]).all()
        assert np.isnan(series[5:]).all()
    hip[standing] = np.nan
    assert np.isnan(estimate_lumbar_flexion(back, hip, standing, RULE).flexion_deg).all()


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


def test_the_rule_that_is_shipped_is_of_the_right_shape() -> None:
    rule = load_lumbar_rule()
    for shapes in (rule.change, rule.standing):
        assert shapes.mean.shape == (N_CONTOUR_POINTS,)
        directions = shapes.directions
        assert directions @ directions.T == pytest.approx(np.eye(len(directions)), abs=1e-3)
    n_inputs = len(rule.change.directions) + len(rule.standing.directions) + 2
    assert rule.input_mean.shape == rule.input_sd.shape == (n_inputs,)
    widths = [n_inputs, *(layer.bias.size for layer in rule.layers)]
    assert [layer.weight.shape for layer in rule.layers] == list(pairwise(widths))
    assert widths[-1] == 3
    assert 0.5 < rule.sd_factor < 2.0
    assert (rule.standing.mean > 0.0).all()


def test_by_the_rule_that_is_shipped_standing_is_surely_no_flexion() -> None:
    """For everybody whose standing back is usual."""
    rule = load_lumbar_rule()
    size = rule.input_sd[len(rule.change.directions) : -2]
    for share in (-1.0, 0.0, 1.0):
        for direction, sd in zip(rule.standing.directions[:4], size[:4], strict=True):
            own = rule.standing.mean + share * sd * direction
            inputs = make_inputs(rule, own[np.newaxis], own, np.zeros(1))
            said = apply_rule(rule, inputs)
            assert abs(said.flexion_deg[0]) < 4.0
            assert said.sd_deg[0] < rule.max_sd_deg


@pytest.mark.parametrize("hip_deg", [30.0, 60.0, 90.0])
def test_by_the_rule_that_is_shipped_a_usual_round_back_is_surely_round(hip_deg: float) -> None:
    """More of the change that tells 40 degrees than of that which tells 5 is more flexion."""
    rule = load_lumbar_rule()
    hips = np.full(9, hip_deg)
    low, high = (bent_back(np.full(9, bend), hips) for bend in (5.0, 40.0))
    way = np.linspace(0.0, 1.0, 9)[:, np.newaxis]
    profile = rule.standing.mean + low + way * (high - low)
    said = apply_rule(rule, make_inputs(rule, profile, rule.standing.mean, hips))
    assert (np.diff(said.flexion_deg) > 0.0).all()
    assert (said.sd_deg < rule.max_sd_deg).all()
