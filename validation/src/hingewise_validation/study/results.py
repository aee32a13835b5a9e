"""The study's figures as a document for machines: validation/results.json."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from hingewise_validation.study.bars import measure_bars
from hingewise_validation.study.compare import ANGLES, FilmResult
from hingewise_validation.study.statistics import split_of, summarise_angle

SCHEMA_VERSION = 1


def make_results(results: Sequence[FilmResult]) -> dict[str, Any]:
    """Bars, and the figures of every film."""
    return {
        "schema_version": SCHEMA_VERSION,
        "bars": [asdict(bar) for bar in measure_bars(results)],
        "films": {result.spec.id: film_figures(result) for result in results},
    }


def film_figures(result: FilmResult) -> dict[str, Any]:
    """Figures of one film: counts, family, yaw, and bias, MAE and limits of every angle. [deg]"""
    angles = {name: summarise_angle([result], name) for name in ANGLES}
    return {
        "split": split_of(result),
        "lifter": result.spec.lifter,
        "movement": result.spec.movement,
        "repetitions": {"true": result.n_true, "found": result.n_found},
        "partial": {"true": result.n_partial_true, "found": result.n_partial_found},
        "family": str(result.measured.segmentation.recognition.family),
        "yaw_deg": {"true": result.spec.yaw_deg, "found": _number(result.measured.view.yaw_deg)},
        "angles_deg": {
            name: {
                key: _number(value)
                for key, value in asdict(summary).items()
                if key in ("bias", "mae", "low", "high", "coverage", "observed")
            }
            for name, summary in angles.items()
            if summary is not None
        },
    }


def _number(value: float) -> float | None:
    return round(value, 3) if np.isfinite(value) else None
