"""What the product says of every repetition's technique beside what was done wrong in it on purpose."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from hingewise.app.assess_set import assess_set
from hingewise.app.measure_set import MeasuredSet, measure_set
from hingewise.assessment.metrics.registry import SET_METRICS
from hingewise.assessment.technique import Technique, checks_by_id, judge_technique
from hingewise.assessment.types import Finding, Verdict
from hingewise.library.families import ExerciseName, find_exercise, load_exercises
from hingewise.library.load import load_library
from hingewise.repetitions.types import Repetition

from hingewise_validation.motion.faults import load_faults
from hingewise_validation.motion.movement import load_movement
from hingewise_validation.study.cast import load_cast
from hingewise_validation.study.perfect import NOT_TRUE, perfect_observation
from hingewise_validation.study.spec import FilmSpec
from hingewise_validation.study.tracks import FilmTrack, load_track

CLEAR_SHARE = 0.65
"""A fault of this share of its range or more is clear."""

MAX_APART_S = 0.5
"""A repetition is found where its lockout is, within this."""

ROUNDING = "lumbar_rounding"
NO_SETS = ("walking", "stoop", "pick_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRepetition:
    """One true repetition: how strong each fault was made (shares of the range), and what was said of each fault.

    ``strength`` holds the study's names; the others the library's: ``truth`` is what would be said of a perfect film,
    as how far each fault lies beyond its limit, in spans from the limit to severe (NaN: the kept truth does not tell).
    ``rounding_added_deg`` is how much further than usual the back was bent at the bottom on purpose.
    """

    film: str
    number: int
    partial: bool
    strength: Mapping[str, float]
    verdict: Mapping[str, Verdict]
    truth: Mapping[str, float]
    measured: Mapping[str, tuple[float, float]]
    rounding_added_deg: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether nothing was done wrong on purpose."""
        return not self.partial and not any(self.strength.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFilm:
    """One film: its repetitions, what was said of the set, and its score.

    ``whole_verdict`` and ``whole_truth`` are those of the checks that only the whole set shows, by check.
    """

    spec: FilmSpec
    split: str
    repetitions: tuple[JudgedRepetition, ...]
    of_set: Mapping[str, Verdict]
    whole_verdict: Mapping[str, Verdict]
    whole_truth: Mapping[str, float]
    strength_of_set: Mapping[str, float]
    score: float
    score_sd: float


@cache
def names() -> Mapping[str, Any]:
    """The library's names of movements and faults."""
    return tomllib.loads((files("hingewise_validation") / "data" / "technique.toml").read_text("utf-8"))


def exercise_of(spec: FilmSpec) -> ExerciseName:
    """What a user would name the exercise of a film."""
    return find_exercise(names()["exercise"].get(spec.movement, spec.movement))


def fault_of(name: str) -> str:
    """The library's name of one of the study's faults."""
    return str(names()["fault"].get(name, name))


def judge_all(tracks: Path, *, n_workers: int = 2) -> list[JudgedFilm]:
    """Judge every set that was filmed, in order of names."""
    paths = sorted(tracks.glob("*.npz.xz"))
    with ProcessPoolExecutor(n_workers) as pool:
        return [film for film in pool.map(_judge_file, paths, chunksize=4) if film is not None]


def _judge_file(path: Path) -> JudgedFilm | None:
    film = load_track(path)
    return None if film.spec.movement in NO_SETS else judge_film(film)


def measure_named(film: FilmTrack) -> MeasuredSet:
    """Measure a film whose exercise was named."""
    return measure_set(film.track, exercise=exercise_of(film.spec), stature_m=None, name=film.spec.id)


def judge_film(film: FilmTrack) -> JudgedFilm:
    """Measure and judge a film whose exercise was named."""
    exercise = exercise_of(film.spec)
    measured = measure_named(film)
    known = exercise.id if exercise.id in load_exercises() else None
    technique = assess_set(measured, exercise_id=known)
    library = load_library()
    perfect = judge_technique(perfect_observation(film, measured), library, exercise=library.exercises.get(known or ""))
    shares = {use.id: _shares(use.id, use.strengths) for use in film.spec.faults}
    score = technique.score
    return JudgedFilm(
        spec=film.spec,
        split=load_cast().lifters[film.spec.lifter].split,
        repetitions=tuple(_judged(film, measured, technique, perfect, shares)),
        of_set=_by_fault(technique.assessment.of_set),
        whole_verdict={f.check: f.verdict for f in _of_whole(technique)},
        whole_truth={f.check: _beyond_limit(f) for f in _of_whole(perfect)},
        strength_of_set={name: max(values) for name, values in shares.items()},
        score=float("nan") if score is None else score.value,
        score_sd=float("nan") if score is None else score.sd,
    )


def _shares(fault: str, strengths: Sequence[float]) -> tuple[float, ...]:
    """Strengths as shares of the fault's range."""
    low, high = load_faults()[fault].range
    return tuple(max(0.0, (s - low) / (high - low)) for s in strengths)


def _judged(
    film: FilmTrack,
    measured: MeasuredSet,
    technique: Technique,
    perfect: Technique,
    shares: Mapping[str, Sequence[float]],
) -> Iterator[JudgedRepetition]:
    for true in film.truth["repetitions"]:
        found = _match(true, measured.segmentation.repetitions)
        if found is None:
            continue
        own = [f for f in technique.assessment.of_repetitions if f.repetition == found.number]
        at = int(true["number"]) - 1
        yield JudgedRepetition(
            film=film.spec.id,
            number=int(true["number"]),
            partial=bool(true["partial"]),
            strength={name: values[at] for name, values in shares.items() if at < len(values)},
            verdict=_by_fault(own),
            truth=_beyond([f for f in perfect.assessment.of_repetitions if f.repetition == int(true["number"])]),
            measured={f.check: (f.measured.value, f.measured.sd) for f in own},
            rounding_added_deg=_rounding_added_deg(film.spec, int(true["number"])),
        )


def _rounding_added_deg(spec: FilmSpec, number: int) -> float:
    """What was added to the lumbar flexion at the bottom from which a repetition rises.

    A pull from the floor rises from the bottom at which the one before has ended.
    """
    at = number - 1 - (load_movement(spec.movement).first_posture == "bottom")
    added = [use.strengths[at] for use in spec.faults if use.id == ROUNDING and 0 <= at < len(use.strengths)]
    return float(sum(added))


def _match(true: Mapping[str, Any], found: Sequence[Repetition]) -> Repetition | None:
    near = [r for r in found if abs(r.top_s - true["top_s"]) <= MAX_APART_S]
    return min(near, key=lambda r: abs(r.top_s - true["top_s"]), default=None)


def _of_whole(technique: Technique) -> list[Finding]:
    """What only the whole set shows."""
    checks = checks_by_id()
    return [f for f in technique.assessment.of_set if checks[f.check].metric in SET_METRICS]


def _beyond(findings: Sequence[Finding]) -> dict[str, float]:
    """How far the worst check of each fault lies beyond its limit, in spans from the limit to severe."""
    found: dict[str, float] = {}
    for finding in findings:
        found[finding.fault] = float(np.fmax(found.get(finding.fault, float("nan")), _beyond_limit(finding)))
    return found


def _beyond_limit(finding: Finding) -> float:
    check = checks_by_id()[finding.check]
    told = finding.measured.seen and check.metric not in NOT_TRUE
    return finding.distance / abs(check.severity[1] - check.limit) if told else float("nan")


def _by_fault(findings: Sequence[Finding]) -> dict[str, Verdict]:
    """A fault is there where one of its checks says so, and not there where all say that."""
    said: dict[str, set[Verdict]] = {}
    for finding in findings:
        said.setdefault(finding.fault, set()).add(finding.verdict)
    return {
        fault: Verdict.PRESENT
        if Verdict.PRESENT in verdicts
        else Verdict.ABSENT
        if verdicts == {Verdict.ABSENT}
        else Verdict.UNDETERMINED
        for fault, verdicts in said.items()
    }
