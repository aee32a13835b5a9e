"""A track in, everything measured on it out: pure, quick, no file and no network."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hingewise.errors import NoLifterError
from hingewise.kinematics.angles import compute_kinematics
from hingewise.kinematics.calibration import Calibration, load_calibration
from hingewise.kinematics.jitter import estimate_jitter_deg
from hingewise.kinematics.movement import Movement, compute_movement
from hingewise.kinematics.series import Kinematics
from hingewise.library.families import ExerciseName, load_families
from hingewise.pose.body import body_length_px
from hingewise.pose.quality import TINY_BODY_PX, TrackQuality, assess_quality
from hingewise.pose.roll import estimate_roll
from hingewise.pose.sagittal import SagittalTrack, to_sagittal
from hingewise.pose.track import PoseTrack
from hingewise.pose.view import View, estimate_view
from hingewise.repetitions.extensions import steep_span
from hingewise.repetitions.phases import find_phases
from hingewise.repetitions.segmenter import Count, count_repetitions
from hingewise.repetitions.slow_motion import suggest_slow_motion
from hingewise.repetitions.types import Family, SetSegmentation
from hingewise.units import FloatArray, IntArray

MIN_SEEN_S = 0.5
MAX_MEASURED_YAW_DEG = 45.0
"""Beyond here the picture shows no sagittal angle at all."""

OTHER_SIZE_FRACTION = 0.1
"""A body in the set that differs by this share from the film's: the set's own counts."""

MAX_VIEW_FRAMES = 4096

PHASE_MAX_YAW_DEG = 30.0
PHASE_MIN_COVERAGE = 0.9
"""Phases are read from the side's own angle in views up to here, else from the coarse hip bend."""

PHASE_MIN_RANGE_SHARE = 0.5
"""A near side that moves less than this share of the standing leg is the free leg of a single-leg
deadlift."""


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
    track: PoseTrack,
    *,
    exercise: ExerciseName | None,
    stature_m: float | None,
    name: str,
    calibration: Calibration | None = None,
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
    calibration
        How the landmarks err; by default that of the track's estimator.

    Raises
    ------
    NoLifterError
        If the lifter is seen too briefly or too small to measure anything.
    """
    quality = assess_quality_or_raise(track, name)
    given = Family(exercise.family) if exercise else None
    movement, count = _count(track, given, body_px=quality.body_px)
    set_rows = _rows_of_set(movement, count)
    view = estimate_view(track.take(_some_of(set_rows)))
    track.let_go()
    rules = load_families()[count.recognition.family]
    sagittal = to_sagittal(track, view, stature_m=stature_m, set_rows=set_rows)
    kinematics = compute_kinematics(
        sagittal,
        cutoff_hz=rules.cutoff_hz,
        calibration=calibration or load_calibration(track.estimator.name),
        hip_bend_deg=movement.hip_bend_deg,
    )
    view = _with_roll(view, track, kinematics)
    track.let_go()
    kinematics = _hide_unmeasurable(kinematics, view)
    hip = kinematics.angle_deg["trunk_thigh_flexion"]
    signal = "trunk_thigh_flexion"
    seen = np.isfinite(movement.hip_bend_deg)
    covered = np.isfinite(hip[seen]).mean() if seen.any() else 0.0
    ranges = [_range_deg(values[set_rows]) for values in (hip, movement.hip_bend_deg)]
    if (
        not view.yaw_deg <= PHASE_MAX_YAW_DEG
        or covered < PHASE_MIN_COVERAGE
        or ranges[0] < PHASE_MIN_RANGE_SHARE * ranges[1]
    ):
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


def _count(track: PoseTrack, given: Family | None, *, body_px: float) -> tuple[Movement, Count]:
    """Count, with lengths measured against the body as it was during the set.

    ``body_px`` is its length in the whole film.
    """
    movement = compute_movement(track, body_px=body_px)
    track.let_go()
    count = count_repetitions(movement, given=given)
    set_px = body_length_px(track.take(_some_of(_rows_of_set(movement, count))))
    if count.counted and abs(set_px / body_px - 1.0) > OTHER_SIZE_FRACTION:
        movement = compute_movement(track, body_px=set_px)
        count = count_repetitions(movement, given=given)
    return movement, count


def _rows_of_set(movement: Movement, count: Count) -> IntArray:
    """Frames of the repetitions themselves, without rests and ways; all where there are none.

    How the lifter stands and how large he is there must not be blurred by walking up to the camera.
    """
    mine = np.zeros(movement.time_s.size, dtype=np.bool_)
    for counted in count.counted:
        start, end = steep_span(movement, counted.extension)
        length = end - start + 1
        first = max(counted.since, start - 2 * length)
        mine[first : min(counted.until, end + length) + 1] = True
    return np.flatnonzero(mine) if mine.sum() > 1 else np.arange(mine.size)


def _range_deg(values: FloatArray) -> float:
    seen = values[np.isfinite(values)]
    return float(np.ptp(np.percentile(seen, [5.0, 95.0]))) if seen.size else float("nan")


def _some_of(rows: IntArray) -> IntArray:
    """Some thousand frames tell as much as an hour's."""
    return rows[:: -(-rows.size // MAX_VIEW_FRAMES)]


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
