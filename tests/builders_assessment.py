"""Observations, checks, faults and findings whose judgement is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from hingewise.app.assess_set import observe
from hingewise.app.measure_set import measure_set
from hingewise.assessment.assess import measure
from hingewise.assessment.checks import Check
from hingewise.assessment.judge import judge
from hingewise.assessment.metrics.registry import METRICS
from hingewise.assessment.observation import Observation
from hingewise.assessment.types import Finding, Measured
from hingewise.kinematics.conventions import REPORTED
from hingewise.kinematics.frontal import Frontal
from hingewise.kinematics.series import Kinematics, StandingZero
from hingewise.library.coaching import Fault
from hingewise.library.exercise import Exercise
from hingewise.library.families import find_exercise
from hingewise.library.load import load_library
from hingewise.library.statements import Line
from hingewise.pose.roll import Vertical, load_roll_prior
from hingewise.pose.sagittal import SagittalTrack
from hingewise.pose.scale import Scale
from hingewise.pose.skeletons import LANDMARKS
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import View
from hingewise.repetitions.types import (
    Family,
    Phase,
    PhaseSpan,
    Recognition,
    Repetition,
    SetSegmentation,
)
from hingewise.units import FloatArray
from tests.builders import (
    FOREARM_M,
    SHANK_M,
    SIDE_VIEW,
    STATURE_M,
    THIGH_M,
    TRUNK_M,
    UPPER_ARM_M,
    Camera,
    Pose,
    Script,
    make_lifter,
)

RATE_HZ = 100.0
BEFORE_S = AFTER_S = 1.0
SD_DEG = 4.0

LEAN_DEG = load_roll_prior().lean_deg
UPRIGHT = Pose(trunk_deg=LEAN_DEG, thigh_deg=LEAN_DEG, shank_deg=LEAN_DEG)
"""Standing as people do on average, so that the camera reads level."""


def observe_track(track: PoseTrack, exercise: str | None = None) -> Observation:
    """What a track shows, measured as the product does it."""
    named = find_exercise(exercise) if exercise else None
    return observe(measure_set(track, exercise=named, stature_m=STATURE_M, name="film.mp4"))


@cache
def observe_set(
    script: Script, camera: Camera = SIDE_VIEW, exercise: str | None = None
) -> Observation:
    """What a film of the exact lifter shows."""
    return observe_track(make_lifter(script, camera), exercise)


def read(seen: Observation, metric: str) -> list[Measured]:
    """A metric of every repetition."""
    return [measure(METRICS[metric], seen, r) for r in seen.segmentation.repetitions]


def values(seen: Observation, metric: str) -> list[float]:
    """The same where every repetition shows it."""
    measured = read(seen, metric)
    assert measured
    assert all(each.seen and each.sd > 0.0 for each in measured), measured
    return [each.value for each in measured]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """A repetition: how long its parts last, 0 for one that is not shown, and how deep it is."""

    eccentric_s: float = 1.0
    bottom_s: float = 0.4
    concentric_s: float = 1.0
    lockout_s: float = 1.0
    depth: float = 1.0
    partial_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What a hand-made film shows beside angles and landmarks."""

    yaw_deg: float = 0.0
    family: Family = Family.HINGE
    signal: str = "trunk_thigh_flexion"
    back_reason: str = ""
    sd_deg: float = SD_DEG


SIDE_FILM = Film()


def lay_out(reps: Sequence[Rep], family: Family = Family.HINGE) -> tuple[Repetition, ...]:
    """Put repetitions one after the other."""
    laid: list[Repetition] = []
    start_s = BEFORE_S
    for number, rep in enumerate(reps, start=1):
        lengths = (rep.eccentric_s, rep.bottom_s, rep.concentric_s, rep.lockout_s)
        limits = start_s + np.cumsum([0.0, *lengths])
        kinds = [*list(Phase)[:3], Phase.FLOAT if family is Family.SWING else Phase.LOCKOUT]
        rows = np.rint(limits * RATE_HZ).astype(int)
        laid.append(
            Repetition(
                number=number,
                partial=bool(rep.partial_reason),
                partial_reason=rep.partial_reason,
                start_s=float(limits[0]),
                bottom_s=float(limits[1] + rep.bottom_s / 2),
                top_s=float(limits[3]),
                end_s=float(limits[4]),
                depth_fraction=rep.depth,
                phases=tuple(
                    PhaseSpan(
                        kind=kind,
                        start=int(rows[i]),
                        end=int(rows[i + 1]),
                        start_s=float(limits[i]),
                        end_s=float(limits[i + 1]),
                    )
                    for i, kind in enumerate(kinds)
                    if lengths[i] > 0
                ),
            )
        )
        start_s = float(limits[4])
    return tuple(laid)


def times_of(repetitions: Sequence[Repetition]) -> FloatArray:
    """Times of the frames of a hand-made film."""
    end_s = (repetitions[-1].end_s if repetitions else BEFORE_S) + AFTER_S
    return np.arange(round(end_s * RATE_HZ) + 1) / RATE_HZ


def make_observation(
    reps: Sequence[Rep],
    *,
    angles: Mapping[str, FloatArray] | None = None,
    landmarks: Mapping[str, FloatArray] | None = None,
    film: Film = SIDE_FILM,
) -> Observation:
    """A film by hand: angles are 0 where not given, landmarks are not seen."""
    repetitions = lay_out(reps, film.family)
    time_s = times_of(repetitions)
    given = dict.fromkeys(REPORTED, np.zeros(time_s.size)) | dict(angles or {})
    view = View(
        near_side="right",
        facing="right",
        yaw_deg=film.yaw_deg,
        yaw_sd_deg=2.0,
        roll_deg=0.0,
        side_sure=1.0,
    )
    return Observation(
        kinematics=_kinematics(time_s, given, film.sd_deg),
        sagittal=_sagittal(time_s, landmarks or {}, view),
        frontal=Frontal(
            knee_separation=np.full(time_s.size, np.nan), weight_shift=np.full(time_s.size, np.nan)
        ),
        face_pitch_deg=np.full(time_s.size, np.nan),
        segmentation=SetSegmentation(
            recognition=Recognition(family=film.family, how="recognised", confidence=1.0),
            repetitions=repetitions,
            rejected=(),
            signal=film.signal,
        ),
        view=view,
        back_reason=film.back_reason,
    )


def _kinematics(time_s: FloatArray, angles: Mapping[str, FloatArray], sd_deg: float) -> Kinematics:
    return Kinematics(
        time_s=time_s,
        angle_deg={name: values.copy() for name, values in angles.items()},
        rate_deg_s={name: np.gradient(values, time_s) for name, values in angles.items()},
        sd_deg={name: np.full(time_s.size, sd_deg) for name in angles},
        filled=np.zeros(time_s.size, dtype=np.bool_),
        standing=StandingZero(start_s=0.0, end_s=0.9, angle_deg={}),
        upright=time_s <= 0.9,
        vertical=Vertical(tilt_deg=0.0, sd_deg=1.0, found=True),
        cutoff_hz=5.0,
    )


def _sagittal(time_s: FloatArray, landmarks: Mapping[str, FloatArray], view: View) -> SagittalTrack:
    """``landmarks`` (T, 2) in metres; "stance" is from the ankles to the shoulders."""
    hidden = np.full((time_s.size, 2), np.nan)
    return SagittalTrack(
        time_s=time_s,
        position_m=np.stack([landmarks.get(name, hidden) for name in LANDMARKS], axis=1),
        back=None,
        to_m=np.array([0.004, -0.004]),
        stance_m=landmarks.get("stance", hidden),
        confidence=np.full((time_s.size, len(LANDMARKS)), 0.9),
        filled=np.zeros(time_s.size, dtype=np.bool_),
        landmarks=LANDMARKS,
        view=view,
        scale=Scale(m_per_px=0.004, body_m=1.4, method="stature", sd_fraction=0.03),
    )


def make_check(**changes: Any) -> Check:
    """A check of a fault above 10 that is clear from 20 and severe from 30 on."""
    check = Check(
        id="check",
        fault="fault",
        metric="knee_flexion_at_bottom",
        families=("hinge",),
        open=True,
        side="above",
        limit=10.0,
        severity=(20.0, 30.0),
        share=0.4,
        basis="product_default",
        source="product",
        population="made up",
        because="it is {value}, not {limit}",
        good="All was well.",
    )
    return replace(check, **changes)


BELOW: dict[str, Any] = {"side": "below", "limit": -10.0, "severity": (-20.0, -30.0)}
"""The same check looked at in a mirror: less is worse."""


def use_checks(monkeypatch: pytest.MonkeyPatch, *checks: Check) -> None:
    """Let the product know these checks and no others."""
    for module in ("assess", "technique"):
        monkeypatch.setattr(f"hingewise.assessment.{module}.load_checks", lambda: checks)


def make_measured(value: float, sd: float = 1.0, *, reason: str = "") -> Measured:
    """A measure, seen from second 2 to second 3."""
    return Measured(value=value, sd=sd, start_s=2.0, end_s=3.0, reason=reason)


def make_finding(check: Check, value: float, sd: float = 1.0, *, reason: str = "") -> Finding:
    """What a check says of a set with this measure."""
    finding = judge(check, make_measured(value, sd, reason=reason), repetition=None)
    return replace(finding, n_present=3 if finding.severity else 0, n_judged=4)


def make_fault(**changes: Any) -> Fault:
    """A fault of little risk that leads to nothing."""
    line = Line(text="Push the hips back.", sources=())
    fault = Fault(
        id="fault",
        name="A fault",
        words=(),
        what=line,
        why=line,
        shows=line,
        correction=line,
        cue="cue",
        more_cues=(),
        drills=("drill", "other_drill"),
        regression="easier",
        risk="low",
        measure="knee_flexion",
    )
    return replace(fault, **changes)


def make_exercise(*mistakes: str, key: str = "exercise") -> Exercise:
    """An exercise in which these mistakes can be made."""
    some = next(iter(load_library().exercises.values()))
    return replace(some, id=key, family="hinge", mistakes=mistakes)


def joints_m(pose: Pose) -> dict[str, FloatArray]:
    """Where the joints of the exact lifter are, from the ankle: forward and up. [m]"""

    def along(inclination_deg: float) -> FloatArray:
        angle = np.radians(inclination_deg)
        return np.array([np.sin(angle), np.cos(angle)])

    ankle = np.zeros(2)
    knee = ankle + SHANK_M * along(pose.shank_deg)
    hip = knee + THIGH_M * along(pose.thigh_deg)
    shoulder = hip + TRUNK_M * along(pose.trunk_deg)
    elbow = shoulder - UPPER_ARM_M * along(pose.arm_deg)
    wrist = elbow - FOREARM_M * along(pose.arm_deg - pose.elbow_deg)
    return {"ankle": ankle, "knee": knee, "hip": hip, "shoulder": shoulder, "wrist": wrist}
