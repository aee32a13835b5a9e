"""The study's figures as a document for machines: validation/results.json."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from hingewise_validation.study.bars import measure_bars
from hingewise_validation.study.compare import ANGLES, FilmResult
from hingewise_validation.study.statistics import (
    ROUNDED_DEG,
    area_under_curve,
    count_repetitions,
    is_close_fitting,
    is_side_view,
    is_test,
    limit_errors_s,
    lumbar_bottoms,
    select,
    split_of,
    summarise_angle,
)

SCHEMA_VERSION = 1


def make_results(results: Sequence[FilmResult]) -> dict[str, Any]:
    """Bars, and the figures of every film."""
    return {
        "schema_version": SCHEMA_VERSION,
        "bars": [asdict(bar) for bar in measure_bars(results)],
        "pooled": pooled_figures(results),
        "films": {result.spec.id: film_figures(result) for result in results},
    }


def pooled_figures(results: Sequence[FilmResult]) -> dict[str, float]:
    """Figures of the test bodies before a camera near the side, in tight to normal clothes.

    Mean absolute errors (_deg, _s) and shares that should be large (_share).
    """
    test = select(results, is_test)
    side = select(test, is_side_view, is_close_fitting)
    figures = {
        f"{name}_mae_deg": summary.mae for name in ANGLES if (summary := summarise_angle(side, name)) is not None
    }
    bottoms = lumbar_bottoms(side)
    seen = np.isfinite(bottoms.measured_deg)
    area = area_under_curve(bottoms.measured_deg[seen], bottoms.true_deg[seen] > ROUNDED_DEG)
    limits = np.concatenate(list(limit_errors_s(side).values()))
    counts = count_repetitions(results)
    return {
        **{name: round(value, 4) for name, value in figures.items()},
        "yaw_mae_deg": round(float(np.nanmean([abs(r.yaw_error_deg) for r in test])), 4),
        "phase_limits_mae_s": round(float(np.abs(limits).mean()), 4),
        "rounded_backs_area_share": round(area, 4),
        "lumbar_seen_share": round(float(seen.mean()), 4),
        "counted_exactly_share": round(counts.exact / counts.n_films, 4),
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
        "rejected": [rejected.reason for rejected in result.measured.segmentation.rejected],
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
