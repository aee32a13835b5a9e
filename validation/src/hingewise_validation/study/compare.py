"""The product's measurements of one film beside what is true of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hingewise.app.measure_set import MeasuredSet, measure_set
from hingewise.kinematics.calibration import load_calibration
from hingewise.repetitions.types import Phase, Repetition
from hingewise.report.figures import value_at
from hingewise.units import BoolArray, FloatArray

from hingewise_validation.study.spec import FilmSpec
from hingewise_validation.study.tracks import FilmTrack

ANGLES = (
    "trunk_inclination",
    "thigh_inclination",
    "shank_inclination",
    "knee_flexion",
    "trunk_thigh_flexion",
    "lumbar_flexion",
    "elbow_flexion",
)
ZEROED = ("knee_flexion", "trunk_thigh_flexion", "lumbar_flexion")
"""Reported from the lifter's own standing, so the truth is taken from there too."""

LIMITS = ("start_s", "bottom_start_s", "bottom_s", "bottom_end_s", "top_s", "end_s")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AngleErrors:
    """Measured minus true of one angle in the frames of the repetitions, with what the product says of its spread.

    Each of shape (N,); ``error_deg`` is NaN where the product measured nothing.
    """

    error_deg: FloatArray
    true_deg: FloatArray
    sd_deg: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionPair:
    """A repetition as it was and as it was found (None: not found).

    ``measured`` and ``true`` hold angles at the bottom and at lockout [deg], ``limit_error_s`` the phases' limits.
    """

    number: int
    true: Mapping[str, float]
    measured: Mapping[str, float]
    sd: Mapping[str, float]
    limit_error_s: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FilmResult:
    """One film, compared.

    ``n_true`` and ``n_found`` complete repetitions, ``n_partial_true`` and ``n_partial_found`` partial ones; ``inside``
    (T,) marks the frames of the repetitions; on the track's frames ``true_deg`` holds the true angles (T,) and
    ``joints_px`` the near side's true points (T, 2).
    """

    spec: FilmSpec
    measured: MeasuredSet
    n_true: int
    n_found: int
    n_partial_true: int
    n_partial_found: int
    angles: Mapping[str, AngleErrors]
    repetitions: tuple[RepetitionPair, ...]
    inside: BoolArray
    true_deg: Mapping[str, FloatArray]
    joints_px: Mapping[str, FloatArray]

    @property
    def view_is_right(self) -> bool:
        """Whether the product found out which side is near and where the lifter faces."""
        side = "left" if self.spec.camera.get("mirrored") else "right"
        return self.measured.view.near_side == side == self.measured.view.facing

    @property
    def yaw_error_deg(self) -> float:
        """Measured minus true yaw, both without sign."""
        return self.measured.view.yaw_deg - abs(self.spec.yaw_deg)


def compare_film(film: FilmTrack, *, plain: bool = False) -> FilmResult:
    """Measure a track as ``hingewise analyze`` does and lay the truth beside it.

    ``plain`` leaves the network for segments out (``hingewise.kinematics.leaning``).
    """
    calibration = load_calibration(film.track.estimator.name)
    measured = measure_set(
        film.track,
        exercise=None,
        stature_m=None,
        name=film.spec.id,
        calibration=replace(calibration, leaning=None) if plain else calibration,
    )
    true_deg = true_angles(film, measured)
    repetitions = film.truth["repetitions"]
    complete = [r for r in repetitions if not r.get("partial")]
    inside = _inside(film.track.time_s, repetitions)
    angles = {name: _angle_errors(measured, name, true_deg, inside) for name in ANGLES if name in true_deg}
    found = [r for r in measured.segmentation.repetitions if not r.partial]
    pairs = tuple(_pair(measured, true, _match(true, found), true_deg) for true in complete)
    return FilmResult(
        spec=film.spec,
        measured=measured,
        n_true=len(complete),
        n_found=measured.segmentation.n_repetitions,
        n_partial_true=len(repetitions) - len(complete),
        n_partial_found=measured.segmentation.n_partial,
        angles=angles,
        repetitions=pairs,
        inside=inside,
        true_deg=true_deg,
        joints_px=film.joints_px,
    )


def true_angles(film: FilmTrack, measured: MeasuredSet) -> dict[str, FloatArray]:
    """True angles on the track's frames; joints from standing where the product found standing."""
    standing = measured.kinematics.standing
    time_s = film.track.time_s
    quiet = (time_s >= standing.start_s) & (time_s <= standing.end_s)
    angles = {}
    for name, values in film.angle_deg.items():
        zero = float(np.median(values[quiet])) if name in ZEROED and standing.found and quiet.any() else 0.0
        angles[name] = values - zero
    return angles


def _inside(time_s: FloatArray, repetitions: list[dict[str, Any]]) -> BoolArray:
    """Frames of the repetitions; of the whole film where there are none."""
    if not repetitions:
        return np.ones(time_s.size, dtype=np.bool_)
    first = min(_first_s(r) for r in repetitions)
    return np.asarray((time_s >= first) & (time_s <= repetitions[-1]["end_s"]), dtype=np.bool_)


def _first_s(repetition: Mapping[str, Any]) -> float:
    times = (repetition["start_s"], repetition["bottom_start_s"], repetition["bottom_end_s"])
    return float(next(t for t in times if t is not None))


def _angle_errors(
    measured: MeasuredSet, name: str, true_deg: Mapping[str, FloatArray], inside: BoolArray
) -> AngleErrors:
    kinematics = measured.kinematics
    error = (kinematics.angle_deg[name] - true_deg[name] + 180.0) % 360.0 - 180.0
    return AngleErrors(
        error_deg=error[inside],
        true_deg=true_deg[name][inside],
        sd_deg=kinematics.sd_deg[name][inside],
    )


def _match(true: Mapping[str, Any], found: list[Repetition]) -> Repetition | None:
    """The found repetition whose lockout lies nearest, if it is this repetition's at all."""
    begin_s, end_s = _first_s(true), true["end_s"]
    inside = [r for r in found if begin_s - 0.3 <= r.top_s <= end_s + 0.3]
    return min(inside, key=lambda r: abs(r.top_s - true["top_s"]), default=None)


def _pair(
    measured: MeasuredSet, true: Mapping[str, Any], found: Repetition | None, true_deg: Mapping[str, FloatArray]
) -> RepetitionPair:
    time_s, kinematics = measured.track.time_s, measured.kinematics
    bottom_s = true["bottom_s"] if true["bottom_s"] is not None else true["bottom_end_s"]
    moments = {"bottom": bottom_s, "lockout": (true["top_s"] + true["end_s"]) / 2}
    values, measures, sds = {}, {}, {}
    for moment, at_s in moments.items():
        for name in ANGLES:
            if name not in true_deg:
                continue
            key = f"{name}_at_{moment}"
            values[key] = _value(time_s, true_deg[name], at_s)
            if found is None:
                continue
            found_s = found.bottom_s if moment == "bottom" else (found.top_s + found.end_s) / 2
            measures[key] = _value(time_s, kinematics.angle_deg[name], found_s)
            sds[key] = _value(time_s, kinematics.sd_deg[name], found_s)
    limits = {} if found is None else _limit_errors(found, true)
    return RepetitionPair(number=true["number"], true=values, measured=measures, sd=sds, limit_error_s=limits)


def _value(time_s: FloatArray, series: FloatArray, at_s: float) -> float:
    value = value_at(time_s, series, at_s)
    return float("nan") if value is None else float(value)


def _limit_errors(found: Repetition, true: Mapping[str, Any]) -> dict[str, float]:
    """Measured minus true time of every limit that both know."""
    bottom, eccentric = found.phase(Phase.BOTTOM), found.phase(Phase.ECCENTRIC)
    times = {
        # A movement that begins at the bottom has no eccentric of its own in the truth (truth_conventions.toml).
        "start_s": eccentric.start_s if eccentric and true["bottom_start_s"] is not None else None,
        "bottom_start_s": bottom.start_s if bottom else None,
        "bottom_s": found.bottom_s,
        "bottom_end_s": bottom.end_s if bottom else None,
        "top_s": found.top_s,
        "end_s": found.end_s,
    }
    return {name: t - true[name] for name, t in times.items() if t is not None and true[name] is not None}
