"""What is kept of the crowd is read as it was written, and the shipped rule was fitted on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hingewise.kinematics.lumbar import LumbarRule, Said, apply_rule, load_lumbar_rule, make_inputs
from hingewise.pose.dorsal import N_CONTOUR_POINTS
from hingewise_validation.crowd.outlines import OUTLINES, Outlines, load_outlines, save_outlines
from hingewise_validation.study.statistics import ROUNDED_DEG, area_under_curve

ROOT = Path(__file__).parents[2]
MAX_KEPT_BYTES = 15_000_000
"""Of tracks and outlines together."""


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


def test_tracks_and_outlines_stay_small() -> None:
    kept = [*(ROOT / "validation" / "tracks").glob("*.xz"), ROOT / OUTLINES]
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
    sure = bent & (sd <= rule.max_sd_deg)
    error = np.abs(flexion - crowd.lumbar_deg)
    assert error[sure].mean() < 5.0
    assert sure.sum() > 0.7 * bent.sum()
    assert area_under_curve(flexion[sure], crowd.lumbar_deg[sure] > ROUNDED_DEG) > 0.95


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
