"""Command: fit the rule of ``hingewise.kinematics.leaning`` (``python -m hingewise_validation.crowd.fit_leaning``).

The network learns from the crowd alone; how much its standard deviations are to be stretched comes from the films of
the study's fitting bodies, which it has not seen. Needs torch.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from hingewise.kinematics.leaning import CORRECTED, WITH_SD, LeaningRule, apply_rule, make_inputs
from hingewise.units import FloatArray

from hingewise_validation.crowd.postures import POSTURES, Postures, load_postures
from hingewise_validation.crowd.train_leaning import Schedule, people, train_leaning
from hingewise_validation.study.compare import FilmResult
from hingewise_validation.study.fit_joints import ESTIMATOR
from hingewise_validation.study.fit_spread import SHARE, WITHIN_SD, weighted_quantile
from hingewise_validation.study.fitting import PRODUCT_DATA, may_fit, next_version, write_tables
from hingewise_validation.study.missing import TRACKS
from hingewise_validation.study.statistics import is_close_fitting
from hingewise_validation.study.validate import compare_all

TABLE = PRODUCT_DATA / "leaning.toml"
N_FOLDS = 4
COMMENT = """How trunk, thigh and shank lean beside their landmarks: a small network; see hingewise.kinematics.leaning.
Made by `python -m hingewise_validation.crowd.fit_leaning` from the rendered crowd."""


def fit_sd_factors(results: Sequence[FilmResult], rule: LeaningRule) -> FloatArray:
    """What the standard deviations lack so that 95 % of the errors keep within; every frame counts the same.

    Of films that show quiet standing: elsewhere the unknown tilt of the camera widens them besides.
    """
    told = [r for r in results if r.measured.kinematics.standing.found and rule.holds(r.measured.view.oblique_deg)]
    factors = []
    for name in WITH_SD:
        ratio = np.concatenate([np.abs(r.angles[name].error_deg) / r.angles[name].sd_deg for r in told])
        ratio = ratio[np.isfinite(ratio)]
        factors.append(weighted_quantile(ratio, np.ones(ratio.size), SHARE) / WITHIN_SD)
    return np.array(factors)


def leave_out(postures: Postures, schedule: Schedule) -> tuple[FloatArray, FloatArray]:
    """Errors (N, 3) and stated standard deviations of people on whom the network was not trained. [deg]"""
    error, sd = (np.full(postures.lacking_deg.shape, np.nan) for _ in range(2))
    everybody = np.arange(postures.oblique_deg.size)
    for fold in range(N_FOLDS):
        rule = train_leaning(people(postures, everybody[everybody % N_FOLDS != fold]), schedule)
        rows = postures.person % N_FOLDS == fold
        who = postures.person[rows]
        shown = postures.standing[who], postures.oblique_deg[who]
        said, spread = apply_rule(rule, make_inputs(rule, postures.posture[rows], postures.confidence[rows], *shown))
        lacking_deg = postures.lacking_deg[rows] + postures.tilt_deg[who, np.newaxis]
        error[rows], sd[rows] = lacking_deg - said, spread[:, : len(CORRECTED)]
    return error, sd


def describe(error: FloatArray, sd: FloatArray) -> str:
    """How well people are measured whom the network has not seen, in words."""
    parts = []
    for name, e, s in zip(CORRECTED, error.T, sd.T, strict=True):
        seen = np.isfinite(e)
        within = (np.abs(e[seen]) <= WITHIN_SD * s[seen]).mean()
        parts.append(f"{name} MAE {np.abs(e[seen]).mean():.2f} deg, {within:.1%} within {WITHIN_SD} sd")
    return "people left out: " + "; ".join(parts) + "\n"


def write_rule(rule: LeaningRule, version: int, population: str) -> None:
    """Write the product's table."""
    head = {
        "version": version,
        "estimator": ESTIMATOR,
        "basis": "derived",
        "source": "validation-study",
        "population": population,
        "unit_deg": rule.unit_deg,
        "min_sd_deg": rule.min_sd_deg,
        "sd_factor": rule.sd_factor,
        "max_yaw_deg": rule.max_yaw_deg,
        "lying_from_deg": rule.lying_from_deg,
        "input_mean": rule.input_mean,
        "input_sd": rule.input_sd,
    }
    layers = [{"weight": layer.weight, "bias": layer.bias} for layer in rule.layers]
    write_tables(TABLE, COMMENT, {"rule": head, "layer": layers})


def main(arguments: list[str] | None = None) -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--postures", type=Path, default=POSTURES, help="what is kept of the crowd")
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the study's tracks")
    parser.add_argument("--cross-validate", action="store_true", help="only measure people left out")
    options = parser.parse_args(arguments)
    postures, schedule = load_postures(options.postures), Schedule()
    if options.cross_validate:
        sys.stdout.write(describe(*leave_out(postures, schedule)))
        return
    version = next_version(TABLE, "rule")
    population = f"{postures.oblique_deg.size} rendered people, {postures.person.size} postures"
    rule = train_leaning(postures, schedule)
    write_rule(rule, version, population)  # the films are measured with it
    results = [r for r in compare_all(options.tracks) if may_fit(r.spec) and is_close_fitting(r)]
    usable = [r for r in results if r.view_is_right and r.n_true]
    rule = replace(rule, sd_factor=fit_sd_factors(usable, rule))
    write_rule(rule, version, population)
    sys.stdout.write(f"{TABLE}: version {version} from {population}, sd factors {rule.sd_factor.round(3).tolist()}\n")


if __name__ == "__main__":
    main()
