"""Command: fit the rule of ``hingewise.kinematics.lumbar`` (``python -m hingewise_validation.study.fit_lumbar``).

Least squares over the outlines of fitting bodies whose spine is known; neighbouring points of the outline get similar
weights. Outlines that something covers are left out: they are told by how far they lie from what the others do.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hingewise.kinematics.lumbar import (
    RIGHT_ANGLE_DEG,
    LumbarRule,
    StandingShapes,
    compute_oddness,
    standing_profile,
    uncover,
)
from hingewise.pose.dorsal import back_profile
from hingewise.units import BoolArray, FloatArray

from hingewise_validation.study.compare import FilmResult
from hingewise_validation.study.fitting import PRODUCT_DATA, equal_weights, may_fit, next_version, write_tables
from hingewise_validation.study.missing import TRACKS
from hingewise_validation.study.statistics import is_close_fitting, is_side_view
from hingewise_validation.study.validate import compare_all

N_STANDING_SHAPES = 2
USUAL_STANDING = 0.012
MAX_STANDING_ODDNESS = 0.02
BOTTOM_WEIGHT = 5.0
"""By how much more than standing a right angle at the hips counts: the bottom is where a back is judged."""

UPRIGHT_SHARE, UPRIGHT_RIDGE = 0.3, 0.03
"""Backs that round while the hips are straight are not in the study: there the weights are drawn to a share of those
for bent hips, which keeps the sign right. Between 0 and 0.6 the figures at the bottom do not depend on the share."""

SMOOTHNESS = 0.1
RIDGE = 1e-4
N_SHAPES = 5
MAX_ODDNESS = 0.015
N_PASSES = 4
TABLE = PRODUCT_DATA / "lumbar.toml"

COMMENT = """How the outline of the back tells lumbar flexion; explained in hingewise.kinematics.lumbar.
Made by `python -m hingewise_validation.study.fit_lumbar` from the rendered films of the fitting bodies."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlines:
    """One film: profile in standing (C,) and later (N, C), hip flexion in right angles (N,), true flexion (N,)."""

    name: str
    upright: FloatArray
    profile: FloatArray
    hip: FloatArray
    true_deg: FloatArray


def collect_outlines(result: FilmResult) -> Outlines | None:
    """The outlines of a film's repetitions, None without quiet standing or without any."""
    measured, standing = result.measured, result.measured.kinematics.standing
    back = measured.sagittal.back
    if back is None or not standing.found:
        return None
    time_s = measured.track.time_s
    quiet = (time_s >= standing.start_s) & (time_s <= standing.end_s)
    upright = standing_profile(back, quiet)
    profile = back_profile(back)
    bend_deg = measured.movement.hip_bend_deg
    hip = (bend_deg - np.nanmedian(bend_deg[quiet])) / RIGHT_ANGLE_DEG
    rows = np.flatnonzero(np.isfinite(profile[:, 0]) & result.inside & np.isfinite(hip))
    if upright is None or rows.size == 0:
        return None
    return Outlines(
        name=result.spec.id,
        upright=upright,
        profile=profile[rows],
        hip=hip[rows],
        true_deg=result.true_deg["lumbar_flexion"][rows],
    )


def fit_standing(films: Sequence[Outlines]) -> StandingShapes:
    """Shapes of standing backs, without those that something covers."""
    every = np.stack([film.upright for film in films])
    kept = every
    for _ in range(N_PASSES):
        typical = np.median(kept, axis=0)
        _, size, shapes = np.linalg.svd(kept - typical, full_matrices=False)
        shapes = shapes[:N_STANDING_SHAPES]
        beside = every - typical
        rest = beside - (beside @ shapes.T) @ shapes
        kept = every[np.sqrt((rest**2).mean(axis=1)) <= MAX_STANDING_ODDNESS]
    return StandingShapes(
        typical=typical,
        shapes=shapes,
        spread=size[:N_STANDING_SHAPES] / np.sqrt(len(kept)),
        usual=USUAL_STANDING,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Changes:
    """One film: change of the profile since standing (N, C), and the rest as in ``Outlines``."""

    change: FloatArray
    hip: FloatArray
    true_deg: FloatArray

    def take(self, rows: BoolArray) -> "_Changes":
        return _Changes(change=self.change[rows], hip=self.hip[rows], true_deg=self.true_deg[rows])


def fit_rule(films: Sequence[Outlines]) -> LumbarRule:
    """The rule that fits the films, each as much as any other."""
    standing = fit_standing(films)
    changes = [_Changes(change=f.profile - uncover(f.upright, standing), hip=f.hip, true_deg=f.true_deg) for f in films]
    kept = changes
    for _ in range(N_PASSES):
        rule = _fit_once(kept, standing)
        usual = [(film, compute_oddness(rule, film.change) <= MAX_ODDNESS) for film in changes]
        kept = [film.take(rows) for film, rows in usual if rows.any()]
    return rule


def _fit_once(films: Sequence[_Changes], standing: StandingShapes) -> LumbarRule:
    change, hip = np.concatenate([f.change for f in films]), np.concatenate([f.hip for f in films])
    true_deg = np.concatenate([f.true_deg for f in films])
    weight = equal_weights([f.hip.size for f in films]) * (1.0 + BOTTOM_WEIGHT * np.clip(hip, 0.0, 1.2) ** 2)
    weight = (weight / weight.mean())[:, None]
    count = change.shape[1]
    turned = (UPRIGHT_SHARE + np.clip(hip, 0.0, None))[:, None]
    design = np.concatenate([change, change * turned, hip[:, None], hip[:, None] ** 2], axis=1)
    bend = np.diff(np.eye(count), 2, axis=0)
    alike = SMOOTHNESS * bend.T @ bend
    penalty = np.zeros((design.shape[1],) * 2)
    for start, ridge in ((0, UPRIGHT_RIDGE), (count, RIDGE)):
        part = slice(start, start + count)
        penalty[part, part] = (alike + ridge * np.eye(count)) / 100
    normal = (design * weight).T @ design + true_deg.size * penalty
    solved = np.linalg.solve(normal, (design * weight).T @ true_deg)
    own, shared = solved[:count], solved[count : 2 * count]
    typical = np.average(change, axis=0, weights=weight[:, 0])
    spread = (change - typical) * np.sqrt(weight)
    _, _, shapes = np.linalg.svd(spread, full_matrices=False)
    return LumbarRule(
        change=own + UPRIGHT_SHARE * shared,
        change_by_hip=shared,
        hip=float(solved[-2]),
        hip_squared=float(solved[-1]),
        typical_change=typical,
        shapes=shapes[:N_SHAPES],
        max_oddness=MAX_ODDNESS,
        standing=standing,
    )


def main(arguments: list[str] | None = None) -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    results = [r for r in compare_all(parser.parse_args(arguments).tracks) if may_fit(r.spec)]
    usable = [r for r in results if is_side_view(r) and is_close_fitting(r) and r.view_is_right]
    films = [o for r in usable if (o := collect_outlines(r)) is not None]
    rule = fit_rule(films)
    rows = sum(f.hip.size for f in films)
    table = {
        "version": next_version(TABLE, "rule"),
        "basis": "derived",
        "source": "validation-study",
        "population": f"{len({r.spec.lifter for r in usable})} rendered bodies, {len(films)} films, {rows} outlines",
        "hip_deg": rule.hip,
        "hip_squared_deg": rule.hip_squared,
        "change_deg": rule.change,
        "change_by_hip_deg": rule.change_by_hip,
        "typical_change": rule.typical_change,
        "shapes": rule.shapes,
        "max_oddness": rule.max_oddness,
    }
    standing = {
        "typical": rule.standing.typical,
        "shapes": rule.standing.shapes,
        "spread": rule.standing.spread,
        "usual": rule.standing.usual,
    }
    write_tables(TABLE, COMMENT, {"rule": table, "standing": standing})
    sys.stdout.write(f"{TABLE}: version {table['version']} from {table['population']}\n")


if __name__ == "__main__":
    main()
