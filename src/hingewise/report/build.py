"""From measurements to the document of an analysis."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from hingewise import __version__
from hingewise.assessment.technique import Technique
from hingewise.kinematics.series import Kinematics
from hingewise.library.load import load_library
from hingewise.pose.quality import SMALL_BODY_PX, TrackQuality
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import MAX_ROLL_DEG, View
from hingewise.repetitions.types import Phase, Repetition, SetSegmentation
from hingewise.report import document as doc
from hingewise.report.findings import describe_findings, summarise
from hingewise.report.measures import measure_repetition
from hingewise.report.naming import exercise_name, format_tempo, is_fast, typical_tempo_s
from hingewise.report.wording import advise_view, describe_absences


class Measured(Protocol):
    """What a document is made from: of a ``MeasuredSet``, which layers above make, these."""

    @property
    def track(self) -> PoseTrack: ...
    @property
    def view(self) -> View: ...
    @property
    def quality(self) -> TrackQuality: ...
    @property
    def kinematics(self) -> Kinematics: ...
    @property
    def segmentation(self) -> SetSegmentation: ...
    @property
    def slow_motion(self) -> float: ...
    @property
    def jitter_deg(self) -> float: ...


def build_analysis(
    measured: Measured,
    *,
    video: doc.Video,
    exercise_id: str | None,
    technique: Technique,
    remarks: tuple[str, ...],
    parameters: dict[str, float | int | str],
) -> doc.Analysis:
    """Put a document together.

    Parameters
    ----------
    measured
        The measurements.
    video
        The film.
    exercise_id
        What the user named, or None.
    technique
        The judgement of the set.
    remarks
        Warnings from reading the film.
    parameters
        Settings that the result depends on.
    """
    segmentation = measured.segmentation
    return doc.Analysis(
        hingewise_version=__version__,
        video=video,
        exercise=_exercise(segmentation, exercise_id),
        view=_view(measured.view, measured.quality, segmentation),
        quality=_quality(measured, remarks),
        repetitions=_repetitions(segmentation, measured.kinematics),
        rejected=tuple(
            doc.Rejected(start_s=r.start_s, end_s=r.end_s, reason=r.reason)
            for r in segmentation.rejected
        ),
        findings=describe_findings(technique, load_library()),
        summary=summarise(
            technique,
            load_library(),
            n_repetitions=segmentation.n_repetitions,
            n_partial=segmentation.n_partial,
        ),
        provenance=doc.Provenance(
            estimator=measured.track.estimator.name,
            estimator_version=measured.track.estimator.version,
            model_sha256=measured.track.estimator.model_sha256,
            parameters={
                **parameters,
                "cutoff_hz": measured.kinematics.cutoff_hz,
                "vertical_tilt_deg": measured.kinematics.vertical.tilt_deg,
                "phase_signal": segmentation.signal,
            },
        ),
    )


def _exercise(segmentation: SetSegmentation, exercise_id: str | None) -> doc.Exercise:
    recognition = segmentation.recognition
    return doc.Exercise(
        id=exercise_id or str(recognition.family),
        family=str(recognition.family),
        how="given" if exercise_id else "recognised",
        confidence=recognition.confidence,
    )


def _view(view: View, quality: TrackQuality, segmentation: SetSegmentation) -> doc.View:
    yaw = _number(view.yaw_deg)
    found = bool(segmentation.repetitions)
    advice = advise_view(
        view.verdict if found else "good",
        yaw_deg=yaw,
        feet_cut_off=quality.feet_cut_off,
        tilt_deg=view.roll_deg if abs(view.roll_deg) > MAX_ROLL_DEG else None,
        camera_moves=quality.camera_moves,
    )
    return doc.View(
        near_side=view.near_side,
        facing=view.facing,
        yaw_deg=yaw,
        yaw_sd_deg=_number(view.yaw_sd_deg),
        roll_deg=_number(view.roll_deg),
        verdict=view.verdict,
        advice=advice,
    )


def _quality(measured: Measured, remarks: tuple[str, ...]) -> doc.Quality:
    quality = measured.quality
    return doc.Quality(
        coverage_fraction=quality.coverage_fraction,
        standing_zero=measured.kinematics.standing.found,
        back_zero=measured.kinematics.back_zero,
        jitter_deg=_number(measured.jitter_deg),
        n_people=quality.n_people,
        n_cuts=quality.n_cuts,
        camera_travel_fraction=quality.camera_travel,
        absences_s=quality.absences_s,
        warnings=remarks + tuple(_warnings(measured)),
    )


def _warnings(measured: Measured) -> list[str]:
    """Sentences on what the film lacks, the weightiest first."""
    quality, kinematics = measured.quality, measured.kinematics
    warnings = []
    recognition = measured.segmentation.recognition
    if recognition.looks_like is not None:
        kinds = (recognition.looks_like, recognition.family)
        seen, named = (exercise_name(str(kind)).lower() for kind in kinds)
        warnings.append(
            f"The movement looks like a {seen}, not like a {named}: leave --exercise out, or check "
            "what was named. It was counted and filtered as named."
        )
    if quality.left_at_s is not None:
        warnings.append(
            f"The lifter was last seen at {quality.left_at_s:.1f} s; only that part was measured."
        )
    if quality.absences_s:
        warnings.append(describe_absences(quality.absences_s))
    if quality.n_cuts:
        warnings.append(
            "The scene changes during the film; only the lifter's longest shot was measured. "
            "Film the set in one piece."
        )
    if measured.slow_motion > 1.0:
        warnings.append(
            "The lifter moves very slowly. If the film was slowed down, add --slow-motion "
            f"{measured.slow_motion:g} or the factor you know; all times are now those of the film."
        )
    if quality.n_people > 1:
        warnings.append(
            f"{quality.n_people} people are in the picture; the one who moves like a lifter was "
            "followed."
        )
    if quality.body_px < SMALL_BODY_PX:
        warnings.append(
            f"The lifter is small in the picture ({quality.body_px:.0f} pixels from shoulder to "
            "ankle): angles are less exact. Move the camera nearer."
        )
    if not kinematics.standing.found and measured.segmentation.repetitions:
        back = (
            "the bend of the back is measured from the lockouts"
            if kinematics.back_zero
            else "the bend of the back cannot be measured"
        )
        warnings.append(
            "No quiet standing before or after the set: angles are less exact, a tilt of the "
            f"camera is not corrected, and {back}. Stand still for two seconds first."
        )
    return warnings


def _repetitions(
    segmentation: SetSegmentation, kinematics: Kinematics
) -> tuple[doc.Repetition, ...]:
    """Every repetition, their tempos written alike."""
    every = segmentation.repetitions
    whole = [repetition for repetition in every if not repetition.partial] or every
    fast = is_fast(typical_tempo_s(repetition.tempo_s for repetition in whole))
    return tuple(_repetition(repetition, kinematics, fast=fast) for repetition in every)


def _repetition(repetition: Repetition, kinematics: Kinematics, *, fast: bool) -> doc.Repetition:
    return doc.Repetition(
        number=repetition.number,
        partial=repetition.partial,
        partial_reason=repetition.partial_reason,
        start_s=repetition.start_s,
        bottom_s=repetition.bottom_s,
        top_s=repetition.top_s,
        end_s=repetition.end_s,
        eccentric_s=_duration_s(repetition, Phase.ECCENTRIC),
        bottom_hold_s=_duration_s(repetition, Phase.BOTTOM),
        concentric_s=_duration_s(repetition, Phase.CONCENTRIC),
        lockout_s=_duration_s(repetition, Phase.LOCKOUT),
        float_s=_duration_s(repetition, Phase.FLOAT),
        tempo=format_tempo(repetition.tempo_s, fast=fast),
        measures=measure_repetition(kinematics, repetition),
    )


def _duration_s(repetition: Repetition, kind: Phase) -> float | None:
    span = repetition.phase(kind)
    return None if span is None else span.duration_s


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
