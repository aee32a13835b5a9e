"""Writing what an analysis found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from hingewise.app.measure_set import MeasuredSet
from hingewise.capture.estimator import Progress
from hingewise.capture.file import save_pose_track, save_trc
from hingewise.capture.picture import ByteArray
from hingewise.capture.video import VideoInfo, read_pictures
from hingewise.units import FloatArray

if TYPE_CHECKING:
    from hingewise.render.film_data import FilmData
    from hingewise.render.keyframes import KeyFrame
    from hingewise.report.document import Analysis

FILM_NAME = "annotated.mp4"
KEYFRAME_SIDE_PX = 960
MAX_KEYFRAME_REPETITIONS = 60
"""A set has fewer; a film of an hour must not make a report of hundreds of pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """Which files to write beside the document, the report and the tracks."""

    film: bool = True
    trc: bool = False
    mot: bool = False
    csv: bool = False


def write_results(
    folder: Path,
    measured: MeasuredSet,
    analysis: Analysis,
    info: VideoInfo | None,
    *,
    exports: Exports,
    on_stage: Callable[[str, int], Callable[[Progress], None]],
) -> tuple[str, ...]:
    """Write everything into a folder and return the names of the files."""
    from hingewise.render.document import save_analysis
    from hingewise.render.html import render_report, save_report
    from hingewise.report.figures import make_figures

    save_pose_track(folder / "pose.parquet", measured.track)
    series = kinematic_series(measured)
    _save_series(folder / "kinematics.parquet", measured.track.time_s, series)
    _write_exports(folder, measured, series, exports)
    with_film = exports.film and info is not None
    frames: list[KeyFrame] = []
    if info is not None:
        film = _film_data(measured)
        if with_film:
            _write_film(folder / FILM_NAME, info, film, on_stage("Drawing", info.n_frames))
        frames = _key_frames(info, film, measured)
    save_analysis(analysis, folder / "analysis.json")
    figures = make_figures(
        measured.kinematics, measured.segmentation, duration_s=analysis.video.duration_s
    )
    page = render_report(analysis, figures, frames, video_name=FILM_NAME if with_film else None)
    save_report(page, folder / "report.html")
    return tuple(sorted(file.name for file in folder.iterdir()))


def kinematic_series(measured: MeasuredSet) -> dict[str, FloatArray]:
    """Every angle and rate by column name with its unit."""
    kinematics = measured.kinematics
    series = {f"{name}_deg": values for name, values in kinematics.angle_deg.items()}
    series |= {f"{name}_deg_s": values for name, values in kinematics.rate_deg_s.items()}
    series["hip_bend_deg"] = measured.movement.hip_bend_deg
    series["knee_bend_deg"] = measured.movement.knee_bend_deg
    return series


def _save_series(path: Path, time_s: FloatArray, series: dict[str, FloatArray]) -> None:
    """Write a table with one row per frame; NaN is stored as null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from hingewise.render.files import whole_file

    columns = {"time_s": time_s} | series
    table = pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})
    with whole_file(path) as part:
        pq.write_table(table, part, compression="zstd")


def _write_exports(
    folder: Path, measured: MeasuredSet, series: dict[str, FloatArray], exports: Exports
) -> None:
    from hingewise.pose.exchange import format_csv, format_mot
    from hingewise.render.files import write_text

    time_s = measured.track.time_s
    if exports.trc:
        save_trc(folder / "pose.trc", measured.track, m_per_px=measured.sagittal.scale.m_per_px)
    if exports.mot:
        angles = {
            name: measured.kinematics.angle_deg[name] for name in measured.kinematics.angle_deg
        }
        write_text(folder / "kinematics.mot", format_mot("kinematics", time_s, angles))
    if exports.csv:
        write_text(folder / "kinematics.csv", format_csv(time_s, series))


def _film_data(measured: MeasuredSet) -> FilmData:
    from hingewise.render.film_data import gather_film_data

    return gather_film_data(
        measured.track,
        measured.kinematics,
        measured.segmentation,
        near_side=measured.view.near_side,
        facing=measured.view.facing,
    )


def _write_film(
    path: Path, info: VideoInfo, film: FilmData, tell: Callable[[Progress], None]
) -> None:
    from hingewise.render.film import film_size_px, write_film
    from hingewise.render.film_data import overlay_at
    from hingewise.render.overlay import draw_frame

    size = film_size_px(info.size_px)

    def frames() -> Iterator[tuple[float, ByteArray]]:
        for index, picture in read_pictures(info, 0, info.n_frames):
            rgb = picture.to_rgb(*size)
            yield float(film.time_s[index]), draw_frame(rgb, overlay_at(film, index, size))
            tell(Progress(n_done=index + 1, n_total=info.n_frames))

    write_film(path, frames())


def _key_frames(info: VideoInfo, film: FilmData, measured: MeasuredSet) -> list[KeyFrame]:
    """Pictures of the bottom and the lockout of every repetition."""
    from hingewise.render.film_data import overlay_at
    from hingewise.render.keyframes import (
        KeyFrame,
        crop_to_lifter,
        encode_keyframe,
        frame_budget_bytes,
    )

    wanted = []
    for repetition in measured.segmentation.repetitions[:MAX_KEYFRAME_REPETITIONS]:
        wanted.append((repetition.number, "bottom", repetition.bottom_s))
        if not repetition.partial:
            lockout_s = repetition.top_s + min(0.3, (repetition.end_s - repetition.top_s) / 2)
            wanted.append((repetition.number, "lockout", lockout_s))
    size = _fit(info.size_px, KEYFRAME_SIDE_PX)
    scale = np.array(size) / np.array(info.size_px)
    cloud = np.concatenate([film.near_px, film.far_px], axis=1).reshape(-1, 2) * scale
    crop = crop_to_lifter(cloud, size)
    frames = []
    for number, kind, at_s in wanted:
        index = int(np.argmin(np.abs(film.time_s - at_s)))
        for found, picture in read_pictures(info, index, index + 1):
            jpeg = encode_keyframe(
                picture.to_rgb(*size),
                overlay_at(film, found, size, with_hud=False),
                crop=crop,
                max_bytes=frame_budget_bytes(len(wanted)),
            )
            frames.append(
                KeyFrame(repetition=number, kind=kind, time_s=float(film.time_s[found]), jpeg=jpeg)
            )
    return frames


def _fit(size_px: tuple[int, int], side_px: int) -> tuple[int, int]:
    factor = min(1.0, side_px / max(size_px))
    return max(2, round(size_px[0] * factor)), max(2, round(size_px[1] * factor))
