"""Command: fit the rule of ``hingewise.kinematics.lumbar`` (``python -m hingewise_validation.crowd.fit_lumbar``).

The network learns from the crowd alone; how much its standard deviation is to be stretched comes from the films of the
study's fitting bodies, which it has not seen. Needs torch.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from hingewise.kinematics.lumbar import LumbarRule, Said, apply_rule, estimate_lumbar_flexion, make_inputs
from hingewise.units import FloatArray

from hingewise_validation.crowd.outlines import OUTLINES, Outlines, load_outlines
from hingewise_validation.crowd.train_lumbar import LOOSE_FROM_DEG, MAX_SD_DEG, Schedule, people, train_rule
from hingewise_validation.study.compare import FilmResult
from hingewise_validation.study.fit_spread import SHARE, WITHIN_SD, weighted_quantile
from hingewise_validation.study.fitting import PRODUCT_DATA, may_fit, next_version, write_tables
from hingewise_validation.study.missing import TRACKS
from hingewise_validation.study.statistics import ROUNDED_DEG, area_under_curve, is_close_fitting, is_side_view
from hingewise_validation.study.validate import compare_all

TABLE = PRODUCT_DATA / "lumbar.toml"
N_FOLDS = 4
BENT_DEG = 50.0
FALSELY_LOOSE = 0.05
"""Share of tight and normal clothes that are taken for loose shirts."""


COMMENT = """How the outline of the back tells lumbar flexion: a small network; see hingewise.kinematics.lumbar.
Made by `python -m hingewise_validation.crowd.fit_lumbar` from the rendered crowd."""


def fit_sd_factor(rule: LumbarRule, results: Sequence[FilmResult]) -> float:
    """What the rule's standard deviations lack so that 95 % of the errors keep within; each film counts the same."""
    ratios = [ratio for result in results if (ratio := _errors_in_sds(rule, result)).size]
    weights = [np.full(ratio.size, 1.0 / ratio.size) for ratio in ratios]
    return weighted_quantile(np.concatenate(ratios), np.concatenate(weights), SHARE) / WITHIN_SD


def _errors_in_sds(rule: LumbarRule, result: FilmResult) -> FloatArray:
    measured, standing = result.measured, result.measured.kinematics.standing
    if measured.sagittal.back is None or not standing.found:
        return np.zeros(0)
    time_s = measured.track.time_s
    quiet = (time_s >= standing.start_s) & (time_s <= standing.end_s)
    seen = estimate_lumbar_flexion(measured.sagittal.back, measured.movement.hip_bend_deg, quiet, rule)
    ratio = np.abs(seen.flexion_deg - result.true_deg["lumbar_flexion"]) / seen.sd_deg
    return np.asarray(ratio[result.inside & np.isfinite(ratio)])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeftOut:
    """What rules say of people whom they have not seen: of every outline, and how loose shirts look (F,)."""

    said: Said
    loose: FloatArray


def leave_out(outlines: Outlines, schedule: Schedule) -> LeftOut:
    """Train without a quarter of the people at a time and measure these."""
    columns = np.zeros((3, outlines.person.size))
    everybody = np.arange(len(outlines.fit))
    for fold in range(N_FOLDS):
        rule = train_rule(people(outlines, everybody[everybody % N_FOLDS != fold]), schedule)
        rows = outlines.person % N_FOLDS == fold
        standing = outlines.standing[outlines.person[rows]]
        said = apply_rule(rule, make_inputs(rule, outlines.profile[rows], standing, outlines.hip_deg[rows]))
        columns[:, rows] = said.flexion_deg, said.sd_deg, said.loose
    bent = outlines.hip_deg >= LOOSE_FROM_DEG
    count = np.bincount(outlines.person[bent], minlength=everybody.size)
    total = np.bincount(outlines.person[bent], columns[2, bent], minlength=everybody.size)
    return LeftOut(
        said=Said(flexion_deg=columns[0], sd_deg=columns[1], loose=columns[2]), loose=total / np.maximum(count, 1)
    )


def loose_limit(outlines: Outlines, left_out: LeftOut) -> float:
    """How loose a shirt may look so that few who wear none are taken for it."""
    other = np.array(outlines.fit) != "loose"
    return float(np.quantile(left_out.loose[other], 1.0 - FALSELY_LOOSE))


def describe(outlines: Outlines, left_out: LeftOut) -> str:
    """How well people are measured that the network has not seen, in words."""
    loose = np.array(outlines.fit) == "loose"
    found = (left_out.loose > loose_limit(outlines, left_out))[loose].mean()
    bent = (outlines.hip_deg > BENT_DEG) & ~loose[outlines.person]
    told = bent & (left_out.said.sd_deg <= MAX_SD_DEG)
    flexion = left_out.said.flexion_deg
    error = np.abs(flexion - outlines.lumbar_deg)
    area = area_under_curve(flexion[told], outlines.lumbar_deg[told] > ROUNDED_DEG)
    return (
        f"people left out, hips bent by {BENT_DEG:.0f} deg, no loose shirts: MAE {error[bent].mean():.2f} deg; "
        f"of the {told.sum() / bent.sum():.0%} told MAE {error[told].mean():.2f} deg, area under the ROC {area:.3f}; "
        f"{found:.0%} of the loose shirts found\n"
    )


def write_rule(rule: LumbarRule, version: int, population: str) -> None:
    """Write the product's table."""
    head = {
        "version": version,
        "basis": "derived",
        "source": "validation-study",
        "population": population,
        "unit_deg": rule.unit_deg,
        "min_sd_deg": rule.min_sd_deg,
        "sd_factor": rule.sd_factor,
        "max_sd_deg": rule.max_sd_deg,
        "loose_from_deg": rule.loose_from_deg,
        "max_loose": rule.max_loose,
        "input_mean": rule.input_mean,
        "input_sd": rule.input_sd,
    }
    shapes = {
        "change_mean": rule.change.mean,
        "change_directions": rule.change.directions,
        "standing_mean": rule.standing.mean,
        "standing_directions": rule.standing.directions,
    }
    layers = [{"weight": layer.weight, "bias": layer.bias} for layer in rule.layers]
    write_tables(TABLE, COMMENT, {"rule": head, "shapes": shapes, "layer": layers})


def main(arguments: list[str] | None = None) -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--outlines", type=Path, default=OUTLINES, help="what is kept of the crowd")
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the study's tracks")
    parser.add_argument("--cross-validate", action="store_true", help="only measure people left out")
    options = parser.parse_args(arguments)
    outlines, schedule = load_outlines(options.outlines), Schedule()
    left_out = leave_out(outlines, schedule)
    sys.stdout.write(describe(outlines, left_out))
    if options.cross_validate:
        return
    version = next_version(TABLE, "rule")
    population = f"{len(outlines.fit)} rendered people, {outlines.person.size} outlines"
    rule = replace(train_rule(outlines, schedule), max_loose=loose_limit(outlines, left_out))
    write_rule(rule, version, population)  # the films are measured with it
    results = [r for r in compare_all(options.tracks) if may_fit(r.spec) and is_close_fitting(r)]
    usable = [r for r in results if is_side_view(r) and r.view_is_right and r.n_true]
    rule = replace(rule, sd_factor=fit_sd_factor(rule, usable))
    write_rule(rule, version, population)
    sys.stdout.write(f"{TABLE}: version {version} from {population}, sd factor {rule.sd_factor:.3f}\n")


if __name__ == "__main__":
    main()
