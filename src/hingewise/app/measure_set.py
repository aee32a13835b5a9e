"""A track in, everything measured on it out: pure, quick, no file and no network."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hingewise.errors import NoLifterError
from hingewise.kinematics.angles import compute_kinematics
from hingewise.kinematics.bias import load_bias_deg
from hingewise.kinematics.jitter import estimate_jitter_deg
from hingewise.kinematics.movement import Movement, compute_movement
from hingewise.kinematics.series import Kinematics
from hingewise.library.families import ExerciseName, load_families
from hingewise.pose.formats import slice_track
from hingewise.pose.quality import TINY_BODY_PX, TrackQuality, assess_quality
from hingewise.pose.roll import estimate_roll
from hingewise.pose.sagittal import SagittalTrack, to_sagittal
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import View, estimate_view
from hingewise.repetitions.phases import find_phases
from hingewise.repetitions.segmenter import Count, count_repetitions
from hingewise.repetitions.slow_motion import suggest_slow_motion
from hingewise.repetitions.types import Family, SetSegmentation

MIN_SEEN_S = 0.5
MAX_MEASURED_YAW_DEG = 45.0
"""Beyond here the picture shows no sagittal angle at all."""

PHASE_MAX_YAW_DEG = 30.0
PHASE_MIN_COVERAGE = 0.8
"""Phases are read from the side's own angle in views up to here, else from the coarse hip bend."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeasuredSet:
    """Everything that one film shows of a set.

    ``slow_motion`` is how many times slower than life the lifter seems to move; 1 for as in life;
    ``jitter_deg`` the frame-to-frame noise of the hip angle before filtering.
    """

    track: PoseTrack
    view: View
    quality: TrackQuality
    movement: Movement
    sagittal: SagittalTrack
    kinematics: Kinematics
    segmentation: SetSegmentation
    slow_motion: float
    jitter_deg: float


def measure_set(
    track: PoseTrack, *, exercise: ExerciseName | None, stature_m: float | None, name: str
) -> MeasuredSet:
    """Measure a set.

    Parameters
    ----------
    track
        The lifter's keypoints.
    exercise
        What was trained, or None to recognise its family.
    stature_m
        Body height, if known.
    name
        What to call the film in messages.

    Raises
    ------
    NoLifterError
        If the lifter is seen too briefly or too small to measure anything.
    """
    quality = assess_quality_or_raise(track, name)
    movement = compute_movement(track)
    count = count_repetitions(movement, given=Family(exercise.family) if exercise else None)
    view = _view_of_set(track, count)
    track.let_go()
    rules = load_families()[count.recognition.family]
    sagittal = to_sagittal(track, view, stature_m=stature_m)
    kinematics = compute_kinematics(
        sagittal, cutoff_hz=rules.cutoff_hz, bias_deg=load_bias_deg(track.estimator.name)
    )
    view = _with_roll(view, track, kinematics)
    track.let_go()
    kinematics = _hide_unmeasurable(kinematics, view)
    hip = kinematics.angle_deg["trunk_thigh_flexion"]
    signal = "trunk_thigh_flexion"
    seen = np.isfinite(movement.hip_bend_deg)
    covered = np.isfinite(hip[seen]).mean() if seen.any() else 0.0
    if not view.yaw_deg <= PHASE_MAX_YAW_DEG or covered < PHASE_MIN_COVERAGE:
        hip, signal = movement.hip_bend_deg, "hip_bend"
    segmentation = find_phases(track.time_s, hip, count, signal=signal)
    return MeasuredSet(
        track=track,
        view=view,
        quality=quality,
        movement=movement,
        sagittal=sagittal,
        kinematics=kinematics,
        segmentation=segmentation,
        slow_motion=suggest_slow_motion(track.time_s, hip, segmentation),
        jitter_deg=estimate_jitter_deg(sagittal),
    )


def _view_of_set(track: PoseTrack, count: Count) -> View:
    """View during the repetitions: walking up and away must not blur it."""
    if not count.counted:
        return estimate_view(track)
    start = count.counted[0].extension.bottom
    end = max(count.counted[-1].extension.top + 1, start + 2)
    return estimate_view(slice_track(track, start, end))


def _with_roll(view: View, track: PoseTrack, kinematics: Kinematics) -> View:
    standing = kinematics.standing
    roll = estimate_roll(track, standing.start_s, standing.end_s, facing=view.facing)
    return replace(view, roll_deg=roll)


def assess_quality_or_raise(track: PoseTrack, name: str) -> TrackQuality:
    """Describe a track, refusing one on which nothing can be measured."""
    n_seen = int(track.observed.sum())
    interval = float(np.median(np.diff(track.time_s)))
    if n_seen * interval < MIN_SEEN_S:
        raise NoLifterError(
            f"{name}: expected a lifter in view for a set, found somebody in only {n_seen} of "
            f"{track.n_frames} pictures.",
            hint="Film from the side with the whole body in the frame, 3 to 5 m away.",
        )
    quality = assess_quality(track)
    if quality.body_px < TINY_BODY_PX:
        raise NoLifterError(
            f"{name}: expected a lifter at least {TINY_BODY_PX:.0f} pixels tall from shoulder to "
            f"ankle, found {quality.body_px:.0f}.",
            hint="Move the camera nearer (3 to 5 m) or film at a higher resolution.",
        )
    return quality


def _hide_unmeasurable(kinematics: Kinematics, view: View) -> Kinematics:
    """Front and rear views show no sagittal angle: not observed."""
    if np.isfinite(view.yaw_deg) and view.yaw_deg <= MAX_MEASURED_YAW_DEG:
        return kinematics
    return replace(
        kinematics,
        angle_deg={k: np.full(v.size, np.nan) for k, v in kinematics.angle_deg.items()},
        rate_deg_s={k: np.full(v.size, np.nan) for k, v in kinematics.rate_deg_s.items()},
    )
