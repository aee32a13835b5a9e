"""From a measured set to the judgement of its technique."""

from __future__ import annotations

from dataclasses import dataclass

from hingewise.app.measure_set import MeasuredSet
from hingewise.assessment.observation import Observation
from hingewise.assessment.technique import Technique, judge_technique
from hingewise.kinematics.frontal import compute_frontal
from hingewise.kinematics.head import compute_face_pitch_deg
from hingewise.library.load import load_library
from hingewise.report.wording import why_no_back


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JudgedSet:
    """A measured set and the judgement of its technique."""

    measured: MeasuredSet
    technique: Technique


def observe(measured: MeasuredSet) -> Observation:
    """Put together what technique is judged by."""
    return Observation(
        kinematics=measured.kinematics,
        sagittal=measured.sagittal,
        frontal=compute_frontal(measured.track),
        face_pitch_deg=compute_face_pitch_deg(measured.track, measured.view),
        segmentation=measured.segmentation,
        view=measured.view,
        back_reason=why_no_back(measured.kinematics.back_zero),
    )


def assess_set(measured: MeasuredSet, *, exercise_id: str | None) -> Technique:
    """Judge the technique of a measured set of the exercise with this id, or of an unknown one."""
    library = load_library()
    exercise = library.exercises.get(exercise_id) if exercise_id else None
    return judge_technique(observe(measured), library, exercise=exercise)
