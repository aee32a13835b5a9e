"""The bars that the measurements must reach, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hingewise_validation.study.compare import FilmResult
from hingewise_validation.study.statistics import (
    ROUNDED_DEG,
    area_under_curve,
    count_repetitions,
    family_table,
    fit_of,
    is_close_fitting,
    is_side_view,
    is_test,
    limit_errors_s,
    lumbar_bottoms,
    select,
    summarise_angle,
)

ANGLE_BARS_DEG = {
    "trunk_inclination": 2.5,
    "knee_flexion": 3.5,
    "trunk_thigh_flexion": 4.0,
    "shank_inclination": 2.5,
    "lumbar_flexion": 6.0,
}
COVERAGE = (0.93, 0.97)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row: what is measured, what it must reach, what was found."""

    what: str
    bar: str
    found: str
    reached: bool


def measure_bars(results: Sequence[FilmResult]) -> list[Bar]:
    """Every bar on the test bodies: tight to normal clothes, within 15 degrees of the side unless said."""
    test = select(results, is_test)
    side = select(test, is_side_view, is_close_fitting)
    loose = select(test, is_side_view, lambda r: fit_of(r) == "loose")
    return [
        *_angle_bars(side),
        _roc_bar(side),
        _loose_bar(loose),
        _yaw_bar(select(test, is_close_fitting)),
        *_repetition_bars(test),
        _limits_bar(side),
        _family_bar(test),
    ]


def _angle_bars(side: Sequence[FilmResult]) -> list[Bar]:
    bars = []
    for angle, limit in ANGLE_BARS_DEG.items():
        summary = summarise_angle(side, angle)
        if summary is None:
            continue
        name = angle.replace("_", " ")
        bars.append(
            Bar(
                what=f"{name}, MAE",
                bar=f"<= {limit:.1f} deg",
                found=f"{summary.mae:.2f} deg",
                reached=summary.mae <= limit,
            )
        )
        low, high = COVERAGE
        bars.append(
            Bar(
                what=f"{name}, share of frames within 1.96 of the stated sd",
                bar=f"{low:.0%}-{high:.0%}",
                found=f"{summary.coverage:.1%}",
                reached=low <= summary.coverage <= high,
            )
        )
    return bars


def _roc_bar(side: Sequence[FilmResult]) -> Bar:
    bottoms = lumbar_bottoms(side)
    seen = np.isfinite(bottoms.measured_deg)
    area = area_under_curve(bottoms.measured_deg[seen], bottoms.true_deg[seen] > ROUNDED_DEG)
    what = f"lumbar flexion over {ROUNDED_DEG:.0f} deg at the bottom, area under the ROC"
    found = f"{area:.3f} ({int(seen.sum())} of {seen.size} bottoms told)"
    return Bar(what=what, bar=">= 0.97", found=found, reached=bool(area >= 0.97))


def _loose_bar(loose: Sequence[FilmResult]) -> Bar:
    bottoms = lumbar_bottoms(loose)
    seen = np.isfinite(bottoms.measured_deg)
    error = np.abs(bottoms.measured_deg - bottoms.true_deg)[seen]
    wrong = int((error > 1.96 * bottoms.sd_deg[seen]).sum())
    return Bar(
        what="lumbar flexion under a loose shirt: undetermined, or within 1.96 of the stated sd",
        bar="every bottom",
        found=f"{int((~seen).sum())} of {seen.size} undetermined, {wrong} beyond",
        reached=wrong == 0,
    )


def _yaw_bar(results: Sequence[FilmResult]) -> Bar:
    error = np.array([abs(r.yaw_error_deg) for r in results])
    return Bar(
        what="yaw estimate, all yaws, MAE",
        bar="<= 5.0 deg",
        found=f"{np.nanmean(error):.2f} deg",
        reached=bool(np.nanmean(error) <= 5.0),
    )


def _repetition_bars(test: Sequence[FilmResult]) -> list[Bar]:
    counts = count_repetitions(test)
    wrong = counts.off_by_one + counts.worse
    share = counts.exact / max(1, counts.n_films)
    return [
        Bar(
            what="films whose repetitions are counted exactly, all views, clothes and films",
            bar=">= 99 %",
            found=f"{share:.1%} ({counts.exact} of {counts.n_films})",
            reached=share >= 0.99,
        ),
        Bar(what="films counted wrongly", bar="0", found=str(wrong), reached=wrong == 0),
    ]


def _limits_bar(side: Sequence[FilmResult]) -> Bar:
    errors = np.concatenate(list(limit_errors_s(side).values()))
    mae = float(np.abs(errors).mean()) if errors.size else float("nan")
    return Bar(what="limits of the phases, MAE", bar="<= 0.1 s", found=f"{mae:.3f} s", reached=mae <= 0.1)


def _family_bar(test: Sequence[FilmResult]) -> Bar:
    table = family_table(test)
    right, total = sum(n for (true, found), n in table.items() if true == found), sum(table.values())
    share = right / max(1, total)
    return Bar(
        what="family recognised", bar=">= 98 %", found=f"{share:.1%} ({right} of {total})", reached=share >= 0.98
    )
