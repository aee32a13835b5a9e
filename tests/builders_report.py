"""A synthetic set for the report: smooth hinges whose angles, phases and document are known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hingewise.kinematics.series import Kinematics, StandingZero
from hingewise.pose.roll import Vertical
from hingewise.repetitions.types import (
    Family,
    Phase,
    PhaseSpan,
    Recognition,
    Rejected,
    Repetition,
    SetSegmentation,
)
from hingewise.report import document
from hingewise.report.naming import format_tempo
from hingewise.units import FloatArray

STAND_S = 1.0
PHASE_S = {Phase.ECCENTRIC: 2.0, Phase.BOTTOM: 0.3, Phase.CONCENTRIC: 1.1, Phase.LOCKOUT: 0.8}
REPETITION_S = sum(PHASE_S.values())
DEEPEST_DEG = {
    "trunk_thigh_flexion": 92.0,
    "trunk_inclination": 74.0,
    "knee_flexion": 28.0,
    "lumbar_flexion": 11.0,
}
SD_DEG = {
    "trunk_thigh_flexion": 4.1,
    "trunk_inclination": 2.6,
    "knee_flexion": 3.2,
    "lumbar_flexion": 6.5,
}


VIEW = document.View(
    near_side="right",
    facing="right",
    yaw_deg=17.0,
    yaw_sd_deg=4.0,
    roll_deg=0.5,
    verdict="usable",
    advice=("Film exactly from the side. The camera stood about 17° off it.",),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SyntheticSet:
    """A set as the pipeline would have measured it."""

    kinematics: Kinematics
    segmentation: SetSegmentation
    analysis: document.Analysis


def make_set(
    n_repetitions: int = 5,
    *,
    partial: tuple[int, ...] = (),
    rate_hz: float = 30.0,
    observed: bool = True,
    file_name: str = "set.mp4",
    exercise_id: str = "cable_pull_through",
) -> SyntheticSet:
    """Make a set of equal hinges; a partial one goes half as deep."""
    depth = [0.5 if number in partial else 1.0 for number in range(1, n_repetitions + 1)]
    duration_s = 2 * STAND_S + REPETITION_S * n_repetitions
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    share = sum((d * _depth_at(time_s - _start_s(i)) for i, d in enumerate(depth)), 0 * time_s)
    angle = {name: deepest * share for name, deepest in DEEPEST_DEG.items()}
    if not observed:
        angle = {name: np.full(time_s.size, np.nan) for name in angle}
    kinematics = Kinematics(
        time_s=time_s,
        angle_deg=angle,
        rate_deg_s={name: np.gradient(series, time_s) for name, series in angle.items()},
        sd_deg={name: np.full(time_s.size, sd) for name, sd in SD_DEG.items()},
        filled=np.zeros(time_s.size, dtype=np.bool_),
        standing=StandingZero(start_s=0.1, end_s=0.9, angle_deg={"knee_flexion": 4.0}),
        upright=(time_s >= 0.1) & (time_s <= 0.9),
        vertical=Vertical(tilt_deg=0.4, sd_deg=1.8, found=True),
        cutoff_hz=6.0,
    )
    segmentation = SetSegmentation(
        recognition=Recognition(family=Family.HINGE, how="given", confidence=1.0),
        repetitions=tuple(
            _make_repetition(i, d, time_s, partial=i + 1 in partial) for i, d in enumerate(depth)
        ),
        rejected=(
            Rejected(
                start_s=duration_s - 0.8,
                end_s=duration_s - 0.1,
                reason="reaching for the handle: the trunk bends, the hips do not come back",
            ),
        ),
        signal="trunk_inclination",
    )
    analysis = _make_analysis(
        segmentation, time_s, file_name=file_name, exercise_id=exercise_id, observed=observed
    )
    return SyntheticSet(kinematics=kinematics, segmentation=segmentation, analysis=analysis)


def _start_s(index: int) -> float:
    return STAND_S + index * REPETITION_S


def _limits_s() -> list[float]:
    return [0.0, *np.cumsum(list(PHASE_S.values()))]


def _depth_at(since_start_s: FloatArray) -> FloatArray:
    """0 standing, 1 deepest; smooth at every phase limit."""
    _, down, held, up, _ = _limits_s()
    ramp = np.interp(since_start_s, [0.0, down, held, up], [0.0, 1.0, 1.0, 0.0])
    return np.asarray((1 - np.cos(np.pi * ramp)) / 2)


def _make_repetition(index: int, depth: float, time_s: FloatArray, *, partial: bool) -> Repetition:
    start_s = _start_s(index)
    limits = [start_s + limit for limit in _limits_s()]
    samples = [int(np.searchsorted(time_s, limit)) for limit in limits]
    spans = zip(PHASE_S, pairwise(limits), pairwise(samples), strict=True)
    return Repetition(
        number=index + 1,
        partial=partial,
        partial_reason="it stopped half-way down" if partial else "",
        start_s=limits[0],
        bottom_s=(limits[1] + limits[2]) / 2,
        top_s=limits[3],
        end_s=limits[4],
        depth_fraction=depth,
        phases=tuple(
            PhaseSpan(kind=kind, start=s0, end=s1, start_s=t0, end_s=t1)
            for kind, (t0, t1), (s0, s1) in spans
        ),
    )


def _make_analysis(
    segmentation: SetSegmentation,
    time_s: FloatArray,
    *,
    file_name: str,
    exercise_id: str,
    observed: bool,
) -> document.Analysis:
    return document.Analysis(
        hingewise_version="0.1.0",
        video=_make_video(time_s, file_name),
        exercise=document.Exercise(id=exercise_id, family="hinge", how="given", confidence=1.0),
        view=VIEW,
        quality=document.Quality(
            coverage_fraction=0.98 if observed else 0.0,
            standing_zero=True,
            back_zero="standing",
            jitter_deg=0.8,
            n_people=1,
            n_cuts=0,
            camera_travel_fraction=0.01,
            warnings=("The feet leave the picture between 0:03 and 0:04.",),
        ),
        repetitions=tuple(
            _document_repetition(r, observed=observed) for r in segmentation.repetitions
        ),
        rejected=tuple(
            document.Rejected(start_s=r.start_s, end_s=r.end_s, reason=r.reason)
            for r in segmentation.rejected
        ),
        findings=(),
        summary=document.Summary(
            n_repetitions=segmentation.n_repetitions,
            n_partial=segmentation.n_partial,
            technique_score=None,
            verdict="undetermined",
            top_cue="",
            next_step="",
        ),
        provenance=document.Provenance(
            estimator="blazepose",
            estimator_version="full",
            model_sha256="e9a5c5cb17f736fa" + "0" * 48,
            parameters={"cutoff_hz": 6.0},
        ),
    )


def _make_video(time_s: FloatArray, file_name: str) -> document.Video:
    return document.Video(
        path=file_name,
        sha256="0" * 64,
        duration_s=float(time_s[-1]),
        n_frames=time_s.size,
        nominal_rate_hz=30.0,
        variable_rate=False,
        rotation_deg=0,
        size_px=(480, 640),
        codec="h264",
    )


def _document_repetition(repetition: Repetition, *, observed: bool) -> document.Repetition:
    duration = {kind: repetition.phase(kind) for kind in PHASE_S}
    seconds = {kind: span.duration_s for kind, span in duration.items() if span is not None}
    return document.Repetition(
        number=repetition.number,
        partial=repetition.partial,
        partial_reason=repetition.partial_reason,
        start_s=repetition.start_s,
        bottom_s=repetition.bottom_s,
        top_s=repetition.top_s,
        end_s=repetition.end_s,
        eccentric_s=seconds[Phase.ECCENTRIC],
        bottom_hold_s=seconds[Phase.BOTTOM],
        concentric_s=seconds[Phase.CONCENTRIC],
        lockout_s=seconds[Phase.LOCKOUT],
        tempo=format_tempo(repetition.tempo_s, fast=False),
        measures={
            f"{name}_at_bottom": document.MeasureValue(
                value=deepest * repetition.depth_fraction if observed else None,
                unit="deg",
                sd=SD_DEG[name] if observed else None,
            )
            for name, deepest in DEEPEST_DEG.items()
        },
    )
