"""Numbers that sum up many films."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from hingewise.units import BoolArray, FloatArray

from hingewise_validation.study.cast import load_cast
from hingewise_validation.study.compare import LIMITS, FilmResult

COVERAGE_SD = 1.96
ROUNDED_DEG = 20.0
"""A back that bends by more than this against standing is called rounded here (BIOMECHANICS 4b)."""

FAMILY_OF = {
    "swing": "swing",
    "swing_squat": "swing",
    "hip_thrust": "thrust",
    "barbell_hip_thrust": "thrust",
    "single_leg_hip_thrust": "thrust",
    "banded_hip_thrust": "thrust",
    "glute_bridge": "thrust",
    "squat": "squat",
    "goblet_squat": "squat",
    "back_squat": "squat",
    "walking": "none",
    "pick_up": "none",
}
"""Family of every movement; all others are hinges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorSummary:
    """Errors of one angle over frames of many films. [deg]

    ``low`` and ``high`` hold 95 % of the errors between them; ``coverage`` is the share of errors within 1.96 of the sd
    that the product states; ``observed`` the share of frames in which it measured at all.
    """

    n_films: int
    n_frames: int
    observed: float
    bias: float
    mae: float
    low: float
    high: float
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSummary:
    """Repetitions over many films: how many films were counted exactly, off by one, and worse."""

    n_films: int
    n_true: int
    n_found: int
    exact: int
    off_by_one: int
    worse: int


def split_of(result: FilmResult) -> str:
    """Whether the film's body is for fitting or for testing."""
    return load_cast().lifters[result.spec.lifter].split


def fit_of(result: FilmResult) -> str:
    """How the clothes fit."""
    return load_cast().outfits[result.spec.outfit].fit


def family_of(result: FilmResult) -> str:
    """Family of the film's movement."""
    return FAMILY_OF.get(result.spec.movement, "hinge")


def select(results: Iterable[FilmResult], *tests: Callable[[FilmResult], bool]) -> list[FilmResult]:
    """Films that pass every test."""
    return [r for r in results if all(test(r) for test in tests)]


def is_test(result: FilmResult) -> bool:
    """Whether the body was never used for fitting."""
    return split_of(result) == "test"


def is_close_fitting(result: FilmResult) -> bool:
    """Whether the clothes are tight or normal."""
    return fit_of(result) != "loose"


def is_side_view(result: FilmResult) -> bool:
    """Whether the camera stands within 15 degrees of the side."""
    return abs(result.spec.yaw_deg) <= 15.0


def summarise_angle(results: Sequence[FilmResult], angle: str) -> ErrorSummary | None:
    """Errors of an angle over all frames of the repetitions; None without any."""
    films = [r.angles[angle] for r in results if angle in r.angles]
    return _summarise([(film.error_deg, film.sd_deg) for film in films])


def summarise_measure(results: Sequence[FilmResult], measure: str) -> ErrorSummary | None:
    """Errors of a value that is reported for a repetition, such as ``trunk_inclination_at_bottom``."""
    films = []
    for result in results:
        known = [p for p in result.repetitions if measure in p.true]
        found = np.array([p.measured.get(measure, np.nan) for p in known])
        true = np.array([p.true[measure] for p in known])
        sd = np.array([p.sd.get(measure, np.nan) for p in known])
        films.append(((found - true + 180.0) % 360.0 - 180.0, sd))
    return _summarise(films)


def _summarise(films: Sequence[tuple[FloatArray, FloatArray]]) -> ErrorSummary | None:
    """Sum up errors and stated sds (N,) of every film. [deg]"""
    if not films:
        return None
    error, sd = (np.concatenate(column) for column in zip(*films, strict=True))
    seen = np.isfinite(error)
    if not seen.any():
        return None
    low, high = np.percentile(error[seen], [2.5, 97.5])
    return ErrorSummary(
        n_films=sum(bool(np.isfinite(film).any()) for film, _ in films),
        n_frames=int(seen.sum()),
        observed=float(seen.mean()),
        bias=float(error[seen].mean()),
        mae=float(np.abs(error[seen]).mean()),
        low=float(low),
        high=float(high),
        coverage=float((np.abs(error) <= COVERAGE_SD * sd)[seen].mean()),
    )


def count_repetitions(results: Sequence[FilmResult]) -> CountSummary:
    """How many films were counted as they are."""
    off = [abs(r.n_found - r.n_true) for r in results]
    return CountSummary(
        n_films=len(off),
        n_true=sum(r.n_true for r in results),
        n_found=sum(r.n_found for r in results),
        exact=off.count(0),
        off_by_one=off.count(1),
        worse=sum(1 for o in off if o > 1),
    )


def limit_errors_s(results: Sequence[FilmResult]) -> dict[str, FloatArray]:
    """Measured minus true time of every limit of the phases."""
    return {
        name: np.array([p.limit_error_s[name] for r in results for p in r.repetitions if name in p.limit_error_s])
        for name in LIMITS
    }


def family_table(results: Sequence[FilmResult]) -> Counter[tuple[str, str]]:
    """Number of films by (true family, recognised family)."""
    return Counter((family_of(r), str(r.measured.segmentation.recognition.family)) for r in results)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LumbarBottoms:
    """Lumbar flexion at the bottom of repetitions, from standing; ``measured_deg`` NaN where undetermined."""

    true_deg: FloatArray
    measured_deg: FloatArray
    sd_deg: FloatArray


def lumbar_bottoms(results: Sequence[FilmResult]) -> LumbarBottoms:
    """True and measured lumbar flexion at every bottom."""
    key = "lumbar_flexion_at_bottom"
    rows = [
        (p.true[key], p.measured.get(key, np.nan), p.sd.get(key, np.nan))
        for r in results
        for p in r.repetitions
        if key in p.true
    ]
    true, measured, sd = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    return LumbarBottoms(true_deg=true, measured_deg=measured, sd_deg=sd)


def area_under_curve(score: FloatArray, positive: BoolArray) -> float:
    """Share of (positive, negative) pairs that the score puts in the right order; ties count half."""
    high, low = score[positive], score[~positive]
    if high.size == 0 or low.size == 0:
        return float("nan")
    more = (high[:, None] > low[None]).mean()
    return float(more + 0.5 * (high[:, None] == low[None]).mean())
