"""Command: fit the rule of ``hingewise.kinematics.lumbar`` (``python -m hingewise_validation.crowd.fit_lumbar``).

The network learns from the crowd alone; how much its standard deviation is to be stretched comes from the films of the
study's fitting bodies, which it has not seen. Needs torch.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from hingewise.kinematics.lumbar import LumbarRule, apply_rule, estimate_lumbar_flexion, make_inputs
from hingewise.units import FloatArray

from hingewise_validation.crowd.outlines import OUTLINES, Outlines, load_outlines
from hingewise_validation.crowd.train import Schedule, people, train_rule
from hingewise_validation.study.compare import FilmResult
from hingewise_validation.study.fit_spread import SHARE, WITHIN_SD, weighted_quantile
from hingewise_validation.study.fitting import PRODUCT_DATA, may_fit, next_version, write_tables
from hingewise_validation.study.missing import TRACKS
from hingewise_validation.study.statistics import ROUNDED_DEG, area_under_curve, is_close_fitting, is_side_view
from hingewise_validation.study.validate import compare_all

TABLE = PRODUCT_DATA / "lumbar.toml"
N_FOLDS = 4
BENT_DEG = 50.0

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


def cross_validate(outlines: Outlines, schedule: Schedule) -> str:
    """How well people are measured that the network has not seen, in words."""
    flexion, sd = np.zeros(outlines.person.size), np.zeros(outlines.person.size)
    everybody = np.arange(len(outlines.fit))
    for fold in range(N_FOLDS):
        rule = train_rule(people(outlines, everybody[everybody % N_FOLDS != fold]), schedule)
        rows = outlines.person % N_FOLDS == fold
        standing = outlines.standing[outlines.person[rows]]
        inputs = make_inputs(rule, outlines.profile[rows], standing, outlines.hip_deg[rows])
        flexion[rows], sd[rows] = apply_rule(rule, inputs)
    bent = (outlines.hip_deg > BENT_DEG) & (np.array(outlines.fit)[outlines.person] != "loose")
    told = bent & (sd <= rule.max_sd_deg)
    error = np.abs(flexion - outlines.lumbar_deg)
    area = area_under_curve(flexion[told], outlines.lumbar_deg[told] > ROUNDED_DEG)
    return (
        f"people left out, hips bent by {BENT_DEG:.0f} deg, no loose shirts: MAE {error[bent].mean():.2f} deg; "
        f"of the {told.sum() / bent.sum():.0%} told MAE {error[told].mean():.2f} deg, area under the ROC {area:.3f}\n"
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
    if options.cross_validate:
        sys.stdout.write(cross_validate(outlines, schedule))
        return
    version = next_version(TABLE, "rule")
    population = f"{len(outlines.fit)} rendered people, {outlines.person.size} outlines"
    rule = train_rule(outlines, schedule)
    write_rule(rule, version, population)  # the films are measured with it
    results = [r for r in compare_all(options.tracks) if may_fit(r.spec) and is_close_fitting(r)]
    usable = [r for r in results if is_side_view(r) and r.view_is_right and r.n_true]
    rule = replace(rule, sd_factor=fit_sd_factor(rule, usable))
    write_rule(rule, version, population)
    sys.stdout.write(f"{TABLE}: version {version} from {population}, sd factor {rule.sd_factor:.3f}\n")


if __name__ == "__main__":
    main()
