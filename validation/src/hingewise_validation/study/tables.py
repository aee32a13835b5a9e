"""Tables of the study for docs/accuracy.md."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from hingewise_validation.bench_document import format_table
from hingewise_validation.study.bars import Bar, measure_bars
from hingewise_validation.study.cast import load_cast
from hingewise_validation.study.compare import ANGLES, FilmResult
from hingewise_validation.study.statistics import (
    ROUNDED_DEG,
    ErrorSummary,
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
    summarise_measure,
)

ERROR_COLUMNS = ["films", "seen", "bias", "MAE", "95 % from", "to", "within 1.96 sd"]
Groups = Mapping[str, Sequence[FilmResult]]


def study_section(results: Sequence[FilmResult], strangers: Sequence[FilmResult], command: str) -> str:
    """All tables of the study; ``strangers`` are people in random postures whom nothing was fitted on."""
    test = select(results, is_test)
    side = select(test, is_side_view, is_close_fitting)
    parts = [
        "## The synthetic study",
        _introduction(results, test, command),
        "### Against the bars",
        _bars_table(measure_bars(results)),
        "### Angles",
        "Test bodies, tight to normal clothes, camera within 15 degrees of the side; all frames of the repetitions. "
        "Degrees; *seen* is the share of frames in which the angle was measured at all.",
        _errors_table({angle: summarise_angle(side, angle) for angle in ANGLES}, "angle"),
        "At the bottom and at lockout, where they are judged:",
        _errors_table({m: summarise_measure(side, m) for m in _measures()}, "measure"),
        _strangers(strangers),
        "### By the camera's place",
        "The same sets from nine places, test bodies. MAE and bias in degrees.",
        _grouped(_by(select(test, _in_block("yaw")), lambda r: f"{r.spec.yaw_deg:+.0f}"), "yaw"),
        _yaw_table(select(test, is_close_fitting)),
        "### By clothes, body, movement and film",
        _grouped(_by(select(test, is_side_view), fit_of), "clothes"),
        _grouped(_by(side, lambda r: r.spec.lifter), "body"),
        _grouped(_by(side, lambda r: r.spec.movement), "movement"),
        _grouped(
            _by(select(test, _in_block("rates")), lambda r: str(r.spec.film.get("rate_hz", 30))), "frames a second"
        ),
        _grouped(_by(select(test, _in_block("hard")), _condition), "film"),
        "### Repetitions",
        _counts_table({"all": results} | _by(results, lambda r: r.spec.block)),
        _limits_table(side),
        "### Families",
        _families_table(select(results, is_side_view)),
        "### Lumbar flexion",
        _lumbar_tables(side, select(test, is_side_view, lambda r: fit_of(r) == "loose")),
    ]
    return "\n\n".join(part for part in parts if part)


def _introduction(results: Sequence[FilmResult], test: Sequence[FilmResult], command: str) -> str:
    lifters = load_cast().lifters.values()
    names = {split: ", ".join(e.id for e in lifters if e.split == split) for split in ("fit", "test")}
    return (
        f"Made by `{command}` from {len(results)} rendered films ({len(test)} of test bodies). The truth is the posed "
        "body's joint centres. Whatever the product corrects was fitted on the fitting bodies alone "
        f"({names['fit']}), and how joints lie beside their landmarks and the back's outline tells its bend on more "
        f"than a thousand other rendered people; the figures below are of the others ({names['test']}), unless a table "
        "says otherwise."
    )


def _bars_table(bars: Sequence[Bar]) -> str:
    rows = [[b.what, b.bar, b.found, "yes" if b.reached else "**no**"] for b in bars]
    return format_table(["what", "bar", "found", "reached"], rows)


def _strangers(strangers: Sequence[FilmResult]) -> str:
    """Angles of people who exist once, in postures that are no exercise."""
    people = [r for r in strangers if r.view_is_right and r.spec.outfit != "loose"]
    if not people:
        return ""
    words = (
        f"Strangers: {len(people)} other rendered people in tight to normal clothes, each in twenty random postures, "
        "up to 35 degrees from the side, half a second from one to the next, with bars on backs and plates before "
        "hips. Nothing was fitted on them:"
    )
    return words + "\n\n" + _errors_table({angle: summarise_angle(people, angle) for angle in ANGLES}, "angle")


def _measures() -> list[str]:
    return [f"{angle}_at_{moment}" for moment in ("bottom", "lockout") for angle in ANGLES]


def _errors_table(summaries: Mapping[str, ErrorSummary | None], what: str) -> str:
    rows = [[name, *_error_row(summary)] for name, summary in summaries.items() if summary is not None]
    return format_table([what, *ERROR_COLUMNS], rows)


def _error_row(s: ErrorSummary) -> list[str]:
    return [
        str(s.n_films),
        f"{s.observed:.0%}",
        f"{s.bias:+.1f}",
        f"{s.mae:.1f}",
        f"{s.low:+.1f}",
        f"{s.high:+.1f}",
        f"{s.coverage:.0%}",
    ]


def _by(results: Sequence[FilmResult], key: Callable[[FilmResult], str]) -> dict[str, list[FilmResult]]:
    groups: dict[str, list[FilmResult]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return dict(sorted(groups.items(), key=lambda item: _natural(item[0])))


def _natural(text: str) -> tuple[float, str]:
    try:
        return float(text), ""
    except ValueError:
        return 0.0, text


def _in_block(block: str) -> Callable[[FilmResult], bool]:
    return lambda result: result.spec.block == block


def _condition(result: FilmResult) -> str:
    """What makes a film of the block "hard" hard: the last part of its name."""
    return result.spec.id.split("_", 2)[-1]


def _grouped(groups: Groups, what: str) -> str:
    """Mean absolute error (bias) of every angle for each group."""
    if not groups:
        return ""
    rows = []
    for name, members in groups.items():
        cells = [summarise_angle(members, angle) for angle in ANGLES]
        rows.append([name, str(len(members)), *("-" if c is None else f"{c.mae:.1f} ({c.bias:+.1f})" for c in cells)])
    return format_table([what, "films", *(angle.replace("_", " ") for angle in ANGLES)], rows)


def _yaw_table(results: Sequence[FilmResult]) -> str:
    groups = _by(results, lambda r: f"{5 * round(abs(r.spec.yaw_deg) / 5)}")
    rows = []
    for name, members in groups.items():
        error = np.array([r.yaw_error_deg for r in members])
        rows.append([name, str(len(members)), f"{np.nanmean(error):+.1f}", f"{np.nanmean(np.abs(error)):.1f}"])
    return format_table(["true yaw, nearest 5", "films", "bias of the estimate", "MAE"], rows)


def _counts_table(groups: Groups) -> str:
    rows = []
    for name, members in groups.items():
        c = count_repetitions(members)
        rows.append([name, *map(str, (c.n_films, c.n_true, c.n_found, c.exact, c.off_by_one, c.worse))])
    return format_table(["films of", "films", "repetitions", "found", "exact", "off by one", "worse"], rows)


def _limits_table(results: Sequence[FilmResult]) -> str:
    rows = [
        [name, f"{np.mean(e):+.3f}", f"{np.mean(np.abs(e)):.3f}", f"{np.percentile(np.abs(e), 95):.3f}", str(e.size)]
        for name, e in limit_errors_s(results).items()
        if e.size
    ]
    return format_table(["limit of phase", "bias [s]", "MAE [s]", "95 % [s]", "n"], rows)


def _families_table(results: Sequence[FilmResult]) -> str:
    table = family_table(results)
    names = sorted({name for pair in table for name in pair})
    rows = [[true, *(str(table[true, found]) for found in names)] for true in names]
    return format_table(["family", *(f"as {name}" for name in names)], rows)


def _lumbar_tables(close: Sequence[FilmResult], loose: Sequence[FilmResult]) -> str:
    parts = []
    for name, members in (("tight to normal clothes", close), ("loose shirts", loose)):
        bottoms = lumbar_bottoms(members)
        seen = np.isfinite(bottoms.measured_deg)
        rows = []
        for low in range(-10, 60, 10):
            inside = (bottoms.true_deg >= low) & (bottoms.true_deg < low + 10)
            error = (bottoms.measured_deg - bottoms.true_deg)[inside & seen]
            if not inside.any():
                continue
            figures = [f"{error.mean():+.1f}", f"{np.abs(error).mean():.1f}"] if error.size else ["-", "-"]
            rows.append([f"{low} to {low + 10}", str(int(inside.sum())), str(error.size), *figures])
        area = area_under_curve(bottoms.measured_deg[seen], bottoms.true_deg[seen] > ROUNDED_DEG)
        told = f"area under the ROC for more than {ROUNDED_DEG:.0f} degrees: {area:.3f}" if seen.any() else "none told"
        parts += [
            f"Bottoms of repetitions, {name}; {told}.",
            format_table(["true flexion [deg]", "bottoms", "measured", "bias", "MAE"], rows),
        ]
        if name.startswith("tight"):
            parts.append(_roc_table(bottoms.measured_deg[seen], bottoms.true_deg[seen] > ROUNDED_DEG))
    return "\n\n".join(parts)


def _roc_table(score: np.ndarray, rounded: np.ndarray) -> str:
    """What a limit at each measured angle would find and would wrongly find."""
    if rounded.all() or not rounded.any():
        return ""
    rows = [
        [str(limit), f"{(score[rounded] > limit).mean():.0%}", f"{(score[~rounded] > limit).mean():.0%}"]
        for limit in range(5, 45, 5)
    ]
    return format_table(["limit on the measured angle", "rounded backs found", "others wrongly called so"], rows)
