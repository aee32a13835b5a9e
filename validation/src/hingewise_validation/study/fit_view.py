"""Command: fit the yaw rule of ``hingewise.pose.view`` (``python -m hingewise_validation.study.fit_view``)."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hingewise.pose.view import WIDTHS_UP_TO_DEG, measure_widths
from hingewise.units import FloatArray

from hingewise_validation.study.compare import FilmResult
from hingewise_validation.study.fit_joints import ESTIMATOR
from hingewise_validation.study.fitting import may_fit, next_version, write_tables
from hingewise_validation.study.missing import TRACKS
from hingewise_validation.study.validate import compare_all

LANDMARKS = ("shoulder", "hip", "knee", "ankle")
RIDGE = 1e-4
TABLE = Path("src/hingewise/pose/data/yaw.toml")
COMMENT = """How the widths of the body in the picture tell the camera's yaw; explained in hingewise.pose.view.
Made by `python -m hingewise_validation.study.fit_view` from the rendered films of the fitting bodies."""


def widths_of(results: Sequence[FilmResult]) -> FloatArray:
    """Widths in the repetitions of every film. Shape (N, landmarks)."""
    rows = []
    for result in results:
        widths = measure_widths(result.measured.track.take(np.flatnonzero(result.inside)), LANDMARKS)
        rows.append([widths[name] for name in LANDMARKS])
    return np.array(rows)


def main(arguments: list[str] | None = None) -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tracks", type=Path, default=TRACKS, help="folder of the tracks")
    films = compare_all(parser.parse_args(arguments).tracks)
    results = [r for r in films if may_fit(r.spec) and r.n_true and abs(r.spec.yaw_deg) <= WIDTHS_UP_TO_DEG]
    widths, yaw_deg = widths_of(results), np.array([r.spec.yaw_deg for r in results])
    seen = np.isfinite(widths).all(axis=1)
    design, target = widths[seen], yaw_deg[seen]
    weights = np.linalg.solve(design.T @ design + RIDGE * len(target) * np.eye(len(LANDMARKS)), design.T @ target)
    sd = float(np.std(np.abs(design @ weights) - np.abs(target)))
    head = {
        "version": next_version(TABLE, ESTIMATOR),
        "basis": "derived",
        "source": "validation-study",
        "population": f"{len({r.spec.lifter for r in results})} rendered bodies, {int(seen.sum())} films",
        "sd_deg": sd,
    }
    table = dict(zip(LANDMARKS, map(float, weights), strict=True))
    write_tables(TABLE, COMMENT, {ESTIMATOR: head, f"{ESTIMATOR}.weight_deg": table})
    sys.stdout.write(f"{TABLE}: {table}, sd {sd:.1f} deg\n")


if __name__ == "__main__":
    main()
