"""The main job: a filmed set in, a coached report out."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hingewise.app.request import OnStage, Outcome, Request, is_pose_track
from hingewise.app.staging import legible, staged_folder
from hingewise.capture.blazepose import BlazePose
from hingewise.capture.estimator import Progress
from hingewise.capture.file import hash_file, load_pose_track
from hingewise.errors import InputError, OptionError
from hingewise.pose.track import PoseTrack

if TYPE_CHECKING:
    from hingewise.app.assess_set import JudgedSet
    from hingewise.app.measure_set import MeasuredSet
    from hingewise.capture.video import VideoInfo
    from hingewise.report.document import Analysis, Video


def analyse(request: Request, *, on_stage: OnStage) -> Outcome:
    """Analyse one film, or one stored track, and write the results.

    Raises
    ------
    InputError
        If the film, the track, the lifter in it, or the output folder is not usable.
    """
    with staged_folder(request.out, source=request.source) as stage:
        if is_pose_track(request.source):
            _refuse_estimator(request)
            info, (track, remarks) = None, _stored_track(request)
        else:
            from hingewise.capture.video import probe_video

            _refuse_rate(request)
            info = probe_video(request.source)
            track = _film_track(request, info, on_stage)
            remarks = _film_remarks(info, track, request)
        track = _in_real_time(track, request.slow_motion)
        return _finish(request, info, track, remarks, stage=stage, on_stage=on_stage)


def document_of_track(request: Request) -> Analysis:
    """Measure and judge a stored track; nothing is written.

    Raises
    ------
    InputError
        If the track, or the lifter in it, is not usable.
    """
    _refuse_estimator(request)
    track, remarks = _stored_track(request)
    measured = _measure(request, _in_real_time(track, request.slow_motion))
    return _document(request, None, _judge(request, measured), remarks)


def _measure(request: Request, track: PoseTrack) -> MeasuredSet:
    from hingewise.app.measure_set import measure_set

    return measure_set(
        track,
        exercise=request.exercise,
        stature_m=request.stature_m,
        name=request.source.name,
    )


def _finish(
    request: Request,
    info: VideoInfo | None,
    track: PoseTrack,
    remarks: tuple[str, ...],
    *,
    stage: Path,
    on_stage: OnStage,
) -> Outcome:
    """Measure a track and write the results."""
    from hingewise.app.outputs import write_results

    measured = _measure(request, track)
    judged = _judge(request, measured)
    analysis = _document(request, info, judged, remarks)
    files = write_results(stage, judged, analysis, info, exports=request.exports, on_stage=on_stage)
    return Outcome(analysis=analysis, folder=request.out, files=files)


def default_workers(n_workers: int) -> int:
    """How many processes to use: as asked, or as many as there are processors."""
    from hingewise.capture.workers import usable_cores

    return n_workers if n_workers > 0 else usable_cores()


def _refuse_rate(request: Request) -> None:
    """A film has its own times: a rate that is given must not be passed over in silence."""
    if request.rate_hz is not None:
        raise OptionError(
            f"--rate: expected only with OpenPose files, but {request.source.name} is a film, "
            "which has its own times.",
            hint="Leave it out; for slow motion give --slow-motion.",
        )


def _refuse_estimator(request: Request) -> None:
    """Nor an estimator: in a stored track, the body was found by another."""
    if request.estimator != BlazePose():
        raise OptionError(
            f"--estimator: expected only with films, but {request.source.name} is a stored track, "
            "in which the body is found already.",
            hint="Leave it out, or give the film itself.",
        )


def _film_track(request: Request, info: VideoInfo, on_stage: OnStage) -> PoseTrack:
    from hingewise.capture.film import track_film

    watching = _Watching(on_stage, info.n_frames)
    track = track_film(
        info,
        request.estimator,
        n_workers=default_workers(request.n_workers),
        on_progress=watching.tell,
    )
    watching.wait_for_loading()
    return track


def _in_real_time(track: PoseTrack, slow_motion: float) -> PoseTrack:
    """The track with the times of what was filmed instead of those of the film."""
    return track if slow_motion == 1.0 else replace(track, time_s=track.time_s / slow_motion)


_LOADED_MEANWHILE = (
    "hingewise.app.outputs",
    "pyarrow.parquet",
    "hingewise.app.pictures",
    "hingewise.report.build",
    "hingewise.render.html",
    "hingewise.render.terminal",
    "rich.table",
)
"""What the measuring, the report and the terminal import, slow to load."""


class _Watching:
    """What happens beside the workers: progress is shown, and what comes after the film is loaded.

    Both start with the first progress, when the workers are there: before that this process must
    have no threads, so that it can be forked.
    """

    def __init__(self, on_stage: OnStage, n_frames: int) -> None:
        self._on_stage = on_stage
        self._n_frames = n_frames
        self._tell: Callable[[Progress], None] | None = None
        self._loading: threading.Thread | None = None

    def tell(self, progress: Progress) -> None:
        """Pass progress on."""
        if self._tell is None:
            self._tell = self._on_stage("Watching", self._n_frames)
            self._loading = threading.Thread(target=_load_what_follows, daemon=True)
            self._loading.start()
        self._tell(progress)

    def wait_for_loading(self) -> None:
        """Return when everything is loaded."""
        if self._loading is not None:
            self._loading.join()


def _load_what_follows() -> None:
    for module in _LOADED_MEANWHILE:
        importlib.import_module(module)
    importlib.import_module("hingewise.render.html").prepare_report()


def _stored_track(request: Request) -> tuple[PoseTrack, tuple[str, ...]]:
    read = load_pose_track(request.source, rate_hz=request.rate_hz)
    if read.track.n_frames < 2:
        raise InputError(
            f"{request.source.name}: expected a track of several frames, got "
            f"{read.track.n_frames}.",
            hint="Give the whole set.",
        )
    return read.track, read.remarks


def _film_remarks(info: VideoInfo, track: PoseTrack, request: Request) -> tuple[str, ...]:
    """What reading the film brought up, as sentences."""
    remarks = []
    promised = max(info.n_frames_promised, info.n_frames)
    lost = track.notes.n_frames_lost
    if lost > 0:
        remarks.append(
            f"{lost} of {promised} pictures ({100 * lost / promised:.0f} %) could not be read: the "
            "file is damaged or cut off. What could be read was analysed."
        )
    suggested = _slow_motion_factor(info)
    if suggested > 1 and request.slow_motion == 1.0:
        remarks.append(
            f"The film was taken at {info.capture_rate_hz:.0f} pictures a second and plays at "
            f"{info.nominal_rate_hz:.0f}: if it plays in slow motion, add --slow-motion "
            f"{suggested:g}; times are now those of the film."
        )
    return tuple(remarks)


def _slow_motion_factor(info: VideoInfo) -> float:
    if info.capture_rate_hz is None:
        return 1.0
    factor = round(info.capture_rate_hz / info.nominal_rate_hz)
    return float(factor) if factor >= 2 else 1.0


def _judge(request: Request, measured: MeasuredSet) -> JudgedSet:
    from hingewise.app.assess_set import JudgedSet, assess_set

    exercise_id = request.exercise.id if request.exercise else None
    return JudgedSet(measured=measured, technique=assess_set(measured, exercise_id=exercise_id))


def _document(
    request: Request,
    info: VideoInfo | None,
    judged: JudgedSet,
    remarks: tuple[str, ...],
) -> Analysis:
    from hingewise.report.build import build_analysis

    return build_analysis(
        judged.measured,
        video=_video(request, info, judged.measured.track),
        exercise_id=request.exercise.id if request.exercise else None,
        technique=judged.technique,
        remarks=remarks,
        parameters={
            name: legible(value) if isinstance(value, str) else value
            for name, value in request.parameters.items()
        },
    )


def _video(request: Request, info: VideoInfo | None, track: PoseTrack) -> Video:
    from hingewise.report.document import Video

    path, name = request.source, legible(str(request.source))
    if info is None:
        interval = float((track.time_s[-1] - track.time_s[0]) / (track.n_frames - 1))
        return Video(
            path=name,
            sha256=hash_file(path) if path.is_file() else "",
            duration_s=float(track.time_s[-1] - track.time_s[0] + interval),
            n_frames=track.n_frames,
            nominal_rate_hz=1.0 / interval,
            variable_rate=False,
            rotation_deg=0,
            size_px=track.image_size_px,
            codec="track",
            slow_motion_factor=request.slow_motion,
        )
    return Video(
        path=name,
        sha256=hash_file(path),
        duration_s=info.duration_s / request.slow_motion,
        n_frames=info.n_frames,
        nominal_rate_hz=info.nominal_rate_hz * request.slow_motion,
        variable_rate=info.variable_rate,
        rotation_deg=info.rotation_deg,
        size_px=info.size_px,
        codec=info.codec,
        lost_fraction=track.notes.n_frames_lost / max(info.n_frames_promised, info.n_frames),
        slow_motion_factor=request.slow_motion,
    )
