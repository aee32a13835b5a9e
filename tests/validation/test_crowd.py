"""What is kept of the crowd is read as it was written, and the shipped rules were fitted on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from hingewise.kinematics import leaning
from hingewise.kinematics.leaning import (
    CORRECTED,
    N_POSTURE,
    WITH_SD,
    LeaningRule,
    load_leaning_rule,
)
from hingewise.kinematics.lumbar import LumbarRule, Said, apply_rule, load_lumbar_rule, make_inputs
from hingewise.pose.dorsal import N_CONTOUR_POINTS
from hingewise.pose.skeletons import LANDMARKS
from hingewise.units import BoolArray, FloatArray
from hingewise_validation.crowd.outlines import OUTLINES, Outlines, load_outlines, save_outlines
from hingewise_validation.crowd.postures import (
    POSTURES,
    QUANTUM,
    Postures,
    load_postures,
    save_postures,
)
from hingewise_validation.study.statistics import COVERAGE_SD, ROUNDED_DEG, area_under_curve

ROOT = Path(__file__).parents[2]
SURE_DEG = 8.0
"""Estimates with this standard deviation are good ones; more are told."""

MAX_KEPT_BYTES = 15_000_000
"""Of tracks, strangers, outlines and postures together."""


@pytest.fixture(scope="module")
def crowd() -> Outlines:
    return load_outlines(ROOT / OUTLINES)


def told(rule: LumbarRule, crowd: Outlines) -> Said:
    standing = crowd.standing[crowd.person]
    return apply_rule(rule, make_inputs(rule, crowd.profile, standing, crowd.hip_deg))


def test_outlines_come_back_within_their_steps(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    made = Outlines(
        person=np.array([0, 0, 1]),
        profile=rng.uniform(-0.5, 0.8, (3, N_CONTOUR_POINTS)),
        hip_deg=rng.uniform(-20, 140, 3),
        lumbar_deg=rng.uniform(-30, 60, 3),
        standing=rng.uniform(0.0, 0.5, (2, N_CONTOUR_POINTS)),
        yaw_deg=np.array([3.0, 30.0]),
        fit=("tight", "loose"),
        equipment=("", "barbell"),
    )
    save_outlines(made, tmp_path / "crowd.npz.xz")
    read = load_outlines(tmp_path / "crowd.npz.xz")
    assert (read.fit, read.equipment) == (made.fit, made.equipment)
    assert read.person.tolist() == made.person.tolist()
    assert read.profile == pytest.approx(made.profile, abs=0.00051)
    assert read.standing == pytest.approx(made.standing, abs=0.00051)
    for name in ("hip_deg", "lumbar_deg", "yaw_deg"):
        assert getattr(read, name) == pytest.approx(getattr(made, name), abs=0.051)


def some_postures() -> Postures:
    """Five of two people, the second of whom lies; a fifth of what could be seen is hidden."""
    rng = np.random.default_rng(8)

    def some(n: int, width: int, low: float, high: float) -> FloatArray:
        values = rng.uniform(low, high, (n, width))
        return np.where(rng.random(values.shape) < 0.2, np.nan, values)

    stands = np.array([[1.0], [np.nan]])
    return Postures(
        person=np.array([0, 0, 0, 1, 1]),
        posture=some(5, N_POSTURE, -2.0, 2.0),
        confidence=some(5, len(LANDMARKS), 0.0, 1.0),
        lacking_deg=some(5, len(CORRECTED), -180.0, 180.0),
        standing=stands * some(2, N_POSTURE, -2.0, 2.0),
        standing_confidence=stands * some(2, len(LANDMARKS), 0.0, 1.0),
        standing_lacking_deg=stands * some(2, len(CORRECTED), -30.0, 30.0),
        oblique_deg=np.array([-31.27, 8.0]),
        tilt_deg=np.array([1.234, 0.0]),
    )


def test_postures_come_back_within_their_steps_and_what_was_hidden_stays_so(
    tmp_path: Path,
) -> None:
    made = some_postures()
    save_postures(made, tmp_path / "postures.npz.xz")
    read = load_postures(tmp_path / "postures.npz.xz")
    assert read.person.tolist() == made.person.tolist()
    for name in set(Postures.__dataclass_fields__) - {"person"}:
        step = QUANTUM.get(name.removeprefix("standing_"), QUANTUM["posture"])
        got, expected = getattr(read, name), getattr(made, name)
        assert got.dtype == np.float64
        np.testing.assert_allclose(got, expected, atol=0.501 * step, rtol=0, err_msg=name)


def test_what_is_kept_stays_small() -> None:
    folders = (ROOT / "validation" / name for name in ("tracks", "strangers"))
    kept = [path for folder in folders for path in folder.glob("*.xz")]
    kept += [ROOT / OUTLINES, ROOT / POSTURES]
    assert sum(path.stat().st_size for path in kept) < MAX_KEPT_BYTES


def test_the_crowd_is_what_was_asked_for(crowd: Outlines) -> None:
    """Many people, straight and round backs in every bend of the hips, all kinds of clothes."""
    assert len(crowd.fit) > 700
    assert set(crowd.fit) == {"tight", "normal", "loose"}
    for low_deg in range(0, 120, 30):
        bent = (crowd.hip_deg >= low_deg) & (crowd.hip_deg < low_deg + 30)
        round_share = (crowd.lumbar_deg[bent] > ROUNDED_DEG).mean()
        assert bent.sum() > 1000
        assert 0.02 < round_share < 0.8


def test_the_rule_that_is_shipped_fits_the_crowd(crowd: Outlines) -> None:
    rule = load_lumbar_rule()
    said = told(rule, crowd)
    flexion, sd = said.flexion_deg, said.sd_deg
    bent = (crowd.hip_deg > 50.0) & (np.array(crowd.fit)[crowd.person] != "loose")
    sure, told_at_all = bent & (sd <= SURE_DEG), bent & (sd <= rule.max_sd_deg)
    error = np.abs(flexion - crowd.lumbar_deg)
    assert error[sure].mean() < 5.0
    assert sure.sum() > 0.7 * bent.sum()
    assert area_under_curve(flexion[sure], crowd.lumbar_deg[sure] > ROUNDED_DEG) > 0.95
    assert error[told_at_all].mean() < 6.0
    assert told_at_all.sum() > 0.9 * bent.sum()


def test_where_the_rule_is_less_sure_it_is_less_right(crowd: Outlines) -> None:
    """Its standard deviation tells the size of its errors, from small to large."""
    said = told(load_lumbar_rule(), crowd)
    error, sd = said.flexion_deg - crowd.lumbar_deg, said.sd_deg
    parts = np.array_split(np.argsort(sd), 5)
    found = np.array([np.sqrt((error[part] ** 2).mean()) for part in parts])
    stated = np.array([np.sqrt((sd[part] ** 2).mean()) for part in parts])
    assert (np.diff(found) > 0.0).all()
    assert found == pytest.approx(stated, rel=0.35)


def test_loose_shirts_are_found_and_few_others_are_taken_for_them(crowd: Outlines) -> None:
    rule = load_lumbar_rule()
    bent = crowd.hip_deg >= rule.loose_from_deg
    said, everybody = told(rule, crowd), range(len(crowd.fit))
    looks = np.array([said.loose[bent & (crowd.person == who)].mean() for who in everybody])
    loose = np.array(crowd.fit) == "loose"
    assert (looks[loose] > rule.max_loose).mean() > 0.7
    assert (looks[~loose] > rule.max_loose).mean() < 0.12


JOINTS_OF_SEGMENTS = np.array([[1.0, 0.0], [-1.0, -1.0], [0.0, 1.0]])
"""Hip and knee from trunk, thigh and shank."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corrected:
    """How far off postures are before cameras that the rule knows. [deg]

    ``lies`` (N,), ``before_deg`` (N, 3) of the segments, ``after_deg`` and ``sd_deg`` (N, 5) of
    the joints as well.
    """

    lies: BoolArray
    before_deg: FloatArray
    after_deg: FloatArray
    sd_deg: FloatArray


@pytest.fixture(scope="module")
def postures() -> Postures:
    return load_postures(ROOT / POSTURES)


def shipped() -> LeaningRule:
    rule = load_leaning_rule("blazepose-full")
    assert rule is not None
    return rule


@pytest.fixture(scope="module")
def said(postures: Postures) -> Corrected:
    """Errors before and after; who stands is measured from the vertical that standing tells."""
    rule, p, who = shipped(), postures, postures.person
    seen = (p.posture, p.confidence.astype(np.float32), p.standing[who], p.oblique_deg[who])
    correction, sd = leaning.apply_rule(rule, leaning.make_inputs(rule, *seen))
    upright = (p.standing, p.standing_confidence.astype(np.float32), p.standing, p.oblique_deg)
    own, _ = leaning.apply_rule(rule, leaning.make_inputs(rule, *upright))
    known = np.abs(p.oblique_deg[who]) <= rule.max_yaw_deg
    before = (p.lacking_deg + p.tilt_deg[who, np.newaxis])[known]
    after = before - correction[known]
    rest = (p.standing_lacking_deg + p.tilt_deg[:, np.newaxis] - own)[who[known]]
    return Corrected(
        lies=~np.isfinite(p.standing[who[known], 0]),
        before_deg=before,
        after_deg=np.concatenate([after, (after - rest) @ JOINTS_OF_SEGMENTS], axis=1),
        sd_deg=sd[known],
    )


def test_the_postures_are_what_was_asked_for(postures: Postures) -> None:
    """Many people who stand and bend, and some who lie; those were never seen to stand."""
    stands = np.isfinite(postures.standing).any(axis=1)
    assert stands.sum() > 800
    assert (~stands).sum() > 20
    assert (np.diff(postures.person) >= 0).all()
    assert set(postures.person) == set(range(postures.oblique_deg.size))


def test_the_leaning_rule_that_is_shipped_fits_the_crowd(said: Corrected) -> None:
    """Of those who stand and of those who lie it takes away much of what the landmarks lack."""
    after_deg = said.after_deg[:, : len(CORRECTED)]
    for rows in (said.lies, ~said.lies):
        before, after = (
            np.nanmean(np.abs(error[rows]), axis=0) for error in (said.before_deg, after_deg)
        )
        assert (after < 0.85 * before).all()
    assert (np.nanmean(np.abs(after_deg), axis=0) < 5.0).all()


@pytest.mark.parametrize("name", WITH_SD)
def test_the_leaning_rule_says_how_far_it_may_be_off(said: Corrected, name: str) -> None:
    """Joints are measured from standing, so only those of people who were seen to stand."""
    error, sd = (series[:, WITH_SD.index(name)] for series in (said.after_deg, said.sd_deg))
    seen = np.isfinite(error)
    assert seen.mean() > 0.6
    assert 0.85 < (np.abs(error[seen]) <= COVERAGE_SD * sd[seen]).mean() < 1.0


@pytest.mark.parametrize("name", WITH_SD)
def test_where_the_leaning_rule_is_less_sure_it_is_less_right(said: Corrected, name: str) -> None:
    error, sd = (series[:, WITH_SD.index(name)] for series in (said.after_deg, said.sd_deg))
    seen = np.flatnonzero(np.isfinite(error))
    parts = np.array_split(seen[np.argsort(sd[seen])], 5)
    found = np.array([np.sqrt((error[part] ** 2).mean()) for part in parts])
    assert (np.diff(found) > 0.0).all()
