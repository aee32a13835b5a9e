"""What a segment's landmarks lack follows its rule exactly, and is told only where that holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from hingewise.kinematics import leaning
from hingewise.kinematics.leaning import (
    CORRECTED,
    MAX_INPUT_SD,
    N_POSTURE,
    N_STANDING,
    OBLIQUE_DEG,
    SHOWN,
    WITH_SD,
    Leaning,
    LeaningRule,
    apply_rule,
    describe_posture,
    estimate_leaning,
    load_leaning_rule,
    make_inputs,
    standing_posture,
)
from hingewise.kinematics.network import Layer
from hingewise.pose.sagittal import to_sagittal
from hingewise.pose.skeletons import LANDMARKS
from hingewise.pose.view import estimate_view
from hingewise.units import BoolArray, FloatArray
from tests.builders import Camera, make_lifter
from tests.builders_sets import quiet

BODY_M = 1.4
POINT = {
    "shoulder": np.array([[0.05, 1.45], [0.60, 1.15]]),
    "elbow": np.array([[0.05, 1.15], [0.62, 0.85]]),
    "hip": np.array([[0.00, 0.95], [0.12, 0.90]]),
    "knee": np.array([[0.02, 0.52], [0.05, 0.50]]),
    "ankle": np.array([[0.00, 0.10], [0.00, 0.10]]),
    "heel": np.array([[-0.06, 0.03], [-0.06, 0.03]]),
    "foot_index": np.array([[0.15, 0.01], [0.15, 0.01]]),
}
"""Standing, and bent forward."""

SINE, COSINE, LENGTH, KNEE = 0, 1, 2, 3
CONFIDENCE = N_POSTURE + 1
OWN = CONFIDENCE + len(LANDMARKS)
N_INPUTS = OWN + N_STANDING
"""Columns of the inputs: posture, camera, confidences, the lifter's own standing."""

N_OUTPUTS = len(CORRECTED) + len(WITH_SD)
SURE = np.array([0.0, 0.0, 0.0, -50.0, -50.0, -50.0, -50.0, -50.0])


def make_rule(weights: dict[tuple[int, int], float], bias: FloatArray = SURE) -> LeaningRule:
    """A network of one layer, to be worked out by hand; weights by (input, output)."""
    weight = np.zeros((N_INPUTS, N_OUTPUTS))
    for place, value in weights.items():
        weight[place] = value
    return LeaningRule(
        input_mean=np.zeros(N_INPUTS),
        input_sd=np.ones(N_INPUTS),
        layers=(Layer(weight=weight, bias=bias),),
        unit_deg=10.0,
        min_sd_deg=1.0,
        sd_factor=np.array([1.0, 1.5, 2.0, 0.5, 1.2]),
        max_yaw_deg=40.0,
        lying_from_deg=-35.0,
    )


def leaning_by(lean_deg: FloatArray) -> FloatArray:
    """Postures of which only the lean of the trunk was seen."""
    posture = np.full((lean_deg.size, N_POSTURE), np.nan)
    lean = np.radians(lean_deg)
    posture[:, SINE], posture[:, COSINE] = np.sin(lean), np.cos(lean)
    return posture


def some_postures(n_frames: int) -> tuple[FloatArray, BoolArray]:
    """Random ones, a fifth of every column hidden, and four frames of standing."""
    rng = np.random.default_rng(4)
    posture = rng.normal(size=(n_frames, N_POSTURE))
    posture[rng.random(posture.shape) < 0.2] = np.nan
    return posture, np.arange(n_frames) < 4


def told(
    posture: FloatArray, standing: BoolArray, rule: LeaningRule, *, oblique_deg: float = 0.0
) -> Leaning:
    """With every landmark surely seen."""
    confidence = np.ones((len(posture), len(LANDMARKS)), np.float32)
    return estimate_leaning(posture, confidence, standing, rule, oblique_deg=oblique_deg)


def test_places_are_in_the_frame_of_the_trunk() -> None:
    """Across is to the front of the trunk, along is to the shoulder, in lengths of the body."""
    bodies = {name: np.zeros((2, 2)) for name in POINT}
    bodies |= {"shoulder": np.array([[0.0, 0.7], [0.7, 0.0]])}
    bodies |= {"knee": np.array([[0.14, -0.28], [0.14, -0.28]])}
    upright, level = describe_posture(bodies, body_m=BODY_M)
    assert upright[:LENGTH].tolist() == [0.0, 1.0]
    assert level[:LENGTH].tolist() == [1.0, 0.0]
    assert upright[LENGTH] == level[LENGTH] == pytest.approx(0.5)
    assert upright[KNEE : KNEE + 2] == pytest.approx([0.1, -0.2])
    assert level[KNEE : KNEE + 2] == pytest.approx([0.2, 0.1])


@pytest.mark.parametrize("size", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("place", [(0.0, 0.0), (3.0, -2.0)])
def test_a_body_of_another_size_elsewhere_has_the_same_posture(
    size: float, place: tuple[float, float]
) -> None:
    other = {name: size * points + place for name, points in POINT.items()}
    got = describe_posture(other, body_m=size * BODY_M)
    np.testing.assert_allclose(got, describe_posture(POINT, body_m=BODY_M), atol=1e-12)


@pytest.mark.parametrize("turn_deg", [30.0, 90.0, -140.0])
def test_of_a_body_that_is_turned_only_the_lean_changes(turn_deg: float) -> None:
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    turned = {name: points @ np.array([[c, -s], [s, c]]) for name, points in POINT.items()}
    before, got = (describe_posture(point, body_m=BODY_M) for point in (POINT, turned))
    np.testing.assert_allclose(got[:, LENGTH:], before[:, LENGTH:], atol=1e-12)
    lean_deg = [np.degrees(np.arctan2(p[:, SINE], p[:, COSINE])) for p in (before, got)]
    by_deg = (lean_deg[1] - lean_deg[0] - turn_deg + 180.0) % 360.0 - 180.0
    np.testing.assert_allclose(by_deg, 0.0, atol=1e-9)


@pytest.mark.parametrize("name", SHOWN)
def test_a_landmark_that_is_not_seen_is_missing_in_its_columns_and_frames_only(name: str) -> None:
    hidden = POINT | {name: POINT[name].copy()}
    hidden[name][1] = np.nan
    expected = describe_posture(POINT, body_m=BODY_M)
    first = KNEE + 2 * SHOWN.index(name)
    expected[1, first : first + 2] = np.nan
    np.testing.assert_array_equal(describe_posture(hidden, body_m=BODY_M), expected)


@pytest.mark.parametrize("name", ["hip", "shoulder"])
def test_without_its_trunk_nothing_of_a_frame_is_described(name: str) -> None:
    hidden = POINT | {name: POINT[name].copy()}
    hidden[name][1] = np.nan
    got = describe_posture(hidden, body_m=BODY_M)
    assert np.isnan(got[1]).all()
    np.testing.assert_array_equal(got[0], describe_posture(POINT, body_m=BODY_M)[0])


def test_a_trunk_of_no_length_leans_nowhere() -> None:
    got = describe_posture(POINT | {"shoulder": POINT["hip"]}, body_m=BODY_M)
    assert np.isnan(got[:, [SINE, COSINE]]).all()
    assert got[:, LENGTH].tolist() == [0.0, 0.0]


def test_the_standing_posture_is_the_median_of_what_was_seen() -> None:
    posture = np.array([[1.0, 5.0, np.nan], [2.0, np.nan, np.nan], [9.0, 7.0, np.nan]])
    assert standing_posture(posture) == pytest.approx([2.0, 6.0, np.nan], nan_ok=True)


@pytest.mark.parametrize("posture", [np.zeros((0, 3)), np.full((2, 3), np.nan)])
def test_without_standing_there_is_no_standing_posture(posture: FloatArray) -> None:
    assert np.isnan(standing_posture(posture)).all()
    assert standing_posture(posture).shape == (3,)


def test_inputs_are_posture_camera_confidence_and_standing() -> None:
    """In standard deviations from what is usual; of the standing the first columns."""
    rule = replace(make_rule({}), input_mean=np.full(N_INPUTS, 0.5), input_sd=np.full(N_INPUTS, 2))
    posture, standing = (np.linspace(a, a + 1, N_POSTURE) for a in (0.0, -2.0))
    confidence = np.linspace(0, 1, len(LANDMARKS), dtype=np.float32)
    inputs = make_inputs(rule, posture[np.newaxis], confidence[np.newaxis], standing, -30.0)
    oblique = np.array([-30.0 / OBLIQUE_DEG])
    parts = (posture, oblique, confidence.astype(np.float64), standing[:N_STANDING])
    np.testing.assert_allclose(inputs[0], (np.concatenate(parts) - 0.5) / 2.0)


def test_everybody_may_have_a_standing_and_a_camera_of_their_own() -> None:
    rule, oblique_deg = make_rule({}), np.array([-20.0, 0.0, 35.0])
    rng = np.random.default_rng(1)
    posture, standing = rng.normal(size=(2, 3, N_POSTURE))
    confidence = np.ones((3, len(LANDMARKS)), np.float32)
    together = make_inputs(rule, posture, confidence, standing, oblique_deg)
    for row, inputs in enumerate(together):
        one = slice(row, row + 1)
        alone = (posture[one], confidence[one], standing[row], float(oblique_deg[row]))
        np.testing.assert_array_equal(make_inputs(rule, *alone)[0], inputs)


def test_what_was_not_seen_counts_as_usual() -> None:
    rule = replace(make_rule({}), input_mean=np.full(N_INPUTS, 0.3))
    posture, nowhere = np.zeros((2, N_POSTURE)), np.full(N_POSTURE, np.nan)
    posture[1, KNEE:] = np.nan
    confidence = np.ones((2, len(LANDMARKS)), np.float32)
    inputs = make_inputs(rule, posture, confidence, nowhere, float("nan"))
    assert inputs[0, :N_POSTURE] == pytest.approx(-0.3)
    assert inputs[1, :KNEE] == pytest.approx(-0.3)
    assert (inputs[1, KNEE:CONFIDENCE] == 0.0).all()
    assert inputs[:, CONFIDENCE:OWN] == pytest.approx(0.7)
    assert (inputs[:, OWN:] == 0.0).all()


def test_an_input_far_from_all_that_was_fitted_counts_as_the_furthest() -> None:
    posture = np.array([0.9, 40.0, -40.0])[:, np.newaxis] * np.ones(N_POSTURE)
    confidence = np.ones((3, len(LANDMARKS)), np.float32)
    inputs = make_inputs(make_rule({}), posture, confidence, posture, 0.0)
    for columns in (slice(0, N_POSTURE), slice(OWN, None)):
        limits = np.array([0.9, MAX_INPUT_SD, -MAX_INPUT_SD])[:, np.newaxis]
        np.testing.assert_array_equal(inputs[:, columns] - limits, 0.0)


def test_the_rule_worked_out_by_hand() -> None:
    """Corrections in units of 10 deg; spreads are softplus(x) of them and 1 deg, by a factor."""
    weights = {
        (SINE, 0): 2.0,
        (N_POSTURE, 1): 3.0,
        (CONFIDENCE, 2): -1.0,
        (OWN, 0): -4.0,
        (SINE, 3): 0.6,
        (OWN, 6): 1.0,
        (CONFIDENCE, 7): -1.0,
    }
    bias = np.array([0.1, 0.0, 0.2, 0.0, -50.0, -50.0, 0.0, 0.5])
    inputs = np.zeros((2, N_INPUTS))
    inputs[0, [SINE, N_POSTURE, CONFIDENCE, OWN]] = [0.5, -1.0, 0.8, 0.1]
    correction, sd = apply_rule(make_rule(weights, bias), inputs)
    assert correction[0] == pytest.approx([7.0, -30.0, -6.0])
    assert correction[1] == pytest.approx([1.0, 0.0, 2.0])
    spread = 10.0 * np.log1p(np.exp([0.3, -50.0, -50.0, 0.1, -0.3])) + 1.0
    assert sd[0] == pytest.approx([1.0, 1.5, 2.0, 0.5, 1.2] * spread)
    assert sd[1, :3] == pytest.approx([10.0 * np.log(2.0) + 1.0, 1.5, 2.0])


@pytest.mark.parametrize("oblique_deg", [-40.1, 40.1, 90.0, float("nan")])
def test_before_a_camera_that_was_not_fitted_nothing_is_told(oblique_deg: float) -> None:
    got = told(*some_postures(6), make_rule({}), oblique_deg=oblique_deg)
    assert got.correction_deg.shape == (6, len(CORRECTED))
    assert got.sd_deg.shape == (6, len(WITH_SD))
    assert np.isnan(got.correction_deg).all()
    assert np.isnan(got.sd_deg).all()


@pytest.mark.parametrize("oblique_deg", [-40.0, 0.0, 40.0])
def test_the_rule_is_shown_on_which_side_of_the_lifter_the_camera_stands(
    oblique_deg: float,
) -> None:
    rule = make_rule({(N_POSTURE, 1): 1.0})
    got = told(leaning_by(np.zeros(3)), np.ones(3, bool), rule, oblique_deg=oblique_deg)
    assert got.correction_deg[:, 1] == pytest.approx(10.0 * oblique_deg / OBLIQUE_DEG)


def test_where_the_trunk_is_hidden_nothing_is_told() -> None:
    """Other landmarks may be."""
    posture, standing = leaning_by(np.zeros(6)), np.arange(6) < 4
    posture[4, [SINE, COSINE]] = np.nan
    got = told(posture, standing, make_rule({(SINE, 0): 1.0}))
    for series in (got.correction_deg, got.sd_deg):
        assert np.isnan(series[4]).all()
        assert np.isfinite(series[[0, 1, 2, 3, 5]]).all()


def test_who_lies_is_judged_without_the_standing() -> None:
    """A trunk that leans back further than 35 degrees; one that hangs far forward does not lie."""
    lean_deg = np.array([6.0, 6.0, 6.0, 6.0, -34.0, -36.0, -90.0, -170.0, 100.0, 170.0])
    lies = (lean_deg < -35.0).tolist()
    assert sum(lies) == 3
    posture, standing = leaning_by(lean_deg), np.arange(lean_deg.size) < 4
    rule = make_rule({(OWN + SINE, 0): 1.0, (SINE, 1): 1.0})
    got = told(posture, standing, rule).correction_deg
    own = 10.0 * np.sin(np.radians(6.0))
    assert got[:, 0] == pytest.approx(np.where(lies, 0.0, own))
    assert got[:, 1] == pytest.approx(10.0 * np.sin(np.radians(lean_deg)))
    alone = told(posture, np.zeros(lean_deg.size, bool), rule).correction_deg
    np.testing.assert_array_equal(got[lies], alone[lies])


def test_without_standing_the_lifter_is_judged_as_one_who_stands_as_usual() -> None:
    usual = np.zeros(N_INPUTS)
    usual[OWN + SINE] = 0.2
    rule = replace(make_rule({(OWN + SINE, 0): 1.0}), input_mean=usual)
    posture = leaning_by(np.full(5, 50.0))
    got = told(posture, np.zeros(5, bool), rule)
    assert got.correction_deg == pytest.approx(0.0)
    assert told(posture, np.ones(5, bool), rule).correction_deg[0, 0] > 1.0


@pytest.mark.parametrize("block", [1, 4, 23])
def test_blocks_change_nothing(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    inner = Layer(weight=rng.normal(size=(N_INPUTS, 6)), bias=rng.normal(size=6))
    last = Layer(weight=rng.normal(size=(6, N_OUTPUTS)), bias=rng.normal(size=N_OUTPUTS))
    rule = replace(make_rule({}), layers=(inner, last))
    posture, standing = some_postures(23)
    confidence = rng.random((23, len(LANDMARKS))).astype(np.float32)
    whole = estimate_leaning(posture, confidence, standing, rule, oblique_deg=10.0)
    monkeypatch.setattr(leaning, "BLOCK_FRAMES", block)
    parts = estimate_leaning(posture, confidence, standing, rule, oblique_deg=10.0)
    assert 0 < np.isnan(whole.sd_deg[:, 0]).sum() < 23
    np.testing.assert_allclose(parts.correction_deg, whole.correction_deg, rtol=1e-12)
    np.testing.assert_allclose(parts.sd_deg, whole.sd_deg, rtol=1e-12)


def shipped() -> LeaningRule:
    rule = load_leaning_rule("blazepose-full")
    assert rule is not None
    return rule


@pytest.mark.parametrize("estimator", ["exact", "openpose", "blazepose", ""])
def test_estimators_that_were_not_studied_have_no_rule(estimator: str) -> None:
    assert load_leaning_rule(estimator) is None


def test_the_rule_that_is_shipped_is_of_the_right_shape() -> None:
    rule = shipped()
    assert rule.input_mean.shape == rule.input_sd.shape == (N_INPUTS,)
    assert (rule.input_sd > 0.0).all()
    widths = [N_INPUTS, *(layer.bias.size for layer in rule.layers)]
    assert [layer.weight.shape for layer in rule.layers] == list(pairwise(widths))
    assert widths[-1] == N_OUTPUTS
    assert rule.sd_factor.shape == (len(WITH_SD),)
    assert ((rule.sd_factor > 0.5) & (rule.sd_factor < 2.0)).all()
    assert rule.min_sd_deg > 0.0
    assert -90.0 < rule.lying_from_deg < -20.0


@pytest.mark.parametrize("oblique_deg", [-20.0, 0.0, 20.0])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("stands", [False, True])
def test_by_the_rule_that_is_shipped_an_upright_lifter_is_corrected_a_little(
    oblique_deg: float, mirrored: bool, stands: bool
) -> None:
    track = make_lifter(quiet(1.0), Camera(yaw_deg=oblique_deg, mirrored=mirrored))
    side = to_sagittal(track, estimate_view(track), stature_m=None)
    assert side.view.oblique_deg == pytest.approx(oblique_deg, abs=0.1)
    point = {name: side.landmark(name) for name in side.landmarks}
    got = estimate_leaning(
        describe_posture(point, body_m=side.scale.body_m),
        side.confidence,
        np.full(track.n_frames, stands),
        shipped(),
        oblique_deg=side.view.oblique_deg,
    )
    assert np.abs(got.correction_deg).max() < 10.0
    assert got.sd_deg.min() > 0.0
    assert got.sd_deg.max() < 10.0
