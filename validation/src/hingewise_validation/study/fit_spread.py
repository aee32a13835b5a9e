"""Command: fit the spreads of ``hingewise.kinematics.spread``.

``python -m hingewise_validation.study.fit_spread``: sizes that 95 % of the fitting bodies' errors keep within, as a
standard deviation; first upright, then bent at the hips, then before an oblique camera, then where the legs are
in doubt. Every frame counts the same. The network for segments tells its own and is left out here.
"""

import argparse
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np
from hingewise.kinematics.spread import OBLIQUE_DEG, RIGHT_ANGLE_DEG, Spread, leg_doubt
from hingewise.units import BoolArray, FloatArray

from hingewise_validation.study.compare import FilmResult
from hingewise_validation.study.files import write_whole
from hingewise_validation.study.fit_joints import ESTIMATOR
from hingewise_validation.study.fitting import PRODUCT_DATA, format_tables, may_fit, next_version
from hingewise_validation.study.missing import TRACKS
from hingewise_validation.study.statistics import is_close_fitting, is_side_view
from hingewise_validation.study.validate import compare_all

SHARE = 0.95
WITHIN_SD = 1.96
UPRIGHT_DEG, BENT_DEG = 25.0, 60.0
OBLIQUE_FROM_DEG = 18.0
MIN_SD_DEG = 0.5
TABLE = PRODUCT_DATA / "spread.toml"
COMMENT = """Made by `python -m hingewise_validation.study.fit_spread` from the rendered films of the fitting bodies.
What the study does not measure well is as above."""

OF_THE_LEGS = ("thigh_inclination", "shank_inclination", "knee_flexion", "trunk_thigh_flexion")
LEARNT = ("lumbar_flexion",)
"""Angles whose rule tells its own spread."""

COPIED = ("head_inclination", "ankle_dorsiflexion", "elbow_flexion")
"""Angles whose truth the study does not hold in the product's terms, or not well enough, keep the general spread."""


def fit_spread(results: Sequence[FilmResult], angle: str) -> Spread:
    """Spread of one angle."""
    side = [r for r in results if is_side_view(r) and (angle not in OF_THE_LEGS or _doubt(r) == 0.0)]
    oblique = [r for r in results if abs(r.spec.yaw_deg) >= OBLIQUE_FROM_DEG and _doubt(r) == 0.0]
    base = _sd(side, angle, lambda bent: bent <= UPRIGHT_DEG)
    bent = _sd(side, angle, lambda bent: bent >= BENT_DEG)
    share = BENT_DEG / RIGHT_ANGLE_DEG * 1.2
    by_flexion = np.sqrt(max(bent**2 - base**2, 0.0)) / share
    by_yaw = _by_yaw(oblique, angle, base, by_flexion)
    doubtful = [r for r in results if is_side_view(r) and _doubt(r) > 0.0]
    by_doubt = _beyond(doubtful, angle, (base, by_flexion), _doubt) if angle in OF_THE_LEGS else 0.0
    return Spread(
        base_deg=max(float(base), MIN_SD_DEG),
        by_flexion_deg=float(by_flexion),
        by_yaw_deg=float(by_yaw),
        by_doubt_deg=float(by_doubt),
    )


def _doubt(result: FilmResult) -> float:
    return leg_doubt(result.measured.sagittal.confidence, result.measured.sagittal.landmarks)


def _sd(results: Sequence[FilmResult], angle: str, rows: Callable[[FloatArray], BoolArray]) -> float:
    """The standard deviation that 95 % of the errors in some postures keep within."""
    errors = []
    for result in results:
        error = result.angles[angle].error_deg
        bent = np.abs(result.angles["trunk_thigh_flexion"].true_deg)
        errors.append(np.abs(error[rows(bent) & np.isfinite(error)]))
    return _most(errors) / WITHIN_SD


def _by_yaw(results: Sequence[FilmResult], angle: str, base: float, by_flexion: float) -> float:
    """What must be added at 45 degrees so that oblique films keep within, too."""
    seen = [r for r in results if np.isfinite(r.measured.view.yaw_deg)]
    return _beyond(seen, angle, (base, by_flexion), lambda r: (max(r.measured.view.yaw_deg, 10.0) / OBLIQUE_DEG) ** 2)


def _beyond(
    results: Sequence[FilmResult],
    angle: str,
    known: tuple[float, float],
    size: Callable[[FilmResult], float],
) -> float:
    """What, times a film's size, must be added so that 95 % of the errors keep within; ``known`` base and flexion."""
    needed = []
    for result in results:
        error = result.angles[angle].error_deg
        bent = np.abs(result.angles["trunk_thigh_flexion"].true_deg) / RIGHT_ANGLE_DEG
        rest = np.maximum((error / WITHIN_SD) ** 2 - known[0] ** 2 - (known[1] * bent) ** 2, 0.0)
        needed.append(np.sqrt(rest[np.isfinite(rest)]) / size(result))
    return _most(needed)


def _most(parts: Sequence[FloatArray]) -> float:
    """The value that 95 % of all frames lie below; 0 without any."""
    every = np.concatenate([np.zeros(0), *parts])
    return weighted_quantile(every, np.ones(every.size)) if every.size else 0.0


def weighted_quantile(values: FloatArray, weights: FloatArray, share: float = SHARE) -> float:
    """The value that this share of the weight lies below."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(int(np.searchsorted(reached, share)), values.size - 1)])


def main(arguments: list[str] | None = None) -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    results = [r for r in compare_all(parser.parse_args(arguments).tracks, plain=True) if may_fit(r.spec)]
    usable = [r for r in results if is_close_fitting(r) and r.n_true and r.view_is_right]
    names = [name for name in usable[0].angles if name not in COPIED + LEARNT]
    rows = {name: fit_spread(usable, name) for name in names}
    write_spreads(rows, f"{len({r.spec.lifter for r in usable})} rendered bodies, {len(usable)} films")
    for name, spread in rows.items():
        sys.stdout.write(f"{name}: {spread}\n")


def write_spreads(spreads: Mapping[str, Spread], population: str) -> None:
    """Replace the estimator's tables; the general ones stay as they are written."""
    general = TABLE.read_text("utf-8").partition("\n# Made by")[0].rstrip()
    kept = tomllib.loads(general)["any"]["angles_deg"]
    head = {
        "version": next_version(TABLE, ESTIMATOR),
        "basis": "derived",
        "source": "validation-study",
        "population": population,
    }
    parts = {n: [round(value, 2) for value in astuple(s)] for n, s in spreads.items()}
    angles = parts | {name: kept[name] for name in COPIED}
    own = format_tables(COMMENT, {ESTIMATOR: head, f"{ESTIMATOR}.angles_deg": angles})
    write_whole(TABLE, f"{general}\n\n{own}".encode())


if __name__ == "__main__":
    main()
